from datetime import date

import pyarrow as pa
import pytest
from pyarrow import parquet

from parvis.observatory.drawings import draw_release, drawings
from tests.observatory.drawn import drawn

CITY = {"the_city": "city-of-paris", "place": "paris", "languages": ["fr", "en"]}

TABLES = {
    "places": drawn("""
        key    | level | country | within | latitude | longitude
        paris  | city  | FR      |        | 48.9     | 2.4
        berlin | city  | DE      |        | 52.5     | 13.4
        bamako | city  | ML      |        | 12.6     | -8.0
    """),
    "texts": drawn("""
        subject | field | language | body
        paris   | title | fr       | Paris
        berlin  | title | fr       | Berlin
        bamako  | title | fr       | Bamako
        c40     | title | fr       | C40
        size    | title | fr       | Membres du C40
        armenia | title | fr       | Génocide arménien
    """),
    "agreements": drawn("""
        key | kind            | state
        a   | european_accord | listed
    """),
    "agreement_parties": drawn("""
        agreement | party
        a         | city-of-paris
        a         | berlin
    """),
    "relations": drawn("""
        key | partner
        r   | bamako
    """),
    "networks": drawn("""
        key | body
        c40 |
    """),
    "memberships": drawn("""
        key | network | member | state  | joined
        m   | c40     | paris  | member | 2007
    """),
    "indicators": drawn("""
        key  | about | unit   | definition
        size | c40   | cities | how many
    """),
    "statements": drawn("""
        subject | property | number | as_of     | qualifier | source | rank
        size    | value    | 94     | 2019/2020 |           | s      | normal
        size    | value    | 90     | 2022      |           | s      | normal
    """),
    "anniversaries": drawn("""
        commemoration | day        | years
        armenia       | 2027-04-24 | 112
        armenia       | 2029-04-24 | 114
    """),
}

ALL = [
    "accords", "accords-narrow", "anniversaries", "europe", "europe-narrow", "figure-size",
    "figure-size-narrow",
    "globe-bamako", "globe-berlin", "joining", "networks", "networks-narrow", "world", "world-narrow",
]  # fmt: skip


def test_every_picture_is_drawn_in_every_language_of_the_city():
    made = list(drawings(TABLES, CITY, ["fr", "en"], day=date(2026, 11, 22)))

    assert sorted((drawing.lang, drawing.name) for drawing in made) == [
        (lang, name) for lang in ("en", "fr") for name in ALL
    ]


def test_without_a_day_no_anniversary_is_said_to_come():
    names = {drawing.name for drawing in drawings(TABLES, CITY, ["fr"])}

    assert set(ALL) - names == {"anniversaries"}


def test_each_picture_has_a_table_and_ids_of_its_own():
    made = list(drawings(TABLES, CITY, ["fr", "en"], day=date(2026, 11, 22)))

    assert [drawing.name for drawing in made if not drawing.table.rows] == []
    ids = [f'id="{drawing.name}-{drawing.lang}-title"' for drawing in made]
    assert [own for own, drawing in zip(ids, made, strict=True) if drawing.svg.count(own) != 1] == []


def test_the_size_of_a_network_is_told_beside_its_line():
    timeline = next(drawing for drawing in drawings(TABLES, CITY, ["fr"]) if drawing.name == "networks")

    assert timeline.table.rows[0][4] == "94 (2019\u20132020) ≠ 90 (2022)"


def test_a_release_without_any_of_this_has_no_picture():
    assert list(drawings({}, CITY, ["fr"])) == []


def test_the_same_pictures_come_from_the_files_of_a_release(tmp_path):
    (tmp_path / "tables").mkdir()
    for name, rows in TABLES.items():
        parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "tables" / f"{name}.parquet")

    baked = {(name, lang): svg for name, lang, svg, _ in draw_release(tmp_path, CITY)}

    assert baked.pop(("ties", "")) == ""
    assert baked == {(one.name, one.lang): one.svg for one in drawings(TABLES, CITY, ["fr", "en"])}


@pytest.mark.parametrize("lang", ["es", "pt"])
def test_a_language_without_titles_still_has_its_pictures(lang):
    assert len(list(drawings(TABLES, CITY, [lang]))) == len(ALL) - 1


def test_the_bake_also_keeps_which_records_tie_each_city(tmp_path):
    (tmp_path / "tables").mkdir()
    for name, rows in TABLES.items():
        parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "tables" / f"{name}.parquet")

    told = next(meta for name, _, _, meta in draw_release(tmp_path, CITY) if name == "ties")

    assert told == {
        "ties": {
            "bamako": {"tie": "other", "records": {"other": ("r",)}},
            "berlin": {"tie": "agreement", "records": {"agreement": ("a",)}},
        }
    }
