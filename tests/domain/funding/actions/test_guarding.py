"""What the law and the city ask before an award: contract, bounds, agreement, reason."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions.guarding import bounds_of
from parvis.domain.funding.errors import (
    AgreementNotInForce,
    AgreementOfOthers,
    ContractMissing,
    CrisisMissing,
    OutsideTheBounds,
    ReasonForTheException,
)


@pytest.fixture
def association(subject):
    return subject("medecins", kind="association")


def test_an_association_signs_its_contract_before_it_receives_anything(association, envelope, asked, award, act):
    grant = asked(beneficiary="medecins")

    with pytest.raises(ContractMissing) as refusal:
        award(grant, envelope, 1000)
    act(actions.declare_standing, body=association, contract_signed=date(2026, 3, 1))

    assert "On the day of the decision, 1 March 2026, “medecins” had not signed" in str(refusal.value)
    assert award(grant, envelope, 1000).state == "awarded"


@pytest.mark.parametrize(
    ("facts", "held"),
    [
        ({"approved": True}, True),
        ({"public_interest": True}, True),
        ({"contract_signed": date(2026, 3, 2)}, False),
        ({"contract_signed": date(2020, 1, 1), "contract_broken": date(2026, 1, 1)}, False),
        ({}, False),
    ],
)
def test_a_contract_is_deemed_met_by_approved_and_public_interest_bodies(association, act, facts, held):
    act(actions.declare_standing, body=association, **facts)

    assert queries.has_its_contract(association, date(2026, 3, 1)) is held


def test_a_broken_contract_blocks_what_is_left_to_pay(association, envelope, asked, award, act):
    act(actions.declare_standing, body=association, contract_signed=date(2026, 1, 1))
    grant = award(asked(beneficiary="medecins"), envelope, 1000)
    (instalment,) = act(actions.plan_instalments, grant=grant, parts=[actions.Part(envelope, Decimal(1000))])
    act(actions.declare_standing, body=association, contract_broken=date(2026, 4, 1))

    assert queries.blocks_of(instalment, date(2026, 4, 1)) == [
        "the republican-commitment contract is missing or broken."
    ]


def test_emergency_aid_answers_a_crisis_within_the_bounds_of_the_city(envelope, asked, award, enter):
    enter("crisis", "cyclone", kind="disaster")

    with pytest.raises(CrisisMissing):
        award(asked("a", kind="emergency"), envelope, 30_000)
    for amount in ("19999.99", "100000.01"):
        with pytest.raises(OutsideTheBounds, match=r"from €20,000\.00 to €100,000\.00"):
            award(asked(f"b{amount[:2]}", kind="emergency", crisis="cyclone"), envelope, amount)

    assert award(asked("c", kind="emergency", crisis="cyclone"), envelope, 20_000).state == "awarded"


def test_another_city_gives_emergency_aid_within_its_own_bounds(envelope, asked, award, enter, settings, tmp_path):
    enter("crisis", "cyclone", kind="disaster")
    rule = 'emergency_lowest:\n  - {since: "2024-01-01", value: "500", law: "no", said: "Minutes"}\n'
    (tmp_path / "funding_rules.yaml").write_text(rule)
    settings.PARVIS_CITY = str(tmp_path)

    with pytest.raises(OutsideTheBounds, match=r"from €500\.00 to €100,000\.00"):
        award(asked("a", kind="emergency", crisis="cyclone"), envelope, 499)

    assert award(asked("b", kind="emergency", crisis="cyclone"), envelope, 500).state == "awarded"


def test_a_decision_sets_other_bounds_for_a_crisis(envelope, asked, award, enter, vote):
    crisis = enter("crisis", "cyclone", highest="250000", decision=vote.key)

    assert bounds_of(crisis, date(2026, 1, 1)) == (20_000, 250_000)
    assert award(asked(kind="emergency", crisis="cyclone"), envelope, 250_000).state == "awarded"


def test_a_city_project_draws_on_a_levy_under_an_agreement_in_force(envelope, asked, award, enter, subject):
    subject("phnom-penh", "place")
    subject("city-of-paris")
    parties, steps = ["city-of-paris", "phnom-penh"], [{"state": "in_force", "day": "2020"}]
    enter("agreement", "pact-1", parties=parties, steps=steps, renewal="evergreen")
    enter("agreement", "pact-2", parties=parties, steps=steps, until="2022", renewal="fixed")

    for key in ("", "pact-2"):
        with pytest.raises(AgreementNotInForce):
            award(asked(f"city{key}", kind="city_project", agreement=key), envelope, 1000)

    with pytest.raises(AgreementOfOthers):  # it binds another city
        award(asked("city-4", kind="city_project", agreement="pact-1"), envelope, 1000)

    grant = award(asked("city-3", kind="city_project", agreement="pact-1", place="phnom-penh"), envelope, 1000)
    assert queries.standing_of_envelope(envelope).engaged == 1000 == grant.amount_voted


@pytest.mark.parametrize(
    ("term", "why"),
    [
        ({"until": "2026-03-02"}, ""),  # 1 March, the day of the award, is its last
        ({"until": "2026-03-01"}, "“pact” no longer binds since 1 March 2026, and nothing says"),
        ({"until": "2026-03-01", "renewal": "fixed"}, "“pact” is not in force on 1 March 2026: name an"),
        ({"until": "2026-03-01", "renewal": "tacit", "term_years": 4}, ""),
        ({"steps": [{"state": "in_force", "day": "2026-03-02"}]}, "“pact” is not in force on 1 March 2026: name an"),
        ({}, ""),  # no source says when it ends
    ],
)
def test_an_agreement_lets_a_city_project_draw_from_its_first_day_to_its_last(
    envelope, asked, award, enter, subject, term, why
):
    subject("phnom-penh", "place")
    subject("city-of-paris")
    steps = [{"state": "in_force", "day": "2020-01-01"}]
    enter("agreement", "pact", parties=["city-of-paris", "phnom-penh"], **{"steps": steps, **term})
    grant = asked("city", kind="city_project", agreement="pact", place="phnom-penh")

    if not why:
        assert award(grant, envelope, 1000).state == "awarded"
        return
    with pytest.raises(AgreementNotInForce) as refusal:
        award(grant, envelope, 1000)
    assert str(refusal.value).startswith(why)


def test_a_grant_beyond_the_scope_says_why(envelope, asked, award):
    with pytest.raises(ReasonForTheException):
        award(asked(exception=True), envelope, 1000)

    words = {"en": "The only hospital within reach."}
    assert award(asked("b", exception=True, out_of_scope=words), envelope, 1000).out_of_scope == words


def test_the_contract_is_signed_before_the_council_decides_whenever_the_award_is_written(
    envelope, asked, award, enter, subject, act, slip
):
    subject("council", kind="assembly")
    subject("rights", kind="association")
    decided = enter("decision", "vote-february", body="council", day="2026-02-10").subject
    on_it = replace(slip, decision=decided)
    grant = asked(beneficiary="rights")
    act(actions.declare_standing, body=grant.beneficiary, contract_signed=date(2026, 2, 11))

    with pytest.raises(ContractMissing):
        actions.award_grant(grant=grant, sources=[actions.Source(envelope, Decimal(10))], slip=on_it)
    act(actions.declare_standing, body=grant.beneficiary, contract_signed=date(2026, 2, 10))

    assert actions.award_grant(grant=grant, sources=[actions.Source(envelope, Decimal(10))], slip=on_it).amount_voted
