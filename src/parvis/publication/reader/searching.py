"""One search of a release: what bears this very name, what has these words, and how many of each noun."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from sqlite3 import Connection

import orjson

from . import search
from .filters import Results, Row
from .search import Found
from .ties import Ties

#: When records of several nouns bear a name, the noun that is meant.
_FIRST_NAMED = ("place", "network", "body", "person")


class Finder:
    """Finds records of one release. ``cards`` gives the rows of ids in a language, as JSON; ``ties`` their order."""

    def __init__(
        self,
        db: Callable[[], Connection],
        hidden: frozenset[int],
        *,
        ties: Callable[[], Ties],
        cards: Callable[[Sequence[int], str], list[str]],
    ) -> None:
        self._db = db
        self._hidden = hidden
        self._ties = ties
        self._cards = cards

    def search(self, query: str, *, lang: str, noun: str | None, page: int, size: int) -> Results:
        """See :class:`Results`."""
        asked = search.asked_words(query)
        if not asked:
            return Results(query)
        exact, ambiguous, spellings = self._named(query, lang)
        found, ids = self._page(asked, noun, (page - 1) * size, page * size)
        counts = {one: n for one, n in zip(self._ties().nouns, found.counts, strict=False) if n}
        cards = self._cards(ids, lang)
        total = counts.get(noun, 0) if noun else sum(counts.values())
        matched = self._spellings(query, asked, found, dict(zip(ids, cards, strict=True))) | spellings
        pages = max(1, -(-total // size))
        return Results(query, exact, ambiguous, cards, counts, total, page, pages, matched, found.cut)

    def matching(self, query: str) -> Found:
        """All that matches; cut short when that takes too long."""
        return self._matching(search.asked_words(query))

    def numbers(self, found: Found) -> list[int]:
        """The records found, by their numbers."""
        return self._ties().numbers(found.places.all())

    def _matching(self, asked: Sequence[str]) -> Found:
        try:
            return search.found(self._db(), asked, self._hidden, self._ties())
        except search.Overtime:
            return search.some(self._db(), asked, self._hidden, self._ties())

    def _page(self, asked: Sequence[str], noun: str | None, start: int, stop: int) -> tuple[Found, Sequence[int]]:
        """All that matches and the ids of one page; the first ones met when that takes too long."""
        db, ties, found = self._db(), self._ties(), self._matching(asked)
        if noun and noun not in ties.nouns:
            return found, []
        try:
            return found, found.page(db, asked, noun, ties, self._hidden, start, stop)
        except search.Overtime:
            found = search.some(db, asked, self._hidden, ties)
            return found, found.page(db, asked, noun, ties, self._hidden, start, stop)

    def _named(self, query: str, lang: str) -> tuple[Row | None, list[Row], dict[str, str]]:
        """The record of that very name, or the candidates when several places bear it."""
        spelt = {i: text for i, text in search.named(self._db(), query) if i not in self._hidden}
        if not spelt:
            return None, [], {}
        rows: list[Row] = [orjson.loads(card) for card in self._cards(list(spelt), lang)]
        by_noun: dict[str, list[Row]] = {}
        for row in rows:
            by_noun.setdefault(row["noun"], []).append(row)
        noun = next((noun for noun in _FIRST_NAMED if noun in by_noun), next(iter(by_noun)))
        bearers = by_noun[noun]
        spellings = {
            row["key"]: spelt[i]
            for i, row in zip(spelt, rows, strict=True)
            if spelt[i] != row["title"]
        }  # fmt: skip
        return (bearers[0], [], spellings) if len(bearers) == 1 else (None, bearers, spellings)

    def _spellings(self, query: str, asked: Sequence[str], found: Found, cards: Mapping[int, str]) -> dict[str, str]:
        """By key, the name that made the match, for rows whose title does not say why they were found."""
        if not found.name.size:
            return {}
        place, matched = self._ties().place, {}
        for record_id, card in cards.items():
            if found.name.holds(place[record_id]):
                row = orjson.loads(card)
                if not search.shows(row["title"], asked):
                    matched[row["key"]] = search.spelling_that_matched(self._db(), record_id, query, asked)
        return {key: text for key, text in matched.items() if text}
