"""What the law asks of a grant is said with its source, and whether it is done."""

from datetime import date
from decimal import Decimal

import pytest

from parvis.domain.funding import actions, queries
from parvis.domain.funding.errors.moving import RateAboveTheLaw
from parvis.domain.funding.models import Convention, Levy
from parvis.domain.funding.queries.law import essential_data_due
from parvis.register.actions import record_statement

SIGNED = date(2026, 4, 1)


@pytest.fixture
def signed(envelope, asked, award, act):
    """An award under a signed convention, which lets part of it be handed on."""

    def under(amount, signed=SIGNED, **more):
        grant = award(asked(**more), envelope, amount)
        facts = {"number": "2026-1", "regranting": True, "starts": date(2026, 1, 1), "ends": date(2026, 12, 31)}
        act(actions.draw_up_convention, grant=grant, **facts)
        act(actions.sign_convention, grant=grant, signed=signed)
        return grant

    return under


@pytest.fixture
def committed(subject, act):
    """An association that signed its contract of republican commitment."""
    body = subject("sidaction", kind="association")
    act(actions.declare_standing, body=body, contract_signed=date(2026, 2, 1))
    return body.key


def said(grant, on, **more):
    rows = queries.asked_by_law(grant, on, **more)
    return [(row.sentence, row.rule.said, row.done, row.late) for row in rows]


def test_a_large_grant_is_told_all_that_the_law_asks_and_where_it_is_said(signed):
    grant = signed("153000.01")

    assert said(grant, date(2026, 6, 1)) == [
        ("A vote of the council.", "Code général des collectivités territoriales, art. L2311-7", True, False),
        (
            "A written convention: in 2026 the body receives more than €23,000.00, cash and in kind.",
            "Loi 2000-321, art. 10 ; décret 2001-495, art. 1",
            True,
            False,
        ),
        ("The essential data of the convention made public by 1 July 2026.", "Décret 2017-779", False, False),
        (
            "Certified accounts from the beneficiary, since it may hand part of the grant on.",
            "Code général des collectivités territoriales, art. L1611-4",
            None,
            False,
        ),
        (
            (
                "A financial report within 6 months of the end of 2026, once a sum is paid, signed by who"
                " represents the body."
            ),
            "Loi 2000-321, art. 10 ; arrêté du 11 octobre 2006",
            False,
            False,
        ),
    ]


def test_each_threshold_is_passed_by_a_cent_and_not_before(envelope, asked, award, committed):
    found = []
    for key, amount in (("a", "50000.00"), ("b", "0.01"), ("c", "102999.99"), ("d", "0.01")):
        grant = award(asked(key, beneficiary=committed), envelope, amount)
        found.append([row.rule.said for row in queries.asked_by_law(grant, date(2026, 6, 1))][4:])

    accounts, pay = "Code de commerce, art. L612-4", "Loi 2006-586, art. 20"
    assert found == [[], [pay], [pay], [accounts, pay]]


def test_the_contract_is_asked_of_an_association_unless_the_city_asks_for_none(
    envelope, asked, award, committed, settings, tmp_path
):
    grant = award(asked(beneficiary=committed), envelope, 1000)
    before = [row.done for row in queries.asked_by_law(grant, date(2026, 3, 2)) if "10-1" in row.rule.said]
    rule = 'republican_contract: [{since: "2000-01-01", value: "0", law: "no", said: "Not a law here"}]'
    (tmp_path / settings.PARVIS_CITY).mkdir()
    (tmp_path / settings.PARVIS_CITY / "funding_rules.yaml").write_text(rule)
    settings.DATA_DIR = tmp_path

    elsewhere = [row.rule.said for row in queries.asked_by_law(grant, date(2026, 3, 2))]

    assert before == [True]
    assert "Not a law here" not in elsewhere
    assert queries.has_its_contract(grant.beneficiary, date(2020, 1, 1)) is True


@pytest.mark.parametrize(
    ("on", "shown", "told"),
    [
        (date(2026, 7, 1), None, (False, False)),
        (date(2026, 7, 2), None, (False, True)),
        (date(2026, 7, 2), date(2026, 3, 31), (False, True)),  # the release came before the signature
        (date(2026, 7, 2), SIGNED, (True, False)),
    ],
)
def test_the_data_of_a_convention_are_late_the_day_after_three_months_unless_a_release_shows_them(
    signed, on, shown, told
):
    rows = queries.asked_by_law(signed(23_001), on, shown=shown)

    assert [(row.done, row.late) for row in rows if row.rule.said == "Décret 2017-779"] == [told]


def test_no_data_are_due_of_a_convention_the_law_does_not_ask_for(signed):
    rows = queries.asked_by_law(signed(Decimal("23000.00")), date(2027, 1, 1))

    assert [(row.sentence, row.standing) for row in rows][1:3] == [
        ("No written convention: in 2026 the body receives €23,000.00 at most, cash and in kind.", "not_asked"),
        ("Certified accounts from the beneficiary, since it may hand part of the grant on.", "untold"),
    ]


@pytest.mark.parametrize(
    ("signed", "due"),
    [
        (date(2017, 7, 31), None),
        (date(2017, 8, 1), date(2017, 11, 1)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2026, 9, 30), date(2026, 12, 30)),
    ],
)
def test_three_months_end_on_the_same_day_or_the_last_of_a_shorter_month(signed, due):
    convention = Convention(signed=signed, starts=signed)

    assert essential_data_due(convention) == due


def test_an_agreement_abroad_holds_once_the_state_s_representative_has_it(asked, envelope, award, subject, source, act):
    subject("with-bamako", "agreement")
    source("letter")
    grant = award(asked(agreement="with-bamako"), envelope, 1000)
    before = said(grant, date(2026, 6, 1))[1]
    sent = {"property": "sent_to_prefect", "words": {"en": "Sent on 2 March 2026"}, "source": "letter", "lines": "1"}
    act(record_statement, about=grant.agreement, content=sent)

    after = said(grant, date(2026, 6, 1))[1]

    sentence = "The agreement sent to the State’s representative: it holds from then on."
    law = "Code général des collectivités territoriales, art. L1115-1, L2131-1 et L2131-2"
    assert (before, after) == ((sentence, law, False, False), (sentence, law, True, False))


def test_a_levy_s_year_is_told_its_limit_its_base_and_what_it_serves(water, open_year, enter):
    told = queries.asked_of_levy(open_year(water, base=None))
    general = enter("levy", "general-budget", kind="general")

    code = "Code général des collectivités territoriales, art. L1115-1-1"
    assert [(row.sentence, row.rule.said, row.done) for row in told] == [
        ("1% of its own resources at most, for this service alone; above, from the general budget.", code, False),
        (
            "Own resources are what is paid for the service: no loan, no subsidy received.",
            "pS-Eau, questions fréquentes sur le 1 %",
            False,
        ),
        ("Its money serves water and sanitation: no farming, livestock, industry or drainage.", code, None),
    ]
    assert queries.asked_of_levy(open_year(general, base=None)) == []
    known = queries.asked_of_levy(open_year(water, 2027, base_source="Budget 2027"))
    assert [row.done for row in known] == [True, True, None]


def test_no_year_is_opened_above_what_the_law_lets_a_service_give(enter, open_year):
    enter("levy", "levy-light", kind="street_lights", rules=[{"rate": "0.02"}])
    waste = enter("levy", "levy-waste", kind="waste", rules=[{"rate": "0.010001", "valid_from": "2015"}])

    with pytest.raises(RateAboveTheLaw) as refusal:
        open_year(waste)

    assert str(refusal.value) == (
        "“levy-waste” gives 1.0001% of its own resources by its rule, and the law lets it give 1% at most (Code"
        " général des collectivités territoriales, art. L1115-2). Correct its rule; what is above comes from the"
        " general budget."
    )
    assert open_year(Levy.objects.get(subject__key="levy-light")).rate == Decimal("0.02")


def test_of_a_grant_that_is_history_nothing_is_said_to_be_done_or_late(told):
    assert queries.asked_by_law(told(), date(2026, 6, 1)) == []


def test_help_in_kind_is_told_what_is_asked_but_no_financial_report(asked, slip):
    hall = actions.award_in_kind(grant=asked(form="in_kind", kind="in_kind"), value=Decimal(900), slip=slip)

    assert [row.sentence for row in queries.asked_by_law(hall, date(2026, 6, 1))] == [
        "A vote of the council.",
        "No written convention: in 2026 the body receives €23,000.00 at most, cash and in kind.",
    ]


def test_what_a_body_receives_in_other_money_is_told_and_counted_against_no_threshold(
    envelope, asked, award, committed, slip
):
    grant = award(asked(beneficiary=committed), envelope, 20_000)
    hall = asked("hall", form="in_kind", kind="in_kind", beneficiary=committed, currency="USD")
    actions.award_in_kind(grant=hall, value=Decimal(160_000), slip=slip)

    told = [
        (row.sentence, row.standing)
        for row in queries.asked_by_law(grant, date(2026, 6, 1))
        if "US$160,000.00" in row.sentence
    ]

    assert told == [
        (
            (
                "A written convention: in 2026 the body receives €23,000.00 at most, cash and in kind, and besides"
                " US$160,000.00, which is not counted: no rate of exchange is kept. The City says whether one is"
                " needed."
            ),
            "of_city",
        ),
        (
            (
                "What asks for published accounts from €153,000.00 on: US$160,000.00 that the body receives besides in"
                " the year is not counted, since no rate of exchange is kept."
            ),
            "untold",
        ),
    ]
    of_hall = [row.sentence for row in queries.asked_by_law(hall, date(2026, 6, 1))]
    assert [one for one in of_hall if "US$23,000" in one] == []


def test_above_the_threshold_in_the_citys_money_a_convention_is_asked_whatever_comes_besides(signed, asked, slip):
    grant = signed("23000.01")
    hall = asked("hall", form="in_kind", kind="in_kind", currency="USD")
    actions.award_in_kind(grant=hall, value=Decimal(1), slip=slip)

    assert next(row.done for row in queries.asked_by_law(grant, date(2026, 6, 1)) if "321" in row.rule.said) is True
