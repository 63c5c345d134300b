"""The outbox: how long an email waits, who may change it, and that no secret and no bad address stays in its way."""

from datetime import UTC, datetime, timedelta

import pytest

from parvis.domain.funding.actions import (
    LINK,
    NotYet,
    Undeliverable,
    decide_email,
    forget_ways_in,
    mend_email,
    send_due,
    write_personal,
)
from parvis.domain.funding.enums import EmailKind, EmailState
from parvis.domain.funding.errors import EmailGone, NothingWritten, StepHeldBack, WordsTooMany
from parvis.domain.funding.models import OutgoingEmail
from parvis.foundation.accounts.models import Role, User

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def officer(db):
    return User.objects.create_user("officer@ville.example", role=Role.OFFICER)


@pytest.fixture
def notice(officer):
    return OutgoingEmail.objects.create(
        to=officer, subject="News", body="Come.", language="en", written_at=NOON, leaves_at=NOON + timedelta(minutes=30)
    )


@pytest.fixture
def way_in(db):
    return write_personal(
        kind=EmailKind.ACCOUNT, address="nina@assoc.example", subject="Your account", body=f"Open: {LINK}",
        language="en", at=NOON,
    )  # fmt: skip


def sent(*, at):
    gone = []
    send_due(send=lambda email: gone.append((email.recipient, email.subject, email.body)), at=at)
    return gone


def test_a_notice_waits_until_its_moment_and_a_way_in_does_not(notice, way_in):
    first = sent(at=NOON)
    later = sent(at=NOON + timedelta(minutes=30))

    assert first == [("nina@assoc.example", "Your account", f"Open: {LINK}")]
    assert later == [("officer@ville.example", "News", "Come.")]


def test_a_notice_is_mended_before_it_leaves_and_leaves_in_those_words(notice, officer):
    mend_email(email=notice.pk, subject="Good  news", body="Come in.\r\nAll of you.", by=officer, at=NOON)

    assert sent(at=NOON + timedelta(hours=1)) == [("officer@ville.example", "Good news", "Come in.\nAll of you.")]
    with pytest.raises(EmailGone):
        mend_email(email=notice.pk, subject="Too late", body="x", by=officer, at=NOON)


@pytest.mark.parametrize(
    ("subject", "body", "refusal"),
    [("", "x", NothingWritten), ("s", " ", NothingWritten), ("s" * 201, "x", WordsTooMany)],
)
def test_an_email_is_not_mended_into_nothing_nor_beyond_its_measure(notice, officer, subject, body, refusal):
    with pytest.raises(refusal):
        mend_email(email=notice.pk, subject=subject, body=body, by=officer, at=NOON)

    notice.refresh_from_db()
    assert (notice.subject, notice.body) == ("News", "Come.")


@pytest.mark.parametrize("state", [EmailState.HELD, EmailState.CANCELLED])
def test_a_way_in_is_neither_held_nor_cancelled_nor_mended(way_in, officer, state):
    with pytest.raises(StepHeldBack):
        decide_email(email=way_in.pk, state=state, by=officer, at=NOON)
    with pytest.raises(StepHeldBack):
        mend_email(email=way_in.pk, subject="x", body="x", by=officer, at=NOON)


def test_an_address_no_server_takes_is_set_aside_and_holds_no_other_back(notice, way_in, officer):
    def refuse(email):
        if email.pk == way_in.pk:
            raise Undeliverable

    count = send_due(send=refuse, at=NOON + timedelta(hours=1))

    assert count == 1
    assert {row.pk: row.state for row in OutgoingEmail.objects.all()} == {
        notice.pk: EmailState.SENT,
        way_in.pk: EmailState.FAILED,
    }
    assert decide_email(email=way_in.pk, state=EmailState.WAITING, by=officer, at=NOON).state == EmailState.WAITING


def test_an_email_that_the_server_takes_later_waits_ten_minutes_and_holds_no_other_back(notice, way_in):
    asked = []

    def greylist(email):
        asked.append(email.pk)
        if email.pk == way_in.pk:
            raise NotYet

    counts = [send_due(send=greylist, at=NOON + timedelta(minutes=minutes)) for minutes in (60, 69, 70)]

    way_in.refresh_from_db()
    assert (counts, asked.count(way_in.pk), asked.count(notice.pk)) == ([1, 0, 0], 2, 1)
    assert (way_in.state, way_in.leaves_at) == (EmailState.WAITING, NOON + timedelta(minutes=80))


def test_an_email_put_off_for_a_day_is_told_as_not_gone_and_is_sent_again_or_given_up(way_in, officer):
    def later(_email):
        raise NotYet

    def stands():
        way_in.refresh_from_db()
        return way_in.state, way_in.put_off_at

    told = []
    for hours in (0, 23, 24):
        send_due(send=later, at=NOON + timedelta(hours=hours))
        told.append(stands())
    again = NOON + timedelta(hours=30)
    decide_email(email=way_in.pk, state=EmailState.WAITING, by=officer, at=again)
    send_due(send=later, at=again)
    told.append(stands())
    send_due(send=later, at=again + timedelta(hours=24))
    decide_email(email=way_in.pk, state=EmailState.CANCELLED, by=officer, at=again + timedelta(hours=25))

    assert told == [
        (EmailState.WAITING, NOON),
        (EmailState.WAITING, NOON),
        (EmailState.FAILED, NOON),
        (EmailState.WAITING, again),
    ]
    assert (stands()[0], sent(at=again + timedelta(days=9))) == (EmailState.CANCELLED, [])


def test_to_whom_a_way_in_went_is_forgotten_and_notices_stay(notice, way_in):
    forget_ways_in(before=NOON + timedelta(seconds=1))

    assert [row.pk for row in OutgoingEmail.objects.all()] == [notice.pk]
