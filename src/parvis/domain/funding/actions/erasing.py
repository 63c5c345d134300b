"""Erasing an applicant: the name, the address and every word of them that may go; files and money stay."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import Asker, MemberRole
from parvis.domain.funding.errors import StepHeldBack
from parvis.domain.funding.models import BodyInvitation, BodyMember, KeptPage, OutgoingEmail, PersonErasure, ReportEntry
from parvis.domain.funding.queries.erasing import kept_of, naming, taken_of, texts_naming, words_of
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.foundation.journal import keeping
from parvis.register.history import STAND_IN

from .ties import local_day


@transaction.atomic
def erase_applicant(
    *, person: User, asker: Asker, asked_on: date, by: User, at: datetime, successor: str = ""
) -> PersonErasure:
    """Erase an applicant, and note who asked, when, what was kept and why.

    ``successor`` is the address of whoever will manage the bodies that the person managed alone. Raises
    NotErasable, and StepHeldBack when the day is yet to come.
    """
    if asked_on > local_day(at):
        raise StepHeldBack(why=_("This day is yet to come."))
    words, taken, kept = words_of(person), taken_of(person), kept_of(person)
    if successor:
        _hand_over(person, successor, by, at)
    BodyMember.objects.filter(person=person).delete()
    BodyInvitation.objects.filter(email__iexact=person.email).delete()
    KeptPage.objects.filter(person=person).delete()
    to_them = Q(to=person) | Q(address__iexact=person.email)
    OutgoingEmail.objects.filter(to_them | naming("body", words) | naming("subject", words)).delete()
    for rows, name in texts_naming(words):
        for row in rows.select_for_update():
            _strike_out(row, name, words)
    keeping.erase_person(user=person, by=by, at=at)
    erasure = PersonErasure.objects.create(
        person=person, asker=asker, asked_on=asked_on, erased_at=at, erased_by=by, erased=taken, kept=kept
    )
    journal.write("erasure noted", about=f"account:{person.pk}", by=by, at=at, kept=sum(kept.values()))
    return erasure


def _hand_over(person: User, successor: str, by: User, at: datetime) -> None:
    """Invite somebody to manage each body that would be left without anyone who does."""
    for member in BodyMember.objects.filter(person=person, role=MemberRole.MANAGER).select_related("body"):
        others = member.body.members.filter(role=MemberRole.MANAGER).exclude(person=person)
        if not others.exists():
            BodyInvitation.objects.update_or_create(
                body=member.body, email=successor.strip().lower(),
                defaults={"role": MemberRole.MANAGER, "invited_at": at, "invited_by": by},
            )  # fmt: skip


def _strike_out(row: Any, name: str, words: list[str]) -> None:
    setattr(row, name, _struck(getattr(row, name), words))
    changed = [name]
    if isinstance(row, ReportEntry):
        row.others = _struck(row.others, words)
        changed.append("others")
    row.save(update_fields=changed)


def _struck(said: Any, words: list[str]) -> Any:
    """The same text or list, with a stand-in where the person was named."""
    if isinstance(said, str):
        return re.sub("|".join(re.escape(word) for word in words), STAND_IN, said, flags=re.IGNORECASE)
    if isinstance(said, list):
        return [_struck(one, words) for one in said]
    if isinstance(said, dict):
        return {key: _struck(value, words) for key, value in said.items()}
    return said
