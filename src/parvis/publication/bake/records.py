"""What a record is in a release: its columns, names, words, days and ties, drawn from its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any, NamedTuple

import orjson

from parvis.foundation.values import in_language, sort_key
from parvis.publication.reader.schema import LANGUAGES, SUMMED
from parvis.publication.reader.sums import PLACES, SILENT
from parvis.publication.reader.where import stated

from . import days
from .days import Span
from .folding import fold_name, fold_text
from .reading import Row, Sheaf
from .tables import Plan

#: Tables of the register, told in a part of their own.
REGISTER = ("subjects", "texts", "names", "citations", "statements", "ties", "conflict_sides")
_STATES = ("state", "stage", "status")
_STEPS = ("state", "status", "step")
_HISTORIES = ("_steps", "_statuses", "_stages")
_LONGEST_NAME = 120
_NO_DAY = Span()


class Tie(NamedTuple):
    """One record names another."""

    to: str
    role: str
    table: str
    span: Span
    state: str | None


@dataclass(slots=True)
class Draft:
    """A record before it is tied to the others."""

    key: str
    noun: str
    kind: str | None
    state: str | None
    titles: dict[str, str]
    keys: list[str | None]
    span: Span
    dated: str | None
    valid_to: str | None
    themes: list[str]
    areas: list[str]
    country: str | None
    lat: float | None
    lon: float | None
    updated: str | None
    digest: str
    body: str
    sum: int
    searched: tuple[str, str, str]
    ties: list[Tie] = field(default_factory=list)
    aliases: list[tuple[str, str, str | None, str]] = field(default_factory=list)
    spells: list[tuple[str, str | None, str | None]] = field(default_factory=list)


class Drafter:
    """Makes drafts; knows the tables and the city's languages."""

    def __init__(self, plans: Sequence[Plan], default_language: str, currency: str = "") -> None:
        self._plans = {plan.name: plan for plan in plans}
        self._mains = {plan.table.noun: plan.name for plan in plans if plan.table.noun}
        self._worded = {plan.name: [name for name, kind in plan.columns if kind == "words"] for plan in plans}
        self._default = default_language
        self._currency = currency

    def draft(self, sheaf: Sheaf) -> Draft:
        noun = sheaf.subject["noun"]
        main = self._mains.get(noun, "")
        facts = (sheaf.rows.get(main) or [{}])[0]
        children = {name: rows for name, rows in sorted(sheaf.rows.items()) if name != main and name not in REGISTER}
        texts, originals = _texts(sheaf.rows.get("texts", ()))
        names = sheaf.rows.get("names", [])
        titles = _titles(texts, names, sheaf.key)
        spells = self._spells(children) or _seen(facts)
        span = self._span(main, facts, children)
        where = stated(facts)
        body = orjson.dumps(self._body(sheaf, facts, children, texts, originals))
        return Draft(
            key=sheaf.key,
            noun=noun,
            kind=sheaf.subject.get("kind") or facts.get("kind"),
            state=_state(facts, spells),
            titles=titles,
            keys=_sort_keys(titles),
            span=span,
            dated=span.start or days.known_on(facts),
            valid_to=None if noun in days.ACTS else span.end,
            themes=sheaf.subject.get("themes") or [],
            areas=list(where.areas),
            country=where.country,
            lat=where.lat,
            lon=where.lon,
            updated=sheaf.subject.get("amended_on"),
            digest=sha256(body).hexdigest()[:24],
            body=body.decode(),
            sum=_sum(noun, facts, self._currency),
            searched=_searched(titles, names, texts, self._told(main, facts, children)),
            ties=list(self._ties(sheaf)),
            aliases=_aliases(titles, names),
            spells=spells,
        )

    def _told(self, main: str, facts: Row, children: Mapping[str, list[Row]]) -> Iterator[str]:
        """What the columns of words say, in any language."""
        for name, rows in ((main, [facts] if facts else []), *children.items()):
            for column in self._worded.get(name, ()):
                for row in rows:
                    yield from row[column].values()

    def _span(self, main: str, facts: Row, children: Mapping[str, list[Row]]) -> Span:
        own = days.span_of(facts, self._plans[main].dated) if facts else Span()
        for name, rows in children.items():
            if name.endswith("_standings") and (known := days.in_force(rows, self._plans[name].dated)):
                return Span(own.start or known.start, own.end or known.end)
        if own.start and own.end:
            return own
        below = [
            days.span_of(row, self._plans[name].dated)
            for name, rows in children.items()
            if name.endswith((*_HISTORIES, "_acts", "holdings", "_editions"))
            for row in rows
        ]
        around = days.around(below) if below else Span()
        return Span(own.start or around.start, own.end or around.end)

    def _spells(self, children: Mapping[str, list[Row]]) -> list[tuple[str, str | None, str | None]]:
        """States one after the other, with their days; an undated one stays where it was told."""
        found: list[tuple[str, tuple[str, str | None, str | None]]] = []
        last = ""
        for name, rows in children.items():
            if not name.endswith(_HISTORIES):
                continue
            for row in rows:
                if state := days.told_first(row, _STEPS):
                    span = days.span_of(row, self._plans[name].dated)
                    last = span.start or last
                    found.append((last, (state, span.start, span.end)))
        return [spell for _, spell in sorted(found, key=lambda dated: dated[0])]

    def _body(
        self,
        sheaf: Sheaf,
        facts: Row,
        children: Mapping[str, list[Row]],
        texts: Mapping[str, dict[str, str]],
        originals: Mapping[str, str],
    ) -> dict[str, Any]:
        """The part of the record's document that depends on no other record."""
        subject, rows = sheaf.subject, sheaf.rows
        return {
            "key": sheaf.key,
            "noun": subject["noun"],
            "kind": subject.get("kind"),
            "visibility": "public",
            "themes": subject.get("themes") or [],
            "priorities": subject.get("priorities") or [],
            "texts": texts,
            "originals": originals,
            "future_until": {
                text["field"]: text["future_until"] for text in rows.get("texts", ()) if text.get("future_until")
            },
            "names": rows.get("names", ()),
            "facts": facts,
            "rows": children,
            "citations": [_cited(row) for row in rows.get("citations", ())],
            "statements": [_said(row, place) for place, row in enumerate(rows.get("statements", ()), 1)],
            "ties": rows.get("ties", ()),
            "sides": rows.get("conflict_sides", ()),
        }

    def _ties(self, sheaf: Sheaf) -> Iterator[Tie]:
        for name, rows in sheaf.rows.items():
            plan = self._plans[name]
            for ref in plan.refs:
                for row in rows:
                    if row[ref] and ref == "source":
                        yield Tie(row[ref], ref, name, _NO_DAY, None)
                    elif row[ref]:
                        state = next((row[s] for s in _STEPS if s in row), None)
                        yield Tie(row[ref], _role(name, ref, row), name, days.span_of(row, plan.dated), state)


def _role(table: str, ref: str, row: Row) -> str:
    if table == "ties":
        return "led_to" if ref == "effect" else ref
    return row.get("role") or ref if isinstance(row.get("role"), (str, type(None))) else ref


def _texts(rows: Sequence[Row]) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    texts: dict[str, dict[str, str]] = {}
    originals: dict[str, str] = {}
    for row in rows:
        texts.setdefault(row["field"], {})[row["language"]] = row["body"]
        if row.get("state") == "original" or row.get("original"):
            originals[row["field"]] = row["language"]
    return texts, originals


def _titles(texts: Mapping[str, Mapping[str, str]], names: Sequence[Row], key: str) -> dict[str, str]:
    """Title by language: the text, or else the usual name, or else the key itself."""
    titles = {language: text for language, text in texts.get("title", {}).items() if language in LANGUAGES}
    for name in names:
        if name.get("kind") == "usual" and name.get("language") in LANGUAGES:
            titles.setdefault(name["language"], name["text"])
    return titles or {"en": key}


def _sort_keys(titles: Mapping[str, str]) -> list[str | None]:
    """Keys the title sorts by in each language. Only Spanish sorts a text otherwise than the others."""
    made: dict[tuple[str, bool], str] = {}
    keys: list[str | None] = []
    for language in LANGUAGES:
        title = in_language(titles, language)[0]
        spanish = language == "es" and "ñ" in title
        if (title, spanish) not in made:
            made[title, spanish] = sort_key(title, language)
        keys.append(made[title, spanish])
    return keys


def _seen(facts: Row) -> list[tuple[str, str | None, str | None]]:
    """A stage that was seen on a day, with no history behind it: nobody knows it of earlier days."""
    if facts.get("stage") and (seen := days.known_on(facts)):
        return [(facts["stage"], seen, None)]
    return []


def _state(facts: Row, spells: Sequence[tuple[str, str | None, str | None]]) -> str | None:
    return days.told_first(facts, _STATES) or (spells[-1][0] if spells else None)


def _sum(noun: str, facts: Row, currency: str) -> int:
    """The sum a record stands for, in thousandths. Sums of other currencies are never added to the city's."""
    amount, its_currency = (facts.get(column) for column in SUMMED.get(noun, ("", "")))
    if amount is None or its_currency != currency:
        return SILENT
    return int(Decimal(amount).scaleb(PLACES))


def _cited(row: Row) -> Row:
    first, last = _lines(row)
    return row | {"from": first, "to": last}


def _said(row: Row, place: int) -> Row:
    """A statement, numbered within its record: a number that stays when others are recorded."""
    first, last = _lines(row)
    said = row | {
        "id": place,
        "from": row.get("valid_from"),
        "to": row.get("valid_to"),
        "line_from": first,
        "line_to": last,
    }
    said.pop("statement", None)
    return said


def _lines(row: Row) -> tuple[int | None, int | None]:
    """First and last line of the source, as numbers."""
    first, _, last = (row.get("lines") or "").partition("-")
    return (int(first), int(last or first)) if first else (None, None)


def _searched(
    titles: Mapping[str, str],
    names: Sequence[Row],
    texts: Mapping[str, Mapping[str, str]],
    told: Iterable[str],
) -> tuple[str, str, str]:
    """Words the record is found by: of its titles, of its other names, of its texts and what is told beside them."""
    title = dict.fromkeys(fold_name(text) for text in titles.values())
    other: dict[str, None] = {}
    for name in names:
        folded = fold_name(name["text"])
        other[folded] = None
        if " " in folded and not name["text"].replace(" ", "").isalnum():
            other[folded.replace(" ", "")] = None
    bodies = [text for field, said in texts.items() if field != "title" for text in said.values()]
    bodies += told
    body = fold_text("\n".join(dict.fromkeys(bodies)))
    return " ".join(title), " ".join(folded for folded in other if folded not in title), body


def _aliases(titles: Mapping[str, str], names: Sequence[Row]) -> list[tuple[str, str, str | None, str]]:
    """Every spelling the record is known under: joined and folded, as written, in which language, of what kind."""
    found: dict[tuple[str, str], tuple[str, str, str | None, str]] = {}
    told = [(name["text"], name.get("language"), name.get("kind") or "usual") for name in names]
    told += [(title, language, "title") for language, title in titles.items()]
    for text, language, kind in told:
        folded = fold_name(text).replace(" ", "")
        if folded and len(text) <= _LONGEST_NAME:
            found.setdefault((folded, text), (folded, text, language, kind))
    return list(found.values())
