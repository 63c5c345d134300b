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
_EMAIL = re.compile(
    r"[^\s@<>()\[\],;:\"']+\s?(?:@|[(\[] ?(?:at|arobase|arroba) ?[)\]])\s?[^\s@<>()\[\],;:\"']+"
    r"(?:\.|\s?[(\[] ?(?:dot|point|punto|ponto) ?[)\]]\s?)\w+",
    re.IGNORECASE,
)
_COMMON = "asso africa aero agency association biz coop com edu eu ngo ong org net info int museum paris solutions team"
_COUNTRIES = (
    "ac ad ae ao ar at au ba bd be bf bg bi bj bo br ca cat cd cf cg ch ci cl cm cn co cr cu cv cy cz de dj "
    "dk do dz ec ee eg es fi fr ga ge gh gm gn gr gt gw hn hr ht hu id ie il in io iq ir is it jo jp ke kh km "
    "kr kw lb lk lr ls lt lu lv ly ma mc md mg mk ml mn mr mu mx my mz ne ng ni nl no np nz om pe ph pk pl ps "
    "pt py qa ro rs ru rw sa sc sd se sg si sk sl sn sv sy td tg th tn tr tw tz ua ug uk us uy uz ve vn za zm "
    "zw "
)
#: With its scheme, or as a domain alone: its ending is in small letters, so that two sentences that touch are none.
_LINK = re.compile(
    r"\b(?i:https?://|www\.)\S*[^\s.,;:!?)»]|(?<![\w@])(?:[\w-]+\.)+(?:"
    + "|".join((_COMMON + " " + _COUNTRIES).split())
    + r")\b(?:/(?:\S*[^\s.,;:!?)»])?)?"
)
_PART = r"[ .\u00a0\u202f-]"
_HANDLE = re.compile(r"(?<![\w@.])@\w[\w.]{2,}")
#: The number of a bank account: two letters, two digits, groups of four.
_ACCOUNT = re.compile(
    rf"(?<!\w)(?i:[A-Z]{{2}})\d{{2}}(?:{_PART}?[A-Z]{{4}})?(?:{_PART}?(?=[A-Za-z]*\d)[A-Za-z0-9]{{4}}){{2,7}}"
    rf"(?:{_PART}?[A-Za-z0-9]{{1,3}})?(?!\w)"
)
_PHONE = re.compile(r"(?<!\w)\+?\d(?:[ .\u00a0\u202f-]?\d){8,13}(?!\w)")
_PLAIN = (("email", _EMAIL), ("link", _LINK), ("handle", _HANDLE), ("account", _ACCOUNT), ("phone", _PHONE))
#: Shorter names would take the middle out of ordinary words.
_SHORTEST = 3
#: Signs that are not seen, and part a word all the same.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_LETTERS = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
#: The same sounds written in two ways, of one letter or of two.
_SOUNDS = {"oe": "(?:oe|œ)", "ae": "(?:ae|æ)", "ss": "(?:ss|ß)", "o": "[oø]", "l": "[lł]", "d": "[dđ]", "i": "[iı]"}
_AND = ("et", "and", "und", "y", "e")
#: Between two words of a name: signs, and an “and” in whichever language.
_BETWEEN = rf"(?:[\W_]+(?:{'|'.join(_AND)})[\W_]+|[\W_]*)"
#: What hangs on a name by a hyphen belongs to it: the section of an acronym tells as much as the acronym.
_BEFORE = r"(?<![^\W_])(?:[^\W_]+[-\u2010\u2011_&+])*"
_AFTER = r"(?![^\W_])(?:[-\u2010\u2011_&+]\w+)*"


class Acronym(str):
    """Initials, which are a name in capitals only: “LES” is one, “les” is not."""

    __slots__ = ()


class Proper(str):
    """A word of somebody's name, which is one where it begins with a capital: Pierre, and never a stone."""

    __slots__ = ()


class Number(str):
    """The number of a body in its register, whatever stands between its signs and whatever it is a part of."""

    __slots__ = ()


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
    spelt = _any_of(names)

    def hide(text: str) -> str:
        text = unicodedata.normalize("NFC", text).translate(_UNSEEN)
        for _kind, pattern in _PLAIN:
            text = pattern.sub(HIDDEN, text)
        return _replaced(spelt, text) if spelt else text

    return hide


def finder(names: Iterable[str]) -> list[tuple[str, re.Pattern[str] | None]]:
    """What is looked for in a paper, kind by kind: addresses, links, telephones, and the names, under any accents."""
    return [*_PLAIN, ("name", _any_of((name for name in names if "@" not in name), marks="[\u0300-\u036f]*"))]


def _any_of(names: Iterable[str], marks: str = "") -> re.Pattern[str] | None:
    """A pattern that finds any of these names, the longest first. ``marks`` are let pass after each letter."""
    held = {(type(name), str(name)): name for name in names if _worth(name)}
    patterns = [_pattern(held[key], marks) for key in sorted(held, key=lambda one: (-len(one[1]), one[1], str(one[0])))]
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None


def _pattern(name: str, marks: str) -> str:
    if isinstance(name, Number):
        return r"[\W_]{0,2}".join(map(re.escape, re.sub(r"[\W_]", "", name)))
    words = [word for word in re.findall(r"[^\W_]+", _bare(name)) if word.casefold() not in _AND] or [_bare(name)]
    if isinstance(name, Acronym):
        return f"{_BEFORE}(?-i:{_BETWEEN.join(_letters(word.upper(), marks) for word in words)}){_AFTER}"
    if isinstance(name, Proper):
        forms = (each(word) for word in words for each in (str.capitalize, str.upper))
        return f"{_BEFORE}(?-i:{'|'.join(_letters(form, marks) for form in forms)}){_AFTER}"
    return _BEFORE + _BETWEEN.join(_sounds(word, marks) for word in words) + _AFTER


def _letters(word: str, marks: str) -> str:
    return "".join(re.escape(sign) + marks for sign in word)


def _sounds(word: str, marks: str) -> str:
    """A word letter by letter, each sound in both its spellings."""
    plain = "".join(_LETTERS.get(sign, sign) for sign in word.lower())
    parts = re.findall(r"oe|ae|ss|.", plain)
    return "".join(_SOUNDS.get(part, re.escape(part)) + marks for part in parts)


def _worth(name: str) -> bool:
    return sum(sign.isalnum() for sign in name) >= _SHORTEST


def _bare(text: str) -> str:
    """Text without accents, sign for sign, so that places in it are places in the original."""
    return "".join(unicodedata.normalize("NFD", sign)[0] for sign in text)


def _replaced(pattern: re.Pattern[str], text: str) -> str:
    parts, end = [], 0
    for match in pattern.finditer(_bare(text)):
        parts += [text[end : match.start()], HIDDEN]
        end = match.end()
    return "".join([*parts, text[end:]])
