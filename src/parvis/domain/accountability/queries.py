"""Reads of accountability, each named for what it returns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from parvis.domain.accountability.enums import SETTLED, CountedAs, PromiseState
from parvis.domain.accountability.models import (
    Claim,
    ClaimEvidence,
    Indicator,
    Promise,
    PromiseEvidence,
    PromiseStep,
    Question,
    QuestionEvidence,
    Story,
    StorySubject,
)
from parvis.domain.directory.models import Body
from parvis.domain.partnerships import queries as partnerships
from parvis.domain.partnerships.models import Membership
from parvis.domain.projects import queries as projects
from parvis.foundation.accounts.models import User
from parvis.foundation.values.certainty import Certainty, begun_by
from parvis.foundation.values.partial_date import PartialDate
from parvis.register.enums import ProposalState, Qualifier
from parvis.register.models import Proposal, Statement, Subject
from parvis.register.ordering import known_date

#: How far a count may be from a figure given as “about”.
_ABOUT = Decimal("0.1")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PastDeadline:
    """A promise whose deadline has gone by without a settled answer."""

    promise: Promise
    deadline: PartialDate
    state: PromiseState | None


@dataclass(frozen=True, slots=True)
class FigureCheck:
    """A published figure beside the records that should add up to it."""

    indicator: Indicator
    statement: Statement
    counted: tuple[Subject, ...]

    @property
    def differs(self) -> bool:
        return differs(self.statement, len(self.counted))


def all_promises() -> QuerySet[Promise]:
    """Promises with their steps and the evidence of each."""
    evidence = PromiseEvidence.objects.select_related("record")
    steps = PromiseStep.objects.select_related("source", "by").prefetch_related(Prefetch("evidence", evidence))
    return (
        Promise.objects.select_related("subject", "made_by")
        .prefetch_related(Prefetch("steps", steps))
        .order_by("subject__key")
    )


def latest_step(promise: Promise) -> PromiseStep | None:
    """The last step told of a promise."""
    steps = list(promise.steps.all())
    return steps[-1] if steps else None


def state_on(promise: Promise, day: date) -> tuple[PromiseState | None, Certainty]:
    """The state of a promise on a day: that of the last step surely taken by then, or that may have been."""
    state, answer = None, Certainty.NOT_KNOWN
    for step in promise.steps.all():
        taken = begun_by(known_date(step.day), day) if step.day else Certainty.NOT_KNOWN
        if taken == Certainty.YES or (taken == Certainty.NOT_KNOWN and answer != Certainty.YES):
            state, answer = PromiseState(step.state), taken
    return state, answer


def promises_past_deadline(on: date) -> list[PastDeadline]:
    """Promises whose deadline has gone by and of which nobody has shown whether they were kept."""
    late = []
    for promise in all_promises().exclude(deadline=""):
        deadline, step = known_date(promise.deadline), latest_step(promise)
        gone_by = deadline is not None and deadline.latest is not None and deadline.latest < on
        if deadline and gone_by and (step is None or step.state not in SETTLED):
            late.append(PastDeadline(promise, deadline, PromiseState(step.state) if step else None))
    return sorted(late, key=lambda row: (row.deadline.sort_key, row.promise.key))


def promises_by_state() -> dict[PromiseState, list[Promise]]:
    """Promises sorted by their latest step; one with no step is only made."""
    sorted_out: dict[PromiseState, list[Promise]] = {state: [] for state in PromiseState}
    for promise in all_promises():
        step = latest_step(promise)
        sorted_out[PromiseState(step.state) if step else PromiseState.SAID].append(promise)
    return sorted_out


def all_claims() -> QuerySet[Claim]:
    """Claims with their evidence."""
    return (
        Claim.objects.select_related("subject", "publisher", "about")
        .prefetch_related(Prefetch("evidence", ClaimEvidence.objects.select_related("record")))
        .order_by("subject__key")
    )


def claims_without_proof() -> list[Claim]:
    """Claims shown as *claimed by*: no record bears them out."""
    return [claim for claim in all_claims().unproven() if not claim.evidence.all()]  # type: ignore[attr-defined]  # ours


def claims_showing_their_age(on: date, after: timedelta = timedelta(days=5 * 365)) -> list[Claim]:
    """Claims and ranks told so long ago that the page must say so."""
    old = []
    for claim in all_claims():
        told = known_date(claim.as_of)
        if told is not None and told.latest is not None and told.latest + after <= on:
            old.append(claim)
    return old


def all_questions() -> QuerySet[Question]:
    """Questions, the latest first, with the evidence of their answers."""
    return (
        Question.objects.select_related("subject")
        .prefetch_related(Prefetch("evidence", QuestionEvidence.objects.select_related("record")))
        .order_by("-asked", "subject__key")
    )


def open_questions() -> QuerySet[Question]:
    """Questions that wait for an answer."""
    return all_questions().unanswered()  # type: ignore[attr-defined]  # our own queryset


def questions_sent(by: User) -> list[tuple[Proposal, Question | None]]:
    """What a person asked at the counter, the latest first, each with the record it became."""
    sent = list(_sent(by).order_by("-proposed_at", "-pk"))
    became = {question.key: question for question in all_questions().filter(subject__key__in=[one.key for one in sent])}
    return [(proposal, became.get(proposal.key)) for proposal in sent]


def questions_waiting(by: User) -> int:
    """How many of a person's questions nobody at the office has read yet."""
    return _sent(by).filter(state=ProposalState.WAITING).count()


def _sent(by: User) -> QuerySet[Proposal]:
    return Proposal.objects.filter(noun=Question.noun, proposed_by=by)


def all_stories() -> QuerySet[Story]:
    """Stories, the latest first, with what they tell of."""
    return (
        Story.objects.select_related("subject")
        .prefetch_related(Prefetch("about", StorySubject.objects.select_related("record")))
        .order_by("-day", "subject__key")
    )


def headline_indicators() -> QuerySet[Indicator]:
    """Figures shown first, in their order."""
    return Indicator.objects.headline().select_related("subject", "about")


def figures_against_records() -> list[FigureCheck]:
    """Published figures that the records can count too, each beside its count."""
    indicators = Indicator.objects.exclude(counted_as="").select_related("subject", "about")
    return [
        FigureCheck(indicator, statement, counted_records(indicator, statement))
        for indicator in indicators.order_by("subject__key")
        for statement in values_of(indicator)
    ]


def values_of(indicator: Indicator) -> QuerySet[Statement]:
    """The numbers sources give an indicator, the doubtful ones left out, by date."""
    values = Statement.objects.to_add_up().filter(subject=indicator.subject, property="value", number__isnull=False)
    return values.select_related("source__subject").order_by("as_of", "pk")


def figures_that_differ() -> list[FigureCheck]:
    """Published figures that the records do not bear out."""
    return [check for check in figures_against_records() if check.differs]


def counted_records(indicator: Indicator, statement: Statement) -> tuple[Subject, ...]:
    """The records that add up to an indicator at the time a statement speaks of."""
    told = known_date(statement.as_of)
    on = (told.latest if told else None) or date.max
    match indicator.counted_as:
        case CountedAs.AGREEMENTS_SIGNED:
            return _agreements_signed(indicator, on)
        case CountedAs.EUROPEAN_ACCORDS:
            return _heads(row.agreement for row in partnerships.european_accords(on))
        case CountedAs.NETWORKS_JOINED:
            return _networks_joined(indicator, statement, on)
        case _:
            return tuple(projects.places_with_a_project(on))


def differs(statement: Statement, count: int) -> bool:
    """Whether a count contradicts a figure, with the word that qualifies it."""
    low = statement.number
    if low is None:
        return False
    if statement.number_to is not None:
        return not low <= count <= statement.number_to
    fits = {
        Qualifier.MORE_THAN: count > low,
        Qualifier.AT_LEAST: count >= low,
        Qualifier.UP_TO: count <= low,
        Qualifier.NEARLY: low * (1 - _ABOUT) <= count <= low,
        Qualifier.ABOUT: abs(count - low) <= low * _ABOUT,
        Qualifier.AVERAGE: abs(count - low) <= low * _ABOUT,
    }
    return not fits.get(Qualifier(statement.qualifier or Qualifier.EXACT), count == low)


def _networks_joined(indicator: Indicator, statement: Statement, on: date) -> tuple[Subject, ...]:
    until = statement.valid_to or (on if on == date.max else on + _ONE_DAY)
    themes = frozenset(indicator.subject.themes)
    joined: list[Membership] = [
        membership
        for member in _sides_of(indicator.about)
        for membership in partnerships.networks_joined(member, statement.valid_from, until, themes=themes)
    ]
    in_order = sorted(joined, key=lambda row: (partnerships.joined_key(row), row.key))
    return _heads(in_order)


def _agreements_signed(indicator: Indicator, on: date) -> tuple[Subject, ...]:
    if indicator.about is None:
        return _heads(partnerships.agreements_signed(on))
    found = {
        agreement.key: agreement
        for party in _sides_of(indicator.about)
        for agreement in partnerships.agreements_signed(on, party=party)
    }
    return _heads(found[key] for key in sorted(found))


def _sides_of(about: Subject | None) -> list[Subject]:
    """Those who stand for a city in the records: the body that acts, and the place it acts for."""
    if about is None:
        return []
    body = Body.objects.filter(subject=about).select_related("place").first()
    return [about, body.place] if body and body.place else [about]


def _heads(records: Iterable[object]) -> tuple[Subject, ...]:
    return tuple(record.subject for record in records)  # type: ignore[attr-defined]  # records have a head
