"""Scenarios and selections, worked out from signed reviews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from parvis.domain.funding.enums import Answered, ApplicationState, Carried, FieldType, LeftOut, Proposed
from parvis.domain.funding.models import (
    Answer,
    ApplicantBody,
    Call,
    Envelope,
    Interest,
    Scenario,
    Selection,
    SelectionLine,
)
from parvis.domain.funding.queries.duties import PUBLIC, has_its_contract
from parvis.domain.funding.queries.files import form_read, latest_form
from parvis.domain.funding.queries.forms import Question
from parvis.domain.funding.queries.ledger import standing_of_envelope
from parvis.domain.funding.queries.limits import city_currency, city_vocabulary
from parvis.domain.funding.queries.past import wins_of
from parvis.domain.funding.queries.ranking import Ranked, Reading, rank
from parvis.domain.funding.queries.reviews import ranking_of, readings_of
from parvis.domain.funding.queries.selecting import Candidate, Outcome, Terms, Without, simulate, without_each
from parvis.domain.funding.queries.yearly import beside_said, convention_threshold, yearly_by_currency
from parvis.foundation.accounts.models import User

#: States of a file that may still be chosen.
CHOOSABLE = (ApplicationState.RANKED, ApplicationState.WAITING)
_SHARED_OUT = (Carried.THEME, Carried.COUNTRY, Carried.DISCIPLINE)
ZERO = Decimal(0)


def terms_kept(terms: Terms) -> dict[str, Any]:
    """Terms of a scenario as they are stored."""
    return {
        "threshold": None if terms.threshold is None else str(terms.threshold),
        "envelope": None if terms.envelope is None else str(terms.envelope),
        "most_a_country": terms.most_a_country,
        "most_a_theme": terms.most_a_theme,
        "most_a_discipline": terms.most_a_discipline,
        "less_a_win": None if terms.less_a_win is None else str(terms.less_a_win),
        "amounts": {file: str(amount) for file, amount in sorted(terms.amounts.items())},
        "kept": sorted(terms.kept),
        "out": sorted(terms.out),
    }


def as_terms(kept: Mapping[str, Any]) -> Terms:
    """Terms of a scenario as they were stored."""
    threshold, envelope, less = (kept.get(name) for name in ("threshold", "envelope", "less_a_win"))
    return Terms(
        threshold=None if threshold is None else Decimal(threshold),
        envelope=None if envelope is None else Decimal(envelope),
        most_a_country=kept.get("most_a_country"),
        most_a_theme=kept.get("most_a_theme"),
        amounts={file: Decimal(amount) for file, amount in kept.get("amounts", {}).items()},
        kept=frozenset(kept.get("kept", ())),
        out=frozenset(kept.get("out", ())),
        most_a_discipline=kept.get("most_a_discipline"),
        less_a_win=None if less is None else Decimal(less),
    )


def candidates_of(call: Call, ranked: list[Ranked] | None = None) -> list[Candidate]:
    """Ranked files of a call that may be chosen, from the best down."""
    ranked = ranking_of(call) if ranked is None else ranked
    rows = call.applications.filter(state__in=CHOOSABLE).values_list("pk", "asked", "country")
    files = {str(pk): (asked or ZERO, country) for pk, asked, country in rows}
    themes, countries, disciplines = (answers_that_carry(call, what) for what in _SHARED_OUT)
    past = wins_of(call, disciplines)
    whole = theme_of_all(call) if not carrying(call, Carried.THEME) else ""
    return [
        Candidate(
            one.file,
            one.score,
            files[one.file][0],
            countries.get(one.file) or files[one.file][1],
            themes.get(one.file) or whole,
            disciplines.get(one.file, ""),
            len(past[one.file].grants) if one.file in past else 0,
        )
        for one in ranked
        if one.file in files
    ]


def carrying(call: Call, what: Carried) -> Question | None:
    """The question whose answer is the theme, or the country, of a file: as the latest form of the call says."""
    form = latest_form(call)
    questions = form_read(form.pk).questions if form else ()
    return next((question for question in questions if question.carries == what), None)


def answers_that_carry(call: Call, what: Carried) -> dict[str, str]:
    """The theme or the country each file says, by its code: the first, where the answer gives several."""
    question = carrying(call, what)
    if question is None:
        return {}
    rows = Answer.objects.filter(application__call=call).order_by("pk")
    if question.type == FieldType.PLACES:
        told = rows.filter(field__startswith=f"{question.code}.", field__endswith=".country")
    else:
        told = rows.filter(field=question.code)
    found: dict[str, str] = {}
    for pk, value in told.values_list("application", "value"):
        if code := _first(value, question, what):
            found.setdefault(str(pk), code)
    return found


def disciplines_known(call: Call) -> dict[str, str]:
    """The discipline each file says, where it is one of the city's vocabulary: its grant keeps it."""
    known = city_vocabulary().disciplines
    return {file: code for file, code in answers_that_carry(call, Carried.DISCIPLINE).items() if code in known}


def _first(value: Any, question: Question, what: Carried) -> str:
    one = str((value[0] if value else "") if isinstance(value, list) else value or "").strip()
    if question.type == FieldType.SDG:
        one = one.partition(".")[0]
    return one[:2].upper() if what == Carried.COUNTRY else one


def theme_of_all(call: Call) -> str:
    """The theme of every file of a call that asks for none: that of its programme, or its own."""
    themes = (call.programme.themes if call.programme else []) or call.subject.themes
    return themes[0] if len(themes) == 1 else ""


def scenario_without_each(call: Call, terms: Terms, person: User) -> list[Without]:
    """What a scenario becomes when one reader is left out, for each of them, on the files open to this person."""
    readings = readings_open_to(call, person)
    return without_each(readings, candidates_of(call, rank(readings)), terms, envelope_for(call, terms))


def readings_open_to(call: Call, person: User) -> list[Reading]:
    """Signed totals of the files that do not concern this person: a board made of them tells nothing of the others."""
    closed = {str(pk) for pk in call.applications.filter(interests__person=person).values_list("pk", flat=True)}
    return [one for one in readings_of(call) if one.file not in closed]


def closed_and_choosable(call: Call, person: User) -> int:
    """How many files that may be chosen concern this person, and stand on no board of theirs."""
    return call.applications.filter(state__in=CHOOSABLE, interests__person=person).distinct().count()


def envelope_for(call: Call, terms: Terms) -> Decimal:
    """What a scenario may give: the envelope it imagines, or what that of its call still has."""
    return envelope_left(call) if terms.envelope is None else terms.envelope


def envelope_left(call: Call) -> Decimal:
    """What the envelope of a call still has to give; nothing when the call names none."""
    if call.envelope_id is None:
        return ZERO
    return standing_of_envelope(Envelope.objects.get(pk=call.envelope_id)).left


def outcome_of(call: Call, terms: Terms, ranked: list[Ranked] | None = None) -> Outcome:
    """A scenario worked out on what is ranked and on what the envelope has now."""
    return simulate(candidates_of(call, ranked), terms, envelope_for(call, terms))


def scenarios_of(call: Call) -> QuerySet[Scenario]:
    return call.scenarios.all()


def selections_of(call: Call, person: User) -> QuerySet[Selection]:
    """Selections of a call, the latest first: how many lines open to this person each holds, and what these propose."""
    told = Q(lines__application__in=call.applications.open_to(person))
    rows = call.selections.select_related("decision")
    rows = rows.annotate(files=Count("lines", filter=told), proposed=Sum("lines__amount", filter=told))
    return rows.order_by("-closed_at")


def lines_shown(selection: Selection, person: User) -> list[SelectionLine]:
    """Lines of a selection, but for the files that concern this person."""
    rows = selection.lines.exclude(application__interests__person=person)
    return list(rows.select_related("application__body", "otherwise").order_by("rank", "application__number"))


def lines_changed(selection: Selection, person: User | None = None) -> list[str]:
    """Files whose score is no longer the one the council was shown, by number: a tie set a reading aside since.

    Less those that concern ``person``, where somebody looks.
    """
    now = {one.file: one.score for one in ranking_of(selection.call)}
    left = {ApplicationState.UNDER_REVIEW}
    rows = _lines_of(selection, person).select_related("application")
    return sorted(
        str(line.application.number)
        for line in rows
        if line.application.state in left or now.get(str(line.application_id), line.score) != line.score
    )


def _lines_of(selection: Selection, person: User | None) -> QuerySet[SelectionLine]:
    return selection.lines.exclude(application__interests__person=person) if person else selection.lines.all()


def members_concerned(selection: Selection) -> list[str]:
    """Members of the deciding body who hold an office in a body that asks, by name."""
    files = selection.lines.values("application")
    rows = Interest.objects.filter(application__in=files, holder__isnull=False).select_related("holder")
    return sorted({one.who for one in rows.prefetch_related("holder__texts")})


def without_contract(selection: Selection, on: date, person: User | None = None) -> list[str]:
    """Their names, see ``bodies_without_contract``."""
    return [body.name for body in bodies_without_contract(selection, on, person)]


def bodies_without_contract(selection: Selection, on: date, person: User | None = None) -> list[ApplicantBody]:
    """Bodies proposed for a grant whose contract is not noted, by name; less those that concern ``person``."""
    rows = _lines_of(selection, person).filter(proposed=Proposed.AWARD).select_related("application__body__record")
    bodies = {line.application.body for line in rows}
    return sorted((body for body in bodies if not has_its_contract(body.record, on)), key=lambda body: body.name)


def states_counted(call: Call, person: User) -> list[tuple[str, int]]:
    """How many files of a call stand in each state, in the order a file goes through them."""
    counted = dict(call.applications.open_to(person).values_list("state").annotate(n=Count("pk")).order_by())
    return [(str(state.label), counted[state]) for state in ApplicationState if counted.get(state)]


@dataclass(frozen=True, slots=True)
class YearOfBody:
    """All that a body receives in a year, what is proposed included, and whether that asks for a convention.

    ``beside`` is what it receives in other money than the city's, in words: it counts against no threshold.
    """

    year: int
    total: Decimal
    needs_convention: bool
    beside: str = ""


def years_of_bodies(selection: Selection) -> dict[int, YearOfBody]:
    """By body proposed for a grant: its yearly total with this selection, and whether it needs a convention."""
    year = timezone.localtime(selection.closed_at, timezone.get_default_timezone()).year
    proposed: dict[int, Decimal] = {}
    bodies = {}
    currency = selection.call.currency or "EUR"
    for line in selection.lines.select_related("application__body__record", "otherwise"):
        if line.answered != Answered.AWARD:
            continue
        body = line.application.body
        bodies[body.pk] = body
        # once the council has decided, the grant itself is counted among what the body receives
        more = ZERO if selection.decision_id else line.voted
        proposed[body.pk] = proposed.get(body.pk, ZERO) + more
    threshold = convention_threshold(date(year, 12, 31))
    found = {}
    for pk, body in bodies.items():
        sums = yearly_by_currency(body.record, year) if body.record else {}
        sums[currency] = sums.get(currency, ZERO) + proposed[pk]
        total = sums.get(city_currency(), ZERO)
        found[pk] = YearOfBody(year, total, body.kind not in PUBLIC and total > threshold, beside_said(sums))
    return found


def reason_in_figures(left_out: str, score: Decimal, rank: int) -> str:
    """The reason that stands in the figures themselves, in the reader's language; empty where it needs words."""
    if left_out == LeftOut.THRESHOLD:
        return _("Score of %(score)s of 100, under the threshold.") % {"score": number_format(score, 2)}
    if left_out == LeftOut.ENVELOPE:
        return _("Place %(rank)s: the envelope is used up by files placed before it.") % {"rank": rank}
    return ""


def reason_told(line: SelectionLine) -> str:
    """The reason of a line: one that stands in figures is said in the reader's language, another as it was written.

    Where the council decided otherwise, its reason.
    """
    return line.why if line.why != line.reason else reason_proposed(line)


def reason_proposed(line: SelectionLine) -> str:
    """The reason that was put before the council, told as ``reason_told`` does."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            if line.reason == reason_in_figures(line.left_out, line.score, line.rank):
                break
    else:
        return line.reason
    return reason_in_figures(line.left_out, line.score, line.rank)
