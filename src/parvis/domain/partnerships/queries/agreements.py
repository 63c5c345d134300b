"""Agreements read as of a day: which bind, which end soon, which stand still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet

from parvis.domain.partnerships.enums import PIPELINE, RUNNING, AgreementState, RelationStage, Renewal
from parvis.domain.partnerships.models import Agreement, AgreementParty, AgreementStep, Relation
from parvis.domain.partnerships.queries.standing import Life, end_of, life_of, standing_on
from parvis.foundation.values.certainty import Certainty, begun_by
from parvis.foundation.values.months import months_after
from parvis.foundation.values.partial_date import PartialDate
from parvis.register.models import Subject
from parvis.register.ordering import known_date

EUROPEAN_ACCORD = "european_accord"
_A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Standing:
    """An agreement, and whether it binds on the day asked about."""

    agreement: Agreement
    answer: Certainty


@dataclass(frozen=True, slots=True)
class Expiry:
    """An agreement whose end is near. ``notice_by`` is the last day to give notice, where one is agreed."""

    agreement: Agreement
    end: PartialDate
    notice_by: date | None


@dataclass(frozen=True, slots=True)
class Stalled:
    """A tie that should have moved. ``since`` is when it was last heard of; None where nobody knows."""

    record: Agreement | Relation
    since: PartialDate | None


def all_agreements() -> QuerySet[Agreement]:
    """Agreements with all that is needed to say what they are on a day."""
    steps = AgreementStep.objects.select_related("source__source")
    parties = AgreementParty.objects.select_related("party")
    return (
        Agreement.objects.select_related("subject", "decision")
        .prefetch_related(Prefetch("steps", steps), Prefetch("parties", parties))
        .order_by("subject__key")
    )


def standings(on: date, *, party: Subject | None = None) -> list[Standing]:
    """Every agreement, or every one of a party, and whether it binds on that day."""
    found = all_agreements()
    if party is not None:
        found = found.with_party(party)  # type: ignore[attr-defined]  # our own queryset
    return [Standing(agreement, standing_on(life_of(agreement), on)) for agreement in found]


def agreements_in_force(on: date, *, party: Subject | None = None) -> list[Agreement]:
    """Agreements that bind on that day."""
    return [row.agreement for row in standings(on, party=party) if row.answer == Certainty.YES]


def agreements_perhaps_in_force(on: date, *, party: Subject | None = None) -> list[Agreement]:
    """Agreements signed or listed by that day, of which no source says whether they still bind."""
    return [
        row.agreement
        for row in standings(on, party=party)
        if row.answer == Certainty.NOT_KNOWN and _heard_of_by(life_of(row.agreement), on)
    ]


def agreements_signed(on: date, *, party: Subject | None = None) -> list[Agreement]:
    """Agreements that were surely signed by that day, whether they still bind or not."""
    return [
        row.agreement
        for row in standings(on, party=party)
        if any(
            step.state in RUNNING and begun_by(step.when, on) == Certainty.YES for step in life_of(row.agreement).steps
        )
    ]


def european_accords(on: date) -> list[Standing]:
    """Accords with European cities that a source attests by that day, and that had not ended."""
    return [
        row
        for row in standings(on)
        if row.agreement.subject.kind == EUROPEAN_ACCORD
        and row.answer != Certainty.NO
        and _heard_of_by(life_of(row.agreement), on)
    ]


def latest_state(agreement: Agreement) -> AgreementState | None:
    """The state the last step gives; a listing says nothing where another step is known."""
    life = life_of(agreement)
    known = life.moves or life.steps
    return known[-1].state if known else None


def expiring_agreements(on: date, within: timedelta) -> list[Expiry]:
    """Agreements that bind, or may bind, and end within that time, or whose notice must be given in it."""
    found = []
    for row in standings(on):
        end = end_of(life_of(row.agreement))
        if end is None or row.answer == Certainty.NO or row.agreement.renewal == Renewal.EVERGREEN:
            continue
        notice = _notice_day(row.agreement, end)
        if _comes_within(end, on, within) or (notice is not None and on <= notice <= on + within):
            found.append(Expiry(row.agreement, end, notice))
    return sorted(found, key=lambda expiry: (expiry.notice_by or expiry.end.earliest or date.max, expiry.agreement.key))


def stalled_prospects(on: date, after: timedelta = _A_YEAR) -> list[Stalled]:
    """Ties not yet signed of which nothing has been heard for that long, oldest first."""
    rows = standings(on)
    signed_with = {
        line.party_id
        for row in rows
        if latest_state(row.agreement) not in PIPELINE | {None}
        for line in row.agreement.parties.all()
    }
    stalled = [*_stalled_agreements(rows, on, after), *_stalled_relations(on, after, signed_with)]
    return sorted(stalled, key=lambda tie: (tie.since.sort_key if tie.since else "", tie.record.key))


def _stalled_agreements(rows: list[Standing], on: date, after: timedelta) -> list[Stalled]:
    found = []
    for row in rows:
        steps = life_of(row.agreement).moves
        if steps and steps[-1].state in PIPELINE and _long_ago(steps[-1].when, on, after):
            found.append(Stalled(row.agreement, steps[-1].when))
    return found


def _stalled_relations(on: date, after: timedelta, signed_with: set[int]) -> list[Stalled]:
    found = []
    for relation in Relation.objects.prospects().select_related("subject", "partner"):
        heard = known_date(relation.as_of) or known_date(relation.valid_from)
        review = known_date(relation.review_on)
        overdue = review is not None and begun_by(review, on) == Certainty.YES
        settled = relation.partner_id in signed_with and relation.stage != RelationStage.ASKED
        if (overdue or _long_ago(heard, on, after)) and not settled:
            found.append(Stalled(relation, heard))
    return found


def _long_ago(when: PartialDate | None, on: date, after: timedelta) -> bool:
    return when is None or when.latest is None or when.latest + after <= on


def _heard_of_by(life: Life, day: date) -> bool:
    telling = RUNNING | {AgreementState.LISTED, AgreementState.VOTED}
    return any(step.state in telling and begun_by(step.when, day) == Certainty.YES for step in life.steps)


def _comes_within(end: PartialDate, on: date, within: timedelta) -> bool:
    first, last = end.earliest or end.latest, end.latest or end.earliest
    return first is not None and last is not None and first <= on + within and on <= last


def _notice_day(agreement: Agreement, end: PartialDate) -> date | None:
    if not agreement.notice_months or end.earliest is None:
        return None
    return months_after(end.earliest, -agreement.notice_months)
