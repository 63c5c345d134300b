"""Text made comparable: folded for searching, and keyed for sorting, without the help of any database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_LETTERS = str.maketrans(
    {
        "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "\u0131": "i",
        "ŧ": "t", "ɨ": "i", "ƚ": "l", "ə": "a",
    }
)  # fmt: skip
#: Letters to Unicode, apostrophes in a name (the Hawaiian okina, the Arabic ayn).
_APOSTROPHES = frozenset("\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02c8")
#: Stands for the tilde of a Spanish ñ while the rest is folded: a letter of a script long out of use.
_TILDE = "\U00010480"
_NUMBERS = re.compile(r"\d+")
_LONGEST_NUMBER = 12


def _once(sign: str) -> str:
    decomposed = unicodedata.normalize("NFKD", sign)
    bare = "".join(part for part in decomposed if not unicodedata.combining(part))
    letters = bare.casefold().translate(_LETTERS)
    return "".join(part if _is_word(part) else " " for part in letters)


def _is_word(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNM" and sign not in _APOSTROPHES


class _Folding(dict[int, str]):
    """What each sign becomes, worked out the first time it is met."""

    def __missing__(self, code: int) -> str:
        folded = _once(chr(code))
        while (again := "".join(map(_once, folded))) != folded:
            folded = again
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Text as it is searched: no accent, no capital, no ligature, one space for any punctuation.

    Folding what is folded already changes nothing, in any script.
    """
    return " ".join(text.translate(_FOLDING).split())


def folded_words(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of a folded text, each with where it stands in the text: its first sign, and the one after its last."""
    word, start, end = "", 0, 0
    for place, sign in enumerate(text):
        folded = sign.translate(_FOLDING)
        end = place + 1 if word and not folded else end  # an accent written apart belongs to its letter
        for letter in folded:
            if letter != " ":
                word, start, end = word + letter, start if word else place, place + 1
            elif word:
                yield word, start, end
                word = ""
    if word:
        yield word, start, end


def squeeze(text: str) -> str:
    """Text as a name is looked up: folded, and joined, so that N'Djamena, NDjamena and N Djamena are one."""
    return fold(text).replace(" ", "")


def _padded(number: re.Match[str]) -> str:
    return number.group().zfill(_LONGEST_NUMBER)


def sort_key(text: str, language: str = "en") -> str:
    """Key that sorts text as readers of the language expect, when keys are compared sign by sign.

    Accents count only between words otherwise alike (cote, côte); numbers go by their size; in Spanish
    ñ follows n. Good for French, English, Spanish and Portuguese.
    """
    letters = unicodedata.normalize("NFC", text).casefold()
    if language == "es":
        letters = letters.replace("ñ", f"n{_TILDE}")
    primary = fold(letters).replace(_TILDE, "~")
    accented = " ".join(unicodedata.normalize("NFKD", text).casefold().split())
    keyed = _NUMBERS.sub(_padded, primary)
    return keyed if accented == primary else f"{keyed}  {accented}"
