"""Emergency aid: three answers at the counter, a clock seen from both sides, the payment that stops it."""

import html
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings
from django.utils import timezone

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import MemberRole, TieKind
from parvis.domain.funding.models import Crisis, EmergencyRequest, Grant, OutgoingEmail
from parvis.doors.desk.reminders import reminders
from tests.support import grants

ASK, DESK = "/guichet/urgence/flood/", "/bureau/argent/urgences/"
SAID = {"amount": "40 000", "purpose": "Clean water for two camps", "place": "Sylhet, Bangladesh"}


@pytest.fixture
def crisis(db):
    return grants.enter(Crisis, actions.enter_crisis, "flood", "disaster", opened="2026-10-01", visibility="public")


@pytest.fixture
def seat(crisis, body, ana, at_counter):
    return at_counter(ana)


def asked(seat, body, **said):
    return seat.post(ASK, {"body": body.pk, **SAID, **said})


def words_of(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_three_answers_are_enough_and_both_sides_see_the_clock(seat, body, officer, at_counter):
    answer = asked(seat, body)
    EmergencyRequest.objects.update(asked_at=timezone.now() - timedelta(days=2, hours=3, minutes=5))

    told = "2 days and 3 h since the request"
    assert answer.status_code == 302
    assert told in words_of(seat.get("/guichet/"))
    assert told in words_of(at_counter(officer).get(DESK))
    group = next(lines for title, _n, lines in reminders(timezone.localdate()) if title == "Emergency aid asked for")
    assert [line.what for line in group] == ["Amis des ports"]
    assert "2 jours et 3 h depuis la demande" in words_of(at_counter(officer, "fr").get(DESK))


def test_taken_up_it_is_a_grant_of_the_crisis_and_the_payment_stops_the_clock(seat, body, officer, at_counter):
    asked(seat, body)
    request = EmergencyRequest.objects.get()
    at_counter(officer).post(f"{DESK}{request.pk}/", {"verdict": "yes"})
    grant, email = Grant.objects.get(), OutgoingEmail.objects.get()
    assert email.subject == f"Request {request.number} is taken up: the City now decides on it"
    assert (grant.subject.kind, grant.crisis.key, grant.amount_asked, grant.file, grant.state) == (
        "emergency", "flood", Decimal(40_000), request.number, "asked",
    )  # fmt: skip
    by = grants.finance()
    actions.declare_standing(body=grant.beneficiary, contract_signed=date(2026, 1, 1), by=by, at=grants.AT)
    source = actions.Source(grants.an_envelope(), Decimal(40_000))
    grant = actions.award_grant(grant=grant, sources=[source], slip=grants.slip())
    asked_on = timezone.localtime(request.asked_at).date()

    grants.paid(grants.under_convention(grant), asked_on + timedelta(days=6))

    told = "paid 6 days after the request"
    assert told in words_of(seat.get("/guichet/"))
    assert told in words_of(at_counter(officer).get(DESK))
    assert queries.days_to_pay(grant) == 6


def test_who_is_tied_to_the_body_neither_reads_what_it_asks_nor_answers_it(seat, body, officer, at_counter):
    asked(seat, body)
    colleague = type(officer).objects.create_user("colleague@ville.example", role="officer")
    officer.ties.create(kind=TieKind.EMPLOYER, name=body.name, declared_at=timezone.now())
    desk, address = at_counter(officer), f"{DESK}{EmergencyRequest.objects.get().pk}/"

    listed, today = words_of(desk.get(DESK)), words_of(desk.get("/bureau/"))
    said = [words_of(desk.post(address, {"verdict": one, "reason": "No"}, follow=True)) for one in ("yes", "no")]

    assert ("Amis des ports" in listed + today, "1 line is closed to you" in listed) == (False, True)
    assert ["a colleague acts on it" in one for one in said] == [True, True]
    assert EmergencyRequest.objects.get().state == "waiting"
    assert "Amis des ports" in words_of(at_counter(colleague).get(DESK))


@pytest.mark.parametrize("amount", ["19 999,99", "100 000,01"])
def test_an_amount_outside_the_bounds_is_refused_with_the_reason(seat, body, amount):
    answer = asked(seat, body, amount=amount)

    assert answer.status_code == 422
    assert "Emergency aid goes from €20,000.00 to €100,000.00" in words_of(answer)
    assert "Clean water for two camps" in answer.content.decode()
    assert not EmergencyRequest.objects.exists()


def test_a_decision_sets_other_bounds_for_one_crisis(seat, body):
    grants.decision("vote-flood")
    Crisis.objects.update(highest=Decimal(300_000), decision=grants.decision("vote-flood"))

    answer = asked(seat, body, amount="250 000")

    assert answer.status_code == 302
    assert EmergencyRequest.objects.get().amount == Decimal(250_000)


def test_a_refusal_says_why_and_stops_the_clock(seat, body, officer, at_counter):
    asked(seat, body)
    desk, request = at_counter(officer), EmergencyRequest.objects.get()

    silent = words_of(desk.post(f"{DESK}{request.pk}/", {"verdict": "no"}, follow=True))
    desk.post(f"{DESK}{request.pk}/", {"verdict": "no", "reason": "Another fund pays for it."})

    assert "Say why the request is refused: its body reads these words." in silent
    page = words_of(seat.get("/guichet/"))
    assert "Another fund pays for it." in page
    assert "since the request" not in page
    email = OutgoingEmail.objects.get()
    assert (email.to, email.subject) == (request.asked_by, f"Request {request.number} is refused")
    assert "Another fund pays for it." in email.body


def test_nothing_is_asked_twice_nor_in_a_crisis_that_is_closed_or_kept_inside(seat, body, crisis):
    asked(seat, body)
    again = words_of(asked(seat, body))
    Crisis.objects.update(closed="2026-10-20")
    closed = asked(seat, body).status_code
    Crisis.objects.update(closed="")
    type(crisis.subject).objects.filter(pk=crisis.pk).update(visibility="internal")

    assert "already waits for its answer" in again
    assert (closed, seat.get(ASK).status_code, EmergencyRequest.objects.count()) == (404, 404, 1)


def test_who_may_only_write_does_not_ask_and_nobody_asks_for_another_body(seat, body, bruno, at_counter):
    body.members.filter(person=bruno).update(role=MemberRole.WRITER)
    writer = asked(at_counter(bruno), body)
    stranger = at_counter(type(bruno).objects.create_user("x@other.example", role="applicant"))

    assert "You may not do this for this body." in words_of(writer)
    assert asked(stranger, body).status_code == 404
    assert not EmergencyRequest.objects.exists()


@pytest.mark.parametrize(
    ("opened", "closed", "open_"),
    [
        ("", "", False), ("2026-01", "", True), ("2027", "", False), ("2014", "2015", False),
        ("2026-01", "2026-06-30", True),
    ],
)  # fmt: skip
def test_a_crisis_is_open_from_the_day_somebody_opened_it_and_one_only_remembered_is_not(opened, closed, open_):
    assert queries.is_open(Crisis(opened=opened, closed=closed), date(2026, 3, 1)) is open_


def test_the_number_of_a_request_takes_its_year_from_the_calendar_of_the_city():
    new_year = datetime(2027, 1, 1, 0, 30, tzinfo=ZoneInfo("Asia/Tokyo"))

    with timezone.override("UTC"):
        written = {zone: _number_in(zone, EmergencyRequest(pk=7, asked_at=new_year)) for zone in ("Asia/Tokyo", "UTC")}

    assert written == {"Asia/Tokyo": "U-2027-00007", "UTC": "U-2026-00007"}


def _number_in(zone, request):
    with override_settings(TIME_ZONE=zone):
        return request.number
