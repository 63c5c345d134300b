"""Which cities the city is tied to, and how."""

from parvis.observatory.measures.ties import european_accords, ties
from tests.observatory.drawn import drawn

CITY = {"the_city": "city-of-paris", "place": "paris"}

places = drawn("""
    key         | level    | country | within | latitude | longitude
    paris       | city     | FR      |        | 48.9     | 2.4
    paris-18    | city     | FR      | paris  | 48.9     | 2.3
    bamako      | city     | ML      |        | 12.6     | -8.0
    berlin      | city     | DE      |        | 52.5     | 13.4
    lima        | city     | PE      |        | -12.0    | -77.0
    kyoto       | city     | JP      |        | 35.0     | 135.8
    rome        | city     | IT      |        | 41.9     | 12.5
    nowhere     | city     | FR      |        |          |
    mali        | country  | ML      |        | 17.0     | -4.0
""")

bodies = drawn("""
    key            | kind   | place
    city-of-paris  | city   | paris
    city-of-berlin | city   | berlin
    agency         | agency | rome
""")

agreements = drawn("""
    key    | kind             | state
    a-ber  | european_accord  | listed
    a-rom  | european_accord  | listed
    a-lim  | city_cooperation | wished
    a-agy  | framework        | signed
    others | city_cooperation | signed
""")

agreement_parties = drawn("""
    agreement | party
    a-ber     | city-of-paris
    a-ber     | city-of-berlin
    a-rom     | paris
    a-rom     | rome
    a-lim     | city-of-paris
    a-lim     | lima
    a-agy     | city-of-paris
    a-agy     | agency
    others    | lima
    others    | berlin
""")

projects = drawn("""
    key       | stage
    p-bamako  | running
    p-berlin  | running
    p-theirs  | running
    p-given-up | abandoned
""")

project_partners = drawn("""
    project    | body
    p-bamako   | city-of-paris
    p-berlin   | city-of-paris
    p-given-up | city-of-paris
    p-theirs   | city-of-berlin
""")

project_places = drawn("""
    project    | place
    p-bamako   | bamako
    p-bamako   | mali
    p-bamako   | paris-18
    p-berlin   | berlin
    p-given-up | kyoto
    p-theirs   | lima
""")

event_bodies = drawn("""
    event        | body          | role
    nuit-blanche | city-of-paris | organiser
    nuit-blanche | kyoto         | participant
    summit       | city-of-paris | participant
    summit       | nowhere       | participant
""")

TABLES = {
    "places": places,
    "bodies": bodies,
    "agreements": agreements,
    "agreement_parties": agreement_parties,
    "projects": projects,
    "project_partners": project_partners,
    "project_places": project_places,
    "event_bodies": event_bodies,
}


def test_each_city_has_its_strongest_tie():
    assert {tie.place: tie.tie for tie in ties(TABLES, CITY)} == {
        "bamako": "project",
        "berlin": "agreement",
        "kyoto": "other",
        "lima": "other",
        "rome": "agreement",
    }


def test_a_tie_names_the_records_that_make_it():
    berlin = next(tie for tie in ties(TABLES, CITY) if tie.place == "berlin")

    assert berlin.records == {"agreement": ("a-ber",), "project": ("p-berlin",)}


def test_an_agency_only_has_its_seat_in_a_city():
    rome = next(tie for tie in ties(TABLES, CITY) if tie.place == "rome")

    assert rome.records == {"agreement": ("a-rom",)}


def test_a_release_without_these_tables_has_no_tie():
    assert ties({"places": places}, CITY) == []


def test_european_accords_are_counted_from_records():
    assert european_accords(TABLES, CITY) == ["city-of-berlin", "rome"]
