from datetime import date

from parvis.domain.directory.queries import places_within, possible_duplicates, records_named, units_of
from parvis.register.actions import judge, undo_judgement


def keys(found):
    return [one.key for one in found]


def pairs(*nouns):
    return [(one.left.key, one.right.key, one.shared) for one in possible_duplicates(*nouns)]


def test_a_record_is_found_by_its_title_or_any_of_its_names(enter):
    enter(
        "body",
        "uclg",
        title={"fr": "CGLU", "en": "UCLG"},
        names=[{"text": "Cités et Gouvernements Locaux Unis"}],
    )

    assert [keys(records_named(name)) for name in ("cglu", "UCLG", "Cites et gouvernements locaux unis", "UCL")] == [
        ["uclg"],
        ["uclg"],
        ["uclg"],
        [],
    ]


def test_a_name_may_be_looked_for_among_some_records_only(enter):
    enter("body", "city-of-paris", title={"fr": "Paris"})
    enter("place", "paris", title={"fr": "Paris"}, level="city", country="FR")

    assert (keys(records_named("paris")), keys(records_named("paris", "place"))) == (
        ["city-of-paris", "paris"],
        ["paris"],
    )


def test_the_units_of_a_body_are_those_of_the_day(enter):
    city = enter("body", "belo-horizonte").subject
    enter("body", "secretariat", parent="belo-horizonte", founded="2005", closed="2016-12-31")
    enter("body", "agency", parent="belo-horizonte", founded="2017")
    enter("body", "archives", parent="belo-horizonte")

    assert [keys(units_of(city, day)) for day in (date(2004, 1, 1), date(2005, 1, 1), date(2018, 1, 1))] == [
        ["archives"],
        ["archives", "secretariat"],
        ["agency", "archives"],
    ]


def test_places_within_a_place_are_found_however_deep(enter):
    france = enter("place", "france", level="country", country="FR").subject
    enter("place", "paris", level="city", country="FR", within="france")
    enter("place", "goutte-d-or", level="district", country="FR", within="paris")
    enter("place", "spain", level="country", country="ES")

    assert keys(places_within(france)) == ["goutte-d-or", "paris"]


def test_two_records_of_one_name_kind_and_country_may_be_one(enter):
    enter("body", "gates", kind="foundation", title={"en": "Gates Foundation"})
    enter(
        "body",
        "melinda-gates",
        kind="foundation",
        title={"en": "Melinda Gates"},
        names=["The Gates", "gates-foundation"],
    )

    assert pairs() == [("gates", "melinda-gates", ("gatesfoundation",))]


def test_records_of_another_kind_noun_or_country_are_not_one(enter):
    enter("body", "icorn", kind="ngo", title={"en": "Icorn"})
    enter("body", "icorn-prize", kind="prize", title={"en": "Icorn"})
    enter("place", "cordoba-ar", level="city", country="AR", title={"en": "Icorn"})
    enter("place", "cordoba-es", level="city", country="ES", title={"en": "Icorn"})

    assert pairs() == []


def test_two_bodies_in_two_countries_are_not_one(enter):
    enter("place", "leon-es", level="city", country="ES", title={"en": "León, Spain"})
    enter("place", "leon-mx", level="city", country="MX", title={"en": "León, Mexico"})
    enter("body", "museum-a", title={"en": "Museum"}, place="leon-es")
    enter("body", "museum-b", title={"en": "Museum"}, place="leon-mx")
    enter("body", "museum-c", title={"en": "Museum"})

    assert [(left, right) for left, right, _shared in pairs()] == [
        ("museum-a", "museum-c"),
        ("museum-b", "museum-c"),
    ]


def test_a_shared_identifier_is_a_sign(enter):
    enter("body", "paris-a", identifiers={"siren": "217500016"})
    enter("body", "paris-b", identifiers={"siren": "217500016"})

    assert pairs("body") == [("paris-a", "paris-b", ("siren:217500016",))]
    assert pairs("place") == []


def test_a_pair_that_was_judged_waits_no_longer_until_the_judgement_is_undone(enter, clerk):
    left = enter("body", "gates-a", title={"en": "Gates"}).subject
    right = enter("body", "gates-b", title={"en": "Gates"}).subject

    at = left.entered_at
    judgement = judge(one=left, other=right, verdict="different", reason="Two foundations.", by=clerk, at=at)
    assert pairs() == []

    undo_judgement(judgement=judgement, by=clerk, at=at)
    assert [pair[:2] for pair in pairs()] == [("gates-a", "gates-b")]
