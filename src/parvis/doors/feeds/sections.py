"""What each section of the portal lists: its twin for machines lists the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: What is told of every record of a list.
COLUMNS = (
    "key", "noun", "kind", "state", "country", "lat", "lon", "from_day", "to_day", "themes", "title", "title_lang",
    "updated", "address",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """The nouns of a section, the order it is read in, the formats that make sense for it."""

    nouns: tuple[str, ...]
    sort: str = "name"
    formats: frozenset[str] = frozenset({"json", "csv", "atom", "rss"})
    fixed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Facts of a record that make columns of their own, beside those every record has.
    facts: tuple[str, ...] = ()
    #: Of these facts, the keys of other records whose titles are told as well.
    named: tuple[str, ...] = ()


_MAPPED = frozenset({"json", "csv", "atom", "rss", "geojson"})
_DATED = frozenset({"json", "csv", "atom", "rss", "ics", "geojson"})
_GRANT = (
    "year",
    "beneficiary",
    "currency",
    "amount_asked",
    "amount_voted",
    "amount_paid",
    "programme",
    "levy",
    "decision",
    "discipline",
    "place",
    "place_known",
)

#: Sections whose list is that of the towns the city is tied to.
TOWNS = frozenset({"partners", "map"})

SECTIONS: dict[str, Section] = {
    "partners": Section(("place",), formats=_MAPPED),
    "map": Section(("place",), formats=_MAPPED),
    "agreements": Section(("agreement",), formats=_MAPPED),
    "networks": Section(("network",)),
    "projects": Section(("project",), formats=_MAPPED),
    "programmes": Section(("programme",), formats=_MAPPED),
    "calls": Section(("call",), sort="date", formats=frozenset({"json", "csv", "atom", "rss", "ics"})),
    "grants": Section(
        ("grant",),
        sort="amount",
        formats=_MAPPED | {"xlsx"},
        facts=_GRANT,
        named=("beneficiary", "programme", "place"),
    ),
    "labels": Section(
        ("label",), sort="date", facts=("holder", "programme", "year", "given", "until"), named=("holder", "programme")
    ),
    "levies": Section(("levy",)),
    "emergencies": Section(("crisis",), sort="date"),
    "promises": Section(("promise",), sort="oldest"),
    "rights": Section(("honour",)),
    "memory": Section(("commemoration",), sort="oldest", formats=_DATED),
    "agenda": Section(("event",), sort="date", formats=_DATED),
    "missions": Section(("mission",), sort="date", formats=_DATED),
    "questions": Section(("question",), sort="date"),
    "claims": Section(("claim",), sort="date"),
    "figures": Section(("indicator",)),
    "sources": Section(("source",), sort="date"),
    "contradictions": Section(("conflict",)),
    "stories": Section(("story",), sort="date"),
    "offices": Section(("office",)),
    "people": Section(("person",)),
    "bodies": Section(("body",), formats=_MAPPED),
    "decisions": Section(("decision", "legal_basis"), sort="date"),
}

#: Views of a section: the same list, narrowed unless the reader narrows it otherwise.
VIEWS: dict[tuple[str, str], Mapping[str, tuple[str, ...]]] = {
    ("agreements", "europe"): {"kinds": ("european_accord",)},
}
