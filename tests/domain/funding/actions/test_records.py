"""Levies, envelopes, crises and grants, entered and amended as they are told."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from parvis.domain.funding.errors import FinerThanItsCurrency, PersonKeptInside, RulesOverlap, UnknownCurrency
from parvis.domain.funding.errors.moving import PaidByNobody, VotedByNobody
from parvis.domain.funding.models import Grant
from parvis.domain.funding.queries import all_grants, all_levies, rule_of
from parvis.register.errors import InvalidContent


def test_a_grant_is_entered_with_what_history_tells(told):
    told(state="refused", amount_voted="0")

    (grant,) = all_grants()

    assert (str(grant.amount_voted), grant.state, grant.envelope, grant.levy) == ("0.00", "refused", None, None)


def test_a_grant_names_its_beneficiary_or_flags_a_person_never_both(told):
    with pytest.raises(InvalidContent) as none:
        told(beneficiary=None)
    with pytest.raises(InvalidContent) as both:
        told(key="grant-2", natural_person=True)

    assert "flagged, and never named" in str(none.value)
    assert "flagged, and never named" in str(both.value)


def test_a_grant_to_a_person_is_kept_inside(told, amend):
    person = {"beneficiary": None, "natural_person": True}
    with pytest.raises(PersonKeptInside):
        told(**person)
    kept = told(key="grant-2", visibility="internal", **person)

    with pytest.raises(PersonKeptInside):
        amend(kept, year=2021, currency="EUR", state="awarded", amount_voted="50000", **person)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"amount_paid": "50000.01"}, "No more is paid than was voted."),
        ({"amount_voted": "-1"}, "An amount cannot be below zero."),
        ({"state": "refused"}, "A grant that was refused has no amount voted."),
        ({"starts": "2022", "ends": "2021"}, "What is paid for begins before it ends."),
        ({"country": "sn"}, "A country is written by its two letters: SN, ML."),
    ],
)
def test_a_grant_that_cannot_be_is_refused_in_words(told, facts, why):
    with pytest.raises(InvalidContent) as refusal:
        told(**facts)

    assert why in str(refusal.value)


@pytest.mark.parametrize("state", ["", None, "given"])
def test_a_grant_says_where_it_stands_or_is_not_kept(told, state):
    with pytest.raises(InvalidContent) as refusal:
        told(state=state)

    said = "“given” is not one of: asked, awarded" if state else "Fill this in: the record is not kept without it."
    assert (f"state: {said}" in str(refusal.value), list(all_grants())) == (True, [])


def test_the_database_keeps_no_grant_that_does_not_say_where_it_stands(told, subject):
    told()
    silent = Grant(subject=subject("grant-2", "grant"), natural_person=True, year=2021, currency="EUR")

    with pytest.raises(IntegrityError, match="grant_state_is_known"), transaction.atomic():
        Grant.objects.bulk_create([silent])


CITED = {"cites": [{"source": "deliberation", "lines": "3"}]}


def test_what_the_ledger_did_not_pay_is_typed_with_its_source_or_not_at_all(told, amend, vote):
    history = {"beneficiary": "solthis", "year": 2021, "currency": "EUR", "amount_voted": "50000", "cites": []}
    history |= {"state": "awarded", "decision": vote.key}

    with pytest.raises(PaidByNobody):
        told(amount_paid="50000", **history)
    paid = told("cited", amount_paid="50000", **CITED)
    told_before = told("voted-only", **history)
    with pytest.raises(PaidByNobody):
        amend(told_before, **history, amount_paid="9")

    assert (paid.amount_paid, amend(told_before, **history, country="SN").country) == (50_000, "SN")


@pytest.mark.parametrize("year", [2013, 2026])
def test_what_was_voted_in_any_year_has_its_decision_or_its_source(told, amend, vote, year):
    typed = {"year": year, "state": "awarded", "amount_voted": "900000", "cites": []}

    with pytest.raises(VotedByNobody):
        told("typed", **typed)
    decided = told("decided", **typed, decision=vote.key)
    cited = told("cited", **typed | CITED)
    with pytest.raises(VotedByNobody):
        amend(cited, beneficiary="solthis", currency="EUR", **typed | {"amount_voted": "900001"})

    assert (decided.decision, cited.amount_voted) == (vote, 900_000)


def test_an_amount_is_held_to_the_smallest_unit_of_its_currency(told):
    with pytest.raises(FinerThanItsCurrency):
        told(currency="XOF", amount_voted="100.50")
    with pytest.raises(UnknownCurrency):
        told(key="grant-2", currency="EURO"[:3].lower())

    assert told(key="grant-3", currency="XOF", amount_voted="100").currency == "XOF"


def test_a_grant_is_amended_as_a_whole(told, amend):
    grant = told()

    money = {"year": 2021, "currency": "EUR", "state": "awarded", "amount_voted": "40000"}
    amended = amend(grant, beneficiary="solthis", **money, **CITED)

    assert amended.amount_voted == 40000


def test_a_levy_obeys_the_rule_of_the_day(enter):
    enter(
        "levy",
        "levy-waste",
        kind="waste",
        rules=[
            {"rate": "0.005", "valid_from": "2014-07-07", "valid_to": "2016-01-01"},
            {"rate": "0.01", "valid_from": "2016-01-01"},
        ],
    )

    (levy,) = all_levies()

    assert rule_of(levy, date(2014, 1, 1)) is None
    assert [str(rule_of(levy, date(year, 6, 1)).rate) for year in (2015, 2016)] == ["0.005000", "0.010000"]


@pytest.mark.parametrize("end", ["", "2017-01-01"])
def test_a_levy_has_one_rule_at_a_time(enter, end):
    rules = [
        {"rate": "0.005", "valid_from": "2014-07-07", "valid_to": end},
        {"rate": "0.01", "valid_from": "2016-01-01"},
    ]

    with pytest.raises(RulesOverlap):
        enter("levy", "levy-waste", rules=rules)


def test_a_levy_is_amended_and_its_rules_still_hold_one_at_a_time(water, amend):
    with pytest.raises(RulesOverlap):
        amend(water, rules=[{"rate": "0.01"}, {"rate": "0.02"}])

    assert amend(water, rules=[{"rate": "0.02"}]).rules.count() == 1


def test_an_envelope_and_a_crisis_are_entered_and_amended(water, enter, amend):
    envelope = enter("envelope", "solidae-2026", kind="call", levy="levy-water", year=2026)
    crisis = enter("crisis", "ebola-2014", kind="epidemic", opened="2014")

    assert amend(envelope, levy="levy-water", year=2026, line="204").line == "204"
    assert amend(crisis, opened="2014-03").opened == "2014-03"


def test_other_bounds_than_the_citys_stand_on_a_decision(enter, subject):
    with pytest.raises(InvalidContent) as refusal:
        enter("crisis", "ebola-2014", lowest="5000")

    assert "stand on a decision" in str(refusal.value)
    subject("vote-1", "decision")
    assert enter("crisis", "ebola-2015", lowest="5000", decision="vote-1").lowest == 5000
