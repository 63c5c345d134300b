"""On a past day nothing is told of what came later: no step, no holder, no tie, no end, no state."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from parvis.doors.portal.shown.then import later
from parvis.publication import reader
from tests.doors.portal.conftest import Sayer, Visitor

#: Every date of the small city below is of 2005, or of this year: what came later.
LATER = "2017"
OVER = f"{LATER}-03-01"
PAGES = {
    "agreement": "/en/agreements/accord",
    "membership": "/en/networks/membership",
    "network": "/en/networks/alliance",
    "office": "/en/offices/chair",
    "partner": "/en/partners/porto",
    "programme": "/en/programmes/season",
    "project": "/en/projects/water",
    "promise": "/en/promises/promise",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Each kind of record begun in 2005, with what became of it in 2017."""
    hand = Sayer()
    hand.record("source", "page", title={"en": "A page"}, kind="web_page", date="2004", language="en", speaks="partner")
    hand.record("place", "porto", title={"en": "Porto"}, kind="city", country="PT")
    hand.record("body", "city-of-paris", title={"en": "City of Paris"}, kind="city")
    for key in ("ana", "bo"):
        hand.record("person", key, title={"en": key.capitalize()})
    _partnerships(hand)
    hand.record("office", "chair", title={"en": "Chair"}, kind="chair", body="alliance")
    hand.line("holdings", office="chair", person="ana", valid_from="2005", valid_to=f"{LATER}-03", as_of=None)
    hand.line("holdings", office="chair", person="bo", valid_from=f"{LATER}-03", valid_to=None, as_of=LATER)
    hand.line("office_results", office="chair", day=LATER, words={"en": "A result of that year"}, source="page")
    hand.record("programme", "season", title={"en": "A season"}, kind="season", since="2005", until=LATER)
    for when in ("2005", LATER):
        hand.line("programme_editions", programme="season", when=when, state="held")
    stage = {"stage": "running", "stage_as_of": LATER}
    hand.record("project", "water", title={"en": "Water"}, kind="sanitation", since="2005", until=LATER, **stage)
    hand.record("event", "forum", title={"en": "The later forum"}, kind="forum", starts=LATER, state="held")
    hand.line("event_participants", event="forum", body="alliance")
    hand.line("event_places", event="forum", place="porto")
    hand.record("promise", "promise", title={"en": "A promise"}, made_by="city-of-paris", made="2005", deadline="2009")
    for step, (state, day) in enumerate((("said", "2005"), ("kept", LATER)), 1):
        hand.line("promise_steps", promise="promise", step=step, state=state, day=day, source="page", lines="3")
    hand.line("promise_evidence", promise="promise", step=2, record="forum")
    made = tmp_path_factory.mktemp("then")
    hand.publish(made, moment=datetime(2026, 11, 22, 11, tzinfo=UTC))
    return made


def _partnerships(hand):
    hand.record("network", "alliance", title={"en": "Alliance"}, kind="thematic", founded="2005")
    hand.record(
        "membership", "membership", title={"en": "Membership"}, network="alliance", member="porto", joined="2005"
    )
    for status, day, until in (("observer", "2005", LATER), ("member", LATER, None)):
        hand.line("membership_statuses", membership="membership", status=status, valid_from=day, valid_to=until)
    hand.record("agreement", "accord", title={"en": "Accord"}, kind="twinning", signed="2005", state="ended")
    hand.line("agreement_parties", agreement="accord", party="city-of-paris")
    hand.line("agreement_parties", agreement="accord", party="porto")
    for state, day in (("signed", "2005"), ("ended", LATER)):
        hand.line("agreement_steps", agreement="accord", state=state, day=day, source="page", lines="47")
    for start, end, standing in ((None, "2005-01-01", "no"), ("2005-01-01", OVER, "yes"), (OVER, None, "no")):
        hand.line("agreement_standings", agreement="accord", from_day=start, to_day=end, standing=standing)


@pytest.fixture
def visitor(folder, serving, public_site):
    serving(folder)
    reader.serve_from(folder)
    return Visitor(public_site)


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_read_on_a_past_day_tells_nothing_of_what_came_later(visitor, path):
    today, then = visitor.words(path), visitor.words(f"{path}?on=2010")

    assert LATER in today
    assert (LATER in then, "Bo" in then.split(), "Running" in then, "Ended" in then) == (False, False, False, False)
    assert "Steps, holders and ties are those of 31 December 2010; the title and the text are those of today." in then


def test_the_holder_of_a_past_day_is_told_without_the_day_on_which_another_came(visitor):
    assert "Ana had held this office since 2005." in visitor.words("/en/offices/chair?on=2010")
    assert "Ana had held this office since 2005." in visitor.words("/en/networks/alliance?on=2010")


def test_what_had_not_begun_on_that_day_says_so(visitor):
    words = visitor.words("/en/projects/water?on=2004")

    assert "Nothing of this had begun on 31 December 2004. Its title and its text are those of today." in words


@pytest.mark.parametrize(
    ("said", "expected"), [("2017", True), ("2010-12", True), ("2010", False), ("", False), ("soon", False), (3, False)]
)
def test_a_date_is_later_when_its_first_day_is(said, expected):
    assert later(date(2010, 6, 1), said) is expected
