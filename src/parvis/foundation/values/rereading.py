"""A text read once more as a reader understands it: digits for letters in a word, a word cut at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

#: A letter beside a digit; nearly all texts have none, and are not read again.
_BESIDE = re.compile(r"[^\W\d_][0134578]|[0134578][^\W\d_]")
#: A word of three letters at least, none of whose digits stand together: *8eme*, not *covid19*.
_MIXED = re.compile(r"\b(?!\w*\d\d)(?=(?:\d*[^\W\d_]){3})(?=\w*[0134578])\w+")
#: Letters that digits stand for; a one is an *i* or an *l*.
_LETTERS = [str.maketrans("0134578", f"o{one}eastb") for one in "il"]
_CUT = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011\xad\xac]\s*\n\s*(?=[^\W\d_])")


def readings(text: str) -> Iterator[tuple[str, Sequence[int]]]:
    """Other readings of a text that is ``visible``, each with where its signs stand in it; nearly always none."""
    mixed, cut = _BESIDE.search(text), "\n" in text and _CUT.search(text)
    if not mixed and not cut:
        return
    told = {text} if not cut else set()
    for letters in _LETTERS:
        read = _MIXED.sub(partial(_in_letters, letters), text)
        if read not in told:
            told.add(read)
            yield _joined(read)


def _in_letters(letters: dict[int, int], found: re.Match[str]) -> str:
    word = found.group()
    read = word.translate(letters)
    return read[0].upper() + read[1:] if word[0].isdecimal() or word[1:2].isupper() else read


def _joined(text: str) -> tuple[str, Sequence[int]]:
    """The words that the end of a line cuts, in one."""
    read, last = "", 0
    places: list[int] = []
    for cut in _CUT.finditer(text):
        read += text[last : cut.start()]
        places += range(last, cut.start())
        last = cut.end()
    return read + text[last:], [*places, *range(last, len(text))]
