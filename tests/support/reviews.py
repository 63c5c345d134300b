"""Files read by two people and ranked, through the actions of the room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from parvis.domain.funding import actions
from parvis.domain.funding.actions import Given
from parvis.domain.funding.actions.beneficiaries import record_of
from parvis.domain.funding.models import ApplicantBody, Application, Call, Review
from parvis.foundation.accounts.models import Role, User
from tests.support import calls

#: When the office reads what came, and when the council sits.
READING = calls.CLOSES + timedelta(days=10)
COUNCIL = calls.CLOSES + timedelta(days=60)
SIRETS = ("73282932000074", "55208131766522", "44306184100047")
CRITERIA = ("need", "partner", "budget")


def reviewer(call: Call, by: User, name: str) -> User:
    """A person asked to read files of a call."""
    person = User.objects.create_user(f"{name}@readers.example", role=Role.REVIEWER)
    actions.ask_reviewer(call=call, person=person, by=by, at=READING)
    return person


def eligible(file: Application, by: User) -> Application:
    """A file that was sent, declared complete and eligible."""
    for code in ("complete", "eligible"):
        actions.take_step(application=file.pk, code=code, by=by, at=READING)
    file.refresh_from_db()
    return file


def readings_of(file: Application) -> list[Review]:
    return list(Review.objects.filter(application=file).order_by("reviewer__email"))


def signed(review: Review, marks: dict[str, Given]) -> Review:
    actions.save_review(review=review.pk, marks=marks, comment="", by=review.reviewer, at=READING)
    return actions.sign_review(review=review.pk, by=review.reviewer, at=READING)


def under_contract(files: Iterable[Application], by: User) -> None:
    """Each body behind these files has signed the contract that comes before any grant."""
    for body in {file.body for file in files}:
        subject = record_of(ApplicantBody.objects.get(pk=body.pk), by=by, at=READING)
        actions.declare_standing(body=subject, contract_signed=calls.OPENS.date(), by=by, at=READING)


def ranked(call: Call, by: User, marks: Iterable[int | tuple[int, int]] = (4, 3, 2)) -> list[Application]:
    """Files of as many bodies, each given a mark on every criterion by two reviewers: the same, or one each."""
    for name in ("rosa", "sami"):
        reviewer(call, by, name)
    files = []
    for place, mark in enumerate(marks):
        person = calls.applicant(f"person{place}@assoc{place}.example")
        file = calls.sent(call, calls.body_of(person, SIRETS[place]), person)
        files.append((eligible(file, by), mark))
    actions.share_files(call=call, by=by, at=READING)
    for file, mark in files:
        given = mark if isinstance(mark, tuple) else (mark, mark)
        for review, one in zip(readings_of(file), given, strict=True):
            signed(review, {code: Given(one) for code in CRITERIA})
    actions.rank_files(call=call, by=by, at=READING)
    return [file for file, _mark in files]
