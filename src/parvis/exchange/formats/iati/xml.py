"""Elements as text: escaped, without what XML cannot hold, written as they are made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_VALUE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def text(said: str) -> str:
    """Text of an element."""
    return _NOT_XML.sub("", said).translate(_TEXT)


def element(name: str, inside: str = "", /, **attributes: str) -> str:
    """An element; attributes without value are left out, and ``_`` in their names stands for a hyphen."""
    told = "".join(
        f' {key.replace("_", "-").replace("xml-lang", "xml:lang")}="{_NOT_XML.sub("", value).translate(_VALUE)}"'
        for key, value in attributes.items()
        if value
    )
    return f"<{name}{told}>{inside}</{name}>" if inside else f"<{name}{told}/>"


def narratives(words: Mapping[str, str], language: str) -> str:
    """The same in each language known; the first without a mark when it is the file's own."""
    ordered = sorted((one for one in words if words[one]), key=lambda one: (one != language, one))
    return "".join(element("narrative", text(words[one]), xml_lang="" if one == language else one) for one in ordered)


def number(amount: Decimal) -> str:
    """Money to the cent."""
    return f"{amount:.2f}"
