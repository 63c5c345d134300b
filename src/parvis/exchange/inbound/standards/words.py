"""Words by language under columns of their own: one for each language we write, the others told as left aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .standard import Heading

LANGUAGES = ("fr", "en", "es", "pt")


def worded(name: str, field: str) -> tuple[Heading, ...]:
    """A column for each language we write in."""
    return tuple(Heading(f"{name}@{language}", field, language) for language in LANGUAGES)


def spread(name: str, words: Mapping[str, str], language: str) -> dict[str, str]:
    """The cells of these columns; words of no stated language are in that of the file."""
    found = {f"{name}@{code}": "" for code in LANGUAGES}
    for code, text in words.items():
        column = f"{name}@{(code or language)[:2].lower()}"
        if column in found and not found[column]:
            found[column] = " ".join(text.split())
    return found


def unspoken(name: str, words: Mapping[str, str]) -> Iterator[str]:
    """Languages nobody writes here."""
    return (f"{name}@{code}" for code in words if code and code[:2].lower() not in LANGUAGES)


def one_of(words: Mapping[str, str], language: str) -> str:
    """A name in the language of the file, or in the first it is said in, on one line and without separators."""
    text = words.get(language) or words.get("") or next(iter(words.values()), "")
    return " ".join(text.replace(";", ",").replace("|", ",").split())
