"""Where a record or a figure is told: sources named, lines given, who speaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.doors.ui import spelling

Shown = dict[str, Any]
#: First and last line.
Span = tuple[int, int]


def lines(start: int | None, end: int | None) -> str:
    if not start:
        return ""
    span = f"{start}\u2013{end}" if end and end != start else str(start)
    return _at(span)


def _at(span: str) -> str:
    """Lines, never parted from the letter that says so."""
    return (_("l. %(lines)s") % {"lines": span}).replace(" ", "\u00a0", 1)


def source_words(page: Page, key: str) -> dict[str, str]:
    """Title of a source, by the language it is given in. One that is not public is not named."""
    return page.title_of(key)


def cite(page: Page, key: str, start: int | None = None, end: int | None = None) -> Shown | None:
    """A link to a source: its title, its lines, its page."""
    title = source_words(page, key)
    if not title:
        return None
    spoken = ""
    if start:
        spoken = _("line %(line)s") % {"line": start}
        if end and end != start:
            spoken = _("lines %(start)s to %(end)s") % {"start": start, "end": end}
    return {
        "key": key,
        "title": title,
        "address": page.to_record("source", key),
        "lines": lines(start, end),
        "spoken": spoken,
    }


def cites(page: Page, citations: Iterable[Mapping[str, Any]]) -> list[Shown]:
    """Citations, the lines of one source gathered in one link."""
    by_source: dict[str, list[Span]] = {}
    for told in citations:
        spans = by_source.setdefault(told["source"], [])
        if span := _span(told):
            spans.append(span)
    return [shown for key, spans in by_source.items() if (shown := _gathered(page, key, merged(spans)))]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Lines without repetition: 236-238 and 237-238 are 236-238."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def _span(told: Mapping[str, Any]) -> Span | None:
    """First and last line, however the row writes them: two numbers, or ``47-48``."""
    if isinstance(told.get("lines"), str) and told["lines"]:
        first, _dash, last = told["lines"].partition("-")
        return int(first), int(last or first)
    start = told.get("line_from")
    return (start, told.get("line_to") or start) if start else None


def cite_row(page: Page, row: Mapping[str, Any]) -> list[Shown]:
    """The source a child row names, if it names one that may be read."""
    return cites(page, [row]) if row.get("source") else []


def _gathered(page: Page, key: str, spans: list[Span]) -> Shown | None:
    shown = cite(page, key, *spans[0]) if spans else cite(page, key)
    if shown and len(spans) > 1:
        told = [f"{start}\u2013{end}" if end != start else str(start) for start, end in spans[:4]]
        more = "…" if len(spans) > 4 else ""
        shown |= {"lines": _at(", ".join(told) + more), "spoken": ""}
    return shown


def sources_of(page: Page, keys: Iterable[str]) -> list[Shown]:
    """The sources of a page, numbered, each with its date, its language and who speaks."""
    return [source_line(page, record) for record in page.release.records(keys).values()]


def source_line(page: Page, record: Mapping[str, Any]) -> Shown:
    facts = record.get("facts", {})
    parts = [wording.kind("source", record.get("kind") or "", page.language)]
    if facts.get("date"):
        basis = wording.of_group("source", "date_basis", facts.get("date_basis"), page.language)
        parts.append(
            f"{spelling.day(facts['date'], page.language)} ({basis.lower()})"
            if facts.get("date_basis") == "inferred"
            else spelling.day(facts["date"], page.language)
        )
    else:
        parts.append(_("undated"))
    if facts.get("language"):
        parts.append(_("in %(language)s") % {"language": spelling.language_name(facts["language"], page.language)})
    speaks = wording.of_group("source", "speaks", facts.get("speaks"), page.language)
    return {
        "key": record["key"],
        "title": record["texts"]["title"],
        "address": page.to_record("source", record["key"]),
        "about": ", ".join(part for part in parts if part),
        "speaks": speaks,
    }
