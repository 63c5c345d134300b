"""The texts of official papers, with places kept for the facts: those of the house, and over them those of a city.

A place is written between braces in the words of a language: ``{montant accordé}`` or ``{amount voted}``. A text that
keeps a place for something nobody knows is refused, wherever it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from parvis.foundation.values.text import fold

from .reading import LANGUAGES, BrokenVocabulary, read

_TEXTS, _PLACES = (Path(__file__).with_name(name) for name in ("paper_texts.yml", "placeholders.yml"))
_PLACE = re.compile(r"\{([^{}\n]{0,80})\}")
_HEADING = "#"


@dataclass(frozen=True, slots=True)
class PaperText:
    """What a paper says in one language: its title, and its paragraphs with an empty line between them."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a paper once its facts are in: a heading, a paragraph, or the place of a table by its code."""

    kind: str
    words: str


Texts = dict[str, dict[str, PaperText]]


def family_of(paper: str) -> str:
    """The places of a paper are those of its family: every letter shares them."""
    return "letter" if paper.startswith("letter_") else paper


@cache
def places_of(paper: str) -> Mapping[str, Mapping[str, str]]:
    """What may stand between braces in a paper: each code with its words in each language."""
    return dict(read(_PLACES)[family_of(paper)])


@cache
def _codes(paper: str) -> dict[str, str]:
    return {fold(words): code for code, said in places_of(paper).items() for words in said.values()}


def unknown_in(paper: str, *texts: str) -> list[str]:
    """What stands between braces in these texts and is no place of the paper; a brace alone is told too."""
    found: dict[str, None] = {}
    for text in texts:
        for match in _PLACE.finditer(text):
            if fold(match[1]) not in _codes(paper):
                found.setdefault(match[0])
        if rest := re.search(r"[{}]", _PLACE.sub("", text)):
            found.setdefault(rest[0])
    return list(found)


def places_in(paper: str, text: str) -> set[str]:
    """The codes of the places a text keeps."""
    return {_codes(paper)[fold(match[1])] for match in _PLACE.finditer(text)}


def filled(paper: str, said: PaperText, facts: Mapping[str, str], tables: frozenset[str] = frozenset()) -> list[Block]:
    """A paper with its facts in: its title first, then its pieces.

    A paragraph whose places all hold nothing is left out, and so is a heading nothing follows. A paragraph that is
    only the place of a table stands for it.
    """
    pieces = [Block("title", _put(paper, said.title, facts))]
    for paragraph in re.split(r"\n\s*\n", said.text.replace("\r\n", "\n")):
        words = paragraph.strip()
        codes = [_codes(paper)[fold(match[1])] for match in _PLACE.finditer(words)]
        alone = len(codes) == 1 and _PLACE.fullmatch(words) is not None and codes[0] in tables
        if not words or (codes and not any(facts.get(code) for code in codes)):
            continue
        if words.startswith(_HEADING):
            pieces.append(Block("heading", _put(paper, words.lstrip("# "), facts)))
        else:
            pieces.append(Block("table", codes[0]) if alone else Block("paragraph", _put(paper, words, facts)))
    after = [*pieces[1:], Block("heading", "")]
    return [one for one, following in zip(pieces, after, strict=True) if (one.kind, following.kind) != ("heading",) * 2]


def _put(paper: str, words: str, facts: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda match: facts.get(_codes(paper)[fold(match[1])], ""), words)


@cache
def paper_texts(own: Path | None = None) -> Texts:
    """Every paper by its name, in each language; a city's own file replaces the languages of the papers it names.

    Raises BrokenVocabulary with file and place: a letter that cannot be filled is found before it is sent.
    """
    texts = _read(_TEXTS)
    if own is None or not own.exists():
        return texts
    theirs = _read(own)
    if odd := sorted(set(theirs) - set(texts)):
        raise BrokenVocabulary(
            file=own.name, where=odd[0], fault=f"there is no such paper (known: {', '.join(sorted(texts))})"
        )
    return {paper: said | theirs.get(paper, {}) for paper, said in texts.items()}


def _read(file: Path) -> Texts:
    return {paper: _in_languages(file, paper, said) for paper, said in read(file).items()}


def _in_languages(file: Path, paper: str, said: object) -> dict[str, PaperText]:
    if not isinstance(said, dict) or not set(said) <= set(LANGUAGES):
        raise BrokenVocabulary(file=file.name, where=paper, fault=f"languages are expected: {', '.join(LANGUAGES)}")
    return {language: _text(file, f"{paper}.{language}", paper, one) for language, one in said.items()}


def _text(file: Path, where: str, paper: str, one: object) -> PaperText:
    if not isinstance(one, dict) or set(one) != {"title", "text"} or not all(isinstance(x, str) for x in one.values()):
        raise BrokenVocabulary(file=file.name, where=where, fault="title and text are expected")
    known = read(_PLACES)
    if family_of(paper) in known and (odd := unknown_in(paper, *one.values())):
        raise BrokenVocabulary(file=file.name, where=where, fault=f"unknown between braces: {', '.join(odd)}")
    return PaperText(one["title"].strip(), one["text"].strip())
