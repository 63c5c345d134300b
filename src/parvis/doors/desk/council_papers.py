"""The report of a selection to the council, in the language of whoever asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.domain.council.models import Decision
from parvis.domain.funding import queries
from parvis.domain.funding.enums import Answered, Proposed
from parvis.domain.funding.models import Selection, SelectionLine
from parvis.domain.funding.queries import YearOfBody
from parvis.doors.desk.minutes import look_said
from parvis.doors.desk.naming import title_of
from parvis.doors.desk.words import city_name, paper_mark, tongue
from parvis.doors.ui import spelling
from parvis.exchange.formats import papers
from parvis.register.models import Subject

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def report(selection: Selection, form: str) -> tuple[bytes, str]:
    """The report as bytes, and what kind of file it is."""
    facts = facts_of(selection)
    made = papers.council_report(facts, selection.closed_at) if form == "pdf" else papers.council_text(facts)
    return made, KINDS[form]


def facts_of(selection: Selection) -> dict[str, Any]:
    """Everything the report tells, as text."""
    rows = selection.lines.select_related("application__body", "otherwise")
    lines = list(rows.order_by("rank", "application__number"))
    currency = selection.call.currency or "EUR"
    local = timezone.localtime(selection.closed_at, timezone.get_default_timezone())
    title = title_of(selection.call.subject)
    total = sum((line.amount for line in lines), selection.envelope * 0)
    chosen = [line for line in lines if line.proposed == Proposed.AWARD]
    years = queries.years_of_bodies(selection)
    bound = sum(year.needs_convention for year in years.values())
    return {
        "language": tongue(),
        "mark": paper_mark(),
        "number": f"{selection.call.key}-{selection.pk}",
        "city": city_name(),
        "title": _("Report to the council: %(call)s") % {"call": title},
        "sentences": [
            _("%(files)s files were ranked; %(chosen)s are proposed, for %(total)s of an envelope of %(envelope)s.")
            % {
                "files": len(lines),
                "chosen": len(chosen),
                "total": _money(total, currency),
                "envelope": _money(selection.envelope, currency),
            },
            _("Closed on %(day)s.") % {"day": spelling.day(local.date(), tongue())},
            _(
                "The total of a body counts all it receives in %(year)s, money and help in kind, with what is proposed "
                "here; above %(threshold)s a convention is signed. It is needed for %(bound)s of %(bodies)s bodies."
            )
            % {
                "year": local.year,
                "threshold": _money(queries.convention_threshold(date(local.year, 12, 31)), queries.city_currency()),
                "bound": bound,
                "bodies": len(years),
            },
        ],
        "heads": [
            _("Rank"),
            _("Application"),
            _("Body and object"),
            _("Score"),
            _("Amount asked"),
            _("Proposed"),
            _("Body’s total in the year"),
            _("Reason"),
        ],
        "rows": [_row(line, currency, years.get(line.application.body_id)) for line in lines],
        "answer_title": _("What the council decided") if selection.decision else "",
        "answer": answer_said(selection, lines) if selection.decision else [],
        "otherwise_heads": [_("Application"), _("Body and object"), _("Proposed"), _("Decided"), _("Reason")],
        "otherwise": [_otherwise(line, currency) for line in lines if hasattr(line, "otherwise")],
        "interests_title": _("Conflicts of interest"),
        "no_interest": _("None was declared or found."),
        "interests": [
            [str(one.application), one.who, one.get_ground_display(), one.told]
            for one in queries.interests_of(selection.call)
        ],
        "looks": [look_said(one) for one in queries.looks_at(selection.call)],
    }


def answer_said(selection: Selection, lines: Sequence[SelectionLine]) -> list[str]:
    """The council's answer in sentences: the decision, its votes, who took no part, and what it gives in all."""
    awarded = [line for line in lines if line.answered == Answered.AWARD]
    total = sum((line.voted for line in awarded), selection.envelope * 0)
    said = [
        ngettext(
            "%(decision)s: %(n)s grant, %(total)s in all.",
            "%(decision)s: %(n)s grants, %(total)s in all.",
            len(awarded),
        )
        % {
            "decision": title_of(selection.decision),
            "n": len(awarded),
            "total": _money(total, selection.call.currency or "EUR"),
        },
        votes_said(selection.decision),
    ]
    if names := queries.members_concerned(selection):
        said.append(
            _("Took no part, because of an office in a body that asks: %(names)s.") % {"names": ", ".join(names)}
        )
    return [one for one in said if one]


def votes_said(decision: Subject | None) -> str:
    """The votes of a decision in a sentence, as far as its record tells them."""
    record = Decision.objects.filter(subject=decision).first() if decision else None
    if record is None:
        return ""
    absent = _absent(record)
    told = [
        text % {"n": count}
        for text, count in (
            (_("%(n)s for"), record.votes_for),
            (_("%(n)s against"), record.votes_against),
            (ngettext("%(n)s abstaining", "%(n)s abstaining", record.abstentions or 0), record.abstentions),
            (ngettext("%(n)s took part", "%(n)s took part", record.voters or 0), record.voters),
            (
                ngettext(
                    "%(n)s absent or without part in the vote", "%(n)s absent or without part in the vote", absent or 0
                ),
                absent,
            ),
        )
        if count is not None
    ]
    return _("Votes: %(votes)s.") % {"votes": ", ".join(told)} if told else ""


def _absent(record: Decision) -> int | None:
    return None if record.seats is None or record.voters is None else record.seats - record.voters


def _otherwise(line: SelectionLine, currency: str) -> list[str]:
    decided = _money(line.voted, currency) if line.answered == Answered.AWARD else str(line.answered.label)
    return [str(line.application.number), _who_for_what(line), _proposed(line, currency), decided, line.why]


def _proposed(line: SelectionLine, currency: str) -> str:
    return _money(line.amount, currency) if line.proposed == Proposed.AWARD else str(line.get_proposed_display())


def _who_for_what(line: SelectionLine) -> str:
    return " · ".join(part for part in (line.application.body.name, line.application.title) if part)


def _row(line: SelectionLine, currency: str, year: YearOfBody | None) -> list[str]:
    return [
        str(line.rank),
        str(line.application.number),
        _who_for_what(line),
        number_format(line.score, 2),
        _money(line.asked, currency),
        _proposed(line, currency),
        _year_said(year) if year and line.proposed == Proposed.AWARD else "",
        queries.reason_proposed(line),
    ]


def _year_said(year: YearOfBody) -> str:
    """Sums in other money than the city's are named, and counted against no threshold."""
    total = _money(year.total, queries.city_currency())
    told = _("%(total)s: convention") % {"total": total} if year.needs_convention else total
    if not year.beside:
        return told
    return _("%(total)s; besides, not counted: %(beside)s") % {"total": told, "beside": year.beside}


def _money(amount: Any, currency: str) -> str:
    return spelling.money(amount, currency, tongue())
