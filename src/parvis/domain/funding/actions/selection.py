"""From ranked files to the council and back: scenarios, the selection it is shown, and what its answer makes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from parvis.domain.council.models import Decision
from parvis.domain.funding.actions.whole import not_too_long
from parvis.domain.funding.enums import (
    Answered,
    ApplicationState,
    BodyScheme,
    GrantState,
    LeftOut,
    LookOccasion,
    PlaceKnown,
    Proposed,
)
from parvis.domain.funding.errors import NothingWritten, spelt
from parvis.domain.funding.errors.choosing import (
    AboveUnexplained,
    AnsweredBeforeItWasAsked,
    EnvelopeImagined,
    MembersConcerned,
    NoEnvelope,
    NothingRanked,
    ProposedWithoutSum,
    RefusalUnexplained,
    SelectionConcernsYou,
    SelectionDecided,
    SelectionOpen,
    SelectionOutdated,
    SelectionWithdrawn,
)
from parvis.domain.funding.models import Application, Call, Envelope, Grant, Scenario, Selection, SelectionLine
from parvis.domain.funding.queries.ranking import Ranked
from parvis.domain.funding.queries.reviews import ranking_of
from parvis.domain.funding.queries.selecting import Line, Outcome, Terms
from parvis.domain.funding.queries.selections import (
    CHOOSABLE,
    as_terms,
    disciplines_known,
    envelope_left,
    lines_changed,
    members_concerned,
    outcome_of,
    reason_in_figures,
    terms_kept,
)
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.register.entry import Entry
from parvis.register.fields import MomentField
from parvis.register.models import Subject
from parvis.register.ordering import known_date
from parvis.register.reading import day_said

from .awards import Source, award_grant
from .beneficiaries import record_of
from .labels import give_mark
from .moving import move_on
from .otherwise import Otherwise, move_as_answered, note_otherwise
from .posting import Slip
from .records import enter_grant
from .ties import look_at_call, step_of_the_house

ZERO = Decimal(0)
NOTHING: Mapping[int, Otherwise] = {}
_NEED_WORDS = (LeftOut.COUNTRY, LeftOut.THEME, LeftOut.DISCIPLINE, LeftOut.BY_HAND)


@transaction.atomic
def save_scenario(*, call: Call, name: str, terms: Terms, by: User, at: datetime) -> Scenario:
    """Keep a what-if under a name; one of that name is replaced. Raises SelectionConcernsYou."""
    _chooses_among_strangers(call, by)
    kept, _new = Scenario.objects.update_or_create(
        call=call, name=name, defaults={"terms": terms_kept(terms), "saved_at": at, "saved_by": by}
    )
    return kept


@transaction.atomic
def remove_scenario(*, scenario: Scenario) -> None:
    """Throw a what-if away: nothing was decided in it."""
    scenario.delete()


def _chooses_among_strangers(call: Call, by: User) -> None:
    """Pass, or raise SelectionConcernsYou: who is tied to one of those who ask does not weigh the others either."""
    files = call.applications.filter(state__in=(*CHOOSABLE, ApplicationState.PROPOSED), interests__person=by)
    if numbers := sorted({str(number) for number in files.values_list("number", flat=True)}):
        raise SelectionConcernsYou(files=", ".join(numbers))


def close_selection(
    *, scenario: Scenario, reasons: Mapping[str, str], waiting: frozenset[str], by: User, at: datetime
) -> Selection:
    """Put a scenario before the council: chosen files are proposed, others wait or are to be refused, each with why.

    ``reasons`` says, by file, why it is refused or why more is proposed than it asked; a file under the threshold
    has its reason already. Ties are looked for first. Raises SelectionConcernsYou, NothingRanked, SelectionOpen,
    RefusalUnexplained, AboveUnexplained and ProposedWithoutSum.
    """
    look_at_call(call=scenario.call, occasion=LookOccasion.SELECTION, by=by, at=at)
    _chooses_among_strangers(scenario.call, by)
    return _closed(scenario, reasons, waiting, by=by, at=at)


@transaction.atomic
def _closed(
    scenario: Scenario, reasons: Mapping[str, str], waiting: frozenset[str], *, by: User, at: datetime
) -> Selection:
    call = Call.objects.select_for_update(of=("self",)).get(pk=scenario.call_id)
    if call.selections.filter(decision__isnull=True, withdrawn_at__isnull=True).exists():
        raise SelectionOpen
    terms = as_terms(scenario.terms)
    left = envelope_left(call)
    if terms.envelope is not None and terms.envelope > left:
        raise EnvelopeImagined(imagined=spelt(terms.envelope, call.currency), left=spelt(left, call.currency))
    ranked = {one.file: one for one in ranking_of(call)}
    outcome = outcome_of(call, terms)
    if not outcome.lines:
        raise NothingRanked
    selection = Selection.objects.create(
        call=call, scenario=scenario.name, envelope=outcome.total + outcome.left, closed_at=at, closed_by=by
    )
    files = {
        str(file.pk): file for file in call.applications.filter(pk__in=[line.candidate.file for line in outcome.lines])
    }
    kept_lines = [  # all of them are judged before any file moves
        _line(selection, line, ranked[file], reasons, waiting, str(files[file].number))
        for line in outcome.lines
        for file in [line.candidate.file]
    ]
    for kept in SelectionLine.objects.bulk_create(kept_lines):
        file = files[str(kept.application_id)]
        if kept.proposed == Proposed.AWARD:
            if file.body.scheme != BodyScheme.PERSON:
                record_of(file.body, by=by, at=at)  # so that its contract can be noted before the council decides
            move_on(file, ApplicationState.PROPOSED, by=by, at=at)
        elif kept.proposed == Proposed.WAIT and file.state != ApplicationState.WAITING:
            move_on(file, ApplicationState.WAITING, by=by, at=at, tell=False)
    journal.write("selection closed", about=f"call:{call.pk}", by=by, at=at, selection=selection.pk)
    return selection


def _line(
    selection: Selection, line: Line, ranked: Ranked, reasons: Mapping[str, str], waiting: frozenset[str], number: str
) -> SelectionLine:
    file = line.candidate.file
    reason = reasons.get(file, "").strip()
    if line.chosen:
        proposed = Proposed.AWARD
        if line.proposed <= 0:
            raise ProposedWithoutSum(file=number)
        if line.proposed > line.candidate.asked and not reason:
            raise AboveUnexplained(file=number)
    else:
        proposed = Proposed.WAIT if file in waiting else Proposed.REFUSE
        reason = reason or ("" if line.even else reason_in_figures(line.why or "", ranked.score, ranked.rank))
        if proposed == Proposed.REFUSE and not reason:
            raise RefusalUnexplained(file=number)
    return SelectionLine(
        selection=selection,
        application_id=file,
        rank=ranked.rank,
        score=ranked.score,
        proposed=proposed,
        asked=line.candidate.asked,
        amount=line.proposed if line.chosen else ZERO,
        left_out=line.why or "",
        reason=reason,
    )


@transaction.atomic
def withdraw_selection(*, selection: Selection, why: str, by: User, at: datetime) -> Selection:
    """Take a selection back before the council answers: what it proposed is ranked again, and it is kept as it was.

    Raises NothingWritten, SelectionDecided, SelectionWithdrawn and SelectionConcernsYou.
    """
    held = Selection.objects.select_for_update(of=("self",)).select_related("call").get(pk=selection.pk)
    if held.decision_id is not None:
        raise SelectionDecided
    if held.withdrawn_at is not None:
        raise SelectionWithdrawn
    if not (said := not_too_long(why)):
        raise NothingWritten
    _chooses_among_strangers(held.call, by)
    proposed = Application.objects.filter(selection_lines__selection=held, state=ApplicationState.PROPOSED)
    for file in proposed.select_for_update(of=("self",)):
        step_of_the_house(file, ApplicationState.RANKED, said, by=by, at=at)
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_why = at, by, said
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    journal.write("selection withdrawn", about=f"call:{held.call_id}", by=by, at=at, selection=held.pk)
    return held


def record_answer(
    *, selection: Selection, decision: Subject, by: User, at: datetime, stood_aside: bool = False,
    otherwise: Mapping[int, Otherwise] = NOTHING,
) -> list[Grant]:  # fmt: skip
    """Carry out what the council decided on a selection: grants and refusals. Letters follow, once they are read.

    ``otherwise`` says, by line, what it decided otherwise than was proposed: the proposal stays as it was made.

    All of it or nothing: the ledger refuses the whole when one award does not fit. Ties are looked for first;
    ``stood_aside`` says that the members whom a file concerns took no part. Raises SelectionConcernsYou,
    AnsweredBeforeItWasAsked, MembersConcerned, SelectionOutdated, SelectionDecided, SelectionWithdrawn, NoEnvelope,
    AnswerUnexplained, AnswerWithoutSum, and what ``award_grant`` refuses.
    """
    call = Call.objects.get(pk=selection.call_id)
    look_at_call(call=call, occasion=LookOccasion.DECISION, by=by, at=at)
    _chooses_among_strangers(call, by)
    return _answered(selection, decision, otherwise, by=by, at=at, stood_aside=stood_aside)


def _is_as_it_was_closed(selection: Selection, decision: Subject, *, stood_aside: bool) -> None:
    """What lies before the council is as it was closed, and the decision came after it.

    Raises SelectionDecided, SelectionWithdrawn, AnsweredBeforeItWasAsked, SelectionOutdated and MembersConcerned.
    """
    if selection.decision_id is not None:
        raise SelectionDecided
    if selection.withdrawn_at is not None:
        raise SelectionWithdrawn
    _answers_it(selection, decision)
    if changed := lines_changed(selection):
        raise SelectionOutdated(files=", ".join(changed))
    if not stood_aside and (names := members_concerned(selection)):
        raise MembersConcerned(names=", ".join(names))


def _answers_it(selection: Selection, decision: Subject) -> None:
    """Pass, or raise AnsweredBeforeItWasAsked: nobody answers requests that are still coming in.

    A selection is often closed here after the council voted, to write down what it said: the call's own closing counts
    wherever it comes first. A month, a year are read late.
    """
    told = Decision.objects.filter(subject=decision).first()
    on = known_date(told.day) if told else None
    moment = min(selection.closed_at, selection.call.closes_at or selection.closed_at)
    closed = timezone.localtime(moment, timezone.get_default_timezone()).date()
    if on and on.latest and on.latest < closed:
        raise AnsweredBeforeItWasAsked(decided=day_said(on.latest), closed=day_said(closed))


@transaction.atomic
def _answered(
    selection: Selection, decision: Subject, otherwise: Mapping[int, Otherwise], *, by: User, at: datetime,
    stood_aside: bool,
) -> list[Grant]:  # fmt: skip
    held = Selection.objects.select_for_update(of=("self",)).select_related("call").get(pk=selection.pk)
    _is_as_it_was_closed(held, decision, stood_aside=stood_aside)
    if held.call.envelope_id is None:
        raise NoEnvelope
    envelope = Envelope.objects.get(pk=held.call.envelope_id)
    day = timezone.localtime(at, timezone.get_default_timezone()).date()
    slip = Slip(decision=decision, day=day, by=by, at=at)
    grants, disciplines = [], disciplines_known(held.call)
    note_otherwise(held, otherwise, by=by, at=at)
    for line in held.lines.select_related("application__body__record", "application__call__subject", "otherwise"):
        if line.answered == Answered.AWARD:
            grants.append(_awarded(line, envelope, slip, disciplines.get(str(line.application_id), "")))
        move_as_answered(line, by=by, at=at)
    held.decision, held.decided_at = decision, at
    held.save(update_fields=["decision", "decided_at"])
    journal.write("selection decided", about=f"call:{held.call_id}", by=by, at=at, selection=held.pk)
    return grants


def _awarded(line: SelectionLine, envelope: Envelope, slip: Slip, discipline: str) -> Grant:
    file = line.application
    own_name = file.body.scheme == BodyScheme.PERSON
    body = None if own_name else record_of(file.body, by=slip.by, at=slip.at)
    facts = {**_facts_of(line, body), "discipline": discipline}
    grant = enter_grant(entry=_head_of(line), facts=facts, by=slip.by, at=slip.at)
    above = {"fr": line.why} if line.voted > line.asked else None
    awarded = award_grant(grant=grant, sources=[Source(envelope, line.voted)], slip=slip, above_asked=above)
    title = _head_of(line).texts["title"]
    give_mark(grant=awarded, call=file.call, title=title, decision=slip.decision, day=slip.day, by=slip.by, at=slip.at)
    return awarded


def _head_of(line: SelectionLine) -> Entry:
    """The head of the grant a file becomes: the title its body gave it, in the language it wrote in."""
    file = line.application
    last = file.submissions.order_by("-turn").first()
    language = last.language if last else "fr"
    own_name = file.body.scheme == BodyScheme.PERSON  # its title may say who asks
    title = {language: str(file.number) if own_name else file.title or str(file.number)}
    return Entry(
        key=f"grant-{str(file.number).lower()}",
        kind="call",
        visibility="internal",
        themes=tuple(file.call.subject.themes),
        texts={"title": title, "purpose": title},
        original=language,
    )


def _facts_of(line: SelectionLine, body: Subject | None) -> dict[str, object]:
    """What a file tells of its grant; without a body, it goes to a person, who is not named."""
    file = line.application
    return {
        **({"natural_person": True} if body is None else {"beneficiary": body.key}),
        "state": GrantState.ASKED.value,
        "year": slip_year(line),
        "currency": file.call.currency or "EUR",
        "amount_asked": str(line.asked),
        "programme": file.call.programme.key if file.call.programme else "",
        "country": file.country,
        "place_known": PlaceKnown.STATED.value if file.country else PlaceKnown.UNKNOWN.value,
        "file": str(file.number),
        "asked_on": MomentField.written(file.submitted_at)[:10] if file.submitted_at else "",
    }


def slip_year(line: SelectionLine) -> int:
    """The year a grant counts in: that of the selection put before the council."""
    return timezone.localtime(line.selection.closed_at, timezone.get_default_timezone()).year


def refused_lines(outcome: Outcome) -> list[Line]:
    """Lines of a scenario that a reason must be given for, because the figures alone do not say it."""
    return [line for line in outcome.lines if line.why in _NEED_WORDS]
