"""Reading a record of a release: its child rows, its texts, its names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Doc = Mapping[str, Any]


def children(doc: Doc, name: str) -> list[dict[str, Any]]:
    """Rows of a record's own list, whatever its room calls the table: steps, parties, statuses."""
    found: list[dict[str, Any]] = []
    for table, rows in doc.get("rows", {}).items():
        if table == name or table.endswith(f"_{name}"):
            found += rows
    return found


def text(doc: Doc, field: str) -> dict[str, str]:
    return doc.get("texts", {}).get(field) or {}


def fact(doc: Doc, name: str) -> Any:
    return doc.get("facts", {}).get(name)


def other_names(doc: Doc) -> list[dict[str, Any]]:
    """Names beside the titles, misspellings left out: they serve search, not reading."""
    titles = set(text(doc, "title").values())
    names = [name for name in doc.get("names", []) if name["kind"] != "misspelt" and name["text"] not in titles]
    return list({name["text"]: name for name in names}.values())


def citations(doc: Doc) -> list[dict[str, Any]]:
    return list(doc.get("citations") or ())


def named_by(doc: Doc) -> list[str]:
    """Keys of the records this one names, its sources included."""
    links = doc.get("links") or ()
    return [
        *(told["source"] for told in citations(doc)),
        *(link["key"] for link in links if link["direction"] == "out"),
    ]


def every_source(doc: Doc) -> list[str]:
    """Keys of all sources a record leans on, its statements and steps included, first cited first."""
    keys = [told["source"] for told in citations(doc)]
    keys += [said["source"] for said in doc.get("statements") or () if said.get("source")]
    keys += [row["source"] for rows in doc.get("rows", {}).values() for row in rows if row.get("source")]
    return list(dict.fromkeys(keys))


#: Columns that say when a record is, the most telling first.
_WHEN = (
    "voted",
    "starts",
    "signed",
    "made",
    "day",
    "joined",
    "asked",
    "unveiled",
    "event_day",
    "adopted",
    "since",
    "founded",
    "date",
    "as_of",
    "stage_as_of",
    "valid_from",
    "in_force_from",
    "state_as_of",
)


def when(doc: Doc) -> str:
    """The date a record is read at, as precise as its source, or that of its first dated step."""
    facts = doc.get("facts", {})
    own = next((facts[name] for name in _WHEN if facts.get(name)), "")
    return own or next(
        (
            str(row[name])
            for rows in doc.get("rows", {}).values()
            for row in rows
            for name in ("day", "valid_from", "when", "as_of")
            if row.get(name)
        ),
        "",
    )
