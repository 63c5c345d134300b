"""A file of a standard, as the desk reads it: a table whose columns are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from parvis.exchange.formats.tables.faults import Fault
from parvis.exchange.formats.tables.heading import Heading as Headed
from parvis.exchange.formats.tables.reading import Row
from parvis.exchange.formats.tables.rows import How
from parvis.exchange.inbound.enums import Why
from parvis.exchange.inbound.matching import how_written
from parvis.exchange.inbound.targets import target_of

from .standard import Opened, Read, Remark, Standard

_TASTED = 60


class Projected:
    """Columns, a sample, rows: what a table offers. Where ``strict``, what its judge finds grave refuses a row."""

    def __init__(self, standard: Standard, opened: Opened, *, strict: bool) -> None:
        self.standard, self.opened, self.strict = standard, opened, strict
        self.columns = tuple(heading.name for heading in opened.headings)
        self.heading = Headed(self.columns, 0, 0)
        self.left: Counter[str] = Counter()
        self.ours: set[int] = set()
        self.keep: Callable[[int, Read], None] | None = None
        self._tasted: list[Row] | None = None

    @property
    def how(self) -> How:
        return self.opened.how

    @property
    def notes(self) -> tuple[Fault, ...]:
        return (*self.opened.how.notes, *self.opened.notes)

    def rows(self) -> Iterator[Row]:
        """Every record as a row. What no column holds is counted, and each verdict handed to whoever keeps them."""
        self.left = Counter()
        for read in self.opened.reads():
            self.left.update(read.left)
            if read.ours:
                self.ours.add(read.row.number)
            if self.keep is not None:
                self.keep(read.row.number, read)
            yield self._refused(read)

    def sample(self) -> list[Row]:
        """The first records, read once. Raises Unreadable."""
        if self._tasted is None:
            self._tasted = [read.row for read in islice(self.opened.reads(), _TASTED)]
        return self._tasted

    def left_aside(self) -> list[str]:
        """What the format holds that we have no place for, with how often it was met; in part, under a column."""
        return [*self.opened.left, *(f"{self._called(name)} ({times})" for name, times in sorted(self.left.items()))]

    def _called(self, name: str) -> str:
        return _("%(name)s, in part") % {"name": name} if name in self.columns else name

    def mapping(self, language: str) -> dict[str, dict[str, Any]]:
        """The field each column fills, as a person may still change it."""
        target, seen = target_of(self.standard.target), self.sample()
        found = {}
        for place, heading in enumerate(self.opened.headings):
            cells = [row.cells[heading.name] for row in seen if row.cells.get(heading.name)]
            said: dict[str, Any] = {
                "place": place, "field": heading.field, "examples": list(dict.fromkeys(cells))[:3],
                "why": (Why.STANDARD if heading.field else Why.NONE).value, "language": heading.language,
                "made": heading.made,
            }  # fmt: skip
            said |= how_written(target, heading.field, cells, language)
            if self.opened.decimal and "decimal" in said:
                said |= {"decimal": self.opened.decimal, "sure": True, "fixed": True}
            found[heading.name] = said
        return found

    def _refused(self, read: Read) -> Row:
        if not self.strict or not self.standard.judged:
            return read.row
        grave = [one for one in (*self.opened.wrong, *read.wrong) if one.grave]
        said = {(fault.sentence, str(fault.facts), fault.column) for fault in read.row.faults}
        more = [
            placed(one) for one in grave if (one.fault.sentence, str(one.fault.facts), one.fault.column) not in said
        ]  # fmt: skip
        return Row(read.row.number, read.row.cells, (*read.row.faults, *more), read.row.beyond) if more else read.row


def placed(one: Remark) -> Fault:
    """A remark as the fault of a row."""
    return Fault(one.fault.sentence, one.fault.facts, one.fault.row, one.fault.column)
