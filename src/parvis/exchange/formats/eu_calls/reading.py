"""Calls read from the funding portal's answers (SEDIA), or from plain lists of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from parvis.exchange.formats.tables.faults import Fault
from parvis.exchange.formats.tables.pieces import members
from parvis.exchange.formats.tables.rows import refuse

_ = str  # marks a sentence for translation

#: Codes of the portal, read 2026-11-25.
STATUSES = {"31094501": "forthcoming", "31094502": "open", "31094503": "closed"}
PROGRAMMES = {
    "43108390": "Horizon Europe", "43353764": "Erasmus+", "43251814": "Creative Europe", "43251589": "CERV",
    "43252386": "Justice", "43252405": "LIFE", "43152860": "Digital Europe", "43332642": "EU4Health",
    "43251447": "AMIF", "43252368": "ISF", "43252476": "Single Market Programme", "43254019": "ESF+",
    "44416173": "I3", "45876777": "Global Europe (NDICI)", "43298203": "UCPM", "43251567": "CEF",
    "43253706": "TSI", "43254037": "European Solidarity Corps", "43089234": "Innovation Fund",
    "44773066": "Just Transition Mechanism", "43392145": "EMFAF", "111111": "Multi-programme",
}  # fmt: skip
_DAY = re.compile(r"^(\d{4}-\d{2}-\d{2})")
_KNOWN = {"name", "code", "openDate", "closeDate", "budget", "link"}
_PREFIXES = {
    "HORIZON": "Horizon Europe",
    "ERASMUS": "Erasmus+",
    "CREA": "Creative Europe",
    "CERV": "CERV",
    "LIFE": "LIFE",
}


@dataclass(frozen=True, slots=True)
class Call:
    """A call: its code, what it is called, when it opens and closes, how much there is."""

    place: int
    code: str
    title: str
    programme: str
    opens: str
    closes: tuple[str, ...]
    status: str
    budget: Decimal | None
    link: str
    keywords: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    left_over: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_calls(path: Path, name: str) -> Iterator[Call]:
    """Every call of a file of either kind. Raises Unreadable where it is none of them."""
    for place, found in enumerate(members(path, name, _where(path, name)), 1):
        if not isinstance(found, dict):
            raise refuse(name, _("A list of objects is expected; this one holds other things."), row=place)
        yield _from_portal(found, place) if "metadata" in found else _from_list(found, place)


def _where(path: Path, name: str) -> str:
    with path.open("rb") as file:
        start = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"[":
        return ""
    if start == b"{":
        return "results"
    raise refuse(name, _("The file holds no list of objects."))


def _from_list(found: Mapping[str, Any], place: int) -> Call:
    faults: list[Fault] = []
    code = str(found.get("code") or "")
    return Call(
        place=place,
        code=_needed(code, "code", place, faults),
        title=_needed(str(found.get("name") or ""), "name", place, faults),
        programme=_PREFIXES.get(code.partition("-")[0], ""),
        opens=_day(found.get("openDate"), "openDate", place, faults),
        closes=tuple(day for day in [_day(found.get("closeDate"), "closeDate", place, faults)] if day),
        status="",
        budget=_amount(found.get("budget"), place, faults),
        link=str(found.get("link") or ""),
        left_over=tuple(sorted(set(found) - _KNOWN)),
        faults=tuple(faults),
    )


def _from_portal(found: Mapping[str, Any], place: int) -> Call:
    faults: list[Fault] = []
    held = found["metadata"] if isinstance(found["metadata"], dict) else {}
    taken = _Taken(held)
    code, title = taken.first("identifier"), taken.first("title")
    programme, status = taken.first("frameworkProgramme"), taken.first("status")
    closes = tuple(_day(day, "deadlineDate", place, faults) for day in taken.all("deadlineDate"))
    return Call(
        place=place,
        code=_needed(code, "identifier", place, faults),
        title=_needed(title, "title", place, faults),
        programme=PROGRAMMES.get(programme, programme),
        opens=_day(taken.first("startDate"), "startDate", place, faults),
        closes=tuple(day for day in closes if day),
        status=STATUSES.get(status, status),
        budget=None,
        link=str(found.get("url") or ""),
        keywords=taken.words("keywords"),
        actions=tuple(" ".join(one.split()) for one in taken.all("typesOfAction")),
        left_over=taken.left(),
        faults=tuple(faults),
    )


class _Taken:
    """Fields of the portal's record, each a list; what nobody took is said."""

    def __init__(self, held: Mapping[str, Any]) -> None:
        self._held, self._took = held, set[str]()

    def all(self, name: str) -> list[str]:
        self._took.add(name)
        found = self._held.get(name) or []
        return [str(one) for one in found] if isinstance(found, list) else [str(found)]

    def first(self, name: str) -> str:
        return next(iter(self.all(name)), "")

    def words(self, name: str) -> tuple[str, ...]:
        """Words that come as a list written inside a text."""
        text = " ".join(self.all(name))
        return tuple(re.findall(r'"([^"]+)"', text))

    def left(self) -> tuple[str, ...]:
        return tuple(sorted(name for name, value in self._held.items() if name not in self._took and value))


def _needed(text: str, name: str, place: int, faults: list[Fault]) -> str:
    if not text:
        faults.append(Fault(_("“%(name)s” is missing."), {"name": name}, place, name))
    return text


def _day(said: Any, name: str, place: int, faults: list[Fault]) -> str:
    if not said:
        return ""
    found = _DAY.match(str(said))
    if not found:
        faults.append(Fault(_("“%(value)s” is not a day: write 2024-07-10."), {"value": str(said)[:40]}, place, name))
        return ""
    return found[1]


def _amount(said: Any, place: int, faults: list[Fault]) -> Decimal | None:
    if said in (None, ""):
        return None
    try:
        return Decimal(str(said))
    except InvalidOperation:
        faults.append(Fault(_("“%(value)s” is not a number."), {"value": str(said)[:40]}, place, "budget"))
        return None
