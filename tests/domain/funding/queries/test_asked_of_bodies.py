"""A body reads what the law asks of it: each with its text, whether it is done, by what day; and what will be asked."""

from datetime import date
from decimal import Decimal

import pytest

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import NATURAL_PERSON
from parvis.domain.funding.models import Grant
from parvis.foundation.vocabulary.funding_rules import funding_rules
from tests.support import calls, grants

ON = date(2026, 6, 1)
ART_10 = "Loi 2000-321, art. 10"
NOTHING_LEFT = (
    "The money serves what it was given for. What is left of it, and what served something else, is paid back;"
    " an amendment"
    " signed before the end may carry it on."
)
REPORT = "A financial report, signed by who represents your body. While it is late, nothing more is paid."


@pytest.fixture
def body(db):
    return calls.body_of(calls.applicant("ana@assoc.example"))


def said_of(grant, on=ON):
    return [(row.sentence, row.standing, row.by) for row in queries.asked_of_body(grant, on)]


def only(grant, sentence, on=ON):
    return [(standing, by) for said, standing, by in said_of(grant, on) if said.startswith(sentence)]


def test_a_body_is_told_all_that_is_asked_of_it_and_nothing_of_the_city_s_money(body):
    grant = grants.under_convention(grants.awarded(body))

    rows = queries.asked_of_body(grant, ON)

    assert [(row.sentence, row.standing, row.rule.said, row.rule.law) for row in rows] == [
        (
            "The contract of republican commitment, signed by your body before the decision.",
            "done",
            "Loi 2000-321, art. 10-1 ; décret 2021-1947",
            True,
        ),
        (
            (
                "A written convention, signed by your body and by the City before anything is paid: in 2026 the"
                " City gives"
                " your body more than €23,000.00, cash and in kind."
            ),
            "of_city",
            f"{ART_10} ; décret 2001-495, art. 1",
            True,
        ),
        (
            "Nothing of the grant is handed on to another body: no convention allows it.",
            "untold",
            "Code général des collectivités territoriales, art. L1611-4",
            False,
        ),
        (NOTHING_LEFT, "untold", ART_10, False),
        (
            (
                "A financial report within 6 months of the end of 2026, once a sum is paid, signed by who"
                " represents your"
                " body."
            ),
            "not_yet",
            f"{ART_10} ; arrêté du 11 octobre 2006",
            True,
        ),
        (
            (
                "Audited accounts, published by your body, once public grants of a year, from all givers, pass"
                " €153,000.00."
            ),
            "untold",
            "Code de commerce, art. L612-4",
            False,
        ),
        (
            (
                "What its three best paid leaders receive, published by your body, once its budget passes"
                " €150,000.00 and"
                " public grants of a year pass €50,000.00."
            ),
            "untold",
            "Loi 2006-586, art. 20",
            True,
        ),
    ]


def test_a_report_is_due_on_a_day_from_the_first_payment_and_late_the_day_after(body):
    grant = grants.paid(grants.under_convention(grants.awarded(body)))

    found = [only(grant, REPORT, on) for on in (date(2027, 6, 30), date(2027, 7, 1))]

    assert found == [[("not_yet", date(2027, 6, 30))], [("late", date(2027, 6, 30))]]


def test_what_both_signed_is_done_and_the_city_says_by_when_it_makes_it_public(body):
    grant = grants.paid(grants.under_convention(grants.awarded(body)))

    assert only(grant, "A written convention") == [("done", None)]
    told = [only(grant, "The essential data of the convention", on) for on in (date(2026, 7, 1), date(2026, 7, 2))]
    assert told == [[("of_city", date(2026, 7, 1))], []]


def test_up_to_the_threshold_no_convention_is_asked(body):
    grant = grants.awarded(body, amount=23_000)

    assert next(row for row in said_of(grant) if "convention" in row[0]) == (
        "A written convention: in 2026 the City gives your body €23,000.00 at most, cash and in kind.",
        "not_asked",
        None,
    )


def test_what_the_city_gives_in_other_money_is_told_and_counted_against_no_threshold(body):
    grant = grants.awarded(body, amount=23_000)
    facts = {"beneficiary": grant.beneficiary.key, "year": 2026, "currency": "USD", "form": "in_kind", "state": "asked"}
    hall = grants.enter(Grant, actions.enter_grant, "a-hall", "in_kind", **facts)
    actions.award_in_kind(grant=hall, value=Decimal(900), slip=grants.slip())

    assert next(row for row in said_of(grant) if "convention" in row[0]) == (
        (
            "A written convention: in 2026 the City gives your body €23,000.00 at most, cash and in kind, and besides"
            " US$900.00, which is not counted: no rate of exchange is kept. The City says whether one is needed."
        ),
        "of_city",
        None,
    )


@pytest.mark.parametrize(
    ("standing", "asked"),
    [
        ({"approved": True}, "not_asked"),
        ({"public_interest": True}, "not_asked"),
        ({"contract_signed": date(2026, 1, 1)}, "done"),
        ({}, "not_yet"),
        ({"contract_signed": date(2026, 1, 1), "contract_broken": ON}, "untold"),
    ],
)
def test_a_contract_is_asked_unless_something_stands_for_it(body, standing, asked):
    grant = grants.awarded(body)
    actions.declare_standing(body=grant.beneficiary, by=grants.finance(), at=grants.AT, **standing)

    assert next(row.standing for row in queries.asked_of_body(grant, ON)) == asked


def test_of_a_grant_that_is_history_nothing_is_asked(told):
    assert queries.asked_of_body(told(), ON) == []


def test_who_asks_is_told_what_will_be_asked_with_each_amount():
    said = [(row.sentence, row.rule.said) for row in queries.asked_if_granted(ON, ["association", "university"])]

    assert [sentence for sentence, _rule in said] == [
        "From an association or a foundation: the contract of republican commitment, signed before the decision.",
        (
            "A written convention, signed by both before anything is paid, if the City gives your body more than"
            " €23,000.00 in the year, cash and in kind; none is asked of a public body."
        ),
        "Nothing is handed on to another body, unless the convention allows it; certified accounts then tell of it.",
        NOTHING_LEFT,
        (
            "A financial report within 6 months of the end of the year the money was given for, signed by who"
            " represents"
            " your body. While it is late, nothing more is paid."
        ),
        "Audited accounts, published by your body, once public grants of a year, from all givers, pass €153,000.00.",
        (
            "What its three best paid leaders receive, published by your body, once its budget passes €150,000.00 and"
            " public grants of a year pass €50,000.00."
        ),
        (
            "Within 3 months of its signature, the City makes the essential data of the convention public: who"
            " receives,"
            " how much, for what."
        ),
    ]
    assert {rule for _sentence, rule in said} <= {row.said for rows in funding_rules().values() for row in rows}


@pytest.mark.parametrize(
    ("kinds", "asked"), [((), 8), (["association"], 8), (["university"], 5), (["city"], 2), ([NATURAL_PERSON], 2)]
)
def test_only_what_is_asked_of_those_a_call_is_for_is_told(kinds, asked):
    assert len(queries.asked_if_granted(ON, kinds)) == asked


def shared(**changed):
    """What a release is given of a public call."""
    calls.enter_call(grants.finance(), visibility="public", cites=[], **changed)
    return list(queries.duties_to_share())


def test_a_release_is_given_what_will_be_asked_in_every_language_in_its_order(db):
    rows = shared(workflow=None)

    told = [(row["place"], row["duty"]["en"], row["said_in"], row["law"]) for row in rows]
    asked = queries.asked_if_granted(calls.CLOSES.date(), ["association", "ngo"])
    assert told == [(place, row.sentence, row.rule.said, row.rule.law) for place, row in enumerate(asked)]
    assert {row["call"] for row in rows} == {"call-small-harbours-2027"}
    assert rows[0]["duty"] | {"en": ""} == {
        "en": "",
        "fr": (
            "D’une association ou d’une fondation\N{NO-BREAK SPACE}: le contrat d’engagement républicain,"
            " signé avant la décision."
        ),
        "es": "De una asociación o una fundación: el contrato de compromiso republicano, firmado antes de la decisión.",
        "pt": "De uma associação ou fundação: o contrato de compromisso republicano, assinado antes da decisão.",
    }


@pytest.mark.parametrize(
    ("changed", "contract", "told"),
    [
        ({"opens_at": "2013-01-10 09:00", "closes_at": "2013-02-10 17:00", "edition": "2013"}, False, 6),
        ({"opens_at": "2021-10-01 09:00", "closes_at": "2021-12-30 23:30", "edition": "2021"}, False, 7),
        ({"opens_at": "2021-10-01 09:00", "closes_at": "2021-12-31 00:30", "edition": "2021"}, True, 8),
        ({"opens_at": None, "closes_at": None, "edition": "2013"}, False, 6),
        ({"opens_at": None, "closes_at": None, "edition": "2021"}, True, 8),
        ({"opens_at": None, "closes_at": None, "edition": ""}, True, 8),
    ],
)
def test_a_rule_that_came_after_a_call_is_not_told_of_it(db, changed, contract, told):
    rows = shared(workflow=None, **changed)

    assert (rows[0]["said_in"].startswith("Loi 2000-321, art. 10-1"), len(rows)) == (contract, told)


def test_a_call_that_is_not_public_gives_a_release_nothing(db):
    calls.enter_call(grants.finance(), workflow=None, visibility="internal")

    assert list(queries.duties_to_share()) == []


def test_each_call_gives_a_release_what_is_asked_of_those_it_is_for_one_call_after_the_other(db):
    by = grants.finance()
    said = {"workflow": None, "visibility": "public", "cites": []}
    for key, applicants in (("zeal", ["city"]), ("alps", ["university"]), ("moor", ["association"])):
        calls.enter_call(by, key=key, code=key.upper(), applicants=applicants, **said)

    rows = [(row["call"], row["place"]) for row in queries.duties_to_share()]

    assert rows == [(call, place) for call, asked in (("alps", 5), ("moor", 8), ("zeal", 2)) for place in range(asked)]
