"""The clock of emergency aid and of grants: days of the city's own calendar, from the request to the payment."""

from datetime import UTC, date, datetime

import pytest

from parvis.domain.funding import actions, queries
from parvis.domain.funding.models import Crisis, EmergencyRequest, Grant, PaymentOrder
from tests.support import calls, grants, reviews


@pytest.fixture
def paid(db):
    """Emergency aid asked for, taken up and paid."""
    ana = calls.applicant("ana@assoc.example")
    body = calls.body_of(ana)
    crisis = grants.enter(Crisis, actions.enter_crisis, "flood", "disaster", opened="2026-01", visibility="public")
    grant = grants.paid(grants.under_convention(grants.awarded(body, kind="emergency", crisis="flood")))
    return EmergencyRequest.objects.create(
        crisis=crisis, body=body, amount=50_000, purpose="Water", place="Sylhet", language="en",
        asked_at=grants.AT, asked_by=ana, state="accepted", grant=grant,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        (datetime(2028, 2, 28, 22, 30, tzinfo=UTC), 2),  # half past eleven in the evening of the 28th, in Paris
        (datetime(2028, 2, 28, 23, 30, tzinfo=UTC), 1),  # half past midnight of the 29th
        (datetime(2027, 2, 28, 22, 30, tzinfo=UTC), 367),  # over a whole year and its 29 February
    ],
)
def test_the_day_of_a_request_is_that_of_the_city_and_29_february_counts(paid, asked, days):
    PaymentOrder.objects.update(paid=date(2028, 3, 1))
    paid.asked_at = asked

    assert queries.clock_of(paid, grants.AT) == queries.Clock(days, 0, date(2028, 3, 1), running=False)


def test_days_from_request_to_payment_are_counted_over_29_february(paid):
    later = grants.awarded(paid.body, key="later")
    PaymentOrder.objects.update(paid=date(2028, 3, 1))
    Grant.objects.update(asked_on="2028-02-28")
    first, waiting = (Grant.objects.get(pk=pk) for pk in (paid.grant_id, later.pk))

    assert (queries.days_to_pay(first), queries.waiting_since(first, date(2028, 3, 2))) == (2, None)
    assert (queries.days_to_pay(waiting), queries.waiting_since(waiting, date(2028, 3, 1))) == (None, 2)


def test_a_request_at_half_past_midnight_is_of_that_day_on_its_grant(paid):
    again = EmergencyRequest.objects.create(
        crisis=paid.crisis, body=paid.body, amount=30_000, purpose="Water", place="Sylhet", language="en",
        asked_at=datetime(2028, 2, 28, 23, 30, tzinfo=UTC), asked_by=paid.asked_by,
    )  # fmt: skip

    made = actions.take_up_emergency(request=again, by=grants.finance(), at=datetime(2028, 3, 1, tzinfo=UTC))

    assert (made.asked_on, made.year) == ("2028-02-29", 2028)


def test_days_are_counted_from_a_day_never_from_a_month_and_no_longer_once_nothing_can_be_paid(paid):
    later = grants.awarded(paid.body, key="later")
    PaymentOrder.objects.update(paid=date(2028, 3, 1))
    Grant.objects.update(asked_on="2028-02")
    month, waiting = (Grant.objects.get(pk=pk) for pk in (paid.grant_id, later.pk))
    Grant.objects.filter(pk=later.pk).update(asked_on="2028-02-28", state="cancelled")
    given_up = Grant.objects.get(pk=later.pk)

    assert (queries.days_to_pay(month), queries.waiting_since(waiting, date(2028, 3, 1))) == (None, None)
    assert queries.waiting_since(given_up, date(2028, 3, 1)) is None


def test_what_waits_for_an_answer_stands_first_and_the_clock_of_what_is_given_up_stops(paid):
    EmergencyRequest.objects.filter(pk=paid.pk).update(answered_at=grants.AT)
    common = {"crisis": paid.crisis, "amount": 30_000, "purpose": "Water", "place": "Sylhet", "language": "en"}
    first, second = (
        EmergencyRequest.objects.create(
            body=calls.body_of(calls.applicant(f"who{hour}@assoc.example"), number), asked_by=paid.asked_by,
            asked_at=datetime(2028, 3, 1, hour, tzinfo=UTC), **common,
        )
        for hour, number in ((9, reviews.SIRETS[1]), (8, reviews.SIRETS[2]))
    )  # fmt: skip
    PaymentOrder.objects.all().delete()
    Grant.objects.update(state="cancelled")

    assert [row.pk for row in queries.emergencies()] == [second.pk, first.pk, paid.pk]
    assert [queries.clock_of(row, grants.AT).running for row in queries.emergencies()] == [True, True, False]
