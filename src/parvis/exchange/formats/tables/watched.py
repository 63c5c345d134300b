"""A JSON file watched while it is parsed: its depth and its numbers are counted on the bytes, before the parser.

The parser keeps the path of every opened list of a buffer at once, gigabytes of them for a few kilobytes of brackets,
and ends the whole process on a number longer than Python will turn into a whole number. Neither can be told to it.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import BinaryIO

from .rows import refuse

_ = str  # marks a sentence for translation

#: A text, closed or cut by the end of what was read (then perhaps in the middle of an escape).
_TEXT = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*("|\\?\Z)', re.DOTALL)
_LONGEST_NUMBER = 1_000
_LONG = re.compile(rb"[0-9]{%d}|[0-9][eE][+-]?0*[1-9][0-9]{3}" % (_LONGEST_NUMBER + 1))
_LAST_NUMBER = re.compile(rb"[0-9eE.+-]*\Z")
_STEPS = {91: 1, 123: 1, 93: -1, 125: -1}
_NEW_LINE = 10
_NO_BRACKET = bytes(sign for sign in range(256) if sign not in _STEPS)


class Watched:
    """An open file for the parser. Reading raises Unreadable where it is nested too deep or a number has no end."""

    def __init__(self, file: BinaryIO, name: str, depth: int) -> None:
        self._file, self._name, self._most = file, name, depth
        self._depth = self._lines = 0
        self._before = self._number = b""

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._watch(chunk)
        return chunk

    def _watch(self, chunk: bytes) -> None:
        bare = _TEXT.sub(rb'"\1', self._before + chunk)
        within = bare.count(b'"') % 2  # an odd quotation mark opened a text that goes on in the next chunk
        self._before = (b'"\\' if bare.endswith(b"\\") else b'"') if within else b""
        numbers = self._number + bare
        if _LONG.search(numbers):
            raise refuse(
                self._name, _("A number has more than %(most)s digits: this is no table."), most=_LONGEST_NUMBER
            )
        last = _LAST_NUMBER.search(numbers[-_LONGEST_NUMBER:])
        self._number = last[0] if last and not within else b""
        brackets = bare.translate(None, _NO_BRACKET)
        depths = list(accumulate(map(_STEPS.__getitem__, brackets), initial=self._depth))
        self._depth = depths[-1]
        if max(depths) > self._most:
            said = _("The file is nested more than %(most)s levels deep.")
            raise refuse(self._name, said, row=self._line_too_deep(bare, depths[0]), most=self._most)
        self._lines += chunk.count(b"\n")

    def _line_too_deep(self, bare: bytes, depth: int) -> int:
        """The line of the bracket that is one too many."""
        line = self._lines + 1
        for sign in bare:
            depth += _STEPS.get(sign, 0)
            if depth > self._most:
                break
            line += sign == _NEW_LINE
        return line
