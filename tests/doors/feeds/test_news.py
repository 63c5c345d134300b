"""Feeds, judged by a reader of feeds that is not ours."""

from datetime import UTC, datetime

import feedparser
import pytest

from parvis.doors.feeds.sections import SECTIONS
from parvis.doors.feeds.syndication import Entry, Feed, as_atom, as_rss
from parvis.doors.portal.following import followed
from parvis.foundation.vocabulary.addresses import address
from tests.doors.feeds.conftest import hand_with_everything, pictures

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def read(answer) -> feedparser.FeedParserDict:
    told = feedparser.parse(answer.content)
    assert (answer.status_code, told.bozo) == (200, False), told.get("bozo_exception")
    return told


@pytest.mark.parametrize("form", ["atom", "rss"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_section_is_a_feed_that_others_read(site, language, form):
    titles = {}

    for section in ("", *SECTIONS, "versions"):
        told = read(site.get(f"{address(section, language)}.{form}"))
        assert (told.version, told.feed.language) == ("atom10" if form == "atom" else "rss20", language)
        assert len({entry.id for entry in told.entries}) == len(told.entries)
        titles[section] = told.feed.title

    assert len(set(titles.values())) > len(titles) - 5  # a few sections list the same noun
    assert (
        titles["agreements"]
        == {"fr": "Paris dans le monde\u00a0: accords", "en": "Paris in the world: agreements"}[language]
    )


def test_an_entry_has_its_permanent_mark_its_day_and_its_page(site):
    first = read(site.get("/en/agenda.atom")).entries[0]

    assert (first.title, first.summary) == ("Festival", "Music < words & dance")
    assert (first.id, first.link) == ("http://testserver/id/festival", "http://testserver/en/agenda/festival")
    assert (first.updated, first.tags[0].term) == ("2026-11-20T00:00:00Z", "event")


def test_a_record_is_followed_with_what_is_tied_to_it(own_site):
    hand, folder, site = own_site
    before = read(site.get("/en/partners/cordoba-spain.atom"))
    hand.record("event", "fair", title={"en": "Fair"}, place="cordoba-spain")
    hand.record("event", "elsewhere", title={"en": "Elsewhere"}, place="tbilisi")
    hand.publish(folder, pictures=pictures())

    after = read(site.get("/en/partners/cordoba-spain.atom"))

    assert after.entries[0].title == "Fair"
    assert {entry.id for entry in after.entries} == {entry.id for entry in before.entries} | {
        "http://testserver/id/fair"
    }
    assert after.feed.title.endswith("in the world: Cordoba")


def a_city_with_calls():
    hand = hand_with_everything()
    hand.record(
        "call", "call-one", title={"fr": "Appel", "en": "Call"}, state="open",
        opens_at="2026-11-01T08:00:00+00:00", closes_at="2026-12-01T11:00:00+00:00",
    )  # fmt: skip
    hand.record("call", "no-day", title={"fr": "Sans jour", "en": "No day"}, state="open")
    return hand


def test_a_call_is_told_when_it_opens_before_it_closes_and_when_it_has_closed(public_site, tmp_path, monkeypatch):
    from parvis.publication import reader

    a_city_with_calls().publish(tmp_path, pictures=pictures())
    reader.serve_from(tmp_path)

    told = {}
    for day in ("2026-10-31", "2026-11-02", "2026-11-20", "2026-12-02"):
        now = datetime.fromisoformat(f"{day}T12:00:00+00:00")
        monkeypatch.setattr("parvis.doors.feeds.door.timezone.now", lambda now=now: now)
        answer = public_site.get("/fr/appels.atom")
        told[day] = ([entry.title.replace("\u00a0", " ") for entry in read(answer).entries], answer["ETag"])

    assert [titles for titles, _tag in told.values()] == [
        [],
        ["Ouverture : Appel"],
        ["Bientôt clos : Appel", "Ouverture : Appel"],
        ["Clos : Appel", "Bientôt clos : Appel", "Ouverture : Appel"],
    ]
    assert len({tag for _titles, tag in told.values()}) == 4


def test_what_a_promise_became_is_told_step_by_step(public_site, tmp_path):
    from parvis.publication import reader

    hand = hand_with_everything()
    hand.record("promise", "look", title={"en": "Not look away", "fr": "Ne pas détourner"}, state="kept")
    hand.line("promise_steps", promise="look", step="1", state="said", day="2015")
    hand.line("promise_steps", promise="look", step="2", state="kept", day="2016-05-04")
    hand.publish(tmp_path, pictures=pictures())
    reader.serve_from(tmp_path)

    entries = read(public_site.get("/en/promises.atom")).entries

    assert [(entry.title, entry.summary.replace("\u00a0", " "), entry.updated) for entry in entries] == [
        ("Kept: Not look away", "4 May 2016.", "2016-05-04T00:00:00Z"),
        ("Said: Not look away", "2015.", "2015-01-01T00:00:00Z"),
    ]


def test_what_xml_cannot_hold_breaks_no_feed():
    entry = Entry("urn:a", "bell \x07 & <b> \ud800", 'http://a.example/?b=1&c="2"', "\x00", NOON)
    feed = Feed("T<", "en", "http://a.example/f", "http://a.example", "City", "L", NOON, (entry,))

    for spelt in (as_atom(feed), as_rss(feed)):
        told = feedparser.parse(spelt.encode())
        assert (told.bozo, told.entries[0].link) == (False, 'http://a.example/?b=1&c="2"')


def test_pages_say_where_they_are_followed(site):
    import re

    pattern = r'<link rel="alternate" type="application/atom\+xml" href="([^"]+)"'
    pages = {path: re.findall(pattern, site.get(path).content.decode()) for path in (
        "/fr", "/en/agreements", "/en/agenda/festival", "/r/1/fr/accords", "/en/privacy",
    )}  # fmt: skip

    assert pages == {
        "/fr": ["/fr.atom"],
        "/en/agreements": ["/en.atom", "/en/agreements.atom"],
        "/en/agenda/festival": ["/en.atom", "/en/agenda.atom", "/en/agenda/festival.atom"],
        "/r/1/fr/accords": ["/fr.atom", "/fr/accords.atom"],
        "/en/privacy": ["/en.atom"],
    }
    assert followed() == {*SECTIONS, "versions"}
    for found in pages.values():
        for path in found:
            read(site.get(path))
