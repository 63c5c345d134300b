"""A file without the names of those who ask: what a reviewer reads, and nothing more.

The names are taken out here, before anything reaches a page, an export or the name of a file: a template could not
show what it was never given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

#: Stands where a name stood.
HIDDEN = "[…]"
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"']+@[^\s@<>()\[\],;:\"']+\.\w+")
_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\w)\+?\d(?:[ .\u00a0\u202f-]?\d){8,13}(?!\w)")
#: Shorter names would take the middle out of ordinary words.
_SHORTEST = 3


def blinded(value: Any, names: Iterable[str]) -> Any:
    """A value without names, addresses, telephone numbers and links, whatever it is made of."""
    hide = _hider(names)

    def walk(part: Any) -> Any:
        if isinstance(part, str):
            return hide(part)
        if isinstance(part, list):
            return [walk(one) for one in part]
        if isinstance(part, dict):
            return {key: walk(one) for key, one in part.items()}
        return part

    return walk(value)


def _hider(names: Iterable[str]) -> Any:
    patterns = [_spelt_anyhow(name) for name in sorted(set(names), key=len, reverse=True) if _worth(name)]
    spelt = re.compile("|".join(patterns), re.IGNORECASE) if patterns else None

    def hide(text: str) -> str:
        for pattern in (_EMAIL, _LINK, _PHONE):
            text = pattern.sub(HIDDEN, text)
        return _replaced(spelt, text) if spelt else text

    return hide


def finder(names: Iterable[str]) -> list[tuple[str, re.Pattern[str] | None]]:
    """What is looked for in a paper, kind by kind: addresses, links, telephones, and the names, under any accents."""
    held = [_accented(name) for name in sorted(set(names), key=len, reverse=True) if _worth(name) and "@" not in name]
    named = re.compile("|".join(held), re.IGNORECASE) if held else None
    return [("email", _EMAIL), ("link", _LINK), ("phone", _PHONE), ("name", named)]


def _accented(name: str) -> str:
    """A pattern that finds a name in text as it stands, each letter with or without its accent."""
    words = re.findall(r"\w+", _bare(name))
    spelt = ["".join(f"{re.escape(sign)}[\u0300-\u036f]*" for sign in word) for word in words]
    return r"(?<!\w)" + r"[\W_]*".join(spelt) + r"(?!\w)"


def _worth(name: str) -> bool:
    return sum(sign.isalnum() for sign in name) >= _SHORTEST


def _spelt_anyhow(name: str) -> str:
    """A pattern that finds a name under other accents, spaces and hyphens."""
    words = re.findall(r"\w+", _bare(name))
    return r"(?<!\w)" + r"[\W_]*".join(map(re.escape, words)) + r"(?!\w)"


def _bare(text: str) -> str:
    """Text without accents, sign for sign, so that places in it are places in the original."""
    return "".join(unicodedata.normalize("NFD", sign)[0] for sign in text)


def _replaced(pattern: re.Pattern[str], text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    parts, end = [], 0
    for match in pattern.finditer(_bare(text)):
        parts += [text[end : match.start()], HIDDEN]
        end = match.end()
    return "".join([*parts, text[end:]])
