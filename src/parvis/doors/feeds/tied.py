"""A record and all that is tied to it: what its page shows, as rows."""

from __future__ import annotations

from collections.abc import Iterator

from parvis.publication.reader import Listing, Release, Row

from .asking import Asked
from .sections import COLUMNS

#: Where it is told from and what differs: they have pages and files of their own.
_ASIDE = frozenset({"source", "conflict"})
_AT_ONCE = 500


class Tied:
    """The record first, then each record tied to it, once, with the role it has there, in order of time."""

    columns = (*COLUMNS, "role")

    def __init__(self, release: Release, language: str, key: str, asked: Asked) -> None:
        self.release = release
        self.language = language
        self.asked = asked
        self._key = key

    def page(self) -> Listing:
        rows = list(self.each())
        return Listing(rows, len(rows), {}, 1, 1, len(rows))

    def each(self) -> Iterator[Row]:
        on = self.asked.on
        yield {**self.release.cards([self._key], lang=self.language, on=on)[self._key], "role": ""}
        held: dict[str, Row] = {}
        for key in (self._key, *self._acts_for()):
            for link in self._links(key):
                if link["noun"] not in _ASIDE and link["key"] != self._key:
                    held.setdefault(link["key"], link)
        last = on.isoformat() if on else ""
        told = [row for row in held.values() if not last or max(row["from_day"] or "", row["from"] or "") <= last]
        yield from sorted(told, key=lambda row: (not row["from_day"], row["from_day"] or "", row["key"]))

    def latest(self, most: int) -> list[Row]:
        """Those amended last."""
        return sorted(self.each(), key=lambda row: (row["updated"] or "", row["key"]), reverse=True)[:most]

    def _acts_for(self) -> list[str]:
        """The municipality of a city: what it signs is shared with the city, and its page shows it."""
        return [
            link["key"]
            for link in self._links(self._key, noun="body")
            if link["kind"] == "city" and link["role"] == "place"
        ]

    def _links(self, key: str, noun: str = "") -> Iterator[Row]:
        page = 1
        while True:
            links = self.release.links(key, lang=self.language, noun=noun, page=page, size=_AT_ONCE, on=self.asked.on)
            yield from links
            if len(links) < _AT_ONCE:
                return
            page += 1
