import pytest

from parvis.domain.directory.published import TABLES


@pytest.fixture
def rows(enter, source, contact):
    enter("place", "france", level="country", country="FR")
    enter(
        "place",
        "paris",
        kind="city",
        level="city",
        country="FR",
        within="france",
        latitude=48.85,
        longitude=2.35,
    )
    enter(
        "body",
        "city-of-paris",
        kind="city",
        place="paris",
        founded="1977",
        identifiers={"siren": "217500016"},
    )
    enter("person", "anna", kind="office_holder")
    enter("person", "canary", kind="office_holder", visibility="restricted")
    enter("body", "canary-body", visibility="internal")
    enter(
        "office",
        "mayor",
        kind="mayor",
        body="city-of-paris",
        holdings=[
            {"person": "anna", "from": "2014", "acting_for": "canary", "source": "minutes", "lines": "3-4"},
            {"person": "canary", "to": "2014"},
        ],
    )
    return {table.name: list(table.checked_rows()) for table in TABLES}


def test_places_are_shared_with_where_they_are(rows):
    assert [(row["key"], row["within"], row["country"], str(row["latitude"])) for row in rows["places"]] == [
        ("france", None, "FR", "None"),
        ("paris", "france", "FR", "48.85000"),
    ]


def test_bodies_are_shared_with_their_identifiers(rows):
    assert [(row["key"], row["place"], row["identifiers"]) for row in rows["bodies"]] == [
        ("aimf", None, []),
        ("city-of-paris", "paris", ["siren:217500016"]),
    ]


def test_people_and_offices_are_shared(rows):
    assert [row["key"] for row in rows["people"]] == ["anna"]
    assert rows["offices"] == [{"key": "mayor", "kind": "mayor", "body": "city-of-paris"}]


def test_a_holding_is_shared_without_anyone_who_is_not(rows):
    assert rows["holdings"] == [
        {
            "office": "mayor",
            "person": "anna",
            "valid_from": "2014",
            "valid_to": "",
            "as_of": "",
            "acting_for": None,
            "note": {},
            "source": "minutes",
            "lines": "3-4",
        }
    ]


def test_nothing_told_in_confidence_is_in_any_table(rows):
    assert "anary" not in str(rows)
    assert "secret.example" not in str(rows)
