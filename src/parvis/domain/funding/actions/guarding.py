"""What the law and the city ask before a grant is awarded, whatever the way it came."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from parvis.domain.funding.errors import (
    AgreementNotInForce,
    ContractMissing,
    CrisisMissing,
    OutsideTheBounds,
    ReasonForTheException,
    spelt,
)
from parvis.domain.funding.models import Crisis, Grant
from parvis.domain.funding.queries import has_its_contract
from parvis.domain.funding.queries.limits import funding_rule
from parvis.domain.partnerships import queries as partnerships


def lawful(grant: Grant, amount: Decimal, on: date) -> None:
    """Pass, or raise ContractMissing, OutsideTheBounds, CrisisMissing, AgreementNotInForce, ReasonForTheException."""
    if not has_its_contract(grant.beneficiary, on):
        raise ContractMissing(body=grant.beneficiary.key)
    if grant.subject.kind == "emergency":
        _within_its_bounds(grant, amount, on)
    if grant.subject.kind == "city_project":
        _under_an_agreement(grant, on)
    if grant.exception and not grant.out_of_scope:
        raise ReasonForTheException


def _within_its_bounds(grant: Grant, amount: Decimal, on: date) -> None:
    crisis = Crisis.objects.filter(pk=grant.crisis_id).first()
    if crisis is None:
        raise CrisisMissing
    lowest, highest = bounds_of(crisis, on)
    if not lowest <= amount <= highest:
        said = {"lowest": lowest, "highest": highest, "amount": amount}
        raise OutsideTheBounds(**{name: spelt(each, grant.currency) for name, each in said.items()})


def bounds_of(crisis: Crisis, on: date) -> tuple[Decimal, Decimal]:
    """Between what amounts aid is given for a crisis: its own bounds, set by a decision, or those of the city."""
    lowest = funding_rule("emergency_lowest", on).value if crisis.lowest is None else crisis.lowest
    highest = funding_rule("emergency_highest", on).value if crisis.highest is None else crisis.highest
    return lowest, highest


def _under_an_agreement(grant: Grant, on: date) -> None:
    running = [*partnerships.agreements_in_force(on), *partnerships.agreements_perhaps_in_force(on)]
    if grant.agreement_id not in {agreement.pk for agreement in running}:
        raise AgreementNotInForce
