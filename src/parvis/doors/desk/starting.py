"""What a new record starts from: its state, its year, its currency, what the page it was asked from says already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from parvis.domain.funding.enums import GrantForm, GrantState
from parvis.domain.funding.models import Envelope, Grant, Levy
from parvis.domain.funding.queries import city_currency
from parvis.domain.partnerships import queries as partnerships
from parvis.domain.partnerships.models import Agreement, Relation
from parvis.doors.desk import words
from parvis.doors.desk.sheets.sheet import Sheet


def started(noun: str, asked: Mapping[str, str], *, on: date) -> dict[str, Any]:
    """A new record starts as a draft, in the language of the person who writes it, with what is known beforehand."""
    begun = {"visibility": "draft", "original": words.tongue()}
    if noun == Grant.noun:
        money = {"state": GrantState.ASKED, "form": GrantForm.CASH, "year": on.year, "currency": city_currency()}
        return begun | money
    if noun == Envelope.noun:
        return begun | _drawn_from(asked.get("levy", ""), asked.get("year", ""), on)
    if noun == Agreement.noun:
        return begun | _ripened(asked.get("from", ""))
    return begun


def lacks(sheet: Sheet) -> bool:
    """Whether a new record leaves unsaid what no reader could guess; the sheet then says so beside the cell."""
    if sheet.model.noun == Grant.noun and not sheet.cleaned_data.get("state"):
        sheet.add_error("state", _("Say where the grant stands: only asked for, awarded, refused, closed."))
        return True
    return False


def _drawn_from(levy: str, year: str, on: date) -> dict[str, Any]:
    """An envelope asked for from the year of a levy draws on it."""
    known = Levy.objects.filter(subject__key=levy).exists()
    of_year = int(year) if year.isdecimal() and len(year) == len("2026") else on.year
    return {"year": of_year} | ({"levy": levy} if known else {})


def _ripened(key: str) -> dict[str, Any]:
    """What an agreement takes over of the prospect it comes from: its sides, its day, its themes."""
    relation = Relation.objects.select_related("subject", "partner").filter(subject__key=key).first()
    return partnerships.agreement_begun_by(relation, words.the_city()) if relation else {}
