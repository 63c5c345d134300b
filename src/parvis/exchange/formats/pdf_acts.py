"""What a PDF may do by itself: scripts, programs, files of its own. Looked for as a reader of PDF would find it.

A name may hide behind escapes (``/J#61vaScript`` is ``/JavaScript``), and objects may stand packed in a stream.
Names are decoded, streams are inflated within bounds, and what is packed so that nobody can look into it is told.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

#: How much may come out of one stream of objects, and how much of others is looked into.
_MOST_OF_OBJECTS, _MOST_OF_OTHERS, _MOST_OF_ALL = 32 << 20, 2 << 20, 64 << 20
_END = rb"[\x00\t\n\f\r ()<>\[\]{}/%]"
_PLAIN = rb"[^\x00\t\n\f\r ()<>\[\]{}/%]"
_ACTS = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|ImportData)(?=" + _END + rb"|$)"
)  # long names: by chance they stand in no picture
_SCRIPT_KEY = re.compile(rb"/JS(?=" + _END + rb"|$)")
_ESCAPED_NAME = re.compile(rb"/" + _PLAIN + rb"{0,40}?#[0-9A-Fa-f]{2}" + _PLAIN + rb"{0,60}")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FILTER = re.compile(rb"/(\w+Decode|Fl|Crypt)\b")


class Swells(ValueError):
    """More comes out of the file than is looked into."""


class Sealed(ValueError):
    """Objects of the file are packed in a way that cannot be looked into."""


@dataclass(frozen=True, slots=True)
class _Stream:
    """A stream: what its dictionary says, names decoded, and its bytes."""

    said: bytes
    content: bytes

    @property
    def holds_objects(self) -> bool:
        return b"/ObjStm" in self.said or (b"/First" in self.said and re.search(rb"/N\b", self.said) is not None)


def acts(content: bytes) -> bool:
    """Whether a PDF holds anything that acts by itself. Raises Swells, and Sealed where it cannot be told.

    A page to open at (``/OpenAction [3 0 R /Fit]``) is no act: what it would run is named beside it.
    """
    if _acts_in(content) or _SCRIPT_KEY.search(_decoded(_outside_streams(content))):
        return True
    looked_into = 0
    for stream in _streams(content):
        unpacked = _unpacked(stream, _MOST_OF_ALL - looked_into)
        looked_into += len(unpacked)
        if _acts_in(unpacked) or (stream.holds_objects and _SCRIPT_KEY.search(_decoded(unpacked))):
            return True
    return False


def is_locked(content: bytes) -> bool:
    """Whether a PDF is closed by a password or by rights."""
    return re.search(rb"/Encrypt(?=" + _END + rb")", _decoded(_outside_streams(content))) is not None


def _acts_in(words: bytes) -> bool:
    return _ACTS.search(words) is not None or any(
        _ACTS.fullmatch(_decoded(name[0])) for name in _ESCAPED_NAME.finditer(words)
    )


def _decoded(words: bytes) -> bytes:
    return _ESCAPE.sub(lambda sign: bytes([int(sign[1], 16)]), words) if b"#" in words else words


def _streams(content: bytes) -> Iterator[_Stream]:
    """Every stream, also one that only seems to be: a word in a remark must not hide what follows it."""
    for found in _STREAM.finditer(content):
        end = content.find(b"endstream", found.end())
        head = max(content.rfind(b"obj", 0, found.start()), found.start() - 4096, 0)
        yield _Stream(_decoded(content[head : found.start()]), content[found.end() : end if end >= 0 else None])


def _outside_streams(content: bytes) -> bytes:
    """The file less the bytes of its streams, whose signs are no names."""
    parts, place = [], 0
    while found := _STREAM.search(content, place):
        parts.append(content[place : found.start()])
        end = content.find(b"endstream", found.end())
        place = end + len(b"endstream") if end >= 0 else len(content)
    return b" ".join([*parts, content[place:]])


def _unpacked(stream: _Stream, room: int) -> bytes:
    """What comes out of a stream: all of one that holds objects, the beginning of any other."""
    if not stream.holds_objects:
        return _inflated(stream.content, min(_MOST_OF_OTHERS, max(room, 0)))[0]
    if b"/DecodeParms" in stream.said or (b"/Filter" in stream.said and not _FILTER.search(stream.said)):
        raise Sealed
    filters = _FILTER.findall(stream.said)
    if not filters:
        return stream.content
    if filters not in ([b"FlateDecode"], [b"Fl"]):
        raise Sealed
    out, whole = _inflated(stream.content, _MOST_OF_OBJECTS)
    if not out:
        raise Sealed
    if not whole or len(out) > room:
        raise Swells
    return out


def _inflated(packed: bytes, most: int) -> tuple[bytes, bool]:
    """So much of what is packed, and whether that is all of it; nothing where it is packed in another way."""
    machine = zlib.decompressobj()
    try:
        out = machine.decompress(packed, most) if most else b""
    except zlib.error:
        return b"", True
    return out, not machine.unconsumed_tail
