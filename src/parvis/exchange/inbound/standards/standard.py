"""What a standard is to the desk: the columns its records are shown under, and what of ours each one fills."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from parvis.exchange.formats.tables.faults import Fault
from parvis.exchange.formats.tables.reading import Row
from parvis.exchange.formats.tables.rows import How


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a standard, and the field of ours it fills; none where we have no place for it.

    ``language`` is that of its words, where the standard says it. What is ``made`` by us for want of the file's own
    words is never put over a record.
    """

    name: str
    field: str = ""
    language: str = ""
    made: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """What a judge of the standard says: of the schema, a list, a rule, the headings, a row or a cell."""

    by: str
    rule: str
    grave: bool
    fault: Fault


@dataclass(frozen=True, slots=True)
class Read:
    """A record of a file: its row, what its judge says, and the names of what no column holds.

    ``ours`` where it is something that we publish ourselves: nothing of it is news.
    """

    row: Row
    named: str = ""
    wrong: tuple[Remark, ...] = ()
    left: tuple[str, ...] = ()
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What reading needs to know: the day, the file's language, our city's names, numbers and public site."""

    on: date
    language: str = "fr"
    ours: frozenset[str] = frozenset()
    country: str = ""
    numbers: frozenset[str] = frozenset()
    site: str = ""


@dataclass(slots=True)
class Opened:
    """A file opened: how, under which columns, what is wrong with it as a whole, and its records as often as asked.

    ``decimal`` is how its numbers are written, where the standard says so; else the cells say it.
    """

    how: How
    headings: tuple[Heading, ...]
    reads: Callable[[], Iterator[Read]]
    wrong: tuple[Remark, ...] = ()
    left: tuple[str, ...] = ()
    notes: tuple[Fault, ...] = ()
    decimal: str = "."


@dataclass(frozen=True, slots=True)
class Standard:
    """A format of others: how it is called, which of our tables its records would enter, how it is opened.

    ``judged`` where its own judge has verdicts beyond what a record of ours needs; ``is_tree`` where it is no table.
    """

    name: str
    label: str
    target: str
    open: Callable[[Path, str, Asked], Opened]
    headings: tuple[Heading, ...] = ()
    judged: bool = False
    is_tree: bool = False
