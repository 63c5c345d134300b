"""What offices say of a grant that no call asked for, before it is decided."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import Advice, GrantState
from parvis.domain.funding.errors import NothingWritten, StepHeldBack
from parvis.domain.funding.models import Grant, Opinion
from parvis.domain.funding.queries import application_of
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.accounts.rules import allow
from parvis.foundation.journal import actions as journal
from parvis.register.models import Subject
from parvis.register.ordering import known_date
from parvis.register.reading import day_said

from .ties import local_day
from .whole import not_too_long

_LONGEST, _LONGEST_WHY = 1000, 300


@transaction.atomic
def give_opinion(
    *, grant: Grant, office: Subject | None, advice: Advice, given: date, why: str, by: User, at: datetime
) -> Opinion:
    """Note what an office says of a grant asked for, before the decision. Raises StepHeldBack and NothingWritten.

    An office that says it again replaces what it said, which history keeps.
    """
    allow(by, Role.OFFICER)
    held = _locked(grant)
    if application_of(held) is not None:
        raise StepHeldBack(why=_("This grant was asked for in a call: its readers judge it."))
    if held.state != GrantState.ASKED:
        raise StepHeldBack(why=_("This grant is decided: an opinion comes before the decision."))
    if office is None or office.noun != "office":
        raise StepHeldBack(why=_("Name the office that gives this opinion."))
    asked = known_date(held.asked_on)
    if asked and asked.earliest and given < asked.earliest:
        early = _("It was asked for on %(day)s: no opinion comes before.")
        raise StepHeldBack(why=early % {"day": day_said(asked.earliest)})
    if given > local_day(at):
        ahead = _("%(day)s is yet to come: an opinion is noted once it is given.")
        raise StepHeldBack(why=ahead % {"day": day_said(given)})
    if not (said := why.replace("\0", "").strip()[:_LONGEST]):
        raise NothingWritten
    facts = {"advice": advice, "given": given, "reason": said, "recorded_by": by, "recorded_at": at}
    opinion, _new = Opinion.objects.update_or_create(grant=held, office=office, taken_back_at=None, defaults=facts)
    told = {"office": office.key, "advice": str(advice), "day": given.isoformat()}
    journal.write("opinion given", about=held.key, by=by, at=at, **told)
    return opinion


@transaction.atomic
def take_opinion_back(*, opinion: Opinion, why: str, by: User, at: datetime) -> Opinion:
    """Take back an opinion noted by mistake, for a reason: it stays told, and counts no more.

    Once the grant is decided, what it was decided on stays. Raises StepHeldBack and NothingWritten.
    """
    allow(by, Role.OFFICER)
    grant = _locked(opinion.grant)
    held = Opinion.objects.select_related("office").get(pk=opinion.pk)
    if grant.state != GrantState.ASKED:
        raise StepHeldBack(why=_("This grant is decided: the opinions it was decided on stay."))
    if held.taken_back_at:
        raise StepHeldBack(why=_("This opinion was taken back already."))
    if not (said := not_too_long(why.replace("\0", ""), _LONGEST_WHY)):
        raise NothingWritten
    held.taken_back_at, held.taken_back_by, held.taken_back_why = at, by, said
    held.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
    journal.write("opinion taken back", about=grant.key, by=by, at=at, office=held.office.key, advice=held.advice)
    return held


def _locked(grant: Grant) -> Grant:
    Subject.objects.select_for_update().get(pk=grant.pk)
    return Grant.objects.select_related("subject").get(pk=grant.pk)
