"""Reviewing: who is asked, which files concern them, who reads what, and what they give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from parvis.domain.funding.enums import FEWEST_REVIEWS, ApplicationState, InterestGround, ReviewState, TieKind
from parvis.domain.funding.errors import (
    CriterionUnknown,
    MarkMissing,
    MarkOutOfRange,
    NothingWritten,
    NotYours,
    ReasonMissing,
    ReviewClosed,
    WeightsMissing,
)
from parvis.domain.funding.models import (
    Application,
    Call,
    CallReviewer,
    Interest,
    Mark,
    Review,
    ReviewerTie,
)
from parvis.domain.funding.queries.assigning import Shares, share_out
from parvis.domain.funding.queries.interests import Tie, interests
from parvis.domain.funding.queries.ranking import BEST
from parvis.domain.funding.queries.reviews import (
    asker_of,
    criteria_of,
    files_being_read_by,
    files_to_share,
    person_of,
    reviewers_of,
    weights_of,
)
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.accounts.rules import allow
from parvis.foundation.journal import actions as journal

from .files import name_of
from .moving import move_on


@dataclass(frozen=True, slots=True)
class Given:
    """A mark a reviewer types, and why."""

    value: int | None
    why: str = ""


@transaction.atomic
def declare_ties(*, person: User, ties: Sequence[Tie], at: datetime) -> list[ReviewerTie]:
    """Say anew what ties a reviewer to bodies. What was declared before is erased: it is their life.

    Files they were given and that these ties touch are closed to them at once, and the minutes say so.
    """
    person.ties.all().delete()
    rows = [
        ReviewerTie(
            person=person, kind=TieKind(tie.kind), name=tie.name.strip(), number=tie.number.strip(), declared_at=at
        )
        for tie in ties
        if tie.name.strip() or tie.number.strip()
    ]
    journal.write("ties declared", about=f"account:{person.pk}", by=person, at=at, count=len(rows))
    declared = ReviewerTie.objects.bulk_create(rows)
    _barred(files_being_read_by(person), [person], by=person, at=at)
    return declared


@transaction.atomic
def ask_reviewer(*, call: Call, person: User, by: User, at: datetime) -> CallReviewer:
    """Ask a person to read files of a call. Raises NotAllowed when their account is no reviewer's."""
    allow(person, Role.REVIEWER)
    asked, new = CallReviewer.objects.get_or_create(call=call, person=person, defaults={"asked_at": at, "asked_by": by})
    if new:
        journal.write("reviewer asked", about=f"call:{call.pk}", by=by, at=at, person=person.pk)
    return asked


@transaction.atomic
def share_files(*, call: Call, by: User, at: datetime, each: int = FEWEST_REVIEWS) -> Shares:
    """Give the eligible files of a call to its reviewers, evenly, none to somebody it concerns.

    A file that has its reviewers goes under review. Raises WeightsMissing when a criterion weighs nothing known.
    """
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    files = files_to_share(call)
    for file in files:
        if not weights_of(file.form):
            raise WeightsMissing
    people = [one.person for one in reviewers_of(call)]
    barred = _barred(files, people, by=by, at=at)
    held = {str(file.pk): _standing(file, barred) for file in files}
    numbers = [person.pk for person in people]
    shares = share_out(
        [str(file.pk) for file in files], numbers, barred=barred, held=held, each=max(each, FEWEST_REVIEWS)
    )
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


def _barred(files: list[Application], people: list[User], *, by: User, at: datetime) -> set[tuple[str, int]]:
    """Pairs of file and person that are closed, after looking for ties nobody had found yet."""
    known = {(file.pk, one.person_id, one.ground) for file in files for one in file.interests.all()}
    found = []
    readers = [person_of(person) for person in people]
    for file in files:
        asker = asker_of(file)
        for person in readers:
            found += [
                Interest(
                    application=file,
                    person_id=person.pk,
                    ground=one.ground,
                    words=one.words,
                    stated_at=at,
                    stated_by=by,
                )
                for one in interests(person, asker)
                if (file.pk, person.pk, one.ground.value) not in known
            ]
    Interest.objects.bulk_create(found)
    for interest in found:
        _set_aside(interest.application_id, interest.person_id)
    return {(str(pk), person) for pk, person, _ground in known} | {
        (str(one.application_id), one.person_id) for one in found
    }


def _standing(file: Application, barred: set[tuple[str, int]]) -> list[int]:
    return [
        review.reviewer_id
        for review in file.reviews.all()
        if review.state != ReviewState.SET_ASIDE and (str(file.pk), review.reviewer_id) not in barred
    ]


def _set_aside(file: UUID, person: int) -> None:
    Review.objects.filter(application=file, reviewer=person).update(state=ReviewState.SET_ASIDE)


@transaction.atomic
def declare_interest(*, application: Application, words: str, by: User, at: datetime) -> Interest:
    """Say that a file concerns oneself: it is closed to them everywhere, for good. Raises NothingWritten."""
    if not words.strip():
        raise NothingWritten
    interest, new = Interest.objects.get_or_create(
        application=application,
        person=by,
        ground=InterestGround.DECLARED,
        defaults={"words": words.strip(), "stated_at": at, "stated_by": by},
    )
    if new:
        _set_aside(application.pk, by.pk)
        journal.write("interest declared", about=name_of(application), by=by, at=at)
    return interest


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


@transaction.atomic
def rank_files(*, call: Call, by: User, at: datetime) -> int:
    """Put in the ranking every file whose reviews are all signed, two at least. Returns how many."""
    files = call.applications.filter(state=ApplicationState.UNDER_REVIEW).prefetch_related("reviews")
    count = 0
    for file in files.select_for_update(of=("self",)):
        standing = [review for review in file.reviews.all() if review.state != ReviewState.SET_ASIDE]
        signed = [review for review in standing if review.state == ReviewState.SIGNED]
        if len(signed) >= FEWEST_REVIEWS and len(signed) == len(standing):
            move_on(file, ApplicationState.RANKED, by=by, at=at)
            count += 1
    return count
