"""Releases made by hand for tests: real files, no database.

::

    from tests.publication.hand_made import Hand

    hand = Hand()
    hand.record("place", "mexico-city", title={"en": "Mexico City", "fr": "Mexico"}, country="MX",
                latitude="19.43", longitude="-99.13", names=[("CDMX", "acronym")])
    hand.record("agreement", "pact-with-mexico", title={"en": "Pact"}, themes=["climate"], signed="2015")
    hand.line("agreement_parties", agreement="pact-with-mexico", party="mexico-city")
    release = hand.publish(tmp_path)          # a Release of the reader, in force under tmp_path
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from parvis.foundation.publishing import Audience, Column, PublishedTable
from parvis.publication import reader
from parvis.publication.bake.releasing import release
from parvis.publication.releases.archive import Archive

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CITY = {
    "key": "paris",
    "name": {"fr": "Paris", "en": "Paris"},
    "languages": ["fr", "en"],
    "default_language": "fr",
    "time_zone": "Europe/Paris",
    "currency": "EUR",
    "the_city": "city-of-paris",
    "place": "paris",
    "contact": "contact@example.org",
    "licence": "Licence Ouverte 2.0",
}
_MEANING = {"fr": "dit dans les essais", "en": "said in tests"}
_PLURALS = {
    "body": "bodies", "person": "people", "legal_basis": "legal_bases", "memorial": "memorials", "story": "stories",
    "city": "cities",
}  # fmt: skip


def column(name: str, kind: str) -> Column:
    return Column(name, kind, _MEANING)


def table(name: str, kinds: Mapping[str, str], rows: list[dict[str, Any]], *, noun: str = "") -> PublishedTable:
    """A published table with these columns and rows; a value not given is none."""
    filled = [{column: row.get(column) for column in kinds} for row in rows]
    return PublishedTable(
        name=name,
        title=_MEANING,
        grain=_MEANING,
        audience=Audience.PUBLIC,
        columns=tuple(column(name, kind) for name, kind in kinds.items()),
        rows=lambda: iter(filled),
        noun=noun,
    )


REGISTER: dict[str, dict[str, str]] = {
    "subjects": {
        "key": "key", "noun": "text", "kind": "text", "themes": "list", "priorities": "list", "amended_on": "day",
    },
    "texts": {
        "subject": "ref", "field": "text", "language": "text", "body": "text", "state": "text", "future_until": "pdate",
    },
    "names": {
        "subject": "ref", "text": "text", "language": "text", "kind": "text", "valid_from": "pdate",
        "valid_to": "pdate",
    },
    "citations": {
        "subject": "ref", "source": "ref", "about": "text", "lines": "lines", "page": "text", "section": "text",
        "fact": "text",
    },
    "statements": {
        "statement": "int", "subject": "ref", "property": "text", "number": "decimal(24,6)",
        "number_to": "decimal(24,6)", "words": "words", "terms": "words", "qualifier": "text", "unit": "text",
        "scope": "words", "amount_kind": "text", "currency": "text", "as_of": "pdate", "as_of_basis": "text",
        "valid_from": "day", "valid_to": "day", "recorded_on": "day", "source": "ref", "lines": "lines",
        "said_by": "ref", "rank": "text", "reason": "words", "fact": "text",
    },
    "ties": {"cause": "ref", "effect": "ref", "note": "words", "source": "ref", "lines": "lines"},
    "conflict_sides": {
        "conflict": "ref", "position": "int", "words": "words", "as_of": "pdate", "source": "ref", "lines": "lines",
    },
}  # fmt: skip

#: Types of columns that are not texts, wherever they stand.
TYPES = {
    "latitude": "decimal(9,6)", "longitude": "decimal(9,6)", "areas": "list", "headline": "bool", "order": "int",
    "signed": "pdate", "until": "pdate", "in_force_from": "pdate", "starts": "pdate", "ends": "pdate",
    "since": "pdate", "from": "pdate", "to": "pdate", "valid_from": "pdate", "valid_to": "pdate", "day": "pdate",
    "founded": "pdate", "closed": "pdate", "end": "pdate", "date": "pdate", "made": "pdate",
    "unveiled": "pdate", "as_of": "pdate",
    "from_day": "day", "to_day": "day", "place": "ref", "about": "ref", "source": "ref", "party": "ref",
    "member": "ref", "network": "ref",
    "partner": "ref", "body": "ref", "person": "ref", "programme": "ref", "agreement": "ref", "evidence": "ref",
    "amount_asked": "decimal(14,2)", "amount_voted": "decimal(14,2)", "amount_paid": "decimal(14,2)",
    "amount": "decimal(14,2)", "least_amount": "decimal(14,2)",
    "seats": "int", "voters": "int", "votes_for": "int", "votes_against": "int", "abstentions": "int",
    "voted": "decimal(16,2)", "year": "int", "natural_person": "bool", "beneficiary": "ref", "decision": "ref",
    "levy": "ref", "grant": "ref", "identifiers": "list", "parent": "ref", "goals": "list",
    "aimed_at": "decimal(18,2)", "reached": "decimal(18,2)",
    "words": "words", "note": "words", "called": "words", "publisher": "words",
}  # fmt: skip


class Hand:
    """Records said one by one; every published table is made from what was said."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in REGISTER}
        self.mains: dict[str, str] = {}
        self.columns: dict[str, dict[str, None]] = {}

    def record(
        self,
        noun: str,
        key: str,
        *,
        title: Mapping[str, str] | None = None,
        kind: str | None = None,
        themes: list[str] | None = None,
        names: list[tuple[str, str]] | None = None,
        summary: Mapping[str, str] | None = None,
        amended_on: str = "2026-11-01",
        **facts: Any,
    ) -> str:
        """A public record; ``facts`` are the columns of its own table. Returns its key."""
        self.line(
            "subjects",
            key=key,
            noun=noun,
            kind=kind,
            themes=themes or [],
            priorities=[],
            amended_on=amended_on,
        )
        for field, told in (("title", title or {"en": key}), ("summary", summary or {})):
            for language, body in told.items():
                state = "original" if language == "fr" else "translated"
                self.line("texts", subject=key, field=field, language=language, body=body, state=state)
        for text, sort in names or []:
            self.line("names", subject=key, text=text, kind=sort)
        plural = _PLURALS.get(noun, f"{noun}s")
        self.mains[plural] = noun
        self.line(plural, key=key, **facts)
        return key

    def line(self, table_name: str, **values: Any) -> None:
        """A row of a table. Its first value says whose row it is."""
        self.rows.setdefault(table_name, []).append(values)
        self.columns.setdefault(table_name, {}).update(dict.fromkeys(values))

    def forget(self, key: str) -> None:
        """Make as if a record had never been said."""
        for name, rows in self.rows.items():
            self.rows[name] = [row for row in rows if key not in row.values()]

    def tables(self) -> list[PublishedTable]:
        made = [table(name, REGISTER[name], self._sorted(name)) for name in REGISTER]
        rooms = [name for name in self.rows if name not in REGISTER]
        return made + [
            table(name, self._kinds(name), self._sorted(name), noun=self.mains.get(name, "")) for name in rooms
        ]

    def _sorted(self, name: str) -> list[dict[str, Any]]:
        rows = self.rows[name]
        return sorted(rows, key=lambda row: str(row.get("key") or row.get("subject") or next(iter(row.values()))))

    def _kinds(self, name: str) -> dict[str, str]:
        columns = self.columns[name]
        kinds = {column: TYPES.get(column, "text") for column in columns}
        first = next(iter(columns))
        return kinds | {first: "key" if first == "key" else "ref"}

    def publish(self, folder: Path, *, city: dict[str, Any] | None = None, **how: Any) -> reader.Release:
        """Make a release of it under ``folder`` and put it in force; the reader serves from there."""
        number = release(Archive(folder), self.tables(), city=city or CITY, moment=how.pop("moment", NOON), **how)
        reader.serve_from(folder)
        found = reader.numbered(number)
        assert found is not None
        return found
