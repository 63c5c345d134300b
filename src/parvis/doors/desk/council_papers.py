"""The report of a selection to the council, in the language of whoever asks for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.domain.funding import queries
from parvis.domain.funding.enums import Proposed
from parvis.domain.funding.models import Selection, SelectionLine
from parvis.domain.funding.queries import YearOfBody
from parvis.doors.desk.minutes import look_said
from parvis.doors.desk.naming import title_of
from parvis.doors.desk.words import city_name, paper_mark, tongue
from parvis.doors.ui import spelling
from parvis.exchange.formats import papers

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
    lines = list(selection.lines.select_related("application__body").order_by("rank", "application__number"))
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
                "threshold": _money(queries.convention_threshold(date(local.year, 12, 31)), currency),
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
        "interests_title": _("Conflicts of interest"),
        "no_interest": _("None was declared or found."),
        "interests": [
            [str(one.application), one.who, one.get_ground_display(), one.told]
            for one in queries.interests_of(selection.call)
        ],
        "looks": [look_said(one) for one in queries.looks_at(selection.call)],
    }


def _row(line: SelectionLine, currency: str, year: YearOfBody | None) -> list[str]:
    proposed = _money(line.amount, currency) if line.proposed == Proposed.AWARD else line.get_proposed_display()
    return [
        str(line.rank),
        str(line.application.number),
        " · ".join(part for part in (line.application.body.name, line.application.title) if part),
        spelling.number(line.score, tongue()),
        _money(line.asked, currency),
        str(proposed),
        _year_said(year, currency) if year and line.proposed == Proposed.AWARD else "",
        queries.reason_told(line),
    ]


def _year_said(year: YearOfBody, currency: str) -> str:
    total = _money(year.total, currency)
    return _("%(total)s: convention") % {"total": total} if year.needs_convention else total


def _money(amount: Any, currency: str) -> str:
    return spelling.money(amount, currency, tongue())
