"""Another table under the first, in one sheet: blank rows, then other headings. Told, and never read as the first."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence

from parvis.foundation.values.text import squeeze

from .faults import Fault
from .rows import RawRow
from .values import is_nothing

_ = str  # marks a sentence for translation

#: Rows looked at under what may be headings; rows of the table above them that are looked at.
_AHEAD = 3
_ABOVE = 200
_FIGURE = re.compile(r"^[-+(]?[\d\s.,:/€$£%'\u00a0\u202f-]*\d[\d\s.,:/€$£%')\u00a0\u202f-]*$")


def with_those_after(rows: Iterator[RawRow]) -> Iterator[tuple[RawRow, Sequence[RawRow]]]:
    """Each row that holds something, and the next few."""
    waiting: deque[RawRow] = deque()
    for row in rows:
        if row.blank:
            continue
        waiting.append(row)
        if len(waiting) > _AHEAD:
            first = waiting.popleft()
            yield first, waiting
    while waiting:
        first = waiting.popleft()
        yield first, waiting


class Another:
    """Where another table begins. ``known`` are words that name columns in our tables and those of others."""

    def __init__(self, columns: Sequence[str], last_row: int, known: frozenset[str]) -> None:
        self._own, self._known = list(columns), known
        self._last = last_row
        self._seen = 0
        self._figures: set[int] = set()
        self._begins = 0

    def judge(self, raw: RawRow, after: Sequence[RawRow]) -> list[Fault]:
        """What is wrong with a row that is no row of the first table."""
        apart, self._last = raw.number > self._last + 1, raw.number
        if raw.cells == self._own:
            self._begins = 0
            return [Fault(_("These are the headings again, not a row of data."), {}, raw.number)]
        if apart and self._seen and self._are_headings(raw.cells, after):
            self._begins = raw.number
            said = _(
                "Another table begins here, under headings of its own: bring it in as a file or a sheet of its own."
            )
            return [Fault(said, {}, raw.number)]
        if self._begins:
            said = _("This row stands under other headings, those of row %(begins)s: it is not of the first table.")
            return [Fault(said, {"begins": self._begins}, raw.number)]
        if self._seen < _ABOVE:
            self._seen += 1
            self._figures |= {place for place, cell in enumerate(raw.cells) if cell and _FIGURE.match(cell)}
        return []

    def _are_headings(self, cells: Sequence[str], after: Sequence[RawRow]) -> bool:
        """Words that name columns; or words above figures, where the first table has none."""
        written = {place: cell for place, cell in enumerate(cells) if cell}
        if len(written) < 2 or any(_FIGURE.match(cell) or is_nothing(cell) for cell in written.values()):
            return False
        named = sum(1 for cell in written.values() if squeeze(cell) in self._known)
        if named >= 2 and named * 2 >= len(written):
            return True
        return any(_all_figures(place, after) for place in written.keys() - self._figures)


def _all_figures(place: int, rows: Sequence[RawRow]) -> bool:
    below = [row.cells[place] for row in rows if place < len(row.cells) and row.cells[place]]
    return bool(below) and all(_FIGURE.match(cell) for cell in below)
