import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from parvis.foundation.publishing import Audience, PublishedTable
from parvis.publication.bake import BakeFault, Pictures, bake
from tests.publication.conftest import said_by_hand
from tests.publication.hand_made import CITY, column, table

_ELSEWHERE = """
import sys
from pathlib import Path
from parvis.publication.bake import bake
from tests.publication.conftest import said_by_hand
from tests.publication.hand_made import CITY
bake(said_by_hand().tables(), Path(sys.argv[1]), city=CITY)
"""


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LANG": "C", "OMP_NUM_THREADS": "1"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/Lima", "LANG": "fr_FR.UTF-8", "ARROW_IO_THREADS": "7"},
    ],
)
def test_the_same_rows_give_the_same_bytes_wherever_they_are_baked(tmp_path, surroundings):
    bake(said_by_hand().tables(), tmp_path / "here", city=CITY)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(("src", ".")), **surroundings}

    subprocess.run([sys.executable, "-c", _ELSEWHERE, tmp_path / "there"], env=environment, check=True)

    assert files_of(tmp_path / "there") == files_of(tmp_path / "here")


def test_tables_written_by_a_second_process_are_the_same_bytes(hand, tmp_path, monkeypatch):
    bake(hand.tables(), tmp_path / "alone", city=CITY)
    monkeypatch.setattr("parvis.publication.bake.baking._MUCH", 0)

    bake(hand.tables(), tmp_path / "two", city=CITY)

    assert files_of(tmp_path / "two") == files_of(tmp_path / "alone")


def test_the_order_rows_of_different_records_come_in_does_not_matter(hand, tmp_path):
    straight = bake(hand.tables(), tmp_path / "straight", city=CITY)
    upside_down = [_from_the_last_record(table) for table in hand.tables()]

    other = bake(upside_down, tmp_path / "other", city=CITY)

    same, again = files_of(tmp_path / "straight"), files_of(tmp_path / "other")
    assert other == straight
    assert {name: body for name, body in again.items() if name != "site.sqlite"} == {
        name: body for name, body in same.items() if name != "site.sqlite"
    }
    assert _dumped(tmp_path / "other") == _dumped(tmp_path / "straight")


def _dumped(folder: Path) -> list[str]:
    """Every row of the file, whatever page it lies on."""
    import sqlite3

    db = sqlite3.connect(folder / "site.sqlite")
    names = [
        name
        for (name,) in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            " AND name NOT LIKE 'record_fts%' ORDER BY name"
        )
    ]
    rows = [f"{name} {row}" for name in names for row in db.execute(f'SELECT * FROM "{name}"')]
    db.close()
    return rows


def _from_the_last_record(given: PublishedTable) -> PublishedTable:
    owner = given.key or given.columns[0].name
    rows = list(given.rows())
    if given.name == "statements":
        return given
    keys = sorted({row[owner] for row in rows}, reverse=True)
    ordered = [row for key in keys for row in rows if row[owner] == key]
    kinds = {column.name: column.type for column in given.columns}
    return table(given.name, kinds, ordered, noun=given.noun)


def test_the_identity_of_a_content_changes_with_any_value(hand, tmp_path):
    first = bake(hand.tables(), tmp_path / "first", city=CITY)
    hand.rows["texts"][0]["body"] += "."

    second = bake(hand.tables(), tmp_path / "second", city=CITY)

    assert first.content_hash != second.content_hash
    assert bake(hand.tables(), tmp_path / "third", city={**CITY, "licence": "other"}) != second


def test_every_table_is_also_a_file_anyone_can_open(hand, tmp_path):
    bake(hand.tables(), tmp_path, city=CITY)

    with (tmp_path / "tables" / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    parquet = duckdb.sql(f"SELECT key, latitude, areas FROM '{tmp_path}/tables/places.parquet' ORDER BY key").fetchall()

    assert [(row["key"], row["areas"]) for row in rows if row["country"] == "GE"] == [("tbilisi", '["europe"]')]
    key, latitude, areas = parquet[0]
    assert (key, float(latitude), areas) == (
        "cordoba-argentina", -31.42, ["americas"],
    )  # fmt: skip


def test_things_with_a_place_are_on_a_map(hand, tmp_path):
    bake(hand.tables(), tmp_path, city=CITY)

    told = json.loads((tmp_path / "map" / "agreements.geojson").read_text())

    assert [(point["id"], point["geometry"]["coordinates"]) for point in told["features"]] == [
        ("accord-cordoba", [-4.77, 37.88]),
        ("pact-tbilisi", [44.83, 41.69]),
    ]


def test_the_dictionary_is_a_file_with_the_licence(hand, tmp_path):
    bake(hand.tables(), tmp_path, city=CITY)

    told = json.loads((tmp_path / "dictionary.json").read_text())

    assert told["licence"] == "Licence Ouverte 2.0"
    assert {one["name"] for one in told["tables"]} == {one.name for one in hand.tables()}


def test_each_type_of_value_is_kept_as_declared(tmp_path):
    kinds = {
        "key": "key", "flag": "bool", "count": "int", "amount": "decimal(12,2)", "on": "day", "terms": "list",
        "said": "words", "when": "pdate",
    }  # fmt: skip
    values = {
        "key": "a", "flag": True, "count": 3, "amount": "1200.50", "on": "2026-01-02", "terms": ["x", "é"],
        "said": {"fr": "oui"}, "when": "2015-05",
    }  # fmt: skip
    subjects = table(
        "subjects", {"key": "key", "noun": "text"}, [{"key": "a", "noun": "thing"}, {"key": "b", "noun": "thing"}]
    )
    things = table("things", kinds, [values, {"key": "b"}], noun="thing")

    bake([subjects, things], tmp_path, city=CITY)

    found = duckdb.sql(f"SELECT * FROM '{tmp_path}/tables/things.parquet' ORDER BY key").fetchall()
    text = (tmp_path / "tables" / "things.csv").read_text("utf-8").splitlines()
    assert [str(value) for value in found[0]] == [
        "a", "True", "3", "1200.50", "2026-01-02", "['x', 'é']", "oui", "None", "None", "None", "2015-05",
    ]  # fmt: skip
    assert found[1][1:] == (None,) * 10
    assert text[1] == 'a,true,3,1200.5,2026-01-02,"[""x"",""é""]",oui,,,,2015-05'


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", 3), ("text", ["a"]), ("int", "3"), ("int", True), ("bool", 1), ("decimal(5,2)", 0.1),
        ("decimal(5,2)", "NaN"), ("decimal(5,2)", "much"), ("day", "2015-05"), ("list", 3), ("words", "oui"),
        ("words", {"de": "ja"}), ("key", b"a"),
    ],
)  # fmt: skip
def test_a_value_that_is_not_of_its_type_is_refused_naming_table_and_column(tmp_path, kind, value):
    things = table("things", {"owner": "ref", "odd": kind}, [{"owner": "a", "odd": value}])
    subjects = table("subjects", {"key": "key", "noun": "text"}, [{"key": "a", "noun": "thing"}])

    with pytest.raises(BakeFault, match="table things, column odd"):
        bake([subjects, things], tmp_path, city=CITY)


def test_a_moment_is_no_day(tmp_path):
    from tests.publication.hand_made import NOON

    subjects = table("subjects", {"key": "key", "noun": "text", "on": "day"}, [{"key": "a", "noun": "x", "on": NOON}])

    with pytest.raises(BakeFault, match="column on"):
        bake([subjects], tmp_path, city=CITY)


def test_a_row_with_an_undeclared_column_does_not_pass(tmp_path):
    leaking = PublishedTable(
        name="subjects", title=CITY["name"], grain=CITY["name"], audience=Audience.PUBLIC,
        columns=(column("key", "key"), column("noun", "text")),
        rows=lambda: iter([{"key": "a", "noun": "thing", "contact": "someone"}]),
    )  # fmt: skip

    with pytest.raises(ValueError, match="contact"):
        bake([leaking], tmp_path, city=CITY)


def test_a_broken_link_fails_the_bake_and_is_named(hand, tmp_path):
    hand.line("agreement_parties", agreement="pact-tbilisi", party="never-published", role="party")

    with pytest.raises(BakeFault, match="agreement_parties: pact-tbilisi names never-published under party"):
        bake(hand.tables(), tmp_path, city=CITY)


def test_a_row_of_an_unpublished_record_fails_the_bake(hand, tmp_path):
    hand.line("texts", subject="secret-draft", field="title", language="en", body="Secret", state="original")

    with pytest.raises(BakeFault, match="texts: a row belongs to secret-draft"):
        bake(hand.tables(), tmp_path, city=CITY)


def test_a_key_published_twice_fails_the_bake(hand, tmp_path):
    hand.line("subjects", key="forum", noun="event", themes=[], priorities=[])

    with pytest.raises(BakeFault, match="forum is published twice"):
        bake(hand.tables(), tmp_path, city=CITY)


def test_tables_are_declared_once_are_public_and_name_their_records(hand, tmp_path):
    secret = table("secrets", {"owner": "ref"}, [])
    object.__setattr__(secret, "audience", "internal")

    with pytest.raises(BakeFault, match="declared twice"):
        bake([*hand.tables(), hand.tables()[1]], tmp_path / "a", city=CITY)
    with pytest.raises(BakeFault, match="subjects"):
        bake(hand.tables()[1:], tmp_path / "b", city=CITY)
    with pytest.raises(BakeFault, match="secrets"):
        bake([*hand.tables(), secret], tmp_path / "c", city=CITY)


def test_withdrawn_records_are_not_baked_and_nothing_names_them(hand, tmp_path):
    bake(hand.tables(), tmp_path, city=CITY, withdrawn=frozenset({"tbilisi"}))

    baked = b"".join(files_of(tmp_path).values())
    assert b'"tbilisi"' not in baked
    assert b"Tblissi" not in baked
    assert b"city-of-tbilisi" in baked


def test_a_table_without_records_is_kept_as_given(hand, tmp_path):
    loose = table("rates", {"year": "int", "rate": "decimal(5,3)"}, [{"year": 2, "rate": "0.1"}, {"year": 1}])

    bake([*hand.tables(), loose], tmp_path, city=CITY)

    assert (tmp_path / "tables" / "rates.csv").read_text().split() == ["year,rate", "2,0.1", "1,"]


def test_pictures_and_land_are_stored_with_the_release(hand, tmp_path):
    def draw(content: Path):
        assert (content / "tables" / "places.parquet").exists()
        yield "world", "en", "<svg/>", {"title": "The world"}

    bake(hand.tables(), tmp_path, city=CITY, pictures=Pictures(draw, lambda: {"land.geojson": b"{}"}))

    assert (tmp_path / "map" / "land.geojson").read_bytes() == b"{}"


def test_no_work_file_stays_behind_even_after_a_fault(hand, tmp_path):
    hand.line("ties", cause="forum", effect="nowhere")

    with pytest.raises(BakeFault):
        bake(hand.tables(), tmp_path, city=CITY)

    assert not (tmp_path / "work").exists()
