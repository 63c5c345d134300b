"""Reasons to act: what is overdue, what waits, what is doubtful. Each says what, why now, and where to go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from parvis.domain.accountability import queries as accountability
from parvis.domain.directory import queries as directory
from parvis.domain.honours import queries as honours
from parvis.domain.partnerships import queries as partnerships
from parvis.exchange.inbound.entrances import NOUNS
from parvis.register.enums import ProposalState
from parvis.register.models import Proposal, Subject
from parvis.register.queries import stale_texts

_PLURALS = {noun: plural for plural, noun in NOUNS.items()}
_SHOWN = 8
#: How far ahead an end is announced, and an anniversary proposed.
_SIX_MONTHS, _A_YEAR = timedelta(days=183), timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One line of the Today page."""

    what: str
    why: str
    address: str


def reminders(on: date) -> list[tuple[str, int, list[Reminder]]]:
    """(title, how many, the first of them) for each group that has something."""
    groups = (
        (_("Overdue"), list(_overdue(on))),
        (_("Waiting for a person"), list(_waiting())),
        (_("Agreements that end soon"), list(_ending(on))),
        (_("Round anniversaries to come"), list(_round(on))),
        (_("Offices that have ended"), list(_ended(on))),
        (_("Texts that speak of the past as future"), list(_stale(on))),
        (_("Prospects with no news"), list(_stalled(on))),
        (_("Relations to look at again"), list(_to_review(on))),
    )
    return [(title, len(found), found[:_SHOWN]) for title, found in groups if found]


def _overdue(on: date) -> Iterator[Reminder]:
    for late in accountability.promises_past_deadline(on):
        why = _("promised for %(deadline)s; no later step says what came of it") % {"deadline": late.deadline}
        yield _about(late.promise.subject, why)


def _waiting() -> Iterator[Reminder]:
    for proposal in Proposal.objects.filter(state=ProposalState.WAITING):
        yield Reminder(
            proposal.key, _("proposed by %(origin)s") % {"origin": proposal.origin}, reverse("desk:proposals")
        )


def _ending(on: date) -> Iterator[Reminder]:
    for expiry in partnerships.expiring_agreements(on, _SIX_MONTHS):
        why = _("ends on %(end)s") % {"end": expiry.end}
        if expiry.notice_by:
            why = _("ends on %(end)s; notice by %(notice)s") % {"end": expiry.end, "notice": expiry.notice_by}
        yield _about(expiry.agreement.subject, why)


def _round(on: date) -> Iterator[Reminder]:
    for coming in honours.coming_anniversaries(on, _A_YEAR):
        if coming.round:
            why = _("%(years)s years on %(when)s") % {"years": coming.years, "when": coming.when}
            yield _about(coming.commemoration.subject, why)


def _ended(on: date) -> Iterator[Reminder]:
    for holding in directory.ended_offices(on):
        why = _("last held until %(until)s; nobody is known after") % {
            "until": holding.valid_to or holding.as_of
        }
        yield _about(holding.owner.subject, why)


def _stale(on: date) -> Iterator[Reminder]:
    for stale in stale_texts(on):
        yield _about(stale.text.subject, _("speaks of the future until %(until)s") % {"until": stale.until})


def _stalled(on: date) -> Iterator[Reminder]:
    for tie in partnerships.stalled_prospects(on):
        why = (
            _("a prospect; last heard of in %(since)s")
            if tie.since
            else _("a prospect, with no date on record")
        )
        yield _about(tie.record.subject, why % {"since": tie.since})


def _to_review(on: date) -> Iterator[Reminder]:
    for relation in partnerships.relations_to_review(on):
        yield _about(relation.subject, _("to be reviewed on %(day)s") % {"day": relation.review_on})
    for relation in partnerships.closer_on_paper(on):
        yield _about(relation.subject, _("said to be close, with no agreement known to be in force"))


def _about(subject: Subject, why: str) -> Reminder:
    address = reverse("desk:record", kwargs={"plural": _PLURALS[subject.noun], "key": subject.key})
    return Reminder(subject.key, why, address)
