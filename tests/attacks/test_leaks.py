"""Words of what is not public, hung on what is, are in no byte of a release and in no answer."""

from __future__ import annotations

import sqlite3

import pytest
from django.test import Client

from parvis.exchange.inbound.entrances import entrances
from parvis.publication import reader
from parvis.publication.bake import actions
from parvis.register.actions import record_statement, retract_statement, tie_records
from parvis.register.entry import take_apart
from parvis.register.models import Subject
from tests.attacks.conftest import body_of
from tests.publication.canaries import MOMENT, house, publisher
from tests.support.released import readable

__all__ = ["house", "publisher"]

#: Words no dictionary holds, each where something hangs on what is public.
SECRET = (
    "vornagast",  # a source that is internal, cited by public records
    "milduscar",  # a person who is internal, holding a public office
    "trelfanor",  # an internal record a public act led to
    "quazmodel",  # an internal source that speaks of a public record
    "hestipram",  # a contradiction about an internal record
    "ploverdin",  # what a person of the office is called
    "sarnibold",  # a reason given for a retraction
    "wimdrofel",  # a decision that is internal, named by a public agreement
)
FORMULA = "=cmd|' /C calc'!A0"
MARKUP = "<script>alert(1)</script>]]>&\x0b\"'"


@pytest.fixture
def enter(publisher):
    """Enter a record through its door, from its content as a data file writes it."""

    def entered(noun: str, key: str, **content):
        model, enter_it, _amend = entrances()[noun]
        taken = take_apart(model, {"key": key, "title": {"en": key, "fr": key}, **content})
        return enter_it(entry=taken.entry, facts=taken.facts, by=publisher, at=MOMENT)

    return entered


@pytest.fixture
def hung(enter, publisher):
    """A small public register on which secrets hang."""
    publisher.first_name = SECRET[5]
    publisher.save()
    page = {"publisher": {"en": "City"}, "date": "2022-09-19", "language": "fr", "speaks": "self_reported"}
    enter("source", "page", **page)
    hidden = {"title": {"en": SECRET[0]}, "visibility": "internal"}
    enter("source", f"inner-{SECRET[0]}", **{**page, "publisher": {"en": SECRET[0]}}, **hidden)
    enter("source", f"talk-{SECRET[3]}", **page, visibility="restricted")
    cites = [{"source": "page", "lines": "1"}, {"source": f"inner-{SECRET[0]}", "section": SECRET[0]}]
    enter("place", "paris", level="city", kind="city", country="FR", latitude="48.85", longitude="2.35", cites=cites)
    enter("body", "city-of-paris", kind="city", place="paris")
    enter("body", "city-of-lima", kind="city", title={"en": FORMULA, "fr": MARKUP.replace("\x0b", "")})
    enter("person", f"agent-{SECRET[1]}", kind="office_holder", title={"en": SECRET[1]}, visibility="internal")
    enter(
        "office",
        "mayor",
        body="city-of-paris",
        holdings=[{"person": f"agent-{SECRET[1]}", "from": "2014", "source": f"inner-{SECRET[0]}"}],
    )
    enter(
        "decision",
        f"vote-{SECRET[7]}",
        kind="deliberation",
        body="city-of-paris",
        visibility="draft",
        title={"en": SECRET[7]},
    )
    enter(
        "agreement",
        "pact",
        parties=["city-of-paris", "city-of-lima"],
        kind="city_cooperation",
        signed="2015",
        decision=f"vote-{SECRET[7]}",
        steps=[{"state": "signed", "day": "2015", "source": f"inner-{SECRET[0]}", "lines": "3"}],
    )
    enter("agreement", f"inner-{SECRET[2]}", parties=["city-of-paris", "city-of-lima"], visibility="internal")
    enter("event", "forum", kind="forum", starts="2015-05-09", place="paris", state="held")
    enter(
        "conflict",
        f"quarrel-{SECRET[4]}",
        kind="disagreement",
        about=f"inner-{SECRET[2]}",
        visibility="internal",
        sides=[
            {"words": {"en": SECRET[4]}, "source": "page", "lines": "1"},
            {"words": {"en": "other"}, "source": "page", "lines": "2"},
        ],
    )
    _tied(publisher)


def _tied(publisher):
    """What ties public records to what is hidden, and what was taken back."""
    by = {"by": publisher, "at": MOMENT}
    forum, pact = Subject.objects.get(key="forum"), Subject.objects.get(key="pact")
    tie_records(cause=forum, content={"key": f"inner-{SECRET[2]}", "source": "page", "lines": "9"}, **by)
    tie_records(
        cause=forum,
        content={"key": "pact", "source": f"talk-{SECRET[3]}", "lines": "9", "note": {"en": "It led to it"}},
        **by,
    )
    said = {"property": "observation", "lines": "4"}
    record_statement(about=pact, content={**said, "source": f"talk-{SECRET[3]}", "words": {"en": SECRET[3]}}, **by)
    taken_back = record_statement(about=pact, content={**said, "source": "page", "words": {"en": SECRET[6]}}, **by)
    retract_statement(statement=taken_back, reason=SECRET[6], **by)


@pytest.fixture
def released(hung, house, publisher, settings):
    actions.publish(removals=0, by=publisher, at=MOMENT)
    return house


@pytest.fixture
def site(released, public_site):
    reader.serve_from(released)
    return Client(raise_request_exception=False)


def found_in(body: bytes) -> list[str]:
    return [word for word in SECRET if word.encode() in body.lower()]


def test_no_secret_is_in_any_byte_of_a_release(released):
    files = [path for path in (released / "releases").rglob("*") if path.is_file()]

    leaks = {path.name: words for path in files if (words := found_in(readable(path) + path.name.encode()))}

    assert leaks == {}
    assert {path.suffix for path in files} >= {".zip", ".parquet", ".sqlite", ".csv", ".json"}


def test_no_secret_is_on_any_page_or_feed(site, caplog):
    from tests.doors.feeds.test_canaries import every_address

    leaks = {}
    for path in [*every_address(), *(f"/en/search.json?q={word}" for word in SECRET)]:
        answer = site.get(path)
        said = body_of(answer) + repr(dict(answer.headers)).encode()
        asked = path.rpartition("?q=")[2].encode()
        if words := [word for word in found_in(said) if word.encode() != asked]:
            leaks[path] = words
        assert answer.status_code != 500, path

    assert leaks == {}
    assert found_in(caplog.text.encode()) == []


def test_a_secret_word_finds_nothing_and_counts_nothing(site):
    for word in SECRET:
        told = site.get("/en/search.json", {"q": word}).json()
        assert (told["total"], told["counts"], told["rows"], told["exact"]) == (0, {}, [], None)
    counted = {noun: number for noun, number in site.get("/en.json").json()["records"].items() if number}
    assert counted == {"place": 1, "body": 2, "office": 1, "agreement": 1, "event": 1, "source": 1}


def test_a_tie_told_by_a_secret_source_is_not_shared_and_stops_no_release(released):
    assert reader.current().rows("ties") == []


def test_no_cell_of_a_table_is_a_formula(site, released):
    tables = [path.read_text("utf-8") for path in released.rglob("*.csv")] + [
        body_of(site.get("/en/bodies.csv")).decode()
    ]

    assert any("cmd|" in text for text in tables)
    for text in tables:
        assert "\n=" not in text
        assert ",=" not in text
        assert ',"=' not in text


def test_words_that_look_like_markup_are_words_in_every_format(site, released):
    from xml.etree import ElementTree as ET

    for path in ("/fr/organismes", "/fr/accords/pact", "/fr/recherche?q=alert", "/fr/carte", "/fr"):
        page = site.get(path, follow=True)
        assert b"<script>alert" not in page.content, path
    for path in ("/fr.rss", "/fr/accords.rss", "/en/agreements.rss"):
        ET.fromstring(body_of(site.get(path)))
    for _name, svg in sqlite3.connect(next(released.rglob("site.sqlite"))).execute("SELECT name, svg FROM drawing"):
        assert "<script" not in svg


def test_what_is_withdrawn_is_found_by_no_name_and_counted_nowhere(enter, hung, house, publisher, public_site):
    """Between the withdrawal and the purge, when the files still hold the record."""
    enter(
        "place",
        "lima",
        level="city",
        kind="city",
        country="PE",
        title={"en": "Lima"},
        summary={"en": "Gorblatimo by the sea"},
        names=[{"text": "Ciudad de los Reyes", "kind": "former"}],
    )
    enter(
        "conflict",
        "quarrel",
        kind="disagreement",
        about="lima",
        sides=[
            {"words": {"en": "one"}, "source": "page", "lines": "1"},
            {"words": {"en": "two"}, "source": "page", "lines": "2"},
        ],
    )
    actions.publish(removals=0, by=publisher, at=MOMENT)
    actions.withdraw_record(key="lima", reason="asked for", by=publisher, at=MOMENT)
    reader.serve_from(house)
    site = Client(raise_request_exception=False)

    for asked in ("Lima", "ciudad de los reyes", "gorblatimo", "lim"):
        told = site.get("/en/search.json", {"q": asked}).json()
        assert (told["total"], told["rows"], told["exact"], told["matched"]) == (0, [], None, {}), asked
    assert site.get("/en.json").json()["records"]["place"] == 1
    for path in ("/id/lima.json", "/en/partners/lima", "/id/lima", "/en/partners/never"):
        assert site.get(path).status_code == 404
    assert site.get("/data/1/site.sqlite").status_code == 503
    for path in (
        "/en",
        "/en/partners",
        "/en/map",
        "/en/sources/page",
        "/en/contradictions",
        "/en/contradictions/quarrel",
        "/en/versions",
        "/en/versions/1",
        "/en.rss",
        "/id/quarrel.json",
        "/id/page.json",
        "/data/1/release.json",
    ):
        body = body_of(site.get(path)).lower()
        assert b"gorblatimo" not in body, path
        named = [name for name in (b">lima<", b'"lima"', b"/lima") if name in body]
        assert named == [], path
