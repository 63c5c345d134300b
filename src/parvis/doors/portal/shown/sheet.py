"""A record as a page: what it is, at a glance, what it is tied to, what could not be found, who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.answers import NotHere
from parvis.doors.portal.page import Page
from parvis.doors.portal.section_words import section_word
from parvis.doors.ui import spelling
from parvis.foundation.values import PartialDate, in_language
from parvis.foundation.vocabulary.addresses import address_of
from parvis.publication import reader

from . import values
from .cites import Shown, cite_row, cites, sources_of
from .docs import Doc, citations, every_source, fact, other_names, text
from .then import as_it_stood, not_yet

#: How a fact is written: its column, its name, and what it is.
Glance = Sequence[tuple[str, str, str]]
MOST_LINKS = 200


def found(page: Page, key: str, nouns: Iterable[str]) -> Doc:
    """The record of that key, as it stood on the day read, if it is of this section.

    Absent and secret are told in the same words.
    """
    doc = page.release.record(key)
    if doc is None or doc["noun"] not in nouns:
        raise NotHere
    return {**as_it_stood(page, doc), "not_yet": not_yet(page, doc)}


def sheet(page: Page, doc: Doc, glance: Glance = ()) -> Shown:
    """All that is common to the page of any record."""
    statements = values.by_property(values.known_on(page, doc.get("statements") or ()))
    return {
        "doc": doc,
        "title": text(doc, "title"),
        "summary": text(doc, "summary"),
        "kind": wording.kind(doc["noun"], doc.get("kind") or "", page.language),
        "noun": wording.noun(doc["noun"], page.language),
        "state": state_of(page, doc),
        "names": other_names(doc),
        "themes": [theme_shown(page, code) for code in doc.get("themes") or ()],
        "stale": stale(page, doc),
        "notices": [*_begun(page, doc), *notices(page, doc.get("themes") or ())],
        "changed": doc.get("updated") or "",
        "earlier": earlier(page, doc),
        "as_table": page.in_format("csv"),
        "glance": list(at_a_glance(page, doc, glance)),
        "statements": numbered(page, statements),
        "observed": observed(page, statements),
        "cites": cites(page, citations(doc)),
        "conflicts": conflicts_of(page, doc),
        "chain": chain(page, doc),
        "sources": sources_of(page, every_source(doc)),
        "trail": trail(page, doc),
    }


def _begun(page: Page, doc: Doc) -> list[str]:
    """Of a past day: whether anything of this had begun, and that words are not those of that day."""
    if not page.on:
        return []
    if doc.get("not_yet"):
        said = _("Nothing of this had begun on %(day)s. Its title and its text are those of today.")
    else:
        said = _("Steps, holders and ties are those of %(day)s; the title and the text are those of today.")
    return [spelling.spaced(said % {"day": spelling.day(page.shown_day, page.language)}, page.language)]


def state_of(page: Page, doc: Doc) -> dict[str, str] | None:
    if doc.get("stateless"):
        return None
    card = page.card(doc["key"])
    return wording.pill(doc["noun"], card["state"] if card else None, page.language)


def stale(page: Page, doc: Doc) -> str:
    """The day until which the text spoke of the future, when that day is past."""
    for until in (doc.get("future_until") or {}).values():
        last = PartialDate.parse(until).latest
        if last and last < page.shown_day:
            return spelling.day(until, page.language)
    return ""


def at_a_glance(page: Page, doc: Doc, glance: Glance) -> Iterable[Shown]:
    """Facts in one column. What we do not know is written where the value would be."""
    for column, word, how in glance:
        value = fact(doc, column)
        if value in (None, "", [], {}):
            if not how.startswith("?"):
                yield {"word": word, "unknown": _("Not known")}
            continue
        yield {"word": word, **_told(page, doc, how.removeprefix("?"), value)}


def _told(page: Page, doc: Doc, how: str, value: Any) -> Shown:
    tell = _TELLERS.get(how)
    if tell:
        return tell(page, value)
    return {"text": wording.of_group(doc["noun"], how, value, page.language)}


def _record(page: Page, key: str) -> Shown:
    link = page.link(key)
    return {"link": link} if link else {"unknown": _("Not public")}


def _records(page: Page, keys: list[str]) -> Shown:
    return {"links": [link for key in keys if (link := page.link(key))]}


_TELLERS: dict[str, Callable[[Page, Any], Shown]] = {
    "date": lambda _page, value: {"date": value},
    "record": _record,
    "records": _records,
    "words": lambda _page, value: {"words": value},
    "text": lambda _page, value: {"text": value},
    "language": lambda page, code: {"text": spelling.language_name(code, page.language)},
    "country": lambda page, code: {"text": wording.country(code, page.language)},
    "discipline": lambda page, code: {"text": wording.discipline(code, page.language)},
    "years": lambda _page, count: {"text": str(count)},
    "number": lambda page, count: {"text": spelling.number(count, page.language)},
    "matter": lambda page, code: {"text": f"{wording.matter(code, page.language)} ({code})"},
}


def theme_shown(page: Page, code: str) -> Shown:
    """A theme named, coloured, and leading to its page."""
    return {
        "code": code,
        "word": wording.theme(code, page.language),
        "mark": wording.theme_mark(code),
        "address": page.to("themes", code),
    }


def earlier(page: Page, doc: Doc) -> Shown | None:
    """The same record as the release before told it, where it did."""
    number = page.release.parent
    before = reader.numbered(number) if number and not page.asked_release else None
    if before is None or before.record_json(doc["key"]) is None:
        return None
    return {"number": number, "address": address_of(doc["noun"], doc["key"], page.language, release=number)}


def notices(page: Page, themes: Iterable[str]) -> list[str]:
    """What the pages of these themes say of whose task their subject is."""
    said = (wording.theme_notice(code, page.language) for code in themes)
    return list(dict.fromkeys(spelling.spaced(notice, page.language) for notice in said if notice))


def numbered(page: Page, statements: dict[str, list[Any]]) -> list[Shown]:
    """Numbers said of a record, those of one property and one scope together, as figures."""
    groups: dict[tuple[str, str], list[Any]] = {}
    for name, told in statements.items():
        for said in told:
            if name != "value" and said.get("number") not in (None, ""):
                scope = in_language(said.get("scope") or {}, page.language)[0]
                groups.setdefault((name, scope), []).append(said)
    return [_figure(page, name, told) for (name, _scope), told in groups.items()]


def _figure(page: Page, name: str, told: list[Any]) -> Shown:
    first = values.shown_first(told)
    assert first is not None  # a group has one statement at least
    return {
        "label": first.get("scope") or {page.language: name.replace("_", " ").capitalize()},
        "value": values.value_of(page, first),
        "address": "",
        "why": {},
        "notes": [],
        "differing": values.differing(page, told),
    }


def observed(page: Page, statements: dict[str, list[Any]]) -> list[Shown]:
    """What sources say in words, in the order they say it; two such sayings seldom contradict each other."""
    told = [said for group in statements.values() for said in group if said.get("number") in (None, "")]
    ordered = sorted(told, key=lambda said: (str(said.get("as_of") or ""), said["source"], said.get("line_from") or 0))
    return [{"scope": said.get("scope") or {}, **values.value_of(page, said)} for said in ordered]


def conflicts_of(page: Page, doc: Doc) -> list[Shown]:
    """Contradictions this record takes part in."""
    found_ = (page.link(key) for key in doc.get("conflicts") or ())
    return [link for link in found_ if link]


def chain(page: Page, doc: Doc) -> list[Shown]:
    """What led to this, and what it led to, each with its proof."""
    onward = [(tie["effect"], True, tie) for tie in doc.get("ties") or ()]
    back = [
        (link["key"], False, link)
        for link in doc.get("links") or ()
        if link["role"] == "led_to" and link["direction"] == "in"
    ]
    links = []
    for key, forward, told in (*back, *onward):
        link = page.link(key)
        if link and not _later_card(page, page.card(key)):
            links.append({**link, "onward": forward, "note": told.get("note") or {}, "cites": cite_row(page, told)})
    return links


def _later_card(page: Page, card: Shown | None) -> bool:
    """Whether another record, or its tie with this one, began after the day read; without a day it is never hidden."""
    if page.on is None or card is None:
        return False
    return max(card.get("from_day") or "", card.get("from") or "") > page.on.isoformat()


def links_by_noun(page: Page, doc: Doc, *, leave: Iterable[str] = ("source", "conflict")) -> list[Shown]:
    """Records tied to this one, in both directions, each named once."""
    groups: dict[str, dict[str, Shown]] = {}
    for link in page.release.links(doc["key"], lang=page.language, size=MOST_LINKS, on=page.on):
        if link["noun"] in leave or link["key"] in doc.get("gone", ()) or _later_card(page, link):
            continue
        group = groups.setdefault(link["noun"], {})
        if link["key"] not in group:
            group[link["key"]] = linked(page, link)
    return [
        {
            "noun": noun,
            "word": wording.noun(noun, page.language, len(group)).capitalize(),
            "rows": list(group.values()),
        }
        for noun, group in groups.items()
    ]


def linked(page: Page, card: Shown) -> Shown:
    """A short row of another record: name, kind, state, date."""
    return {
        "key": card["key"],
        "title": {card["title_lang"]: card["title"]},
        "address": page.to_record(card["noun"], card["key"]),
        "kind": wording.kind(card["noun"], card.get("kind") or "", page.language),
        "state": wording.pill(card["noun"], card.get("state"), page.language),
        "when": card.get("from_day") or "",
    }


def trail(page: Page, doc: Doc) -> list[dict[str, str]]:
    """Section, country, record."""
    steps = [{"word": section_word(page.section), "address": page.to(page.section)}]
    country = fact(doc, "country")
    if country:
        steps.append(
            {
                "word": wording.country(country, page.language),
                "address": page.to(page.section, country=country),
            }
        )
    steps.append({"word": in_language(text(doc, "title"), page.language)[0], "address": ""})
    return steps
