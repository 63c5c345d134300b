"""Numbers that registers give to bodies, however a file writes them: an org-id, a SIRET, a key of our own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from django.conf import settings

from parvis.foundation.values.identifiers import identifier

#: A name with the number of its body behind it: ``GRET [FR-SIREN-302043434]``.
_NUMBERED = re.compile(r"^(?P<name>.*?)\s*\[(?P<ref>[^\[\]\s]{4,100})\]$")
_FRENCH = {"FR-SIRET": "siret", "FR-SIREN": "siren", "FR-INSEE": "siren", "FR-RNA": "rna"}


def numbered(name: str, ref: str) -> str:
    """A name with its number, as a cell holds it; the number alone where there is no name."""
    ref = "".join(ref.split())
    name = " ".join(name.translate(str.maketrans("[];|", "(),,")).split())
    return f"{name or ref} [{ref}]" if 4 <= len(ref) <= 100 and not {"[", "]", ";", "|"} & set(ref) else name


def apart(text: str) -> tuple[str, str]:
    """The name and the number of a cell; no number where none is written."""
    found = _NUMBERED.match(text)
    return (found["name"] or found["ref"], f"org_id:{found['ref']}") if found else (text, "")


def ways(number: str) -> tuple[str, ...]:
    """Every way a number of a register may be held, the most precise first: ``siret:…``, then its ``siren:…``."""
    scheme, _colon, held = number.partition(":")
    if scheme == "org_id":
        register, _dash, code = held.rpartition("-")
        known = _FRENCH.get(register.upper())
        try:
            plain = f"{known}:{identifier(known, code)}" if known else ""
        except ValueError:
            plain = ""
        return (*(ways(plain) if plain else ()), f"org_id:{held.upper()}")
    if scheme == "siret":
        return (number, f"siren:{held[:9]}")
    return (number,)


def held_by(identifiers: Mapping[str, str]) -> Iterator[str]:
    """Every way the numbers of a body may be asked for."""
    for scheme, held in identifiers.items():
        yield from ways(f"{scheme}:{held}")


def register_of(number: str) -> str:
    """The register a number is in: a body has one number in each."""
    scheme, _colon, held = number.partition(":")
    return held.rpartition("-")[0].upper() if scheme == "org_id" else scheme


def our_key(number: str) -> str:
    """The key in a number that we gave ourselves, in a file of ours that comes back."""
    start = f"org_id:{own_prefix()}-"
    return number.removeprefix(start) if number.startswith(start) else ""


def own_prefix() -> str:
    return f"parvis-{settings.PARVIS_CITY}"


def as_identifiers(number: str) -> dict[str, str]:
    """What a new body holds of a number: the plainest way that its own check allows."""
    for way in ways(number):
        scheme, _colon, held = way.partition(":")
        try:
            return {scheme: identifier(scheme, held)}
        except ValueError:
            continue
    return {}
