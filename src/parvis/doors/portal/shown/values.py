"""A statement as a figure on its plinth: qualifier, number, unit, date, source, who says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.doors.ui import spelling
from parvis.doors.ui.templatetags.parvis import told
from parvis.foundation.values import in_language

from .cites import Shown, cite

Statement = Mapping[str, Any]


def value_of(page: Page, said: Statement) -> Shown:
    """One statement, ready to be drawn."""
    shown = _number(page, said) if said.get("number") not in (None, "") else _words(page, said)
    shown |= {
        "when": said.get("as_of") or said.get("from") or "",
        "basis": wording.of_group("statement", "as_of_basis", said.get("as_of_basis"), page.language),
        "cite": cite(page, said["source"], said.get("line_from"), said.get("line_to")) if said.get("source") else None,
        "scope": said.get("scope") or {},
        "who": "",
        "rank": said.get("rank") or "normal",
        "reason": said.get("reason") or {},
        "id": said.get("id", ""),
    }
    said_by = page.title_of(said["said_by"]) if said.get("said_by") else {}
    if said_by:
        shown["who"] = told(_("according to %(who)s"), who=said_by)
    return shown


def _words(page: Page, said: Statement) -> Shown:
    words = said.get("words") or said.get("terms") or {}
    text = in_language(words, page.language)[0]
    return {
        "known": bool(words),
        "words": words,
        "said": spelling.spaced(text, page.language),
        "exact": "",
        "number": "",
        "unit": "",
        "unit_word": "",
        "qualifier": "",
    }


def _number(page: Page, said: Statement) -> Shown:
    amount = Decimal(str(said["number"]))
    other = Decimal(str(said["number_to"])) if said.get("number_to") not in (None, "") else None
    number, unit, unit_word = _written(page, amount, said)
    if other is not None:
        number = _("%(low)s to %(high)s") % {"low": number, "high": _written(page, other, said)[0]}
    qualifier = wording.qualifier(said.get("qualifier"), page.language)
    kind = wording.amount_kind(said.get("amount_kind"), page.language)
    unit_word = ", ".join(part for part in (unit_word, kind.lower() if kind else "") if part)
    joined = spelling.NO_BREAK.join(part for part in (number, unit) if part)
    return {
        "known": True,
        "words": None,
        "exact": f"{amount.normalize():f}",
        "number": number,
        "unit": unit,
        "unit_word": unit_word,
        "qualifier": qualifier,
        "said": " ".join(part for part in (qualifier, joined, unit_word) if part),
    }


def _written(page: Page, amount: Decimal, said: Statement) -> tuple[str, str, str]:
    """The number, the unit that clings to it, the unit said after it."""
    unit, language = said.get("unit") or "", page.language
    measure = "money" if said.get("currency") or (len(unit) == 3 and unit.isupper()) else wording.measure(unit)
    if measure == "money":
        return _money(amount, said.get("currency") or unit, language)
    if measure == "percent":
        return spelling.percent(amount, language), "", ""
    if measure == "rank":
        return _rank(int(amount), language), "", wording.unit(unit, amount, language)
    return spelling.large(amount, language), "", wording.unit(unit, amount, language) if unit else ""


def _money(amount: Decimal, currency: str, language: str) -> tuple[str, str, str]:
    """In figures the unit is smaller than the number; English writes it before, in one piece."""
    said = spelling.money(amount, currency, language, compact=True)
    number, gap, unit = said.rpartition(spelling.NO_BREAK)
    return (number, unit, "") if gap and not unit[-1].isdigit() else (said, "", "")


def _rank(place: int, language: str) -> str:
    if language == "fr":
        return "1er" if place == 1 else f"{place}e"
    if language == "en":
        ending = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
        return f"{place}{ending}"
    return f"{place}.º"


def newest_first(statements: Iterable[Statement]) -> list[Statement]:
    return sorted(statements, key=lambda said: str(said.get("as_of") or said.get("from") or ""), reverse=True)


def shown_first(statements: Iterable[Statement]) -> Statement | None:
    """The value preferred by someone with a reason; else the latest that is not doubtful."""
    told = newest_first(statements)
    preferred = [said for said in told if said.get("rank") == "preferred"]
    sound = [said for said in told if said.get("rank") != "doubtful"]
    return next(iter(preferred or sound or told), None)


def by_property(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    grouped: dict[str, list[Statement]] = {}
    for said in statements:
        grouped.setdefault(said["property"], []).append(said)
    return grouped


def differing(page: Page, statements: list[Statement]) -> list[Shown]:
    """Every value, the newest first, when two of them at least are not the same."""
    values = [value_of(page, said) for said in newest_first(statements)]
    seen = {(value["said"]) for value in values}
    return values if len(seen) > 1 else []


def known_on(page: Page, statements: Iterable[Statement]) -> list[Statement]:
    """What the sources dated by that day said."""
    if page.on is None:
        return list(statements)
    last = page.on.isoformat()
    return [
        said
        for said in statements
        if not said.get("as_of") or str(said["as_of"]).split("/")[0].replace("..", "")[:10] <= last
    ]


def figure(page: Page, record: Mapping[str, Any], property_: str = "value") -> Shown | None:
    """A figure with its history: what is shown first, and all values when they differ."""
    statements = [said for said in record["statements"] if said["property"] == property_]
    statements = known_on(page, statements)
    first = shown_first(statements)
    value = value_of(page, first) if first else {"known": False}
    conflict = _why(page, record)
    notes = []
    if first and first.get("rank") == "doubtful":
        notes.append(_("Doubtful: left out of totals."))
    if value.get("basis") and first and first.get("as_of_basis") == "inferred":
        notes.append(_("Date inferred from other dates in the text."))
    return {
        "key": record["key"],
        "label": record["texts"].get("title", {}),
        "address": page.to_record(record["noun"], record["key"]),
        "value": value,
        "differing": differing(page, statements),
        "why": conflict,
        "notes": notes,
    }


def _why(page: Page, record: Mapping[str, Any]) -> dict[str, str]:
    """The sentence that says why sources may differ, from the first conflict of the record that has one."""
    for key in record.get("conflicts") or ():
        conflict = page.release.record(key)
        if conflict and conflict["facts"].get("note"):
            return conflict["facts"]["note"]
    return {}
