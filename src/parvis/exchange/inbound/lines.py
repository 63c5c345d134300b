"""Lines of a record in one cell, so that a person can read, mend and bring them back: money, shares, aims, results.

One item: parts between `` · ``. Several items: between semicolons, as in every cell that holds several.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from parvis.domain.funding.enums import AimWeight, Effect
from parvis.exchange.formats.codes.reading import labels
from parvis.exchange.formats.codes.told import LISTS, words_of
from parvis.exchange.formats.tables.values import NotSo, Writing, answer, number, period
from parvis.foundation.values import PartialDate

_ = str  # marks a sentence for translation

APART = " · "
_LONGEST = 240
_DECIMALS = 6
_TOO_LARGE = Decimal(10) ** 18
_NEVER = str.maketrans({";": ",", "|": ",", "·": "-", "\n": " "})
_MONEY = re.compile(r"^(committed|paid|budget|announced) (\d{4}(?:-\d{2}){0,2}) (-?\d+(?:\.\d+)?) ([A-Z]{3})$")
_SHARE = re.compile(r"^(\d{5}|\d{3}) (\d+(?:\.\d+)?) % (\d{4}(?:-\d{2}){0,2})$")
_SPAN = re.compile(r"^([\d-]*)/([\d-]*)$")
_ADDRESS = re.compile(r"^https?://\S{3,}$")
_PROPERTIES = {"committed": "committed", "paid": "paid", "budget": "budgeted", "announced": "budgeted"}
_KINDS = {"committed": "per_grant", "paid": "actual", "budget": "yearly", "announced": "programme_total"}


def item(*parts: str) -> str:
    """Parts as one item of a cell; what would part them is written otherwise."""
    return APART.join(" ".join(part.translate(_NEVER).split())[:_LONGEST] for part in parts if part)


def money(text: str, language: str) -> dict[str, Any]:
    """``paid 2024-09-01 200000.00 EUR · from · to``: an amount on a day, as a figure with unit, scope and date."""
    first, *who = text.split(APART)
    found = _MONEY.match(first)
    if not found:
        raise NotSo(_("“%(value)s” is no dated amount: write paid 2024-09-01 1200.50 EUR."), value=text)
    what, day, amount, currency = found.groups()
    _known_day(day)
    return {
        "property": _PROPERTIES[what], "number": _held(amount), "unit": currency, "amount_kind": _KINDS[what],
        "currency": currency, "scope": {language: " → ".join(who) or first}, "as_of": day, "as_of_basis": "text",
    }  # fmt: skip


def share(text: str, _language: str) -> dict[str, Any]:
    """``14031 60 % 2024-05-01``: the part of the money a sector has, as told on that day."""
    found = _SHARE.match(text)
    if not found:
        raise NotSo(_("“%(value)s” is no share of a sector: write 14031 60 %% 2024-05-01."), value=text)
    code, percent, day = found.groups()
    part = Decimal(percent) / 100
    if part > 1:
        raise NotSo(_("“%(value)s” is more than the whole."), value=text)
    _known_day(day)
    unnamed = {"fr": "Secteur", "en": "Sector"}
    scope = {tongue: f"{labels(tongue).get(('sector', code), said)} ({code})" for tongue, said in unnamed.items()}
    return {
        "property": "sector_share", "number": _held(part), "unit": "ratio", "scope": scope,
        "as_of": day, "as_of_basis": "page",
    }  # fmt: skip


def paper(text: str, language: str) -> dict[str, Any]:
    """``https://… · title · 2024-05-01``: a document that the file links to."""
    address, *rest = text.split(APART)
    if not _ADDRESS.match(address):
        raise NotSo(_("“%(value)s” does not begin with an address of the web."), value=text)
    day = rest.pop() if rest and re.fullmatch(r"\d{4}-\d{2}-\d{2}", rest[-1]) else ""
    return {"property": "document", "words": {language: APART.join([*rest, address])}} | ({"as_of": day} if day else {})


def said_of_it(text: str, language: str) -> dict[str, Any]:
    """What the file says the record is about, in words."""
    return {"property": "tag", "words": {language: text}}


def aid_term(text: str, _language: str) -> dict[str, Any]:
    """``tied_status 5``: how a record counts as aid, in the words of the DAC."""
    said, _space, code = text.partition(" ")
    words = words_of(said, code) if said in LISTS else {}
    if not words:
        raise NotSo(_("“%(value)s” is in no list of the DAC: write flow_type 10."), value=text)
    return {"property": said, "words": words}


def said_so(name: str, text: str, language: str, writing: Writing) -> dict[str, Any]:
    """What a file says of how a grant is paid, and to whom; nothing where it says what goes without saying."""
    plain = text
    if name == "payment_period":
        first, last = period(text, writing)
        plain = first if first == last or not last else f"{first}/{last}"
    elif name == "beneficiary_share":
        plain = _part(text)
    elif name == "notified_to_the_union":
        plain = "oui" if answer(text) else ""
    tongue = {"payment_terms": language, "aid_scheme": language}.get(name, "")
    words = {tongue: plain} if tongue else dict.fromkeys(("fr", "en"), plain)
    return {"property": name, "words": words} if plain else {}


def _part(text: str) -> str:
    """A share as a number between 0 and 1; the whole goes without saying."""
    told = number(text.removesuffix("%"), Writing("," if "," in text else "."))
    told = told / 100 if "%" in text or told > 1 else told
    if not 0 < told <= 1:
        raise NotSo(_("“%(value)s” is more than the whole."), value=text)
    return "" if told == 1 else format(told.normalize(), "f")


def kind_of_action(text: str, language: str) -> dict[str, Any]:
    """What the call pays for, in the words of those who run it."""
    return {"property": "action_type", "words": {language: text}}


def deadline(text: str, _language: str) -> dict[str, Any]:
    """``2026-09-23 · 1/2``: a day files are due, and which of the stages that is."""
    day, _dot, stage = text.partition(APART)
    _known_day(day)
    of = f" ({stage})" if stage else ""
    return {"property": "deadline", "words": {"fr": f"{day}{of}", "en": f"{day}{of}"}, "as_of": day}


def reached(text: str, language: str) -> dict[str, Any]:
    """A result as a figure of its own, for a record that has no place for results."""
    told = result(text, language)
    figure = told.get("reached") or told.get("aimed_at")
    day = str(told.get("ends") or told.get("starts") or "")
    if not day:
        raise NotSo(_("“%(value)s” says no period."), value=text)
    return {
        "property": "result" if "reached" in told else "result_aimed", "number": _held(figure),
        "unit": "unstated",
        "scope": told["words"], "as_of": day, "as_of_basis": "text",
    }  # fmt: skip


def aim(text: str, _language: str) -> dict[str, Any]:
    """``gender · main``: what a grant also serves, and how much of it that is."""
    name, _dot, weight = text.partition(APART)
    if weight not in AimWeight.values:
        raise NotSo(_("“%(value)s” is not one of: %(known)s."), value=weight, known=", ".join(AimWeight.values))
    return {"aim": name, "importance": weight}


def result(text: str, language: str) -> dict[str, Any]:
    """``output · taps · 2024-09-01/2025-06-30 · 12 > 10.5 · percent``: aimed at, reached, in a period."""
    parts = text.split(APART)
    if len(parts) < 4 or parts[0] not in Effect.values or not (span := _SPAN.match(parts[2])) or ">" not in parts[3]:
        raise NotSo(_("“%(value)s” is no result: write output · taps · 2024-01-01/2024-12-31 · 12 > 10."), value=text)
    aimed, _sign, got = (part.strip() for part in parts[3].partition(">"))
    told: dict[str, Any] = {"words": {language: parts[1]}, "effect": parts[0]}
    more = (("starts", span[1]), ("ends", span[2]), ("unit", "".join(parts[4:5])))
    told |= {name: said for name, said in more if said}
    return told | {name: _figure(said) for name, said in (("aimed_at", aimed), ("reached", got)) if said}


def _figure(text: str) -> str:
    try:
        return format(Decimal(text).normalize(), "f")
    except InvalidOperation as fault:
        raise NotSo(_("“%(value)s” is not a number."), value=text) from fault


def _held(number: str | Decimal | None) -> str:
    """A number as the register holds it: to the millionth. Files write 542905.84926762 where a program divided."""
    exact = Decimal(number or 0)
    if abs(exact) >= _TOO_LARGE:
        raise NotSo(_("“%(value)s” is not a number."), value=str(number))
    return format(round(exact, _DECIMALS).normalize(), "f")


def _known_day(text: str) -> None:
    try:
        PartialDate.parse(text)
    except ValueError as fault:
        raise NotSo(_("“%(value)s” is not a day: write 2024-07-10."), value=text) from fault


#: How each kind of line is read.
READS: Mapping[str, Callable[[str, str], dict[str, Any]]] = {
    "money_on_a_day": money, "share": share, "paper": paper, "tag": said_of_it, "figure": reached, "aim": aim,
    "result": result, "deadline": deadline, "action": kind_of_action, "aid_term": aid_term,
}  # fmt: skip


def read_line(name: str, meaning: str, text: str, language: str, writing: Writing) -> dict[str, Any]:
    """What a cell says of a record, by the meaning of its field; empty where it goes without saying. Raises NotSo."""
    if meaning == "said":
        return said_so(name, text, language, writing)
    return READS[meaning](text, language)
