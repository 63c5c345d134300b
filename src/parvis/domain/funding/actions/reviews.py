"""Reviewing: who is asked, who reads what, and what they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from parvis.domain.funding.enums import FEWEST_REVIEWS, ApplicationState, LookOccasion, ReviewState
from parvis.domain.funding.errors.choosing import (
    CriterionUnknown,
    MarkMissing,
    MarkOutOfRange,
    NotYours,
    ReasonMissing,
    ReviewClosed,
    WeightsMissing,
)
from parvis.domain.funding.models import (
    Application,
    Call,
    CallReviewer,
    Mark,
    Review,
)
from parvis.domain.funding.queries.assigning import Shares, share_out
from parvis.domain.funding.queries.ranking import BEST
from parvis.domain.funding.queries.reviews import (
    criteria_of,
    files_to_share,
    readings_besides,
    reviewers_of,
    weights_of,
)
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.accounts.rules import allow
from parvis.foundation.journal import actions as journal

from .moving import move_on
from .ties import look_at_call


@dataclass(frozen=True, slots=True)
class Given:
    """A mark a reviewer types, and why."""

    value: int | None
    why: str = ""


@transaction.atomic
def ask_reviewer(*, call: Call, person: User, by: User, at: datetime) -> CallReviewer:
    """Ask a person to read files of a call. Raises NotAllowed when their account is no reviewer's."""
    allow(person, Role.REVIEWER)
    asked, new = CallReviewer.objects.get_or_create(call=call, person=person, defaults={"asked_at": at, "asked_by": by})
    if new:
        journal.write("reviewer asked", about=f"call:{call.pk}", by=by, at=at, person=person.pk)
    return asked


def share_files(*, call: Call, by: User, at: datetime, each: int = FEWEST_REVIEWS) -> Shares:
    """Give the eligible files of a call to its reviewers, evenly, none to somebody it concerns.

    A file that has its reviewers goes under review; one that concerns who shares out is left to a colleague. Raises
    WeightsMissing when a criterion weighs nothing known.
    """
    if any(not weights_of(file.form) for file in files_to_share(call)):
        raise WeightsMissing
    looked = look_at_call(call=call, occasion=LookOccasion.SHARING, by=by, at=at)
    return _share(call=call, barred=looked.barred, by=by, at=at, each=each)


@transaction.atomic
def _share(*, call: Call, barred: frozenset[tuple[str, int]], by: User, at: datetime, each: int) -> Shares:
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    files = [file for file in files_to_share(call) if (str(file.pk), by.pk) not in barred]
    people = [one.person for one in reviewers_of(call)]
    held = {str(file.pk): _standing(file, barred) for file in files}
    numbers = [person.pk for person in people]
    shares = share_out(
        [str(file.pk) for file in files], numbers, barred=barred, held=held, each=max(each, FEWEST_REVIEWS),
        read=readings_besides(call, files),
    )  # fmt: skip
    Review.objects.bulk_create(
        [
            Review(application_id=UUID(file), reviewer_id=person, given_at=at, given_by=by)
            for file, person in shares.pairs
        ]
    )
    for file in files:
        if file.state == ApplicationState.ELIGIBLE and str(file.pk) not in shares.short:
            move_on(file, ApplicationState.UNDER_REVIEW, by=by, at=at)
    journal.write("files shared out", about=f"call:{call.pk}", by=by, at=at, count=len(shares.pairs))
    return shares


def _standing(file: Application, barred: frozenset[tuple[str, int]]) -> list[int]:
    return [
        review.reviewer_id
        for review in file.reviews.all()
        if review.state != ReviewState.SET_ASIDE and (str(file.pk), review.reviewer_id) not in barred
    ]


@transaction.atomic
def save_review(*, review: UUID, marks: Mapping[str, Given], comment: str, by: User, at: datetime) -> Review:
    """Keep what a reviewer has written so far. Raises NotYours, ReviewClosed, CriterionUnknown, MarkOutOfRange."""
    held = _own(review, by)
    known = {one.code for one in criteria_of(held.application.form)}
    for code, given in marks.items():
        if code not in known:
            raise CriterionUnknown
        if given.value is not None and not 0 <= given.value <= BEST:
            raise MarkOutOfRange
    Mark.objects.bulk_create(
        [Mark(review=held, criterion=code, value=given.value, why=given.why.strip()) for code, given in marks.items()],
        update_conflicts=True, unique_fields=["review", "criterion"], update_fields=["value", "why"],
    )  # fmt: skip
    held.state, held.comment, held.saved_at = ReviewState.BEGUN, comment.strip(), at
    held.save(update_fields=["state", "comment", "saved_at"])
    return held


@transaction.atomic
def sign_review(*, review: UUID, by: User, at: datetime) -> Review:
    """Sign a review: it is not altered any more. Every criterion has a mark, and the ends of the scale their reason.

    Raises NotYours, ReviewClosed, MarkMissing and ReasonMissing.
    """
    held = _own(review, by)
    marks = {mark.criterion: mark for mark in held.marks.all()}
    for one in criteria_of(held.application.form):
        mark = marks.get(one.code)
        if mark is None or mark.value is None:
            raise MarkMissing
        if mark.value in (0, BEST) and not mark.why:
            raise ReasonMissing
    held.state, held.signed_at = ReviewState.SIGNED, at
    held.save(update_fields=["state", "signed_at"])
    journal.write("review signed", about=f"review:{held.pk}", by=by, at=at)
    return held


def _own(review: UUID, by: User) -> Review:
    held = (
        Review.objects.select_for_update(of=("self",))
        .select_related("application__form")
        .filter(pk=review, reviewer=by)
        .first()
    )
    if held is None:
        raise NotYours
    if held.state in (ReviewState.SIGNED, ReviewState.SET_ASIDE):
        raise ReviewClosed
    return held


def rank_files(*, call: Call, by: User, at: datetime) -> int:
    """Put in the ranking every file whose reviews are all signed, two at least. Returns how many.

    Ties are looked for first; a file that concerns who ranks is left to a colleague.
    """
    looked = look_at_call(call=call, occasion=LookOccasion.RANKING, by=by, at=at)
    return _rank(call=call, barred=looked.barred, by=by, at=at)


@transaction.atomic
def _rank(*, call: Call, barred: frozenset[tuple[str, int]], by: User, at: datetime) -> int:
    files = call.applications.filter(state=ApplicationState.UNDER_REVIEW).prefetch_related("reviews")
    count = 0
    for file in files.select_for_update(of=("self",)):
        if (str(file.pk), by.pk) in barred:
            continue
        standing = [review for review in file.reviews.all() if review.state != ReviewState.SET_ASIDE]
        signed = [review for review in standing if review.state == ReviewState.SIGNED]
        if len(signed) >= FEWEST_REVIEWS and len(signed) == len(standing):
            move_on(file, ApplicationState.RANKED, by=by, at=at)
            count += 1
    return count
