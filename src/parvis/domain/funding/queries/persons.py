"""Persons whom the money makes known: those who ask, sign, report, or are to be reached. None of them is published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from parvis.domain.directory.enums import Known
from parvis.domain.directory.queries import Called
from parvis.domain.funding.enums import BodyScheme
from parvis.domain.funding.models import Answer, ApplicantBody, CitySignature, ConventionSignature, Report
from parvis.domain.funding.models.application import NAMES_SOMEBODY
from parvis.domain.funding.queries.limits import city_vocabulary

#: An answer that is an address alone.
_ADDRESS = r'^"\S+@\S+"$'


def applicant_names() -> Iterator[Called]:
    """Names of those who ask in their own name; under a theme that shelters persons, they may be in danger."""
    sheltering = {theme.code for theme in city_vocabulary().themes if theme.trait("shelters")}
    rows = ApplicantBody.objects.filter(scheme=BodyScheme.PERSON).values_list(
        "name", "members__person__first_name", "members__person__last_name", "applications__call__subject__themes"
    )
    for name, given, family, themes in rows.distinct():
        how = Known.SHELTERED if sheltering.intersection(themes or ()) else Known.IN_OWN_NAME
        yield name, "", how
        yield given or "", family or "", how


def signatory_names() -> Iterator[Called]:
    """Names of those who signed a convention or a report, for either side."""
    for model, field in ((ConventionSignature, "name"), (CitySignature, "name"), (Report, "signed_by")):
        yield from _each(model.objects.exclude(**{field: ""}).values_list(field, flat=True).distinct())


def answered_names() -> Iterator[Called]:
    """Names a file gives where it is asked who signs, or who is to be reached."""
    rows = Answer.objects.filter(field__regex=NAMES_SOMEBODY).annotate(said=Cast("value", TextField()))
    return _each(rows.exclude(said__regex=_ADDRESS).order_by().values_list("value", flat=True).distinct())


def _each(names: Any) -> Iterator[Called]:
    for name in names:
        if isinstance(name, str):
            yield name, "", Known.BY_NAME
