"""Whom the city honours and what it remembers: rows HUM and MEM of the inventory."""

from __future__ import annotations

from datetime import date

import pytest

from parvis.domain.honours.actions import record_honour_step
from parvis.domain.honours.errors import CauseWithoutProof
from parvis.publication import reader
from parvis.register.errors import InvalidContent

MINUTES = {"source": "minutes", "lines": "3"}
CITED = {"cites": [MINUTES]}
STEPS = [("nominated", "2026-01-10"), ("opinion", "2026-02-02"), ("voted", "2026-03-09"), ("awarded", "2026-03-10")]


def nominee(house, **more):
    house.enter("person", "ada", kind="honoured", title={"en": "Ada Canaryfield"}, visibility="restricted", **CITED)
    return house.enter(
        "honour",
        "title-for-ada",
        kind="honorary_citizenship",
        title={"en": "Honorary citizenship: Ada"},
        honoree="ada",
        steps=[{"step": "nominated", "day": "2026-01-10", **MINUTES}],
        **CITED,
        **more,
    )


def test_a_nomination_goes_from_proposal_to_ceremony_each_step_dated_and_is_hidden_until_it_may_be_told(house):
    honour = nominee(house, visibility="restricted")
    for step, day in (*STEPS[1:], ("ceremony", "2026-04-21")):
        honour = record_honour_step(honour=honour, step=step, day=day, by=house.by, at=house.at, **MINUTES)

    hidden = house.publish()
    assert hidden.client.get("/en/rights/title-for-ada").status_code == 404
    assert b"Canaryfield" not in (house.folder / "releases" / "1" / "content" / "site.sqlite").read_bytes()

    steps = [{"step": step, "day": day, **MINUTES} for step, day in (*STEPS, ("ceremony", "2026-04-21"))]
    house.amend(
        honour,
        kind="honorary_citizenship",
        title={"en": "Honorary citizenship: Ada"},
        honoree="ada",
        steps=steps,
        **CITED,
    )
    shown = house.publish()
    told = shown.part("/en/rights/title-for-ada", r"<ol class=\"steps\">.*?</ol>")
    assert told == [
        (
            "10 Jan 2026 Nominated Minutes, l. 3 2 Feb 2026 Opinion given Minutes, l. 3 9 Mar 2026 Voted Minutes, l. 3 "
            "10 Mar 2026 Awarded Minutes, l. 3 21 Apr 2026 Ceremony Minutes, l. 3"
        )
    ]
    assert "Canaryfield" not in shown.source("/en/rights/title-for-ada")


@pytest.mark.parametrize(
    "words", ["Freed because of the title", "Freed thanks to the vote", "Libérée grâce à la Ville"]
)
def test_what_came_after_is_never_told_as_a_cause_without_proof(house, words):
    outcome = {"day": "2026-09", "words": {"en": words}, **MINUTES}

    with pytest.raises(CauseWithoutProof):
        nominee(house, outcomes=[outcome])


def test_what_came_after_an_honour_has_its_date_and_source_and_the_page_says_after(house):
    outcome = {"day": "2026-09", "words": {"en": "Freed, after the title."}, **MINUTES}
    with pytest.raises(InvalidContent):
        nominee(house, outcomes=[{"words": {"en": "Freed."}}])
    house.enter("person", "grace", kind="honoured", **CITED)
    house.enter(
        "honour",
        "title",
        kind="honorary_citizenship",
        honoree="grace",
        outcomes=[outcome],
        steps=[{"step": "awarded", "day": "2026-03-10", **MINUTES}],
        **CITED,
    )

    told = house.publish().section("/en/rights/title", "What came after")

    assert told == (
        "What came after After the honour, which does not mean because of it. "
        "September 2026 Freed, after the title. Minutes, l. 3"
    )


def test_paris_tells_what_became_of_its_honorary_citizens_after_and_never_because(paris):
    told = paris.part("/en/rights", r'<ul class="after">.*?</ul>')

    assert told == [
        "2019 or 2020 · Freed, after the title was given.",
        "2019 or 2020 · Freed, after the title was given.",
        "between 2018 and 2020 · Freed, after the title was given.",
    ]
    assert paris.words("/en/rights").count("What came after: not known") == 1
    assert "because" not in paris.words("/en/rights").replace("it is not said to be its cause", "").lower()


def test_coming_anniversaries_are_computed_round_ones_are_proposed_and_each_year_s_acts_are_kept(house):
    acts = [
        {"day": "2015-07-11", "words": {"en": "A garden was opened."}, "state": "held", **MINUTES},
        {"day": "2020-07-11", "words": {"en": "A minute of silence."}, "state": "held", **MINUTES},
    ]
    house.enter("commemoration", "flood", kind="other", event_day="1927-07-11", acts=acts, **CITED)
    house.enter("commemoration", "strike", kind="other", event_day="1936-06", **CITED)

    told = house.reminders(date(2026, 11, 22))
    pages = house.publish()

    assert told["Round anniversaries to come"] == [("flood", "100 years on 11 July 2027")]
    assert pages.section("/en/memory", "Coming anniversaries") == (
        "Coming anniversaries June 2027 strike 91 years 11 Jul 2027 flood 100 years These dates in your calendar (ICS)"
    )
    assert pages.part("/en/memory/flood", r"<ol class=\"steps\">.*?</ol>") == [
        "11 Jul 2015 Held A garden was opened. Minutes, l. 3 11 Jul 2020 Held A minute of silence. Minutes, l. 3"
    ]
    calendar = pages.client.get("/en/memory.ics").content.decode()
    assert "DTSTART;VALUE=DATE:20270711" in calendar


def test_paris_computes_the_anniversaries_of_what_it_remembers(paris):
    assert paris.section("/en/memory", "Coming anniversaries") == (
        "Coming anniversaries January 2027 Liberation of the death camps 82 years "
        "July 2027 Srebrenica massacre 32 years "
        "17 Oct 2027 Repression of 17 October 1961 66 years These dates in your calendar (ICS)"
    )
    assert reader.current().nouns()["commemoration"] == 6


def test_a_memorial_has_its_place_on_a_plan_its_date_its_decision_and_its_story(house):
    house.enter(
        "decision",
        "vote-for-a-stone",
        kind="deliberation",
        body="city-of-paris",
        title={"en": "Vote for a stone"},
        **CITED,
    )
    house.enter("commemoration", "flood", kind="other", event_day="1927-07-11", **CITED)
    city = {"level": "site", "country": "FR", "within": "paris"}
    house.enter("place", "bridge", kind="site", latitude="48.8600", longitude="2.3500", **city, **CITED)
    known = {"remembers": "flood", "at_home": True, "unveiled": "2019-05-02", "decision": "vote-for-a-stone"}
    house.enter("memorial", "stone", kind="stele", place="bridge", summary={"en": "It tells of the flood."}, **known)
    house.enter("memorial", "garden", kind="garden", place="paris", **CITED)
    house.enter("memorial", "column", kind="stele", place="porto", **CITED)

    pages = house.publish()

    glance = pages.section("/en/memory/stone", "At a glance")
    assert glance == "At a glance Remembers flood Place bridge Unveiled 2 May 2019 Decision Vote for a stone"
    assert "An act done at home" in pages.words("/en/memory/stone")
    assert "It tells of the flood." in pages.words("/en/memory/stone")
    assert plan(pages, "memorials") == [
        ("stone", "flood", "2 May 2019", "1.1 km"),
        ("garden", "unknown", "no date", "unknown"),
    ]
    assert [row[0] for row in plan(pages, "memorials-abroad")] == ["column"]
    assert "In Paris, address not known" in pages.part("/en/memory", r'<g class="unplaced">.*?</g>')[0]


def plan(pages, name):
    """The rows of the table beside a plan: memorial, event, date, distance. Each is drawn as one stone."""
    drawn = reader.current().drawing(name, "en")
    assert drawn["svg"].count("mark memorial") == len(drawn["meta"]["rows"])
    assert drawn["meta"]["title"] in pages.words("/en/memory")
    return [tuple(cell.replace("\u00a0", " ") for cell in row) for row in drawn["meta"]["rows"]]


def test_paris_shows_all_its_memorials_on_a_plan_and_cuts_them_by_event_and_by_whose_act(paris):
    def listed(query):
        return paris.part(f"/en/memory{query}", r'<section class="band-short" id="memorials">.*?</section>')[0]

    rows = plan(paris, "memorials")
    assert [row[0] for row in rows] == [
        "Stone in memory of the Tutsi at Père Lachaise",
        "Stele of 17 October 1961",
        "Garden of memory of the genocide of the Tutsi",
        "Stele for the victims of the Khmer Rouge",
    ]
    assert [row[3] for row in rows] == ["3.4 km", "0.3 km", "unknown", "unknown"]
    assert listed("").count("Decision: not known") == 4
    assert "Stele of 17 October 1961 Unveiled in 2019 on the Saint-Michel bridge" in listed("?act=home")
    assert [listed(query).count("Decision:") for query in ("?act=home", "?act=abroad")] == [1, 3]
    assert listed("?remembers=tutsi-genocide").count("Decision:") == 2
    assert "No memorial is both." in listed("?remembers=tutsi-genocide&act=home")
    assert listed("?remembers=the-moon").count("Decision:") == 4
    assert "“the-moon” is not among the choices here" in paris.words("/en/memory?remembers=the-moon")
