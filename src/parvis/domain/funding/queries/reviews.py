"""Readings, interests and rankings, each query named for what it returns.

What a reviewer may see of a file leaves this module without names; what an officer sees leaves out the files that
concern them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet

from parvis.domain.funding.enums import ApplicationState
from parvis.domain.funding.models import (
    Application,
    Call,
    CallForm,
    CallReviewer,
    Interest,
    InterestLook,
    Mark,
    Review,
    ReviewerTie,
    VaultDocument,
)
from parvis.domain.funding.queries.blinding import blinded
from parvis.domain.funding.queries.files import answers_of, attached, form_read
from parvis.domain.funding.queries.forms import Form
from parvis.domain.funding.queries.naming import names_in, names_someone
from parvis.domain.funding.queries.ranking import Ranked, Reading, rank, severities, total_of
from parvis.domain.funding.queries.verdicts import papers_let_through
from parvis.foundation.accounts.models import User

_S = ApplicationState
#: States of a file that is, or was, before reviewers.
READ = (_S.UNDER_REVIEW, _S.RANKED, _S.PROPOSED, _S.WAITING, _S.AWARDED, _S.REFUSED)
#: States of a file that may be given to reviewers.
TO_SHARE = (_S.ELIGIBLE, _S.UNDER_REVIEW)


@dataclass(frozen=True, slots=True)
class Criterion:
    code: str
    words: Mapping[str, str]
    weight: int | None


@dataclass(frozen=True, slots=True)
class BlindPaper:
    """A document of a file, as its reviewer sees it; ``shown`` where the form asked for it without any name in it."""

    code: str
    words: Mapping[str, str]
    shown: bool
    size: int
    name: str


@dataclass(frozen=True, slots=True)
class BlindFile:
    """All that a reviewer is given of a file."""

    review: Review
    form: Form
    answers: Mapping[str, Any]
    criteria: tuple[Criterion, ...]
    documents: tuple[BlindPaper, ...]
    title: str
    asked: Decimal | None


def concerns(person: User, application: UUID) -> bool:
    """Whether a file is closed to a person because it concerns them."""
    return Interest.objects.filter(application=application, person=person).exists()


def ties_of(person: User) -> list[ReviewerTie]:
    return list(person.ties.all())


def reviewers_of(call: Call) -> list[CallReviewer]:
    return list(call.reviewers.select_related("person").order_by("person__email"))


def reviews_of(person: User) -> QuerySet[Review]:
    """What a person has to read or has read, without what was set aside."""
    rows = Review.objects.filter(reviewer=person).standing()
    return rows.select_related("application__call__subject").order_by("signed_at", "pk")


def review_of(person: User, pk: UUID) -> Review | None:
    """A reading of this person; None for any other, as if it did not exist."""
    return reviews_of(person).filter(pk=pk).first()


def criteria_of(form: CallForm) -> tuple[Criterion, ...]:
    """The criteria of a frozen form, in its order."""
    rows = form.definition.get("criteria", ())
    return tuple(Criterion(row["code"], row.get("words", {}), row.get("weight")) for row in rows)


def weights_of(form: CallForm) -> dict[str, int]:
    """Weight by criterion; empty when one of them has none, for then nothing can be ranked."""
    found = {one.code: one.weight for one in criteria_of(form)}
    return {} if None in found.values() else {code: weight for code, weight in found.items() if weight}


def blind_file(review: Review) -> BlindFile:
    """A file as its reviewer reads it."""
    file = review.application
    form = form_read(file.form_id)
    hidden = names_in(file)
    shown = {path: value for path, value in answers_of(file).items() if not names_someone(form, path)}
    return BlindFile(
        review=review,
        form=form,
        answers=blinded(shown, hidden),
        criteria=criteria_of(file.form),
        documents=blind_papers(review),
        title=blinded(file.title, hidden),
        asked=file.asked,
    )


def blind_papers(review: Review) -> tuple[BlindPaper, ...]:
    """What a file holds. A paper that may be read bears the code of the review, and no name somebody chose."""
    asked = {one["code"]: one for one in form_read(review.application.form_id).documents}
    through = papers_let_through(review.application)
    found = []
    for code, row in sorted(attached(review.application).items()):
        told = asked.get(code, {})
        ending = re.sub(r"[^a-z0-9]", "", row.document.file_name.rpartition(".")[2].lower())[:5] or "bin"
        shown = bool(told.get("nameless")) and (code, row.document.sha256) in through
        found.append(
            BlindPaper(code, told.get("words") or {}, shown, row.document.size, f"{review.code}-{code}.{ending}")
        )
    return tuple(found)


def paper_to_read(review: Review, code: str) -> tuple[BlindPaper, VaultDocument] | None:
    """A document a reviewer may read, with what lies in the vault; nothing for any other, as if it did not exist."""
    paper = next((one for one in blind_papers(review) if one.code == code and one.shown), None)
    return (paper, attached(review.application)[code].document) if paper else None


def files_to_share(call: Call) -> list[Application]:
    """Files that may be given to reviewers, in a constant number of queries."""
    rows = call.applications.filter(state__in=TO_SHARE).select_related("body", "form")
    return list(rows.prefetch_related("reviews"))


def readings_besides(call: Call, files: Collection[Application]) -> dict[int, int]:
    """How many files of a call, but for these, each reviewer reads or has read."""
    rows = Review.objects.standing().filter(application__call=call).exclude(application__in=files)
    return dict(rows.order_by().values_list("reviewer").annotate(n=Count("pk")))


def interests_of(call: Call, reader: User | None = None) -> list[Interest]:
    """What the minutes tell: each file that concerned somebody, on which ground; less what concerns the reader."""
    rows = Interest.objects.filter(application__call=call).select_related("application", "person", "holder")
    if reader is not None:
        rows = rows.filter(application__in=Application.objects.open_to(reader))
    return list(rows.prefetch_related("holder__texts").order_by("application__number", "person__email", "ground"))


def looks_at(call: Call) -> list[InterestLook]:
    """What the minutes tell besides: each time ties were looked for, and what was done about those found."""
    return list(call.looks.select_related("looked_by").order_by("looked_at", "pk"))


def readings_of(call: Call) -> list[Reading]:
    """Signed totals of the files of a call. A file whose form gives no weights has none."""
    marks = Prefetch("marks", queryset=Mark.objects.filter(value__isnull=False))
    rows = Review.objects.signed().filter(application__call=call, application__state__in=READ)
    found = []
    for review in rows.select_related("application__form").prefetch_related(marks):
        given = {mark.criterion: mark.value for mark in review.marks.all() if mark.value is not None}
        total = total_of(given, weights_of(review.application.form))
        if total is not None:
            found.append(Reading(str(review.application_id), review.reviewer_id, total))
    return found


def ranking_of(call: Call) -> list[Ranked]:
    """Files of a call from the best score down."""
    return rank(readings_of(call))


def severity_of(call: Call) -> dict[int, Decimal]:
    """How far each reviewer of a call stands from the others."""
    return severities(readings_of(call))


def signed_reviews(file: Application) -> int:
    return file.reviews.signed().count()


def readings_to_sign(call: Call) -> list[Review]:
    """Readings of a call that wait for their reviewer."""
    rows = Review.objects.standing().filter(application__call=call, signed_at__isnull=True)
    return list(rows.select_related("reviewer").order_by("given_at", "pk"))
