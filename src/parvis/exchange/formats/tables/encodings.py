"""In which encoding a file of strangers is written, and which of its lines are not."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Encodings of one byte a sign that offices of Europe and the Americas have used.
_ONE_BYTE = ["cp1252", "mac_roman", "cp850"]
_HIGH = re.compile(rb"[\x80-\xff]")
_SAMPLE = 200_000
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a file. ``mixed`` when some lines are in it and others are not."""

    name: str
    mixed: bool = False
    guessed: bool = False

    @property
    def by_line(self) -> bool:
        """Whether lines can be cut before they are decoded."""
        return not self.name.startswith(("utf-16", "utf-32"))


def encoding_of(path: Path) -> Encoding:
    """Read the file once and say how it is encoded."""
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
        for mark, name in _MARKS:
            if head.startswith(mark):
                if name != "utf-8-sig":
                    return Encoding(name)
                file.seek(0)
                return Encoding("utf-8-sig", mixed=_bad_lines(file)[0] > 0)
        wide = _wide(head)
        if wide:
            return Encoding(wide, guessed=True)
        file.seek(0)
        bad, good, sample = _bad_lines(file)
    if not bad:
        return Encoding("utf-8")
    if good:
        return Encoding("utf-8", mixed=True)
    return Encoding(_one_byte(sample), guessed=True)


def _wide(head: bytes) -> str:
    """Two bytes a sign without a mark: every other byte of plain text is nothing."""
    sample = head[:2000]
    if len(sample) < 8:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and odd < half * 0.1 else ""


def _bad_lines(file: object) -> tuple[int, int, bytes]:
    """Lines that are not UTF-8, lines beyond ASCII that are, and a sample of the first."""
    bad = good = 0
    sample = bytearray()
    left = b""
    read = file.read  # type: ignore[attr-defined]  # an open file
    while chunk := read(_CHUNK):
        piece = left + chunk
        whole, _newline, left = piece.rpartition(b"\n") if b"\n" in piece else (piece, b"", b"")
        told_bad, told_good = _judge(whole, sample)
        bad, good = bad + told_bad, good + told_good
    told_bad, told_good = _judge(left, sample)
    return bad + told_bad, good + told_good, bytes(sample)


def _judge(text: bytes, sample: bytearray) -> tuple[int, int]:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return 0, 1 if _HIGH.search(text) else 0
    bad = good = 0
    for line in text.split(b"\n"):
        if not _HIGH.search(line):
            continue
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            bad += 1
            if len(sample) < _SAMPLE:
                sample += line[:2000] + b"\n"
        else:
            good += 1
    return bad, good


def _one_byte(sample: bytes) -> str:
    best = from_bytes(sample[:_SAMPLE], cp_isolation=_ONE_BYTE).best()
    name = best.encoding if best else ""
    return name if name in _ONE_BYTE else "cp1252"
