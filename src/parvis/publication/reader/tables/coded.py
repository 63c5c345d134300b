"""A column held as codes: each row's value is the place of that value among the sorted distinct ones.

A million rows are compared in a millisecond, and sorted by their codes. Read from the release's Parquet file at the
first need, and kept while the release is served.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.unsignedinteger[Any]]
#: Places of rows in a table, in order; None for all of them.
Places = npt.NDArray[np.intp] | None
#: A predicate that must be tried on each distinct value is refused beyond so many.
MOST_DISTINCT = 200_000
#: Bytes of a value as an object of Python, as the texts of cities are.
_A_VALUE = 80


class TooManyValues(ValueError):  # an answer
    """The column has too many distinct values to try each."""


class Coded:
    """Codes of a column, 0 where it is empty, and its distinct values in their order."""

    def __init__(self, codes: Codes, values: pa.Array | list[tuple[str, ...]]) -> None:
        self.codes = codes
        self._values = values

    @property
    def distinct(self) -> int:
        return len(self._values)

    @cached_property
    def weight(self) -> int:
        """Bytes held, at most: the codes, the distinct values, and these once more where each may be tried."""
        values = self._values.nbytes if isinstance(self._values, pa.Array) else 0
        tried = self.distinct if self.distinct <= MOST_DISTINCT else 0
        return int(self.codes.nbytes + values + tried * _A_VALUE)

    def value(self, code: int) -> Any:
        """The value of a code; None for an empty cell."""
        if code == 0:
            return None
        found = self._values[code - 1]
        return found if isinstance(found, tuple) else found.as_py()

    @cached_property
    def values(self) -> list[Any]:
        return self._values if isinstance(self._values, list) else self._values.to_pylist()

    def place(self, value: Any, *, after: bool = False) -> int:
        """The first code whose value is not before this one, or with ``after`` beyond it."""
        low, high = 0, self.distinct
        while low < high:
            middle = (low + high) // 2
            met = self.value(middle + 1)
            if met < value or (after and met == value):
                low = middle + 1
            else:
                high = middle
        return low + 1

    def at(self, places: Places) -> Codes:
        """Codes of some rows."""
        return self.codes if places is None else self.codes[places]

    def equal(self, value: Any, places: Places) -> Flags:
        first, beyond = self.place(value), self.place(value, after=True)
        codes = self.at(places)
        return np.equal(codes, first) if beyond > first else np.zeros(len(codes), np.bool_)

    def between(self, first: int, beyond: int, places: Places) -> Flags:
        """Rows whose code is in a range; none of those empty."""
        codes = self.at(places)
        if beyond > self.distinct:
            return np.greater_equal(codes, max(first, 1))
        return np.logical_and(np.greater_equal(codes, max(first, 1)), np.less(codes, beyond))

    def where(self, holds: Callable[[Any], bool], places: Places = None) -> Flags:
        """Rows whose value holds; each distinct value is tried once."""
        if self.distinct > MOST_DISTINCT:
            raise TooManyValues
        tried = np.zeros(self.distinct + 1, np.bool_)
        tried[1:] = [holds(value) for value in self.values]
        found: Flags = tried[self.at(places)]
        return found

    def empty(self, places: Places) -> Flags:
        return np.equal(self.at(places), 0)


def read_column(path: Path, name: str, kind: str) -> Coded:
    """A column of a Parquet file. What reading it took is given back: many times what the codes take."""
    try:
        with parquet.ParquetFile(path) as file:  # read_table would load all of Arrow's data sets
            return _coded(file.read(columns=[name], use_threads=False).column(0), kind)
    finally:
        pa.default_memory_pool().release_unused()


def _coded(column: pa.ChunkedArray, kind: str) -> Coded:
    if kind == "list":
        return _of_lists(column.to_pylist())
    if kind == "bool":
        column = column.cast(pa.int8())
    encoded = column.combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):  # a file without rows
        encoded = pa.array([], column.type)
    encoded = pc.dictionary_encode(encoded)
    order = pc.sort_indices(encoded.dictionary)
    ranks = np.empty(len(order) + 1, np.uint32)
    ranks[np.asarray(order)] = np.arange(1, len(order) + 1, dtype=np.uint32)
    ranks[len(order)] = 0
    places = np.asarray(pc.fill_null(encoded.indices, len(order)))
    return Coded(_narrow(ranks[places], len(order)), encoded.dictionary.take(order))


def _narrow(codes: Codes, distinct: int) -> Codes:
    """Codes in as few bytes as they need: a column of few values is compared four times sooner."""
    return codes.astype(np.uint8 if distinct < 255 else np.uint16 if distinct < 65_535 else np.uint32)


def _of_lists(rows: Iterable[list[str] | None]) -> Coded:
    lists = [None if row is None else tuple(row) for row in rows]
    values = sorted({row for row in lists if row is not None})
    places = {value: place for place, value in enumerate(values, 1)}
    codes = np.fromiter((0 if row is None else places[row] for row in lists), np.uint32, len(lists))
    return Coded(_narrow(codes, len(values)), values)


def summed(coded: Coded, chosen: Flags | npt.NDArray[np.intp]) -> Decimal:
    """Exact sum of the numbers in some rows."""
    counts = np.bincount(coded.codes[chosen], minlength=coded.distinct + 1)
    return sum(
        (Decimal(coded.value(int(code))) * int(counts[code]) for code in np.flatnonzero(counts) if code), Decimal()
    )
