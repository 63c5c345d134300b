"""Which row of a sheet names its columns: under a title, over several rows, in merged cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .faults import Fault, letter
from .rows import Block, RawRow

#: Between a heading of several columns and the name of one of them.
UNDER = " – "
_ = str  # marks a sentence for translation

#: Rows looked at before the heading must have been found.
TASTED = 40
_NUMBER = re.compile(r"^[-+(]?[\d\s.,'\u00a0\u202f]*\d[\d\s.,'\u00a0\u202f]*[)%€$£]?$")


@dataclass(frozen=True, slots=True)
class Heading:
    """The names of the columns, and the number of the last row that names them."""

    columns: tuple[str, ...]
    first_row: int
    last_row: int
    notes: tuple[Fault, ...] = ()


def heading_of(rows: Sequence[RawRow], merged: Sequence[Block] = ()) -> Heading | None:
    """The heading among the first rows of a sheet; None when no row can be one."""
    width = _usual_width(rows)
    for place, row in enumerate(rows):
        if row.blank or _filled(row.cells) < min(2, width) or _filled(row.cells) < width * 0.5:
            continue
        if not _names_things(row.cells):
            return None
        levels = [row, *_more_levels(rows[place + 1 :], row, merged)]
        notes = _skipped(rows[:place])
        columns, doubled = _joined(levels, merged)
        return Heading(columns, row.number, levels[-1].number, (*notes, *doubled))
    return None


def _usual_width(rows: Sequence[RawRow]) -> int:
    widths = Counter(_filled(row.cells) for row in rows if not row.blank)
    return max(widths.items(), key=lambda pair: (pair[1], pair[0]))[0] if widths else 0


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell)


def _names_things(cells: Sequence[str]) -> bool:
    """Whether nearly all of these are words: a column may be called 2024, not most of them."""
    written = [cell for cell in cells if cell]
    return sum(1 for cell in written if _NUMBER.match(cell)) <= len(written) * 0.34


def _more_levels(after: Sequence[RawRow], first: RawRow, merged: Sequence[Block]) -> list[RawRow]:
    """The rows under the heading that name its parts: those its merged cells reach, or stand above."""
    top = first.number - 1
    wide = [block for block in merged if block.top == top and block.right > block.left]
    if not wide:
        high = max((block.bottom for block in merged if block.top == top), default=top)
        return [row for row in after if row.number - 1 <= high]
    deepest = max([top + 1, *(block.bottom for block in merged if block.top == top)])
    return [row for row in after if row.number - 1 <= deepest and _names_things(row.cells)]


def _joined(levels: Sequence[RawRow], merged: Sequence[Block]) -> tuple[tuple[str, ...], list[Fault]]:
    width = max(len(row.cells) for row in levels)
    names: list[str] = []
    for place in range(width):
        said: list[str] = []
        for row in levels:
            text = _through(row, place, merged)
            if text and text not in said:
                said.append(text)
        names.append(UNDER.join(said)[:200])
    return _told_apart(names, levels[0].number)


def _through(row: RawRow, place: int, merged: Sequence[Block]) -> str:
    """What a cell says, or the merged cell it is part of."""
    text = row.cells[place] if place < len(row.cells) else ""
    if text:
        return text
    for block in merged:
        if block.top == row.number - 1 and block.left < place <= block.right and block.left < len(row.cells):
            return row.cells[block.left]
    return ""


def _told_apart(names: list[str], row: int) -> tuple[tuple[str, ...], list[Fault]]:
    while names and not names[-1]:
        names.pop()
    notes, met = [], Counter[str]()
    apart = []
    for place, name in enumerate(names):
        known = name or letter(place)
        met[known] += 1
        if met[known] > 1:
            said = _("Two columns have the name “%(name)s”: the second one is called “%(name)s (%(times)s)” here.")
            notes.append(Fault(said, {"name": known, "times": met[known]}, row, letter(place)))
            known = f"{known} ({met[known]})"
        apart.append(known)
    return tuple(apart), notes


def _skipped(before: Sequence[RawRow]) -> list[Fault]:
    written = [row for row in before if not row.blank]
    if not written:
        return []
    said = _("The rows before the headings are left aside: “%(words)s”.")
    words = " / ".join(" ".join(cell for cell in row.cells if cell) for row in written)
    return [Fault(said, {"words": words[:160]}, written[0].number)]
