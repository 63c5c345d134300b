"""Names of persons written short: *J. Dupont*, *Dupont J.-P.*, *Mme Dupont*, *Marie D.*; titles that announce anybody.

A family name alone is not looked for: among the 4 308 titles of the requests of 2013 sixty common ones stand in 42,
nearly all of them streets and saints. Beside an initial or a title they stand in none (decision 66).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from .naming import ASIDE, ROLES, TITLES
from .text import fold, folded_words

#: Abbreviations are titles with a capital alone: *me* and *pr* are words.
_IN_FULL = TITLES - {"m", "mm", "mr", "ms", "dr", "dre", "pr", "prof", "me", "sr", "sra", "don", "dona"}
#: Who is announced with these acts for a country or a city.
PUBLIC_OFFICES = frozenset(
    {
        "maire", "maires", "adjoint", "adjointe", "ministre", "ambassadeur", "ambassadrice", "gouverneur",
        "gouverneure", "prefet", "prefete", "depute", "deputee", "senateur", "senatrice", "conseiller", "conseillere",
        "mayor", "minister", "governor", "ambassador", "councillor", "alcalde", "alcaldesa", "ministro", "ministra",
        "embajador", "embajadora", "gobernador", "gobernadora", "prefeito", "prefeita", "embaixador", "embaixadora",
        "governador", "governadora", "vereador", "vereadora",
    }
)  # fmt: skip
#: What is called after somebody: *rue du Docteur Laurent*, *Fondation A. Pierre*.
_CALLED_AFTER = frozenset(
    {
        "rue", "avenue", "boulevard", "place", "square", "villa", "passage", "impasse", "quai", "pont", "allee",
        "cours", "jardin", "parc", "fondation", "lycee", "college", "ecole", "creche", "hopital", "stade", "gymnase",
        "prix", "street", "bridge", "foundation", "school", "hospital", "calle", "avenida", "plaza", "puente",
        "fundacion", "escuela", "rua", "praca", "ponte", "fundacao", "escola",
    }
)  # fmt: skip
#: How many words around a name may say in which office.
_NEAR = 4
#: Within so many words before a name stands what is called after it: its title and *du* may come between.
_SOON = 3
#: How many words may stand between a given name and the family name: *Marie Claire Dupont*, *Marie et Jean Dupont*.
_BETWEEN = 2
_ENDS = re.compile(r"[,;:()/|\n]|[^\W\d_]{2}\.")
#: Single letters that are words where no point follows.
_WORDS = frozenset("aeouy")
_POINT = re.compile(r"\s?\.")
_POINT_ALONE = re.compile(r"\.(?!\w)")
_END = re.compile(r"\s*(?:[.,;)\]/]|$)")
_ANYBODY = re.compile(
    r"\b(?:M\.|MM\.|Mr\b\.?|Mrs\b\.?|Mmes?\b|Mlles?\b|Madame|Monsieur|Mademoiselle|Sra?\.|Dra?\.|Pr\.|Senhora?|Señora?)"
    r"\s+((?:[^\W\d_a-z](?:[\w’'.-]*[^\W_])?\.?\s?){1,3})"
)


class Short(StrEnum):
    """What stands beside a family name: an initial, a title, or a given name with a word or two between them.

    Or beside a given name: the first letter alone of the family name.
    """

    INITIAL = "initial"
    TITLE = "title"
    GIVEN = "given"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class FoundShort:
    """A family name beside an initial or a title: who may be meant, and where it stands in the text."""

    person: tuple[str, str]
    family: tuple[str, ...]
    initial: str
    beside: Short
    start: int
    end: int
    given: str = ""


@dataclass(frozen=True, slots=True)
class _Family:
    person: tuple[str, str]
    words: tuple[str, ...]
    initials: tuple[str, ...]
    givens: tuple[str, ...]

    @property
    def given(self) -> str:
        return self.givens[0]


@lru_cache(maxsize=20_000)
def parts_of(given: str, family: str) -> frozenset[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Given names and family name. One text: the words in capitals are the family name, else all but the first."""
    if given and family:
        return frozenset({(tuple(fold(given).split()), tuple(fold(family).split()))})
    found = set()
    for said in (given or family, (given or family).partition(":")[2]):
        words = [word for word in ASIDE.split(said.strip(), maxsplit=1)[0].split() if fold(word)]
        while words and fold(words[0]) in TITLES:
            words = words[1:]
        words = words[: next((place for place, word in enumerate(words) if fold(word) in ROLES), len(words))]
        capitals = [word for word in words if word.isupper() and len(word) > 1]
        if capitals and len(capitals) < len(words):
            first, last = [word for word in words if word not in capitals], capitals
        else:
            first, last = words[:1], words[1:]
        if first and last:
            found.add((tuple(fold(" ".join(first)).split()), tuple(fold(" ".join(last)).split())))
    return frozenset(found)


class Shortened:
    """Looks for the family names of many persons beside an initial of theirs, or a title."""

    def __init__(self, persons: Iterable[tuple[str, str]]) -> None:
        self._by_last: dict[str, list[_Family]] = {}
        self._by_given: dict[str, dict[str, list[_Family]]] = {}
        for person in persons:
            for first, last in parts_of(*person):
                if len(last[-1]) > 1 and not ROLES.issuperset(last):
                    family = _Family(person, last, tuple(word[0] for word in first), first)
                    self._by_last.setdefault(last[-1], []).append(family)
                    if len(first[0]) > 2:
                        for given in {first[0], first[-1]}:
                            self._by_given.setdefault(given, {}).setdefault(last[0][0], []).append(family)

    def may_stand_in(self, words: Iterable[str]) -> bool:
        """Whether these words of a text, folded, hold a family name at all."""
        return not self._by_last.keys().isdisjoint(words)

    def find(self, text: str) -> list[FoundShort]:
        """Each family name so written, once a text, which is to be ``visible``."""
        spans = list(folded_words(text))
        first: dict[tuple[tuple[str, str], Short], FoundShort] = {}
        for place, (word, _start, _end) in enumerate(spans):
            for family in self._by_last.get(word, ()):
                begins = place + 1 - len(family.words)
                if begins < 0 or tuple(one for one, _s, _e in spans[begins : place + 1]) != family.words:
                    continue
                if text[spans[place][1]].isupper():
                    for found in _beside(text, spans, begins, place, family):
                        first.setdefault((found.person, found.beside), found)
            for found in _letter(text, spans, place, self._by_given.get(word, {})):
                first.setdefault((found.person, found.beside), found)
        return list(first.values())


def _letter(
    text: str, spans: list[tuple[str, int, int]], place: int, letters: Mapping[str, Sequence[_Family]]
) -> Iterator[FoundShort]:
    """*Marie D.*: a given name of somebody, and the letter their family name begins with, with its point."""
    after = spans[place + 1 : place + 3] if letters else []
    if not after or after[0][0] not in letters:
        return
    (word, start, end), (given, begins, given_ends) = after[0], spans[place]
    alone = len(after) < 2 or not _is_initial(text, after[1], last=False)
    if not alone or not text[begins].isupper() or not text[start:end].isupper() or not _POINT_ALONE.match(text, end):
        return
    if text[given_ends:start].strip(" \u00a0\u202f") or any(
        one in _CALLED_AFTER for one, _s, _e in _soon(spans, place)
    ):
        return
    for family in letters[word]:
        whole = spans[max(0, place + 1 - len(family.givens)) : place + 1]
        if given == family.given or tuple(one for one, _s, _e in whole) == family.givens:
            first = begins if given == family.given else whole[0][1]
            yield FoundShort(family.person, family.words, family.initials[0], Short.LETTER, first, end, family.given)


def _soon(spans: list[tuple[str, int, int]], place: int) -> list[tuple[str, int, int]]:
    return spans[max(0, place - _SOON) : place]


def _beside(
    text: str, spans: list[tuple[str, int, int]], begins: int, ends: int, family: _Family
) -> Iterator[FoundShort]:
    def found(beside: Short, one: int, last: int) -> FoundShort:
        return FoundShort(family.person, family.words, family.initials[0], beside, spans[one][1], spans[last][2])

    before, after = spans[begins - 1 :: -1] if begins else [], spans[ends + 1 :]
    if any(word in _CALLED_AFTER for word, _start, _end in before[:_SOON]):
        return
    if before and _is_title(text, before[0]):
        if not _in_office(spans, begins, ends):
            yield found(Short.TITLE, begins - 1, ends)
        return
    if many := _initials(text, before[:3][::-1], family.initials, last=True):
        yield found(Short.INITIAL, begins - many, ends)
    elif many := _given(text, before[: _BETWEEN + 1], spans[begins][1], family.given):
        yield found(Short.GIVEN, begins - many, ends)
    elif (many := _initials(text, after[:3], family.initials, last=False)) and _close(text, spans[ends], after[0]):
        yield found(Short.INITIAL, begins, ends + many)


def _initials(text: str, near: list[tuple[str, int, int]], initials: tuple[str, ...], *, last: bool) -> int:
    """How many of the words beside a family name are the initials of this person: *J*, *J P*, *JP*; none: 0."""
    for many in range(min(len(initials), len(near)), 0, -1):
        words = near[-many:] if last else near[:many]
        if tuple(word for word, _start, _end in words) == initials[:many]:
            return many if all(_is_initial(text, one, last=last) for one in words) else 0
    together = near[-1:] if last else near[:1]
    is_one = len(initials) > 1 and [word for word, _s, _e in together] == ["".join(initials)]
    return int(is_one and all(text[start:end].isupper() for _word, start, end in together))


def _given(text: str, before: list[tuple[str, int, int]], family: int, given: str) -> int:
    """How far before a family name stands a given name of this person, nothing ended between them; nowhere: 0."""
    for many, (word, start, end) in enumerate(before[1:], 2):
        if word == given and len(word) > 2 and text[start].isupper() and not _ENDS.search(text, end, family):
            return many
    return 0


def _is_initial(text: str, span: tuple[str, int, int], *, last: bool) -> bool:
    """A capital with its point; without one, where it is no word of its own."""
    word, start, end = span
    if not text[start:end].isupper() or text[end : end + 1] in {"'", "’"}:
        return False
    if _POINT.match(text, end) or text[end : end + 1] == "-":
        return True
    return word not in _WORDS and (last or bool(_END.match(text, end)))


def _close(text: str, family: tuple[str, int, int], initial: tuple[str, int, int]) -> bool:
    """*Dupont J.* and *Dupont, J.*, no other sign between them."""
    return not text[family[2] : initial[1]].strip(" ,\u00a0\u202f")


def _is_title(text: str, span: tuple[str, int, int]) -> bool:
    word, start, end = span
    return word in TITLES and (word in _IN_FULL or text[start].isupper()) and text[end : end + 1] not in {"'", "’"}


def _in_office(spans: list[tuple[str, int, int]], begins: int, ends: int) -> bool:
    near = (*spans[max(0, begins - 1 - _NEAR) : begins], *spans[ends + 1 : ends + 1 + _NEAR])
    return any(word in PUBLIC_OFFICES for word, _start, _end in near)


def announced(text: str) -> list[str]:
    """Names behind a title, of anybody, but for who is said to act in a public office: a guess, to be looked at."""
    found = []
    for match in _ANYBODY.finditer(text):
        said = match.group(1).split()
        if not said[0][0].isupper() or max(map(len, said)) < 3:  # a point beside one letter
            continue
        around = f"{text[: match.start()]}\n".split()[-_NEAR:] + text[match.end() :].split()[:_NEAR]
        if PUBLIC_OFFICES.isdisjoint(fold(" ".join(around)).split()):
            found.append(match.group().strip())
    return found
