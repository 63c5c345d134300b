"""A person's name let stand in a public text, for a reason. The journal tells of the record, never of the person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parvis.domain.directory.enums import Known
from parvis.domain.directory.errors import NameNeverStands, ReasonNamesThem, WhyItMayStand
from parvis.domain.directory.models import StandingName
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.accounts.rules import allow
from parvis.foundation.journal import actions as journal
from parvis.foundation.values.naming import Finder, spellings
from parvis.foundation.values.text import fold
from parvis.register.actions.reasons import reason_given

LET_STAND = "name let stand"
#: Signs of a reason.
LONGEST = 500


@dataclass(frozen=True, slots=True)
class NamedIn:
    """A name found in a public text: the record and its field, the words found, and a digest that tells both again."""

    about: str
    field: str
    digest: str
    words: str
    how: Known


def reason_without(names: Iterable[str], reason: str) -> str:
    """A reason as it is kept for good, which says none of these names.

    Raises WhyItMayStand without one, ReasonTooLong, and ReasonNamesThem.
    """
    said = " ".join(reason.split())
    if not said:
        raise WhyItMayStand
    reason_given(said, LONGEST)
    if Finder({way for name in names for way in (*spellings(name), tuple(fold(name).split()))}).names(said):
        raise ReasonNamesThem
    return said


@transaction.atomic
def let_names_stand(*, names: Sequence[NamedIn], reason: str, by: User, at: datetime) -> int:
    """Let these names stand where they are, from now on. Returns how many were not let before.

    Raises WhyItMayStand without a reason, ReasonTooLong, ReasonNamesThem when it names who it is about, and
    NameNeverStands for a person who may be in danger.
    """
    allow(by, Role.PUBLISHER)
    if any(one.how == Known.SHELTERED for one in names):
        raise NameNeverStands
    said = reason_without([one.words for one in names], reason)
    new = 0
    for one in names:
        facts = {"about": one.about, "field": one.field, "reason": said, "let_at": at, "let_by": by}
        # two publishers may tick the same name at once: the second finds it let
        _row, made = StandingName.objects.get_or_create(digest=one.digest, defaults=facts)
        if made:
            journal.write(LET_STAND, about=one.about, by=by, at=at, field=one.field, name=one.digest)
        new += made
    return new
