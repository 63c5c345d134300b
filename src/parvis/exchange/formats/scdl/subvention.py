"""One row of the SCDL schema of grants, version 2.1.1, and why a grant may not fit in one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from parvis.foundation.values.identifiers import rna, siret

VERSION = "2.1.1"
CASH, KIND, BOTH = "aide en numéraire", "aide en nature", "aide en numéraire;aide en nature"
AT_ONCE, IN_PARTS = "unique", "échelonné"
LONGEST = 256
_PERIOD = re.compile(r"^\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?$")


@dataclass(frozen=True, slots=True)
class Subvention:
    """A grant to one beneficiary, in the words of the schema. ``key`` is ours and is not of the schema."""

    key: str
    giver: str
    giver_siret: str
    agreed_on: str
    decision: str
    beneficiary: str
    siret: str
    rna: str
    purpose: str
    amount: Decimal | None
    nature: str
    conditions: str
    period: str
    rae: str = ""
    notified: bool = False
    share: Decimal = Decimal("1.00")
    scheme: str = ""


#: Columns of the schema, in its order, with the field of ours that each shows.
COLUMNS: dict[str, str] = {
    "nomAttribuant": "giver",
    "idAttribuant": "giver_siret",
    "dateConvention": "agreed_on",
    "referenceDecision": "decision",
    "nomBeneficiaire": "beneficiary",
    "idBeneficiaire": "siret",
    "rnaBeneficiaire": "rna",
    "objet": "purpose",
    "montant": "amount",
    "nature": "nature",
    "conditionsVersement": "conditions",
    "datesPeriodeVersement": "period",
    "idRAE": "rae",
    "notificationUE": "notified",
    "pourcentageSubvention": "share",
    "dispositifAide": "scheme",
}
assert set(COLUMNS.values()) == {field.name for field in fields(Subvention)} - {"key"}


def why_not(row: Subvention) -> list[str]:
    """Columns the schema needs and this grant cannot fill, in the schema's order; none when it fits."""
    return [column for column, name in COLUMNS.items() if name in _HOLDS and not _HOLDS[name](row)]


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _valid(check: Callable[[str], str], number: str) -> bool:
    try:
        return bool(number) and check(number) == number
    except ValueError:
        return False


def _holds_period(row: Subvention) -> bool:
    if not _PERIOD.match(row.period):
        return False
    days = row.period.split("/")
    return all(map(_is_day, days)) and days == sorted(days)


_HOLDS: dict[str, Callable[[Subvention], bool]] = {
    "giver": lambda row: bool(row.giver),
    "giver_siret": lambda row: _valid(siret, row.giver_siret),
    "agreed_on": lambda row: _is_day(row.agreed_on),
    "beneficiary": lambda row: bool(row.beneficiary),
    "siret": lambda row: _valid(siret, row.siret) or (not row.siret and _valid(rna, row.rna)),
    "rna": lambda row: not row.rna or _valid(rna, row.rna),
    "purpose": lambda row: 0 < len(row.purpose) <= LONGEST,
    "amount": lambda row: row.amount is not None,
    "nature": lambda row: row.nature in (CASH, KIND, BOTH),
    "conditions": lambda row: 0 < len(row.conditions) <= LONGEST,
    "period": _holds_period,
    "share": lambda row: Decimal("0.01") <= row.share <= 1,
}
