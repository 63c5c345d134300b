"""Reasons to act: what is overdue, what waits, what is doubtful. Each says what, why now, and where to go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.domain.accountability import queries as accountability
from parvis.domain.directory import queries as directory
from parvis.domain.encounters import queries as encounters
from parvis.domain.funding import queries as funding
from parvis.domain.funding.enums import ReportKind
from parvis.domain.funding.models import Grant
from parvis.domain.honours import queries as honours
from parvis.domain.partnerships import queries as partnerships
from parvis.domain.projects import queries as projects
from parvis.doors.desk.money import essential
from parvis.doors.desk.money.named import grants_named
from parvis.doors.desk.naming import title_of, titles_of
from parvis.doors.desk.words import PLURALS, one, tongue
from parvis.doors.ui import spelling
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.accounts.rules import at_least
from parvis.foundation.values.words import in_language
from parvis.register.enums import ProposalState
from parvis.register.models import Conflict, Proposal, Subject
from parvis.register.queries import stale_texts

#: How many lines of a group are shown at once; the rest opens below.
SHOWN = 5
#: How far ahead an end is announced, and an anniversary proposed.
_SIX_MONTHS, _A_YEAR, _FAR = timedelta(days=183), timedelta(days=366), timedelta(days=3 * 366)
_TWO_MONTHS = timedelta(days=61)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One line of the Today page: what it is about, why now, where to go and what one does there.

    ``whom`` is the body of a grant: many are called alike.
    """

    what: str
    why: str
    address: str
    act: str = ""
    key: str = ""
    whom: str = ""


Group = tuple[str, int, list[Reminder]]


def reminders(on: date, person: User | None = None) -> list[Group]:
    """(title, how many, the reasons) for each group that has something; less the grants that concern this person."""
    groups: tuple[tuple[str, Callable[[date], Iterator[Reminder]]], ...] = (
        (_("Overdue"), _overdue),
        (_("Plans of projects"), _plans),
        (_("Reports on grants"), _reports),
        (_("Conventions to make public"), _essential_data),
        (_("Aid to declare"), _aid),
        (_("Letters to make or to let go"), _letters),
        (_("Messages of applicants to read"), partial(_messages, person)),
        (_("Emergency aid asked for"), _emergencies),
        (_("Amendments asked for"), _amendments),
        (_("Waiting for a person"), _waiting),
        (_("Agreements that end soon"), _ending),
        (_("Round anniversaries to come"), _round),
        (_("Questions without an answer"), _unanswered),
        (_("Offices that have ended"), _ended),
        (_("Texts that speak of the past as future"), _stale),
        (_("Prospects with no news"), _stalled),
        (_("Relations to look at again"), _to_review),
        (_("Filed elsewhere, to be compared"), _to_compare),
        (_("Counts that differ from their records"), _differing),
        (_("Claims without proof"), _unproven),
        (_("Contradictions where nobody has chosen"), _undecided),
    )
    open_here = [(title, of) for title, of in groups if of is not _letters or _sees_letters(person)]
    told = [(title, list(dict.fromkeys(of(on)))) for title, of in open_here]
    keys = [line.key for _title, lines in told for line in lines]
    grants = list(Grant.objects.filter(subject__key__in=keys).select_related("subject", "beneficiary"))
    closed = _closed_to(person, grants, on) if person else set()
    named = grants_named(grant for grant in grants if grant.key not in closed)
    bodies = {grant.key: named[grant.pk][1] for grant in grants if grant.pk in named}
    found = [(title, _entitled([line for line in lines if line.key not in closed], bodies)) for title, lines in told]
    return [(title, len(lines), lines) for title, lines in found if lines]


def _sees_letters(person: User | None) -> bool:
    """Nobody is led to a page that their role does not open."""
    return person is None or at_least(person, Role.OFFICER)


def _closed_to(person: User, grants: list[Grant], on: date) -> set[str]:
    """Keys of these grants, and numbers of requests for emergency aid, that concern this person."""
    asked = {each.pk: each for each in funding.emergencies_waiting()}
    of_grants = funding.grants_of_concern(grants, person, on)
    return {grant.key for grant in grants if grant.pk in of_grants} | {
        asked[pk].number for pk in funding.emergencies_of_concern(asked.values(), person, on)
    }


def next_due(on: date) -> tuple[str, Reminder] | None:
    """The soonest thing to come, for a day on which nothing is due: when, and what."""
    coming: list[tuple[date, str, Reminder]] = []
    for expiry in partnerships.expiring_agreements(on, _FAR):
        first = expiry.notice_by or expiry.end.earliest
        if first and first >= on:
            why = _("last day to give notice") if expiry.notice_by else _("end of the agreement")
            coming.append((first, first.isoformat(), _about(expiry.agreement.subject, why)))
    for each in honours.coming_anniversaries(on, _A_YEAR):
        if each.when.earliest and each.when.earliest >= on:
            why = _("%(years)s years") % {"years": each.years}
            coming.append((each.when.earliest, str(each.when), _about(each.commemoration.subject, why)))
    if not coming:
        return None
    _first, said, reminder = min(coming, key=lambda row: (row[0], row[2].key))
    return spelling.day(said, tongue()), _entitled([reminder], {})[0]


def _entitled(lines: list[Reminder], bodies: Mapping[str, str]) -> list[Reminder]:
    titles = titles_of(line.key for line in lines if line.key)
    return [replace(line, what=titles.get(line.key, line.what), whom=bodies.get(line.key, "")) for line in lines]


def _overdue(on: date) -> Iterator[Reminder]:
    for late in accountability.promises_past_deadline(on):
        why = _("promised, due: %(deadline)s; no later step says what came of it")
        yield _about(late.promise.subject, why % {"deadline": _said(late.deadline)}, _("Say what came of it"))


def _plans(on: date) -> Iterator[Reminder]:
    """Steps of projects whose day has gone by, and answers of partners that did not come."""
    for row in projects.late_milestones(on):
        words = in_language(row.words, tongue())[0]
        why = _("“%(step)s” was to be done by %(day)s") % {"step": words, "day": _said(row.due)}
        yield _about(row.owner.subject, why, _("Say where it stands"))
    for line in projects.funding_awaited(on):
        why = _("what %(partner)s gives was to be confirmed by %(day)s")
        said = {"partner": title_of(line.body), "day": _said(line.deadline)}
        yield _about(line.owner.subject, why % said, _("Ask for it"))


def _reports(on: date) -> Iterator[Reminder]:
    """Reports late or due within two months, first ones and new ones, and those that wait for a reading."""
    for each in funding.all_awaited_reports(on):
        if each.due <= on + _TWO_MONTHS:
            yield _of_grant(each.grant, _why_awaited(each), _("Ask for it"))
    for order in funding.sent_back_since():
        report: Any = order.told_in
        why = _("the bank sent back a payment on %(back)s, which the accepted report of %(day)s accounts for")
        said = {"back": _said(order.returned), "day": _said(report.received)}
        yield _of_grant(report.grant, why % said, _("Pay again, or ask for another report"))
    for report in funding.reports_to_review():
        why = _("%(report)s received on %(day)s") % {
            "report": report.get_kind_display(),
            "day": _said(report.received),
        }
        yield _of_grant(report.grant, why, _("Read it"))


def _why_awaited(each: funding.Due) -> str:
    """Which report is due, since when, and what waits for it."""
    if each.kind == ReportKind.NARRATIVE:
        late = _("the narrative report was due on %(due)s")
        why = late if each.late else _("the narrative report is due on %(due)s")
    elif each.untold:
        late = _("a new financial report, on %(untold)s that the accepted one does not tell of, was due on %(due)s")
        soon = _("a new financial report, on %(untold)s that the accepted one does not tell of, is due on %(due)s")
        why = late if each.late else soon
    elif each.holds_back:
        why = _("the financial report was due on %(due)s; the next instalment waits")
    else:
        late = _("the financial report was due on %(due)s")
        why = late if each.late else _("the financial report is due on %(due)s")
    return why % {"due": _said(each.due), "untold": spelling.money(each.untold, each.grant.currency, tongue())}


def _essential_data(on: date) -> Iterator[Reminder]:
    """Signed conventions that the law wants public within months, and that no release shows yet."""
    for convention, due in essential.to_show():
        if due <= on + _TWO_MONTHS:
            late = _("the law wants its convention, signed on %(signed)s, public since %(due)s")
            why = late if due < on else _("the law wants its convention, signed on %(signed)s, public by %(due)s")
            said = {"signed": _said(convention.signed), "due": _said(due)}
            yield _of_grant(convention.grant, why % said, _("Make it public"))


def _aid(on: date) -> Iterator[Reminder]:
    """The aid of last year, from two months before the last day to declare it, until a declaration is kept."""
    due = funding.aid_to_declare(on)
    if due and due <= on + _TWO_MONTHS:
        year = on.year - 1
        late = _("what was paid in %(year)s was to be declared by %(due)s: no declaration is kept")
        why = late if due < on else _("what was paid in %(year)s is to be declared by %(due)s")
        address = reverse("desk:aid_year", kwargs={"number": year})
        what = _("Aid of the year %(year)s") % {"year": year}
        yield Reminder(what, why % {"year": year, "due": _said(due)}, address, _("Look at the declaration"))


def _letters(_on: date) -> Iterator[Reminder]:
    """Selections the council answered whose letters are not all made, or lie held back."""
    for one_of in funding.selections_to_write():
        if one_of.to_make:
            why, n = ngettext("%(n)s letter to make", "%(n)s letters to make", one_of.to_make), one_of.to_make
        else:
            why, n = ngettext("%(n)s email held back", "%(n)s emails held back", one_of.held), one_of.held
        address = reverse("desk:letters", args=[one_of.selection])
        yield Reminder(one_of.call, why % {"n": n}, address, _("Letters"), one_of.call)


def _messages(person: User | None, _on: date) -> Iterator[Reminder]:
    """Files whose applicant wrote, and nobody of the office has read it: those that are open to this person."""
    if not _sees_letters(person):
        return
    for file, unread, since in funding.files_with_unread_messages(person):
        why = ngettext("%(n)s message, since %(day)s", "%(n)s messages, since %(day)s", unread)
        said = {"n": unread, "day": _said(timezone.localdate(since).isoformat())}
        yield Reminder(str(file.number), why % said, reverse("desk:file", args=[file.pk]), _("Read it"))


def _emergencies(_on: date) -> Iterator[Reminder]:
    for request in funding.emergencies_waiting():
        hour = timezone.localtime(request.asked_at)
        why = _("%(number)s, asked for on %(day)s at %(hour)s; the clock runs")
        said = {"number": request.number, "day": _said(hour.date().isoformat()), "hour": hour.strftime("%H:%M")}
        yield Reminder(request.body.name, why % said, reverse("desk:emergencies"), _("Answer"), request.number)


def _amendments(_on: date) -> Iterator[Reminder]:
    for request in funding.amendments_to_answer():
        why = _("an amendment of convention %(number)s was asked for on %(day)s")
        said = {"number": request.convention.number, "day": _said(timezone.localdate(request.asked_at).isoformat())}
        yield _of_grant(request.convention.grant, why % said, _("Answer"))


def _of_grant(grant: Grant, why: str, act: str) -> Reminder:
    return Reminder(grant.key, why, reverse("desk:money_grant", kwargs={"key": grant.key}), act, grant.key)


def _waiting(_on: date) -> Iterator[Reminder]:
    for proposal in Proposal.objects.filter(state=ProposalState.WAITING):
        yield Reminder(
            proposal.key,
            _("%(noun)s, proposed by %(origin)s") % {"noun": one(proposal.noun), "origin": proposal.origin},
            f"{reverse('desk:proposals')}#proposal-{proposal.pk}",
            _("Accept or refuse"),
            proposal.key,
        )
    doubles = sum(1 for _pair in directory.possible_duplicates())
    if doubles:
        what = ngettext("%(count)s possible double", "%(count)s possible doubles", doubles) % {"count": doubles}
        yield Reminder(what, _("one name: the same thing, or two?"), reverse("desk:doubles"), _("Judge"))


def _ending(on: date) -> Iterator[Reminder]:
    for expiry in partnerships.expiring_agreements(on, _SIX_MONTHS):
        why = _("ends on %(end)s")
        if expiry.notice_by:
            why = _("ends on %(end)s; notice by %(notice)s")
        said = {"end": _said(expiry.end), "notice": _said(expiry.notice_by)}
        yield _about(expiry.agreement.subject, why % said, _("Renew, end or let run"))


def _round(on: date) -> Iterator[Reminder]:
    for coming in honours.coming_anniversaries(on, _A_YEAR):
        if coming.round:
            why = _("%(years)s years on %(when)s") % {"years": coming.years, "when": _said(coming.when)}
            yield _about(coming.commemoration.subject, why)


def _unanswered(_on: date) -> Iterator[Reminder]:
    for question in accountability.open_questions():
        why = _("asked on %(day)s") % {"day": _said(question.asked)} if question.asked else _("no date known")
        yield _about(question.subject, why, _("Answer it"))


def _ended(on: date) -> Iterator[Reminder]:
    for holding in directory.ended_offices(on):
        until = _said(holding.valid_to or holding.as_of)
        why = _("last held until %(until)s; nobody is known after") % {"until": until}
        yield _about(holding.owner.subject, why, _("Say who holds it"))


def _stale(on: date) -> Iterator[Reminder]:
    for stale in stale_texts(on):
        why = _("speaks of the future until %(until)s") % {"until": _said(stale.until)}
        yield _about(stale.text.subject, why, _("Read it again"))


def _stalled(on: date) -> Iterator[Reminder]:
    for tie in partnerships.stalled_prospects(on):
        known = _("a prospect; last news: %(since)s")
        why = known if tie.since else _("a prospect, with no date on record")
        yield _about(tie.record.subject, why % {"since": _said(tie.since)}, _("Say where it stands"))


def _to_review(on: date) -> Iterator[Reminder]:
    for relation in partnerships.relations_to_review(on):
        why = _("to be reviewed on %(day)s") % {"day": _said(relation.review_on)}
        yield _about(relation.subject, why, _("Review"))
    active = encounters.partners_of_late(on)
    for relation in partnerships.closer_on_paper(on, active):
        why = _("said to be close, with no agreement in force, and no project, mission or event for three years")
        yield _about(relation.subject, why)
    for relation in partnerships.closer_in_fact(on, active):
        yield _about(
            relation.subject, _("said to be ordinary, with an agreement in force or acts in the last three years")
        )


def _to_compare(on: date) -> Iterator[Reminder]:
    for filing in partnerships.filings_to_compare(on, _A_YEAR):
        why = _("never laid beside our records") if not filing.compared else _("last compared on %(day)s")
        yield _about(filing.owner.subject, why % {"day": _said(filing.compared)}, _("Compare"))


def _differing(_on: date) -> Iterator[Reminder]:
    for check in accountability.figures_that_differ():
        number = spelling.number(check.statement.number or 0, tongue())
        said = {"said": number, "day": _said(check.statement.as_of), "counted": len(check.counted)}
        why = _("published as %(said)s (%(day)s); the records count %(counted)s")
        yield _about(check.indicator.subject, why % said, _("Compare"))


def _unproven(_on: date) -> Iterator[Reminder]:
    for claim in accountability.claims_without_proof():
        why = _("claimed as of %(day)s; no record bears it out") % {"day": _said(claim.as_of)}
        yield _about(claim.subject, why, _("Prove or dispute"))


def _undecided(_on: date) -> Iterator[Reminder]:
    for conflict in Conflict.objects.filter(preferred=None).select_related("subject").order_by("subject__key"):
        yield _about(conflict.subject, _("both sides are shown alike"), _("Choose, if you can say why"))


def _said(when: Any) -> str:
    return spelling.day(when, tongue()) if when else ""


def _about(subject: Subject, why: str, act: str = "") -> Reminder:
    address = reverse("desk:record", kwargs={"plural": PLURALS[subject.noun], "key": subject.key})
    return Reminder(subject.key, why, address, act, subject.key)
