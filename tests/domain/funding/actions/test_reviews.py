"""Reviewing: who is asked, which files concern them, who reads what, and what they give."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from parvis.domain.funding import actions
from parvis.domain.funding.actions.reviews import (
    Given,
    ask_reviewer,
    rank_files,
    save_review,
    share_files,
    sign_review,
)
from parvis.domain.funding.actions.ties import declare_interest, declare_ties
from parvis.domain.funding.enums import InterestGround, ReviewState, TieKind
from parvis.domain.funding.errors import NothingWritten
from parvis.domain.funding.errors.choosing import (
    ConcernsYou,
    CriterionUnknown,
    MarkMissing,
    MarkOutOfRange,
    NotYours,
    ReasonMissing,
    ReviewClosed,
    WeightsMissing,
)
from parvis.domain.funding.models import Application, Mark, Review
from parvis.domain.funding.queries.files import files_by_state, files_received
from parvis.domain.funding.queries.interests import Tie
from parvis.domain.funding.queries.reviews import blind_file, interests_of, ranking_of, review_of, reviews_of
from parvis.foundation.accounts.rules import NotAllowed
from tests.support import calls
from tests.support.reviews import READING as LATER
from tests.support.reviews import eligible, readings_of, reviewer, signed

GOOD = {"need": Given(4), "partner": Given(3), "budget": Given(4)}


@pytest.fixture
def call(clerk):
    return calls.opened_call(clerk)


@pytest.fixture
def ana(db):
    return calls.applicant("ana@assoc.example", first_name="Ana", last_name="Lima")


@pytest.fixture
def file(call, ana, clerk):
    """A file the office declared eligible."""
    return eligible(calls.sent(call, calls.body_of(ana), ana), clerk)


@pytest.fixture
def reviewers(call, clerk):
    return [reviewer(call, clerk, name) for name in ("rosa", "sami", "tove")]


def with_marks(review, **changed):
    return signed(review, GOOD | changed)


def test_an_applicant_is_not_asked_to_read(call, ana, clerk):
    with pytest.raises(NotAllowed):
        ask_reviewer(call=call, person=ana, by=clerk, at=LATER)


def test_a_file_goes_under_review_when_two_people_have_it(call, file, reviewers, clerk):
    shares = share_files(call=call, by=clerk, at=LATER)

    file.refresh_from_db()
    assert (len(shares.pairs), dict(shares.short), file.state) == (2, {}, "under_review")
    assert [review.reviewer.email for review in readings_of(file)] == ["rosa@readers.example", "sami@readers.example"]


def test_sharing_twice_gives_nothing_twice(call, file, reviewers, clerk):
    share_files(call=call, by=clerk, at=LATER)

    assert share_files(call=call, by=clerk, at=LATER).pairs == ()


def test_one_reviewer_is_not_enough_and_the_file_waits(call, file, clerk):
    reviewer(call, clerk, "rosa")

    shares = share_files(call=call, by=clerk, at=LATER)

    file.refresh_from_db()
    assert (dict(shares.short), file.state) == ({str(file.pk): 1}, "eligible")


def test_nothing_is_shared_while_a_criterion_has_no_weight(clerk, ana):
    criteria = [{"code": "need", "words": {"en": "Need"}}]
    call = calls.opened_call(clerk, criteria=criteria)
    eligible(calls.sent(call, calls.body_of(ana), ana), clerk)

    with pytest.raises(WeightsMissing):
        share_files(call=call, by=clerk, at=LATER)


def test_a_file_is_never_given_to_somebody_whose_tie_it_meets_and_the_minutes_tell(call, file, reviewers, clerk):
    rosa, sami, tove = reviewers
    declare_ties(person=rosa, ties=[Tie(TieKind.EMPLOYER, "Amis des Ports")], at=LATER)

    share_files(call=call, by=clerk, at=LATER)

    assert [review.reviewer for review in readings_of(file)] == [sami, tove]
    assert [(one.person, one.ground, one.words) for one in interests_of(call)] == [
        (rosa, InterestGround.EMPLOYER, "Amis des Ports")
    ]


def test_a_tie_declared_after_sharing_takes_the_file_away_at_once(call, file, reviewers, clerk):
    rosa, sami, tove = reviewers
    share_files(call=call, by=clerk, at=LATER)

    declare_ties(person=rosa, ties=[Tie(TieKind.MANDATE, number=calls.SIRET)], at=LATER)

    assert [(one.application, one.person, one.ground) for one in interests_of(call)] == [
        (file, rosa, InterestGround.MANDATE),
    ]  # fmt: skip
    assert [(review.reviewer, review.state) for review in readings_of(file)] == [
        (rosa, ReviewState.SET_ASIDE),
        (sami, ReviewState.GIVEN),
    ]
    assert list(reviews_of(rosa)) == []

    share_files(call=call, by=clerk, at=LATER)

    assert [(review.reviewer, review.state) for review in readings_of(file)][2:] == [(tove, ReviewState.GIVEN)]


def test_ties_declared_anew_replace_the_others(reviewers):
    rosa = reviewers[0]
    declare_ties(person=rosa, ties=[Tie(TieKind.ADDRESS, "3 rue du Port"), Tie(TieKind.MANDATE, " ")], at=LATER)

    declare_ties(person=rosa, ties=[Tie(TieKind.EMPLOYER, "Ville de Riviera")], at=LATER)

    assert [(tie.kind, tie.name) for tie in rosa.ties.all()] == [("employer", "Ville de Riviera")]


def test_an_interest_declared_closes_the_file_everywhere_and_for_good(call, file, reviewers, clerk):
    rosa = reviewers[0]
    share_files(call=call, by=clerk, at=LATER)
    review = readings_of(file)[0]

    interest = declare_interest(application=file, words="Ma sœur y travaille.", by=rosa, at=LATER)

    assert (review_of(rosa, review.pk), list(files_received(call, rosa)), files_by_state(call, rosa)) == (None, [], {})
    with pytest.raises(ReviewClosed):
        save_review(review=review.pk, marks=GOOD, comment="", by=rosa, at=LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        interest.delete()


def test_an_officer_whom_a_file_concerns_cannot_move_it(file, clerk):
    declare_interest(application=file, words="Je préside cette association.", by=clerk, at=LATER)

    with pytest.raises(ConcernsYou):
        actions.take_step(application=file.pk, code="review", by=clerk, at=LATER)


def test_an_interest_says_which_tie(file, clerk):
    with pytest.raises(NothingWritten):
        declare_interest(application=file, words="  ", by=clerk, at=LATER)


def test_a_review_is_written_by_its_own_reviewer_alone(call, file, reviewers, clerk):
    share_files(call=call, by=clerk, at=LATER)

    with pytest.raises(NotYours):
        save_review(review=readings_of(file)[0].pk, marks=GOOD, comment="", by=reviewers[2], at=LATER)


@pytest.mark.parametrize(
    ("marks", "refusal"),
    [
        ({"charm": Given(3)}, CriterionUnknown),
        ({"need": Given(6)}, MarkOutOfRange),
        ({"need": Given(-1)}, MarkOutOfRange),
    ],
)
def test_marks_outside_the_grid_are_refused_and_nothing_is_kept(call, file, reviewers, clerk, marks, refusal):
    share_files(call=call, by=clerk, at=LATER)
    review = readings_of(file)[0]

    with pytest.raises(refusal):
        save_review(review=review.pk, marks=marks, comment="", by=review.reviewer, at=LATER)

    assert list(Mark.objects.all()) == []


def test_a_review_is_signed_when_every_mark_is_given(call, file, reviewers, clerk):
    share_files(call=call, by=clerk, at=LATER)
    review = readings_of(file)[0]
    save_review(
        review=review.pk, marks={"need": Given(4), "partner": Given(None)}, comment="", by=review.reviewer, at=LATER
    )

    with pytest.raises(MarkMissing):
        sign_review(review=review.pk, by=review.reviewer, at=LATER)


@pytest.mark.parametrize("end", [0, 5])
def test_the_ends_of_the_scale_need_their_reason(call, file, reviewers, clerk, end):
    share_files(call=call, by=clerk, at=LATER)

    with pytest.raises(ReasonMissing):
        with_marks(readings_of(file)[0], need=Given(end))


def test_what_is_signed_is_altered_by_nobody(call, file, reviewers, clerk):
    share_files(call=call, by=clerk, at=LATER)
    review = with_marks(readings_of(file)[0])

    with pytest.raises(ReviewClosed):
        save_review(review=review.pk, marks=GOOD, comment="", by=review.reviewer, at=LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(comment="other")
    with pytest.raises(DatabaseError), transaction.atomic():
        Mark.objects.filter(review=review).update(value=1)


def test_files_are_ranked_when_all_who_read_them_have_signed(call, file, reviewers, clerk):
    share_files(call=call, by=clerk, at=LATER)
    first, second = readings_of(file)
    with_marks(first)
    before = rank_files(call=call, by=clerk, at=LATER)
    with_marks(second, budget=Given(1))

    assert (before, rank_files(call=call, by=clerk, at=LATER)) == (0, 1)
    assert [(one.file, one.score, one.totals) for one in ranking_of(call)] == [
        (str(file.pk), Decimal("65.00"), (Decimal("74.00"), Decimal("56.00")))
    ]


def test_a_blind_file_tells_nobody_who_asks(call, ana, reviewers, clerk):
    file = calls.whole(call, calls.body_of(ana), ana)
    calls.write(
        file, ana, {"need": "Amis des Ports (SIRET 732 829 320 00074) : Ana LIMA, ana@assoc.example, 06 12 34 56 78."}
    )
    actions.send_file(application=file.pk, by=ana, at=calls.WHILE_OPEN, language="fr")
    eligible(Application.objects.get(pk=file.pk), clerk)
    share_files(call=call, by=clerk, at=LATER)

    blind = blind_file(readings_of(file)[0])

    told = repr((blind.answers, blind.title, blind.documents, blind.review.code)).casefold()
    assert [
        word for word in ("amis des ports", "lima", "assoc.example", "présidente", "12 34 56", "00074") if word in told
    ] == []
    assert blind.answers["need"] == "[…] (SIRET […]) : […], […], […]."


def test_a_late_file_goes_to_who_read_least_of_the_call_though_their_files_are_ranked(call, file, reviewers, clerk):
    share_files(call=call, by=clerk, at=LATER)  # rosa and sami
    for review in readings_of(file):
        with_marks(review)
    rank_files(call=call, by=clerk, at=LATER)
    zoe = calls.applicant("zoe@late.example")
    late = eligible(calls.sent(call, calls.body_of(zoe, "55208131766522"), zoe), clerk)

    share_files(call=call, by=clerk, at=LATER)

    assert sorted(review.reviewer.email for review in readings_of(late)) == [
        "rosa@readers.example", "tove@readers.example",
    ]  # fmt: skip
