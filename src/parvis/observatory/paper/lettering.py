"""The room words take, so that a label can be placed before any browser sees it.

Widths are those of Public Sans at weight 500, in hundredths of the size; a letter with an accent
is as wide as the letter. System fonts that stand in for it are no wider by more than the margin.
"""

from __future__ import annotations

import unicodedata

_HUNDREDTHS = {
    24: " .:",
    25: "',;ij\u2019",
    28: "Il|!",
    32: "()[]",
    39: '-\u2010*fJrt"/\\',
    48: "z^",
    53: "sv_y?",
    57: "acekx≈",
    60: "bdghnopquT<=>+0123456789TFEY$#{}~€",
    66: "BLPSZK",
    71: "ACDRUVHXN",
    75: "GOQ",
    79: "w&@…",
    88: "mM",
    95: "W%",
}
_WIDTH = {letter: hundredths / 100 for hundredths, letters in _HUNDREDTHS.items() for letter in letters}
_UNKNOWN = 0.75
_MARGIN = 1.03


def width_of(text: str, size: float) -> float:
    """Width of a line of text at that size, a little on the wide side."""
    letters = (letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return sum(_WIDTH.get(letter, _UNKNOWN) for letter in letters) * size * _MARGIN


def lines_of(text: str, size: float, room: float) -> list[str]:
    """The text cut at its plain spaces into lines no wider than the room, save a longer word."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
