"""Reads of the directory, named for what they return."""

from .contacts import contacts_expired, contacts_of
from .gazetteer import Candidate, Resolution, gazetteer, gazetteer_place, resolve
from .offices import Held, all_holdings, ended_offices, holder, represented_by, role_on, undated_since
from .persons import (
    Called,
    Rows,
    Stamp,
    account_names,
    contact_names,
    names_called,
    names_let_stand,
    names_of_public_persons,
    names_that_stand,
    rows_of_names,
    stamp_of,
    unpublished_names,
)
from .records import PossibleDuplicate, places_within, possible_duplicates, records_named, units_of

__all__ = [
    "Called",
    "Candidate",
    "Held",
    "PossibleDuplicate",
    "Resolution",
    "Rows",
    "Stamp",
    "account_names",
    "all_holdings",
    "contact_names",
    "contacts_expired",
    "contacts_of",
    "ended_offices",
    "gazetteer",
    "gazetteer_place",
    "holder",
    "names_called",
    "names_let_stand",
    "names_of_public_persons",
    "names_that_stand",
    "places_within",
    "possible_duplicates",
    "records_named",
    "represented_by",
    "resolve",
    "role_on",
    "rows_of_names",
    "stamp_of",
    "undated_since",
    "units_of",
    "unpublished_names",
]
