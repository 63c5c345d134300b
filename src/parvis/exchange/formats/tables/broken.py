"""Where a JSON file stops being JSON: the line, and the sign in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import ijson

from .faults import Unreadable
from .rows import refuse

_ = str  # marks a sentence for translation

#: What a parser says of a text that is no JSON.
NOT_JSON = (ijson.JSONError, UnicodeDecodeError, RecursionError)
_PIECE = 1 << 16
_STRETCH = 256
#: Bytes that go on with a sign and begin none.
_GOES_ON = bytes(range(0x80, 0xC0))


def not_json(path: Path, name: str, *, skip: int = 0) -> Unreadable:
    """The refusal of a file that is no JSON, with the place: it is read again up to there, which costs a moment."""
    line, place, ended = _place_of_fault(path, skip)
    return no_json_at(name, line, place, ended=ended)


def no_json_at(name: str, line: int, place: int, *, ended: bool = False) -> Unreadable:
    """The refusal of a file that is no JSON from this sign of this line on."""
    if ended:
        return refuse(name, _("This is not JSON: it ends before it is whole, at line %(line)s."), line=line)
    said = _("This is not JSON: it cannot be read from line %(line)s, character %(place)s on.")
    return refuse(name, said, line=line, place=place)


def _place_of_fault(path: Path, skip: int) -> tuple[int, int, bool]:
    """The line and the sign, from 1; and whether the file merely ends too early."""
    sound, piece = _first_unsound(_lines(path, skip))
    ended = not piece
    for size in (_STRETCH, 1):  # a text that is not whole is read from its beginning again at each send
        sound, piece = _first_unsound(chain(_pieces(path, skip, sound), _cut(piece, size)))
    line = place = 1
    for chunk in _pieces(path, skip, sound):
        line += chunk.count(b"\n")
        _before, broke, last = chunk.rpartition(b"\n")
        place = (1 if broke else place) + len(last.translate(None, _GOES_ON))
    return line, place, ended


def _first_unsound(pieces: Iterable[bytes]) -> tuple[int, bytes]:
    """How many bytes are read before the piece where the parser gives up, and that piece; nothing where it does not."""
    events = ijson.sendable_list()
    parser, before = ijson.basic_parse_coro(events), 0
    for piece in pieces:
        try:
            parser.send(piece)
        except NOT_JSON:
            return before, piece
        before += len(piece)
        events.clear()
    return before, b""


def _cut(piece: bytes, size: int) -> Iterator[bytes]:
    return (piece[at : at + size] for at in range(0, len(piece), size))


def _lines(path: Path, skip: int) -> Iterator[bytes]:
    """Lines, those that are very long in pieces."""
    with path.open("rb") as file:
        file.seek(skip)
        while line := file.readline(_PIECE):
            yield line


def _pieces(path: Path, skip: int, length: int) -> Iterator[bytes]:
    """What stands from there on, so many bytes of it."""
    with path.open("rb") as file:
        file.seek(skip)
        while length and (piece := file.read(min(length, _PIECE))):
            length -= len(piece)
            yield piece
