"""An import as the desk shows it: columns with their choices, names with their candidates, rows with their marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from parvis.doors.desk import words
from parvis.doors.desk.guarding import names_told
from parvis.doors.desk.lines import lines_told
from parvis.doors.desk.naming import titles_of
from parvis.doors.ui import spelling
from parvis.exchange.inbound import verdicts
from parvis.exchange.inbound.enums import RowVerdict, Why
from parvis.exchange.inbound.judging import strings_in
from parvis.exchange.inbound.matching import in_order
from parvis.exchange.inbound.models import Import, ImportRow
from parvis.exchange.inbound.targets import LINES, Meaning, Target, Wanted
from parvis.foundation.values import in_language

_NUMBERS = (Meaning.MONEY, Meaning.DECIMAL, Meaning.COUNT)
_DAYS = (Meaning.DAY, Meaning.PERIOD)
_NAMES_SHOWN = 25
_LONGEST_KEY = 120
_WRITTEN = (RowVerdict.NEW, RowVerdict.CHANGED)
#: Whom a table may bring into the register: those the city honours, and holders of offices. Nobody else.
_PERSONS = {"honours": "honoured", "offices": "office_holder"}


def columns_shown(imported: Import, target: Target, posted: Mapping[str, str]) -> list[dict[str, Any]]:
    """Each column: what it holds, the field it is taken for and why, and the fields it may be."""
    tongue = words.tongue()
    fields = [(wanted.name, wanted.in_language(tongue), wanted.required) for wanted in target.wanted]
    shown = []
    for place, name in enumerate(in_order(imported.mapping)):
        said = imported.mapping[name]
        field = posted.get(f"column-{place}", said["field"])
        wanted = target.take(field)
        shown.append(
            {
                "place": place,
                "name": name,
                "examples": said.get("examples", []),
                "field": field,
                "fields": fields,
                "why": Why(said.get("why", "")).label,
                "claimed": bool(field),
                "hidden": bool(imported.how.get("standard")) and bool(field) and not said.get("examples"),
                "unsure": bool(field) and said.get("sure") is False,
                "decimal": said.get("decimal")
                if wanted and wanted.meaning in _NUMBERS and not said.get("fixed")
                else None,
                "order": said.get("order") if wanted and wanted.meaning in _DAYS and not said.get("fixed") else None,
            }
        )
    return shown


def kinds_shown(imported: Import) -> list[tuple[str, int]]:
    """How often the judge of the standard finds each kind of fault."""
    by = imported.tallies.get("standard", {}).get("by", {})
    return [(label, by[code]) for code, label in verdicts.kinds().items() if by.get(code)]


def names_shown(imported: Import) -> list[dict[str, Any]]:
    """The names to settle, those met most often first, each with the records it may mean."""
    shown = []
    for place, ask in enumerate(imported.asks[:_NAMES_SHOWN]):
        candidates = [candidate | {"note": _note(candidate)} for candidate in ask["candidates"]]
        may_enter = "body" in ask["nouns"]
        person = _PERSONS.get(imported.target, "") if "person" in ask["nouns"] else ""
        shown.append(ask | {"place": place, "candidates": candidates, "may_enter": may_enter, "person": person})
    return shown


def _note(candidate: Mapping[str, Any]) -> str:
    if "population" not in candidate and candidate.get("fresh"):
        return _("a country the register does not know: enter it")
    if number := candidate.get("numbered"):
        return _("%(answer)s · bears the number %(number)s") % {"answer": candidate["answer"], "number": number}
    if not candidate.get("fresh"):
        noun = candidate.get("noun") or ""
        return f"{words.one(noun)} · {candidate['answer']}" if noun else candidate["answer"]
    people = spelling.number(Decimal(candidate["population"]), words.tongue())
    country = words.vocabulary().countries.label(candidate["country"], words.tongue())
    return _("%(country)s, %(people)s inhabitants: enter this place") % {"country": country, "people": people}


def totals_shown(imported: Import, target: Target) -> dict[str, Any]:
    """Control totals: rows and sums in the file by verdict, and in the register before and after."""
    tallies = imported.tallies
    if not tallies:
        return {}
    tongue = words.tongue()
    counts = tallies["verdicts"]
    lines = [
        _line(_("Rows"), counts, tallies.get("before", {}).get("records"), tallies.get("after", {}).get("records"))
    ]
    for name, sums in tallies.get("sums", {}).items():
        wanted = target.take(name)
        if wanted is not None:
            before, after = tallies.get("before", {}).get(name), tallies.get("after", {}).get(name)
            lines.append(_line(wanted.in_language(tongue), sums, before, after))
    return {
        "lines": lines,
        "verdicts": RowVerdict.choices,
        "unclaimed": tallies.get("unclaimed", []),
        "written": tallies.get("written"),
        "has_after": "after" in tallies,
    }


def _line(label: str, by_verdict: Mapping[str, Any], before: Any, after: Any) -> dict[str, Any]:
    total = sum(Decimal(str(value)) for value in by_verdict.values())
    return {
        "label": label,
        "file": _said(total),
        "verdicts": [_said(by_verdict.get(code, 0)) for code in RowVerdict.values],
        "before": _said(before),
        "after": _said(after),
    }


def _said(number: Any) -> str:
    return "" if number is None else spelling.number(Decimal(str(number)), words.tongue())


def rows_shown(target: Target, rows: Iterable[ImportRow], fresh: Iterable[Any] = ()) -> list[dict[str, Any]]:
    """Rows with what they would write, or the reason they are refused; changes told as before and after.

    ``fresh`` are the bodies and places that would come with them: the register cannot say yet what they are called.
    """
    rows = list(rows)
    keys = {
        value
        for row in rows
        for source in (row.content, row.before or {})
        for value in strings_in(source)
        if len(value) <= _LONGEST_KEY
    }  # fmt: skip
    titles = _called(fresh) | titles_of(keys)
    written = [_read_through(row) if row.verdict in _WRITTEN and not row.accepted else {} for row in rows]
    named = names_told("" if target.private else target.noun, written)
    return [
        {
            "number": row.number,
            "verdict": row.verdict,
            "label": RowVerdict(row.verdict).label,
            "title": row.title,
            "key": row.key,
            "linked": row.verdict in (RowVerdict.SAME, RowVerdict.CHANGED) or row.accepted,
            "accepted": row.accepted,
            "problems": row.problems,
            "doubles": row.doubles,
            "names": said,
            "says": _says(target, row, titles),
        }
        for row, said in zip(rows, named, strict=True)
    ]


def _read_through(row: ImportRow) -> dict[str, Any]:
    """What a row says, its key at the end: a name is told as it is written in the texts a key is made of."""
    return {name: value for name, value in row.content.items() if name != "key"} | {"key": row.content.get("key", "")}


def _called(fresh: Iterable[Any]) -> dict[str, str]:
    named = ((one[1], one[2].get("title", {})) for one in fresh if len(one) > 2)  # once entered, its content is gone
    return {key: in_language(title, words.tongue())[0] for key, title in named if title}


def _says(target: Target, row: ImportRow, titles: Mapping[str, str]) -> list[dict[str, str]]:
    """Field by field, what the row would write: only what changes, where the record is there already."""
    tongue, told = words.tongue(), []
    for wanted in target.wanted:
        if wanted.name == "key" or (wanted.into == "title.*" and row.verdict != RowVerdict.CHANGED):
            continue
        top = wanted.into.split(".")[0]
        after, before = row.content.get(top), (row.before or {}).get(top)
        if after in (None, "", [], {}) or after == before:
            continue
        known = {**titles, **_labels(target, wanted)}

        def as_told(value: Any, wanted: Wanted = wanted, known: Mapping[str, str] = known) -> str:
            if wanted.meaning in LINES:
                return lines_told(wanted.name, wanted.meaning, value)
            return _as_read(_plain(value, wanted.into, known), wanted)

        said = {"label": wanted.in_language(tongue), "before": as_told(before), "after": as_told(after)}
        if said["after"] and said["after"] != said["before"] and said not in told:
            told.append(said)
    return told


def _labels(target: Target, wanted: Wanted) -> dict[str, str]:
    """What each code of a field is called, in the reader's language."""
    terms, vocabulary = wanted.terms, words.vocabulary()
    if wanted.meaning == Meaning.COUNTRY:
        found = vocabulary.countries
    elif terms == "kinds" and target.noun in vocabulary.kinds:
        found = vocabulary.kinds[target.noun]
    elif terms in ("themes", "matters"):
        found = getattr(vocabulary, terms)
    elif f"{target.noun}.{terms}" in vocabulary.states:
        found = vocabulary.states[f"{target.noun}.{terms}"]
    else:
        return {}
    return {term.code: found.label(term.code, words.tongue()) for term in found}


def _as_read(said: str, wanted: Wanted) -> str:
    """A day and a number as the reader's language writes them; as it stands where it is neither, and for a year."""
    meaning = wanted.meaning
    try:
        if meaning == Meaning.DAY:
            return spelling.day(said, words.tongue())
        if meaning in (Meaning.MONEY, Meaning.COUNT, Meaning.DECIMAL) and wanted.name != "year" and said:
            return spelling.number(Decimal(said), words.tongue())
    except (ValueError, ArithmeticError):
        pass
    return said


def _plain(value: Any, into: str, titles: Mapping[str, str]) -> str:
    """A value on one line: titles for keys, the part of a list or a mapping that the field fills."""
    rest = into.split(".")[1:]
    if isinstance(value, Mapping):
        if rest and rest[0] not in ("*", "[]"):
            return _plain(value.get(rest[0]), ".".join(rest), titles)
        return " / ".join(str(part) for part in value.values())
    if isinstance(value, list):
        if len(rest) > 1 and value and isinstance(value[0], Mapping):
            return _plain(value[0].get(rest[-1]), "", titles)
        return "; ".join(_plain(part, "", titles) for part in value)
    return titles.get(str(value), str(value)) if value is not None else ""
