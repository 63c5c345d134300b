"""What public rows name and nobody sees: bodies and places that come with them, and drafts the register holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from parvis.exchange.inbound.enums import RowVerdict
from parvis.exchange.inbound.judged import Judged
from parvis.exchange.inbound.models import Import
from parvis.exchange.inbound.resolving import Fresh
from parvis.exchange.inbound.targets import Meaning, Target
from parvis.register.enums import Visibility
from parvis.register.models import Subject

#: What an import may make public with its rows. A person never: each is published on their own sheet.
OPENED = frozenset({"body", "place"})


def opens_named(imported: Import) -> bool:
    """Whether a person said that what public rows name becomes public with them."""
    return bool(imported.options.get("visibility") == Visibility.PUBLIC and imported.options.get("named") == "public")


class Named:
    """The records that rows to be written name, counted while they are judged."""

    def __init__(self, target: Target) -> None:
        self.fields = [wanted.into.split(".")[0] for wanted in target.wanted if wanted.meaning is Meaning.REF]
        self.rows: Counter[frozenset[str]] = Counter()

    def add(self, judged: Iterable[Judged]) -> None:
        for one in judged:
            if one.verdict in (RowVerdict.NEW, RowVerdict.CHANGED):
                self.rows[frozenset(_keys(one.content, self.fields))] += 1

    def told(self, imported: Import, fresh: Collection[Fresh]) -> dict[str, Any]:
        """For rows that become public: bodies, places and persons that come with them, and in how many rows.

        And how many rows name a record of the register that nobody sees.
        """
        if imported.options.get("visibility") != Visibility.PUBLIC:
            return {}
        named = set().union(*self.rows)
        opened = {one.key for one in fresh if one.noun in OPENED} & named
        persons = {one.key for one in fresh if one.noun not in OPENED} & named
        held = Subject.objects.filter(key__in=named, revision__gte=1).exclude(visibility=Visibility.PUBLIC)
        hidden = set(held.values_list("key", flat=True))
        return {
            "fresh": len(opened), "fresh_rows": self._naming(opened), "persons": len(persons), "hidden": len(hidden),
            "hidden_rows": self._naming(hidden),
        }  # fmt: skip

    def _naming(self, keys: set[str]) -> int:
        return sum(count for named, count in self.rows.items() if named & keys)


def _keys(content: Mapping[str, Any], fields: Iterable[str]) -> Iterable[str]:
    for field in fields:
        held = content.get(field)
        for one in held if isinstance(held, list) else [held]:
            if isinstance(one, str) and one:
                yield one
