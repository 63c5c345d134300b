"""One row of the SCDL schema of council decisions, version 2.1.5, and why a decision may not fit in one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from parvis.foundation.values.identifiers import siret

VERSION = "2.1.5"


@dataclass(frozen=True, slots=True)
class Deliberation:
    """A decision of a council. ``key`` is ours and is not of the schema."""

    key: str
    body: str
    siret: str
    number: str
    day: str
    matter_code: str
    matter: str
    purpose: str
    budget_year: str = ""
    budget: str = ""
    prefecture: str = ""
    received_on: str = ""
    seats: int | None = None
    voters: int | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    address: str = ""


#: Columns of the schema, in its order, with the field of ours that each shows.
COLUMNS: dict[str, str] = {
    "COLL_NOM": "body",
    "COLL_SIRET": "siret",
    "DELIB_ID": "number",
    "DELIB_DATE": "day",
    "DELIB_MATIERE_CODE": "matter_code",
    "DELIB_MATIERE_NOM": "matter",
    "DELIB_OBJET": "purpose",
    "BUDGET_ANNEE": "budget_year",
    "BUDGET_NOM": "budget",
    "PREF_ID": "prefecture",
    "PREF_DATE": "received_on",
    "VOTE_EFFECTIF": "seats",
    "VOTE_REEL": "voters",
    "VOTE_POUR": "votes_for",
    "VOTE_CONTRE": "votes_against",
    "VOTE_ABSTENTION": "abstentions",
    "DELIB_URL": "address",
}


def why_not(row: Deliberation) -> list[str]:
    """Columns the schema needs and this decision cannot fill; none when it fits."""
    needed = {"COLL_NOM": row.body, "DELIB_ID": row.number, "DELIB_MATIERE_NOM": row.matter, "DELIB_OBJET": row.purpose}
    lacking = {column for column, text in needed.items() if not text}
    if not _is_siret(row.siret):
        lacking.add("COLL_SIRET")
    if not _is_day(row.day):
        lacking.add("DELIB_DATE")
    if not re.match(r"^\d\.\d{1,2}$", row.matter_code):
        lacking.add("DELIB_MATIERE_CODE")
    if bool(row.budget_year) != bool(row.budget):
        lacking.add("BUDGET_ANNEE")
    if row.received_on and row.received_on < row.day:
        lacking.add("PREF_DATE")
    if not _votes_add_up(row):
        lacking.add("VOTE_EFFECTIF")
    return [column for column in COLUMNS if column in lacking]


def unsaid(row: Deliberation) -> list[str]:
    """Columns of the vote that may be empty, and are."""
    return [column for column, field in COLUMNS.items() if column.startswith("VOTE_") and getattr(row, field) is None]


def _votes_add_up(row: Deliberation) -> bool:
    """All five are given and agree, or none is."""
    told = (row.seats, row.voters, row.votes_for, row.votes_against, row.abstentions)
    if all(one is None for one in told):
        return True
    if row.seats is None or row.voters is None or None in told:
        return False
    cast = (row.votes_for or 0) + (row.votes_against or 0) + (row.abstentions or 0)
    return row.seats >= row.voters == cast


def _is_siret(text: str) -> bool:
    try:
        return bool(text) and siret(text) == text
    except ValueError:
        return False


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
