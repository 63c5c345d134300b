"""Who gives a grant, where a file says it: what another gave is never entered as the city's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from django.utils.translation import gettext as _

from parvis.exchange.inbound import numbers
from parvis.exchange.inbound.words import our_names, our_numbers, our_ways, the_city
from parvis.foundation.values.text import squeeze
from parvis.register.models import Subject

_SIREN, _SIRET = 9, 14
_LONGEST = 120


class Givers:
    """The city's names and numbers, asked for once a file."""

    @cached_property
    def names(self) -> frozenset[str]:
        return our_names()

    @cached_property
    def refs(self) -> frozenset[str]:
        return our_ways() | {f"{numbers.own_prefix()}-{the_city()}".upper()}

    @cached_property
    def known(self) -> bool:
        """Whether the register knows the city that brings the file in: without it, nothing can be compared."""
        return Subject.objects.filter(key=the_city(), revision__gte=1).exists()

    @cached_property
    def siren(self) -> str:
        said = our_numbers()
        return said.get("siren") or said.get("siret", "")[:_SIREN]

    def is_ours(self, name: str, number: str) -> bool:
        """By its number, where one is said that we can compare with ours; by its name otherwise."""
        digits = "".join(number.split()).strip("'’\"")
        if digits.isdecimal() and len(digits) in (_SIREN, _SIRET) and self.siren:
            return digits[:_SIREN] == self.siren
        if number and number.upper() in self.refs:
            return True
        if number and self.siren and any(way.startswith(("siren:", "siret:")) for way in numbers.ways(_ref(number))):
            return False
        return squeeze(name) in self.names

    def refusal(self, cells: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, str]:
        """Why a row is refused that another gives; nothing where it is ours, or says nobody."""
        said, number = (cells.get(columns.get(field, ""), "").strip() for field in ("giver", "giver_number"))
        name, written = numbers.apart(said)
        number = number or written.removeprefix("org_id:")
        if not (name or number) or not self.known or self.is_ours(name, number):
            return {}
        told = _("%(giver)s gives this grant, not the city.") % {"giver": (name or number)[:_LONGEST]}
        return {"column": columns.get("giver") or columns["giver_number"], "sentence": told}


def _ref(number: str) -> str:
    return f"org_id:{number}"
