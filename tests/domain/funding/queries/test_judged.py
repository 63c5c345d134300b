"""How a file was judged, told without telling who read it."""

from decimal import Decimal

import pytest

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Given
from parvis.foundation.accounts.models import Role, User
from tests.support import calls, reviews


@pytest.fixture
def officer(db):
    return User.objects.create_user("officer@ville.example", role=Role.PUBLISHER)


@pytest.fixture
def file(officer):
    """A file to which rosa gives little and sami much."""
    call = calls.opened_call(officer)
    for name in ("rosa", "sami"):
        reviews.reviewer(call, officer, name)
    ana = calls.applicant()
    file = reviews.eligible(calls.sent(call, calls.body_of(ana), ana), officer)
    actions.share_files(call=call, by=officer, at=reviews.READING)
    for review, mark in zip(reviews.readings_of(file), (1, 3), strict=True):
        reviews.signed(review, {code: Given(mark) for code in reviews.CRITERIA} | {"need": Given(mark + 1)})
    return file


def test_marks_stand_by_their_total_whoever_gave_them(file, officer):
    told = queries.judged(file, officer)

    assert told.totals == (Decimal("68.00"), Decimal("28.00"))
    assert [(one.words["en"], one.weight, one.marks) for one in told.criteria] == [
        ("Need", 40, (4, 2)), ("Partner", 30, (3, 1)), ("Budget", 30, (3, 1)),
    ]  # fmt: skip


def test_the_form_the_sending_and_the_place_before_the_council_are_told(file, officer):
    actions.rank_files(call=file.call, by=officer, at=reviews.READING)
    scenario = actions.save_scenario(call=file.call, name="A", terms=queries.Terms(), by=officer, at=reviews.READING)
    actions.close_selection(
        scenario=scenario, reasons={str(file.pk): "No money"}, waiting=frozenset(), by=officer, at=reviews.READING
    )

    told = queries.judged(file, officer)

    assert (told.form.version, told.sent.digest, told.line.rank, told.line.score) == (
        1, file.submissions.get().digest, 1, Decimal("48.00"),
    )  # fmt: skip


def test_nothing_is_told_to_whom_the_file_concerns(file, officer):
    actions.declare_interest(application=file, words="My sister leads it", by=officer, at=reviews.READING)

    assert queries.judged(file, officer) is None


def test_a_reading_set_aside_is_counted_and_its_marks_are_not_told(file, officer):
    reader = reviews.readings_of(file)[0].reviewer
    actions.declare_interest(application=file, words="A friend", by=reader, at=reviews.READING)

    told = queries.judged(file, officer)

    assert (told.totals, told.set_aside) == ((Decimal("68.00"),), 1)
