"""What the law and the city ask before a grant is awarded, whatever the way it came."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from parvis.domain.directory.models import Body, Place
from parvis.domain.funding.errors import (
    AgreementNotInForce,
    AgreementOfOthers,
    ContractMissing,
    CrisisMissing,
    OutsideTheBounds,
    ReasonForTheException,
    spelt,
)
from parvis.domain.funding.errors.moving import AgreementNotThatDay, AgreementRanOut
from parvis.domain.funding.models import Crisis, Grant
from parvis.domain.funding.queries import has_its_contract
from parvis.domain.funding.queries.limits import funding_rule, own_body
from parvis.domain.partnerships import queries as partnerships
from parvis.domain.partnerships.models import Agreement
from parvis.foundation.values.certainty import Certainty
from parvis.register.naming import called
from parvis.register.reading import day_said


def lawful(grant: Grant, amount: Decimal, on: date, decided: date | None = None) -> None:
    """Pass, or raise ContractMissing, OutsideTheBounds, CrisisMissing, AgreementNotInForce, ReasonForTheException.

    ``decided`` is the day of the decision: the contract of republican commitment is signed before it, whenever the
    award is written down.
    """
    before = min(decided or on, on)
    if not has_its_contract(grant.beneficiary, before):
        raise ContractMissing(body=called(grant.beneficiary), day=day_said(before))
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
    if grant.agreement_id is None:
        raise AgreementNotInForce
    held = partnerships.all_agreements().get(pk=grant.agreement_id)
    life = partnerships.life_of(held)
    perhaps = {agreement.pk for agreement in partnerships.agreements_perhaps_in_force(on)}
    if partnerships.standing_on(life, on) != Certainty.YES and held.pk not in perhaps:
        raise AgreementNotThatDay(agreement=called(held.subject), day=day_said(on))
    end = partnerships.end_of(life)
    if held.pk in perhaps and end and end.latest and end.latest <= on:
        raise AgreementRanOut(agreement=called(held.subject), end=day_said(end.latest))
    if not _bound_by(held) & _served_by(grant):
        raise AgreementOfOthers(agreement=called(held.subject))


def _bound_by(agreement: Agreement) -> set[int]:
    """Whom an agreement binds besides the city itself, and the places where these are."""
    parties = set(agreement.parties.exclude(party__key=own_body()).values_list("party", flat=True))
    return parties | set(Body.objects.filter(subject__in=parties, place__isnull=False).values_list("place", flat=True))


def _served_by(grant: Grant) -> set[int]:
    """Whom and where a grant serves: its beneficiary and what this one belongs to, its places and what holds them."""
    body = Body.objects.filter(subject=grant.beneficiary_id).first()
    above = (body.parent_id, body.place_id) if body else ()
    served = {grant.beneficiary_id, grant.place_id, *above, *grant.places.values_list("place", flat=True)}
    within = Place.objects.filter(subject__in=served - {None}, within__isnull=False).values_list("within", flat=True)
    return {one for one in (*served, *within) if one is not None}
