"""The towns the city is tied to: the list of partners and the map are this list, and so are their twins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import QueryDict

from parvis.publication.reader import Listing, Release, Row

from .asking import Asked
from .sections import COLUMNS

#: The strongest first.
TIES = ("agreement", "project", "other")
_FACETS = ("kind", "theme", "country")


class Towns:
    """Towns with a tie, narrowed as asked. On this list a kind is a kind of tie."""

    columns = COLUMNS

    def __init__(self, release: Release, language: str, asked: Asked, query: QueryDict) -> None:
        self.release = release
        self.language = language
        self._all = list(self._tied(asked.on))
        chosen = {facet: set(query.getlist(facet)) & self._known(facet) for facet in _FACETS}
        unknown = [f"kind={kind[:40]}" for kind in query.getlist("kind") if kind not in chosen["kind"]]
        aside = (*(said for said in asked.left_aside if not said.startswith("kind=")), *unknown)
        self.asked = Asked(asked.filters, asked.on, asked.sort, asked.page, asked.size, aside)
        self._chosen = {facet: values for facet, values in chosen.items() if values}
        ground = self._ground()
        self._ground_rows = ground
        self._held = self._sorted([row for row in ground if self._kept(row)])

    def page(self) -> Listing:
        asked = self.asked
        start, total = (asked.page - 1) * asked.size, len(self._held)
        rows = self._held[start : start + asked.size]
        return Listing(rows, total, self._facets(), asked.page, max(1, -(-total // asked.size)), asked.size)

    def each(self) -> Iterator[Row]:
        return iter(self._held)

    def latest(self, most: int) -> list[Row]:
        """Those amended last."""
        return sorted(self._held, key=lambda row: (row["updated"] or "", row["key"]), reverse=True)[:most]

    def _tied(self, on: date | None) -> Iterator[Row]:
        told = self.release.drawing("ties", "")
        ties: dict[str, Any] = told["meta"]["ties"] if told else {}
        cards = self.release.cards(ties, lang=self.language)
        named = (key for tie in ties.values() for keys in tie["records"].values() for key in keys)
        self._cards = self.release.cards(named, lang=self.language)
        for key, card in cards.items():
            tied = self._on_day(ties[key]["records"], on)
            if tied:
                records = [record for group in tied.values() for record in group.values()]
                years = sorted({record["year_from"] for record in records if record["year_from"]})
                yield {
                    **card,
                    "kind": next(tie for tie in TIES if tie in tied),
                    "ties": len(records),
                    "years": years,
                }

    def _on_day(self, records: dict[str, list[str]], on: date | None) -> dict[str, dict[str, Row]]:
        """What had begun by the day described; what bears no date is never hidden."""
        begun = {}
        for tie, keys in records.items():
            cards = {key: self._cards[key] for key in keys if key in self._cards}
            kept = {k: c for k, c in cards.items() if on is None or (c["from_day"] or "") <= on.isoformat()}
            if kept:
                begun[tie] = kept
        return begun

    def _known(self, facet: str) -> set[str]:
        return {value for row in self._all for value in _values(row, facet)}

    def _ground(self) -> list[Row]:
        filters = self.asked.filters
        rows = [row for row in self._all if _in_years(row, filters.from_year, filters.to_year)]
        if not filters.text:
            return rows
        found = self.release.search(filters.text, lang=self.language, noun="place", size=100).rows
        keys = {row["key"] for row in found}
        return [row for row in rows if row["key"] in keys]

    def _kept(self, row: Row, leaving_out: str = "") -> bool:
        return all(
            facet == leaving_out or not values.isdisjoint(_values(row, facet)) for facet, values in self._chosen.items()
        )

    def _facets(self) -> dict[str, list[tuple[str, int]]]:
        facets = {}
        for facet in _FACETS:
            rows = [row for row in self._ground_rows if self._kept(row, facet)]
            counts = Counter(value for row in rows for value in _values(row, facet))
            facets[facet] = sorted(counts.items(), key=lambda counted: (-counted[1], counted[0]))
        return facets

    def _sorted(self, rows: list[Row]) -> list[Row]:
        by_name = {key: place for place, key in enumerate(self.release.keys("place", lang=self.language))}
        rows = sorted(rows, key=lambda row: by_name[row["key"]])
        if self.asked.sort == "country":
            return sorted(rows, key=lambda row: row["country"] or "~")
        if self.asked.sort == "kind":
            return sorted(rows, key=lambda row: TIES.index(row["kind"]))
        if self.asked.sort in ("date", "oldest"):
            latest = self.asked.sort == "date"
            return sorted(rows, key=lambda row: min(row["years"], default=9999), reverse=latest)
        return rows


def _values(row: Row, facet: str) -> list[str]:
    if facet == "theme":
        return list(row["themes"])
    return [row[facet]] if row[facet] else []


def _in_years(row: Row, start: int | None, end: int | None) -> bool:
    if start is None and end is None:
        return True
    return any((start is None or year >= start) and (end is None or year <= end) for year in row["years"])
