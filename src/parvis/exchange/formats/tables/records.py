"""JSON: a list of objects, or an object that holds one, read piece by piece; what is nested becomes a path."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ijson

from .broken import NOT_JSON, not_json
from .encodings import encoding_of
from .faults import Fault
from .limits import LIMITS, Limits
from .rows import How, RawRow, refuse
from .watched import Watched

_ = str  # marks a sentence for translation

_TASTED = 200


class Records:
    """Rows of a JSON file. The first row is its headings: the paths met in its first objects, in order."""

    def __init__(self, path: Path, name: str, *, limits: Limits = LIMITS) -> None:
        self.path, self.name, self.limits = path, name, limits
        if path.stat().st_size > limits.file_bytes:
            raise refuse(
                name, _("The file has %(size)s MB; at most %(most)s MB can be read."),
                size=path.stat().st_size // 1_000_000, most=limits.file_bytes // 1_000_000,
            )  # fmt: skip
        encoding = encoding_of(path)
        if not encoding.name.startswith("utf-8") or encoding.mixed:
            raise refuse(name, _("JSON is written in UTF-8; this file is not."))
        self._skip = 3 if encoding.name == "utf-8-sig" else 0
        self.how = How("json", encoding="utf-8", sheet=self._where())
        self.columns = self._columns()

    def filled_sheets(self) -> tuple[str, ...]:
        return ()

    def rows(self) -> Iterator[RawRow]:
        yield RawRow(1, list(self.columns))
        known = {path: place for place, path in enumerate(self.columns)}
        for number, found in enumerate(self._objects(), 2):
            cells, odd = [""] * len(self.columns), []
            for path, text in _flat(found, self.limits.depth):
                if path in known:
                    cells[known[path]] = text
                elif text:
                    odd.append(Fault(_("The field “%(name)s” is not in the first objects."), {"name": path}, number))
            yield RawRow(number, cells, tuple(odd))

    def _where(self) -> str:
        """The path of the list of objects: the first list met, at the top or one step below."""
        depth, key = 0, ""
        for prefix, event, value in self._parsed():
            if event == "start_array" and depth <= 1:
                return f"{prefix}.item" if prefix else "item"
            depth += event in ("start_map", "start_array")
            depth -= event in ("end_map", "end_array")
            key = value if event == "map_key" else key
        raise refuse(self.name, _("The file holds no list of objects."))

    def _columns(self) -> list[str]:
        paths: dict[str, None] = {}
        for number, found in enumerate(self._objects()):
            if number >= _TASTED:
                break
            for path, _text in _flat(found, self.limits.depth):
                paths.setdefault(path)
                if len(paths) > self.limits.columns:
                    raise refuse(
                        self.name, _("The objects have more than %(most)s fields."),
                        row=number + 2, most=self.limits.columns,
                    )  # fmt: skip
        return list(paths)

    def _objects(self) -> Iterator[dict[str, Any]]:
        """Each object of the list, one at a time."""
        builder, depth = None, 0
        prefix_wanted = self.how.sheet
        for prefix, event, value in self._parsed():
            if builder is None and prefix == prefix_wanted and event == "start_map":
                builder = ijson.ObjectBuilder()
            elif builder is None and prefix == prefix_wanted:
                raise refuse(self.name, _("A list of objects is expected; this one holds other things."))
            if builder is None:
                continue
            builder.event(event, value)
            depth += event in ("start_map", "start_array")
            depth -= event in ("end_map", "end_array")
            if depth == 0:
                yield builder.value
                builder = None

    def _parsed(self) -> Iterator[tuple[str, str, Any]]:
        try:
            with self.path.open("rb") as file:
                file.seek(self._skip)
                yield from ijson.parse(Watched(file, self.name, self.limits.depth))
        except NOT_JSON as fault:
            raise not_json(self.path, self.name, skip=self._skip) from fault


def _flat(found: Any, depth: int, path: str = "") -> Iterator[tuple[str, str]]:
    """Each value with its path: ``recipient.name``, ``places.0.name``; a list of plain values is one cell."""
    if depth <= 0:
        return
    if isinstance(found, dict):
        for key, value in found.items():
            yield from _flat(value, depth - 1, f"{path}.{key}" if path else str(key))
    elif isinstance(found, list):
        if any(isinstance(each, dict | list) for each in found):
            for place, value in enumerate(found):
                yield from _flat(value, depth - 1, f"{path}.{place}")
        else:
            yield path, "; ".join(_plain(each) for each in found)
    else:
        yield path, _plain(found)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(str(value).split())
