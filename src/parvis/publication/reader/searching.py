"""One search of a release: what bears this very name, what has these words, and how many of each noun."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from sqlite3 import Connection

from . import search
from .filters import Results, Row
from .search import Found, Span

#: When records of several nouns bear a name, the noun that is meant.
_FIRST_NAMED = ("place", "network", "body", "person")


class Finder:
    """Finds records of one release. ``cards`` gives the rows of ids in a language, ``ties`` their order by ties."""

    def __init__(
        self,
        db: Callable[[], Connection],
        spans: Mapping[str, Span],
        hidden: frozenset[int],
        *,
        ties: Callable[[], search.Ties],
        cards: Callable[[Sequence[int], str], list[Row]],
    ) -> None:
        self._db = db
        self._spans = spans
        self._hidden = hidden
        self._ties = ties
        self._cards = cards

    def search(self, query: str, *, lang: str, noun: str | None, page: int, size: int) -> Results:
        """See :class:`Results`."""
        if not search.asked_words(query):
            return Results(query)
        exact, ambiguous, spellings = self._named(query, lang)
        found, ids = self._matching(query, noun, page, size)
        counts = found.counts(self._spans)
        rows = self._cards(ids, lang)
        total = counts.get(noun, 0) if noun else sum(counts.values())
        matched = self._spellings(query, found, dict(zip(ids, rows, strict=True))) | spellings
        pages = max(1, -(-total // size))
        return Results(query, exact, ambiguous, rows, counts, total, page, pages, matched, found.cut)

    def matching(self, query: str) -> Found:
        """All that matches; cut short when that takes too long."""
        try:
            return search.found(self._db(), query, self._hidden, self._ties())
        except search.Overtime:
            return search.some(self._db(), search.words_to_match(query), self._hidden)

    def _matching(self, query: str, noun: str | None, page: int, size: int) -> tuple[Found, Sequence[int]]:
        """All that matches and the ids of one page; the first ones met when that takes too long."""
        match, db = search.words_to_match(query), self._db()
        found = self.matching(query)
        if noun and noun not in self._spans:
            return found, []
        span = self._spans[noun] if noun else None
        try:
            with search.within(db, search.BUDGET_SECONDS):
                return found, found.page(db, match, span, self._ties(), page, size)
        except search.Overtime:
            found = search.some(db, match, self._hidden)
            return found, found.page(db, match, span, self._ties(), page, size)

    def _named(self, query: str, lang: str) -> tuple[Row | None, list[Row], dict[str, str]]:
        """The record of that very name, or the candidates when several places bear it."""
        spelt = {i: text for i, text in search.named(self._db(), query) if i not in self._hidden}
        if not spelt:
            return None, [], {}
        rows = self._cards(list(spelt), lang)
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

    def _spellings(self, query: str, found: Found, rows: Mapping[int, Row]) -> dict[str, str]:
        """By key, the name that made the match, for rows whose title does not say why they were found."""
        if not found.name:
            return {}
        by_name, place, words = set(found.name), self._ties().place, search.asked_words(query)
        matched = {
            row["key"]: search.spelling_that_matched(self._db(), record_id, query)
            for record_id, row in rows.items()
            if place[record_id] in by_name and not search.shows(row["title"], words)
        }
        return {key: text for key, text in matched.items() if text}
