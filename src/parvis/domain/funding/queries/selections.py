"""Scenarios and selections, worked out from signed reviews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from parvis.domain.funding.enums import ApplicationState, LeftOut, Proposed
from parvis.domain.funding.models import Answer, Call, Envelope, Scenario, Selection, SelectionLine
from parvis.domain.funding.queries.duties import PUBLIC, convention_threshold, has_its_contract, yearly_total
from parvis.domain.funding.queries.ledger import standing_of_envelope
from parvis.domain.funding.queries.ranking import Ranked
from parvis.domain.funding.queries.reviews import ranking_of
from parvis.domain.funding.queries.selecting import Candidate, Outcome, Terms, simulate
from parvis.foundation.accounts.models import User

#: States of a file that may still be chosen.
CHOOSABLE = (ApplicationState.RANKED, ApplicationState.WAITING)
#: The question of a form that says the theme of a project, where a call has one.
THEME = "theme"
ZERO = Decimal(0)


def terms_kept(terms: Terms) -> dict[str, Any]:
    """Terms of a scenario as they are stored."""
    return {
        "threshold": None if terms.threshold is None else str(terms.threshold),
        "most_a_country": terms.most_a_country,
        "most_a_theme": terms.most_a_theme,
        "amounts": {file: str(amount) for file, amount in sorted(terms.amounts.items())},
        "kept": sorted(terms.kept),
        "out": sorted(terms.out),
    }


def as_terms(kept: Mapping[str, Any]) -> Terms:
    """Terms of a scenario as they were stored."""
    threshold = kept.get("threshold")
    return Terms(
        threshold=None if threshold is None else Decimal(threshold),
        most_a_country=kept.get("most_a_country"),
        most_a_theme=kept.get("most_a_theme"),
        amounts={file: Decimal(amount) for file, amount in kept.get("amounts", {}).items()},
        kept=frozenset(kept.get("kept", ())),
        out=frozenset(kept.get("out", ())),
    )


def candidates_of(call: Call, ranked: list[Ranked] | None = None) -> list[Candidate]:
    """Ranked files of a call that may be chosen, from the best down."""
    ranked = ranking_of(call) if ranked is None else ranked
    rows = call.applications.filter(state__in=CHOOSABLE).values_list("pk", "asked", "country")
    files = {str(pk): (asked or ZERO, country) for pk, asked, country in rows}
    themes = {
        str(pk): str(value)
        for pk, value in Answer.objects.filter(application__call=call, field=THEME).values_list("application", "value")
    }
    return [
        Candidate(one.file, one.score, files[one.file][0], files[one.file][1], themes.get(one.file, ""))
        for one in ranked
        if one.file in files
    ]


def envelope_left(call: Call) -> Decimal:
    """What the envelope of a call still has to give; nothing when the call names none."""
    if call.envelope_id is None:
        return ZERO
    return standing_of_envelope(Envelope.objects.get(pk=call.envelope_id)).left


def outcome_of(call: Call, terms: Terms, ranked: list[Ranked] | None = None) -> Outcome:
    """A scenario worked out on what is ranked and on what the envelope has now."""
    return simulate(candidates_of(call, ranked), terms, envelope_left(call))


def scenarios_of(call: Call) -> QuerySet[Scenario]:
    return call.scenarios.all()


def selections_of(call: Call) -> QuerySet[Selection]:
    """Selections of a call with how many lines they hold and what they propose, the latest first."""
    rows = call.selections.select_related("decision").annotate(files=Count("lines"), proposed=Sum("lines__amount"))
    return rows.order_by("-closed_at")


def lines_shown(selection: Selection, person: User) -> list[SelectionLine]:
    """Lines of a selection, but for the files that concern this person."""
    rows = selection.lines.exclude(application__interests__person=person)
    return list(rows.select_related("application__body").order_by("rank", "application__number"))


def without_contract(selection: Selection, on: date) -> list[str]:
    """Bodies proposed for a grant whose republican-commitment contract is not noted, by name."""
    rows = selection.lines.filter(proposed=Proposed.AWARD).select_related("application__body__record")
    bodies = {line.application.body for line in rows}
    return sorted(body.name for body in bodies if not has_its_contract(body.record, on))


def states_counted(call: Call, person: User) -> list[tuple[str, int]]:
    """How many files of a call stand in each state, in the order a file goes through them."""
    counted = dict(call.applications.open_to(person).values_list("state").annotate(n=Count("pk")).order_by())
    return [(str(state.label), counted[state]) for state in ApplicationState if counted.get(state)]


@dataclass(frozen=True, slots=True)
class YearOfBody:
    """All that a body receives in a year, what is proposed included, and whether that asks for a convention."""

    total: Decimal
    needs_convention: bool


def years_of_bodies(selection: Selection) -> dict[int, YearOfBody]:
    """By body proposed for a grant: its yearly total with this selection, and whether it needs a convention."""
    year = timezone.localtime(selection.closed_at, timezone.get_default_timezone()).year
    proposed: dict[int, Decimal] = {}
    bodies = {}
    for line in selection.lines.filter(proposed=Proposed.AWARD).select_related("application__body__record"):
        body = line.application.body
        bodies[body.pk] = body
        # once the council has decided, the grant itself is counted among what the body receives
        more = ZERO if selection.decision_id else line.amount
        proposed[body.pk] = proposed.get(body.pk, ZERO) + more
    threshold = convention_threshold(date(year, 12, 31))
    found = {}
    for pk, body in bodies.items():
        total = proposed[pk] + (yearly_total(body.record, year) if body.record else ZERO)
        found[pk] = YearOfBody(total, body.kind not in PUBLIC and total > threshold)
    return found


def reason_in_figures(left_out: str, score: Decimal, rank: int) -> str:
    """The reason that stands in the figures themselves, in the reader's language; empty where it needs words."""
    if left_out == LeftOut.THRESHOLD:
        return _("Score of %(score)s of 100, under the threshold.") % {"score": score}
    if left_out == LeftOut.ENVELOPE:
        return _("Place %(rank)s: the envelope is used up by files placed before it.") % {"rank": rank}
    return ""


def reason_told(line: SelectionLine) -> str:
    """The reason of a line: one that stands in figures is said in the reader's language, another as it was written."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            if line.reason == reason_in_figures(line.left_out, line.score, line.rank):
                break
    else:
        return line.reason
    return reason_in_figures(line.left_out, line.score, line.rank)
