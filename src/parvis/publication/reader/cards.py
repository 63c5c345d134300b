"""Cards: the short row of a record, as JSON with its title in the reader's language.

They lie side by side in the order of ties, so that the first ones of a search are near each other. A card is a line of
parts: the number of the record, what it says in any language, then for each language the title and the last bracket.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from sqlite3 import Connection

import orjson

from parvis.foundation.values.words import FALLBACKS

from .schema import LANGUAGES

#: What no JSON of ours holds unescaped: between two parts of a card, and between two cards.
_THEN, _NEXT = "\t", "\n"
_FIRST_TITLE = 2


def line(number: int, facts: bytes, titles: Mapping[str, str]) -> str:
    """A card as it is kept; ``facts`` are a JSON object."""
    ends = [_end(titles[language], language) if titles.get(language) else "" for language in LANGUAGES]
    if not any(ends):
        ends[0] = _end("", "")
    return _THEN.join((str(number), facts[:-1].decode(), *ends))


def _end(title: str, language: str) -> str:
    told = orjson.dumps({"title": title, "title_lang": language}).decode()
    return f",{told[1:]}"


def written(db: Connection, places: Sequence[int], language: str) -> dict[int, str]:
    """Cards of the records at these places, by their numbers, as JSON: whoever answers in JSON sends them as they are.

    They are read as one text, for each step of SQLite lets go of Python's lock.
    """
    marks = ",".join("?" * len(places))
    (text,) = db.execute(f"SELECT group_concat(told, char(10)) FROM card WHERE place IN ({marks})", places).fetchone()
    return dict(_read(text.split(_NEXT), language)) if text else {}


def _read(lines: Iterable[str], language: str) -> Iterable[tuple[int, str]]:
    """The title is the one ``in_language`` would choose."""
    first, second, third, last = _choice(language)
    for one in lines:
        parts = one.split(_THEN)
        yield int(parts[0]), parts[1] + (parts[first] or parts[second] or parts[third] or parts[last])


@cache
def _choice(language: str) -> list[int]:
    """Where the titles of a card stand, the one to be taken first at the beginning."""
    chosen = [one for one in dict.fromkeys((language, *FALLBACKS)) if one in LANGUAGES]
    return [_FIRST_TITLE + LANGUAGES.index(one) for one in chosen]
