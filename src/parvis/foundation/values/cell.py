"""A text put into a cell of a table that a spreadsheet will open."""

from __future__ import annotations

import re

#: Signs by which a spreadsheet knows a formula.
FORMULA = "=+-@\t\r"
_NUMBER = re.compile(r"[-0-9.]*\Z")


def as_cell(text: str) -> str:
    """The same text, with an apostrophe before it where a spreadsheet would run it as a formula."""
    if text[:1] and text[0] in FORMULA and not _NUMBER.match(text):
        return f"'{text}"
    return text
