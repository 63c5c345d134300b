"""Persons whom the money makes known: those who ask, sign, report, or are to be reached. None of them is published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from parvis.domain.directory.enums import Known
from parvis.domain.directory.queries import Called, Rows
from parvis.domain.funding.enums import BodyScheme
from parvis.domain.funding.models import Answer, ApplicantBody, CitySignature, ConventionSignature, Report
from parvis.domain.funding.models.application import NAMES_SOMEBODY
from parvis.domain.funding.queries.limits import city_vocabulary

#: An answer that is an address alone.
_ADDRESS = r'^"\S+@\S+"$'


def applicant_names() -> Iterator[Called]:
    """Names of those who ask in their own name; under a theme that shelters persons, they may be in danger."""
    sheltering = sheltering_themes()
    for name, given, family, themes in _applicants().distinct():
        how = Known.SHELTERED if sheltering.intersection(themes or ()) else Known.IN_OWN_NAME
        yield name, "", how
        yield given or "", family or "", how


def sheltering_themes() -> frozenset[str]:
    """Themes under which who asks may be in danger."""
    return frozenset(theme.code for theme in city_vocabulary().themes if theme.trait("shelters"))


def _applicants() -> Rows:
    return ApplicantBody.objects.filter(scheme=BodyScheme.PERSON).values_list(
        "name", "members__person__first_name", "members__person__last_name", "applications__call__subject__themes"
    )


def signatory_names() -> Iterator[Called]:
    """Names of those who signed a convention or a report, for either side."""
    for rows in _signatories():
        yield from _each(rows.distinct())


def _signatories() -> list[Rows]:
    signed = ((ConventionSignature, "name"), (CitySignature, "name"), (Report, "signed_by"))
    return [model.objects.exclude(**{field: ""}).order_by().values_list(field, flat=True) for model, field in signed]


def answered_names() -> Iterator[Called]:
    """Names a file gives where it is asked who signs, or who is to be reached."""
    rows = _answered().annotate(said=Cast("value", TextField())).exclude(said__regex=_ADDRESS)
    return _each(rows.distinct())


def _answered() -> Rows:
    return Answer.objects.filter(field__regex=NAMES_SOMEBODY).order_by().values_list("value", flat=True)


def rows_of_names_of_money() -> tuple[Rows, ...]:
    """The rows the names of who asks, signs, or is to be reached are read from."""
    return (_applicants(), *_signatories(), _answered())


def _each(names: Any) -> Iterator[Called]:
    for name in names:
        if isinstance(name, str):
            yield name, "", Known.BY_NAME
