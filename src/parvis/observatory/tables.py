"""The published tables as the observatory reads them: rows by name, streamed from the files of a release.

A table of words has one column a language (``scope_fr``) in the files and one mapping (``scope``)
in memory: ``word`` reads both, so that measures are tested on plain rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pyarrow import compute, parquet

Row = Mapping[str, Any]
Tables = Mapping[str, Iterable[Row]]

_AT_ONCE = 4000


#: Of these tables only such rows are read: the texts of a release are its bulk, its titles a small part.
_ONLY = {"texts": ("field", "title")}


class ReleaseTables(Mapping[str, Iterable[Row]]):
    """The tables of a release, read from its Parquet files as they are asked for and never held whole.

    Of the texts, only the titles are read: no picture says more.
    """

    def __init__(self, content: Path) -> None:
        self._files = {file.stem: file for file in sorted((content / "tables").glob("*.parquet"))}

    def __getitem__(self, name: str) -> Iterable[Row]:
        return _Stream(self._files[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


class _Stream(Iterable[Row]):
    """Rows of one file, from the first, each time they are asked for."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __iter__(self) -> Iterator[Row]:
        with parquet.ParquetFile(self._file) as source:
            for batch in source.iter_batches(batch_size=_AT_ONCE):
                yield from self._wanted(batch).to_pylist()

    def _wanted(self, batch: Any) -> Any:
        if self._file.stem not in _ONLY:
            return batch
        column, value = _ONLY[self._file.stem]
        return batch.filter(compute.equal(batch.column(column), value))


def rows(tables: Tables, name: str) -> Iterable[Row]:
    """Rows of a table; none when this release has no such table."""
    return tables.get(name, ())


def word(row: Row, column: str, lang: str) -> str:
    """Words of a column in a language, else in another the row holds."""
    said = row.get(column)
    if isinstance(said, Mapping):
        return str(said.get(lang) or next((text for text in said.values() if text), ""))
    flat = [row.get(f"{column}_{language}") for language in (lang, "en", "fr", "es", "pt")]
    return str(next((text for text in flat if text), "") or said or "")


def text(row: Row, column: str) -> str:
    """Text of a column, empty when there is none."""
    value = row.get(column)
    return "" if value is None else str(value)


def number(row: Row, column: str) -> float | None:
    """A number of a column. Exact decimals become floats here and nowhere else: a drawing is no account."""
    value = row.get(column)
    return None if value in (None, "") else float(value)


class Titles:
    """What records are called, in each language, for the few keys that are drawn."""

    def __init__(self, tables: Tables, keys: Iterable[str]) -> None:
        wanted = set(keys)
        self._by_key: dict[str, dict[str, str]] = {}
        for row in rows(tables, "texts"):
            if row["field"] == "title" and row["subject"] in wanted:
                self._by_key.setdefault(row["subject"], {})[row["language"]] = row["body"]

    def of(self, key: str, lang: str) -> str:
        """The title in that language, else in another; the key itself when there is none."""
        titles = self._by_key.get(key, {})
        return titles.get(lang) or titles.get("en") or next(iter(titles.values()), key)
