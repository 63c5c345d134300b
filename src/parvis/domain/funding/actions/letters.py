"""The letters that follow the council's answer: made once each, held in the outbox until an officer lets them go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import MAY_SIGN, EmailState, PaperKind
from parvis.domain.funding.errors import StepHeldBack
from parvis.domain.funding.models import BodyMember, Letter, OutgoingEmail, Selection, SelectionLine, Wording
from parvis.domain.funding.queries.wordings import InForce
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal

from .wordings import kept_wording


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as it is composed for one file: in which language, with which words, to which address."""

    line: SelectionLine
    paper: PaperKind
    text_from: InForce
    language: str
    title: str
    text: str
    address: str


@transaction.atomic
def keep_letters(*, selection: Selection, letters: Iterable[Written], by: User, at: datetime) -> list[Letter]:
    """Keep letters, and lay an email of each in the outbox, held back, for those who may sign for the body.

    A file that has its letter keeps it. Raises StepHeldBack before the council decided.
    """
    held = Selection.objects.select_for_update(of=("self",)).get(pk=selection.pk)
    if held.decision_id is None:
        raise StepHeldBack(why=_("The council has not answered: no letter is made yet."))
    done = set(Letter.objects.filter(line__selection=held).values_list("line_id", flat=True))
    waiting = [one for one in letters if one.line.pk not in done]
    texts = {one.paper: one.text_from for one in waiting}
    kept_as = {paper: kept_wording(text, by=by, at=at) for paper, text in texts.items()}
    kept = [_kept(one, kept_as[one.paper], by, at) for one in waiting]
    _lay_in_outbox(kept, at)
    if kept:
        journal.write("letters made", about=f"selection:{held.pk}", by=by, at=at, count=len(kept))
    return kept


def _kept(one: Written, wording: Wording, by: User, at: datetime) -> Letter:
    return Letter.objects.create(
        line=one.line, paper=one.paper, wording=wording, language=one.language, title=one.title[:200], text=one.text,
        address=one.address, made_at=at, made_by=by,
    )  # fmt: skip


def _lay_in_outbox(letters: list[Letter], at: datetime) -> None:
    signing: dict[int, list[User]] = {letter.line.application.body_id: [] for letter in letters}
    for member in BodyMember.objects.filter(body__in=signing, role__in=MAY_SIGN).select_related("person"):
        signing[member.body_id].append(member.person)
    OutgoingEmail.objects.bulk_create(
        OutgoingEmail(
            application=letter.line.application, letter=letter, to=person, subject=letter.title, body=letter.text,
            language=letter.language, state=EmailState.HELD, written_at=at, leaves_at=at,
        )
        for letter in letters
        for person in signing[letter.line.application.body_id]
    )  # fmt: skip


@transaction.atomic
def decide_letters(*, selection: Selection, state: EmailState, by: User, at: datetime) -> int:
    """Let every letter of a selection that waits go now, or hold them all back; those that concern the person stay."""
    rows = OutgoingEmail.objects.filter(
        letter__line__selection=selection, state__in=[EmailState.WAITING, EmailState.HELD]
    ).exclude(application__interests__person=by)
    changed = rows.update(state=state, decided_by=by, leaves_at=at)
    journal.write(f"letters {state}", about=f"selection:{selection.pk}", by=by, at=at, count=changed)
    return changed
