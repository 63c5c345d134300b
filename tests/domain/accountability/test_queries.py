from datetime import date
from decimal import Decimal

import pytest

from parvis.domain.accountability import queries
from parvis.domain.accountability.enums import PromiseState
from parvis.domain.directory.actions import enter_body
from parvis.domain.directory.models import Body
from parvis.foundation.values.certainty import Certainty
from parvis.register.actions import doubt_statement, record_statement
from parvis.register.entry import take_apart
from parvis.register.models import Statement

ON = date(2017, 1, 1)
YES, NOT_KNOWN = Certainty.YES, Certainty.NOT_KNOWN


def keys(records):
    return [record.key for record in records]


def test_promises_past_their_deadline_are_those_nobody_settled(promise):
    evidence = {"evidence": ["stele"]}
    promise(("said", "2014"), deadline="2016", key="late")
    promise(deadline="2015-07", key="later-still")
    promise(("said", "2014"), ("kept", "2016", evidence), deadline="2016", key="kept")
    promise(("said", "2014"), ("not_kept", "2016"), deadline="2016", key="not-kept")
    promise(("said", "2014"), ("claimed_kept", "2016"), deadline="2016-12-31", key="claimed")
    promise(("said", "2014"), deadline="2017", key="in-time")
    promise(("said", "2014"), deadline="2014/..", key="open")
    promise(("said", "2014"), key="no-deadline")

    found = queries.promises_past_deadline(ON)

    assert [(row.promise.key, str(row.deadline), row.state) for row in found] == [
        ("later-still", "2015-07", None),
        ("late", "2016", PromiseState.SAID),
        ("claimed", "2016-12-31", PromiseState.CLAIMED_KEPT),
    ]


def test_promises_by_state_follow_their_latest_step(promise):
    promise(("said", "2014"), ("in_progress", "2015"), key="moving")
    promise(key="only-made")

    found = queries.promises_by_state()

    assert {state: keys(promises) for state, promises in found.items() if promises} == {
        PromiseState.IN_PROGRESS: ["moving"],
        PromiseState.SAID: ["only-made"],
    }


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2013, 12, 31), (None, NOT_KNOWN)),
        (date(2014, 6, 1), (PromiseState.SAID, NOT_KNOWN)),
        (date(2015, 1, 1), (PromiseState.SAID, YES)),
        (date(2016, 6, 1), (PromiseState.SAID, YES)),
        (date(2016, 12, 31), (PromiseState.IN_PROGRESS, YES)),
    ],
)
def test_the_state_of_a_promise_on_a_day(promise, day, expected):
    assert queries.state_on(promise(("said", "2014"), ("in_progress", "2016")), day) == expected


def test_a_step_without_a_day_may_have_been_taken(promise):
    assert queries.state_on(promise(("claimed_kept", "")), ON) == (PromiseState.CLAIMED_KEPT, NOT_KNOWN)


def test_claims_without_proof_are_those_no_record_bears_out(claim):
    claim(key="bare")
    claim(key="disputed", state="disputed")
    claim(key="borne-out", evidence=["stele"])
    claim(key="proven", state="proven", evidence=["stele"])
    claim(key="old", state="superseded")

    assert keys(queries.claims_without_proof()) == ["bare", "disputed"]


def test_claims_show_their_age(claim):
    claim(key="old", as_of="2014")
    claim(key="recent", as_of="2020")
    claim(key="open", as_of="2010/..")

    assert keys(queries.claims_showing_their_age(date(2020, 1, 1))) == ["old"]


def test_questions_and_stories_come_latest_first(enter, subject):
    subject("stele", noun="memorial")
    asked_by = {"en": "A resident"}
    enter("question", "first", asked_by=asked_by, asked="2014")
    enter("question", "second", asked_by=asked_by, asked="2016")
    enter("question", "answered", asked_by=asked_by, asked="2015", state="answered", answer={"en": "Yes"})
    enter("story", "old", about=["stele"], day="2014")
    enter("story", "new", about=["stele"], day="2016")

    assert keys(queries.all_questions()) == ["second", "answered", "first"]
    assert keys(queries.open_questions()) == ["second", "first"]
    assert keys(queries.all_stories()) == ["new", "old"]


def test_headline_figures_come_in_their_order(enter):
    enter("indicator", "second", unit="cities", headline=True, order=2)
    enter("indicator", "first", unit="cities", headline=True, order=1)
    enter("indicator", "other", unit="cities")

    assert keys(queries.headline_indicators()) == ["first", "second"]


@pytest.mark.parametrize(
    ("qualifier", "number", "number_to", "count", "expected"),
    [
        ("", 10, None, 10, False),
        ("exact", 10, None, 8, True),
        ("at_least", 10, None, 8, True),
        ("at_least", 10, None, 10, False),
        ("more_than", 10, None, 10, True),
        ("more_than", 10, None, 11, False),
        ("up_to", 10, None, 11, True),
        ("up_to", 10, None, 10, False),
        ("nearly", 10, None, 9, False),
        ("nearly", 10, None, 8, True),
        ("nearly", 10, None, 11, True),
        ("about", 60, None, 66, False),
        ("about", 60, None, 53, True),
        ("average", 60, None, 67, True),
        ("", 10, 20, 15, False),
        ("", 10, 20, 21, True),
        ("", None, None, 0, False),
    ],
)
def test_a_figure_differs_from_a_count_as_its_word_allows(qualifier, number, number_to, count, expected):
    said = Statement(
        qualifier=qualifier,
        number=None if number is None else Decimal(number),
        number_to=None if number_to is None else Decimal(number_to),
    )

    assert queries.differs(said, count) is expected


@pytest.fixture
def figure(enter, source, act):
    """An indicator the records can count, with one published value."""
    source("page", date="2016")

    def followed(key, counted_as, number, *, as_of, about=None, themes=(), **more):
        indicator = enter("indicator", key, unit="count", counted_as=counted_as, about=about, themes=list(themes))
        content = {
            "property": "value",
            "number": number,
            "unit": "count",
            "scope": {"en": "All"},
            "as_of": as_of,
            "source": "page",
            "lines": "3",
            **more,
        }
        act(record_statement, about=indicator.subject, content=content)
        return indicator

    return followed


def checked(checks):
    return {check.indicator.key: (int(check.statement.number), keys(check.counted), check.differs) for check in checks}


def test_a_count_of_networks_that_differs_from_the_list_is_flagged(figure, enter, subject):
    paris = subject("paris", noun="place")
    for network, year, theme in (
        ("c40", "2007", "climate"),
        ("energy", "2005", "climate"),
        ("icorn", "2011", "rights"),
    ):
        enter("network", network, themes=[theme])
        statuses = [{"status": "member", "from": year}]
        enter("membership", f"in-{network}", network=network, member=paris.key, statuses=statuses)
    told = {"from": "2005-01-01", "to": "2016-01-01", "as_of": "2016"}
    figure("climate", "networks_joined", 10, about="paris", themes=["climate"], qualifier="at_least", **told)
    figure("all", "networks_joined", 3, about="paris", **told)
    figure("until-then", "networks_joined", 2, about="paris", as_of="2010")
    figure("of-nobody", "networks_joined", 0, **told)

    found = queries.figures_against_records()

    assert checked(found) == {
        "climate": (10, ["in-energy", "in-c40"], True),
        "all": (3, ["in-energy", "in-c40", "in-icorn"], False),
        "until-then": (2, ["in-energy", "in-c40"], False),
        "of-nobody": (0, [], False),
    }
    assert [check.indicator.key for check in queries.figures_that_differ()] == ["climate"]


def test_a_city_is_counted_as_the_body_that_acts_and_as_the_place_it_acts_for(figure, enter, subject, clerk, noon):
    subject("paris", noun="place")
    taken = take_apart(Body, {"key": "city-of-paris", "title": {"en": "City of Paris"}, "place": "paris"})
    enter_body(entry=taken.entry, facts=taken.facts, by=clerk, at=noon)
    subject("lima", noun="place")
    signed = [{"state": "signed", "day": "2014"}]
    statuses = [{"status": "member", "from": "2007"}]
    for number, member in enumerate(["paris", "city-of-paris"]):
        enter("network", f"network-{number}")
        enter("membership", f"in-{number}", network=f"network-{number}", member=member, statuses=statuses)
        enter("agreement", f"pact-{number}", parties=[member, "lima"], steps=signed)
    enter("agreement", "pact-2", parties=["paris", "city-of-paris"], steps=signed)
    figure("networks", "networks_joined", 2, about="city-of-paris", as_of="2016")
    figure("pacts", "agreements_signed", 3, about="city-of-paris", as_of="2016")
    figure("all-pacts", "agreements_signed", 3, as_of="2016")

    pacts = ["pact-0", "pact-1", "pact-2"]
    assert checked(queries.figures_against_records()) == {
        "networks": (2, ["in-0", "in-1"], False),
        "pacts": (3, pacts, False),
        "all-pacts": (3, pacts, False),
    }


def test_a_figure_dated_from_then_on_is_counted_to_this_day(figure, enter, subject):
    paris = subject("paris", noun="place")
    enter("network", "c40")
    enter(
        "membership",
        "in-c40",
        network="c40",
        member=paris.key,
        statuses=[{"status": "member", "from": "2025"}],
    )
    figure("open", "networks_joined", 1, about="paris", as_of="2016/..")

    assert checked(queries.figures_against_records()) == {"open": (1, ["in-c40"], False)}


def test_agreements_accords_and_places_are_counted_on_the_day_of_the_figure(figure, enter, subject):
    for key in ("paris", "rome", "lima"):
        subject(key, noun="place")
    listed = [{"state": "listed", "day": "2015-06-01"}]
    signed = [{"state": "signed", "day": "2014"}]
    enter("agreement", "accord", kind="european_accord", parties=["paris", "rome"], steps=listed)
    enter("agreement", "pact", parties=["paris", "lima"], steps=signed)
    enter("agreement", "others", parties=["rome", "lima"], steps=signed)
    enter("project", "p", stage="running", stage_as_of="2015", places=["lima"])
    figure("accords", "european_accords", 23, as_of="2016")
    figure("signed", "agreements_signed", 1, as_of="2016", about="paris")
    figure("places", "project_places", 100, as_of="2014", qualifier="more_than")

    assert checked(queries.figures_against_records()) == {
        "accords": (23, ["accord"], True),
        "signed": (1, ["pact"], False),
        "places": (100, [], True),
    }


def test_a_doubtful_figure_is_not_held_against_the_records(figure, act, enter):
    indicator = figure("places", "project_places", 100, as_of="2016")
    figure("not-counted", "", 100, as_of="2016")
    act(doubt_statement, statement=indicator.subject.statements.get(), reason={"en": "A slip"})

    assert queries.figures_against_records() == []
