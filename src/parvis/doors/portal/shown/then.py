"""A record as it stood on the day read: what came later is left out.

Words are not dated, and a title or a summary may speak of what came after; every date, step, holder and tie is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from parvis.doors.portal.page import Page
from parvis.foundation.values import PartialDate

from .docs import Doc, when

Row = dict[str, Any]
#: When a line of a record begins, the most telling first; when it is over.
_SINCE = ("valid_from", "from_day", "day", "when", "as_of", "actual", "filed")
_UNTIL = ("valid_to", "to_day", "until", "attested_until")
#: Facts that were not known before their day; with the day goes what it dates.
_DATED_FACTS: dict[str, tuple[str, ...]] = {
    "stage_as_of": ("stage",),
    "state_as_of": ("state",),
    "as_of": ("level", "stage", "review_on"),
    "answered": ("answer",),
    "awarded": ("outcome",),
    **dict.fromkeys(("joined", "signed", "in_force_from", "unveiled", "ends", "until", "attested_until", "closed"), ()),
}


def later(day: date, said: Any) -> bool:
    """Whether a date begins after a day; one that is not known does not."""
    if not isinstance(said, str) or not said:
        return False
    try:
        known = PartialDate.parse(said)
    except ValueError:
        return False
    first = known.earliest or known.latest
    return first is not None and first > day


def as_it_stood(page: Page, doc: Doc) -> Doc:
    """The record with the lines and the facts of the day read; whole when no day is."""
    if page.on is None:
        return doc
    told = doc.get("rows", {})
    rows = {table: [_cut(page.on, row) for row in told[table] if not _begins_later(page.on, row)] for table in told}
    facts = _facts(page.on, doc.get("facts", {}))
    lost = set(doc.get("facts", {})) - set(facts)
    return {
        **doc,
        "rows": rows,
        "facts": facts,
        "stateless": not lost.isdisjoint(("stage", "state")),
        "gone": _named(told) - _named(rows) - {said for said in facts.values() if isinstance(said, str)},
    }


def not_yet(page: Page, doc: Doc) -> bool:
    """Whether the record had not begun by the day read. Ask it of the whole record."""
    return page.on is not None and later(page.on, when(doc))


def _begins_later(day: date, row: Row) -> bool:
    return later(day, next((row[name] for name in _SINCE if row.get(name)), ""))


def _named(rows: Mapping[str, Sequence[Row]]) -> set[str]:
    """All that lines say in one word, keys of records among it."""
    return {said for told in rows.values() for row in told for said in row.values() if isinstance(said, str)}


def _cut(day: date, row: Row) -> Row:
    """An end that had not come is not told."""
    return {name: None if name in _UNTIL and later(day, said) else said for name, said in row.items()}


def _facts(day: date, facts: Row) -> Row:
    gone = {
        name for dated, with_it in _DATED_FACTS.items() if later(day, facts.get(dated)) for name in (dated, *with_it)
    }
    return {name: said for name, said in facts.items() if name not in gone}
