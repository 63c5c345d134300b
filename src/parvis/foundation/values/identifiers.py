"""Identifiers given by others: each is checked as far as it can be, and written one way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from stdnum.exceptions import ValidationError
from stdnum.fr import siren as _siren
from stdnum.fr import siret as _siret

#: Nine digits, or in Corsica and overseas a department with a letter (W2A, W2B, W9R) and seven digits.
_RNA = re.compile(r"^W(?:\d{9}|\d[A-Z]\d{7})$")
#: A register of org-id.guide (a country's, or XI, XM, XR), a hyphen, and the number in that register.
_ORG_ID = re.compile(r"^[A-Z]{2}-[A-Z0-9]{2,12}-[^\s&|?/]+$")
_WIKIDATA = re.compile(r"^Q[1-9]\d*$")
_GEONAMES = re.compile(r"^[1-9]\d{0,9}$")
_SPACES = re.compile(r"[\s.]+")


def _joined(text: object) -> str:
    return _SPACES.sub("", str(text)).upper()


def siren(text: object) -> str:
    """A French body: nine digits, the last a check. Raises ValueError for any other text."""
    try:
        return str(_siren.validate(_joined(text)))
    except ValidationError:
        raise ValueError(f"{text!r} is not a SIREN: nine digits, the last one a check") from None


def siret(text: object) -> str:
    """An establishment of a French body: its SIREN and five digits. Raises ValueError for any other text."""
    try:
        return str(_siret.validate(_joined(text)))
    except ValidationError:
        raise ValueError(f"{text!r} is not a SIRET: a SIREN and five digits, the last one a check") from None


def rna(text: object) -> str:
    """A French association in the national register. Raises ValueError for any other text.

    In Corsica and overseas the department's letter stands among the digits (W2A, W9R). The courts'
    registers of Alsace and Moselle give no such number.
    """
    number = _joined(text)
    if not _RNA.match(number):
        raise ValueError(f"{text!r} is not an RNA number: W and nine digits, or as W9R and seven digits")
    return number


def org_id(text: object) -> str:
    """A body in any register of the world, as org-id.guide writes it: FR-SIREN-217500016.

    Raises ValueError for any other text, and for a French number that fails its own check.
    """
    written = str(text).strip()
    if not _ORG_ID.match(written):
        raise ValueError(f"{text!r} is not an org-id: a register, a hyphen and a number, as GB-COH-09506232")
    register, number = written.split("-", 2)[1:]
    check = {"SIREN": siren, "SIRET": siret, "RNA": rna}.get(register)
    return f"FR-{register}-{check(number)}" if check and written.startswith("FR-") else written


def wikidata(text: object) -> str:
    """An item of Wikidata: Q90. Raises ValueError for any other text."""
    item = _joined(text)
    if not _WIKIDATA.match(item):
        raise ValueError(f"{text!r} is not a Wikidata item: Q and a number, as Q90")
    return item


def geonames(text: object) -> str:
    """A place of GeoNames: 2988507. Raises ValueError for any other text."""
    number = str(text).strip()
    if not _GEONAMES.match(number):
        raise ValueError(f"{text!r} is not a GeoNames number: digits only, as 2988507")
    return number


#: Every scheme the house knows, by the name used in data files.
SCHEMES: Mapping[str, Callable[[object], str]] = MappingProxyType(
    {"siren": siren, "siret": siret, "rna": rna, "org_id": org_id, "wikidata": wikidata, "geonames": geonames}
)


def identifier(scheme: str, text: object) -> str:
    """An identifier of a named scheme, checked and written one way.

    Raises ValueError for an unknown scheme, or for a text its scheme does not allow.
    """
    if scheme not in SCHEMES:
        raise ValueError(f"{scheme!r} is not a scheme of identifiers: use {', '.join(sorted(SCHEMES))}")
    return SCHEMES[scheme](text)
