"""What every page of a file shows: its number, its call, the days left, its steps and how far each is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.domain.funding import queries
from parvis.domain.funding.enums import WRITABLE, ApplicationState, FieldType
from parvis.domain.funding.models import Application
from parvis.domain.funding.queries.forms import Form, Question, is_shown, lines_in, troubles
from parvis.domain.funding.queries.versions import Later, changes_between, later_form, since_begun
from parvis.doors.counter.access import who
from parvis.doors.counter.words import tongue
from parvis.doors.ui import spelling

#: How many changes of a call the notice lists; the rest is a click away.
MOST_TOLD = 4


def file_context(request: HttpRequest, file: Application) -> dict[str, Any]:
    """What stands at the head of a file's pages."""
    now = timezone.now()
    closes = file.call.closes_at
    left = (closes - now) if closes else None
    later, known = later_form(file.form_id), file.closing_known
    role = queries.role_on(who(request), file)
    return {
        "file": file,
        "call": file.call,
        "closes": closes,
        "days_left": left.days if left is not None else None,
        "closed": left is not None and left <= timedelta(0),
        "draft": file.state == ApplicationState.DRAFT,
        "asked_back": queries.asked_to_complete([file]).get(file.pk),
        "moved_from": known if known and closes and known != closes else None,
        "closes_ms": _milliseconds(closes),
        "now_ms": _milliseconds(now),
        "later": later,
        "changes": changes_between(file.form_id, later.form, tongue())[:MOST_TOLD] if later else [],
        "may_sign": queries.may_sign(role),
        "may_write": queries.may_write(role),
        "writable": file.state in WRITABLE and queries.may_write(role),
    }


def _milliseconds(moment: datetime | None) -> int:
    return int(moment.timestamp() * 1000) if moment else 0


def told_of_call(file: UUID, form: int, known: int, closing: int) -> dict[str, Any]:
    """What an open page is told when the call changed since, or closes at another moment; nothing it shows already."""
    closes, later = since_begun(form)
    told: dict[str, Any] = {"moment": _milliseconds(timezone.now())}
    if closes and closing and _milliseconds(closes) != closing:
        told |= _told_of_closing(closes, datetime.fromtimestamp(closing / 1000, tz=UTC))
    if later is None or later.version <= known:
        return told
    return told | _told_of_later(file, form, later)


def _told_of_closing(closes: datetime, was: datetime) -> dict[str, Any]:
    now, before = _moment(closes), _moment(was)
    said = _("The closing moment was moved: the call closes %(now)s. It was to close %(before)s.")
    return {
        "closing": {
            "at": _milliseconds(closes),
            "said": said % {"now": now, "before": before},
            "words": _("closes %(when)s") % {"when": now},
        }
    }


def _moment(when: datetime) -> str:
    return spelling.moment(when, tongue(), timezone.get_default_timezone_name())


def _told_of_later(file: UUID, form: int, later: Later) -> dict[str, Any]:
    moment = _moment(later.opened_at)
    return {
        "later": {
            "version": later.version,
            "said": _(
                "The call was changed on %(when)s. Your file keeps the form it was begun with; nothing of it changes."
            )
            % {"when": moment},
            "changes": changes_between(form, later.form, tongue())[:MOST_TOLD],
            "link": reverse("counter:changes", args=[file]),
            "way": _("All that changed"),
        }
    }


def step_list(file: Application, form: Form, answers: Mapping[str, Any], here: str) -> list[dict[str, Any]]:
    """The pages of a form: done, to mend, begun, empty."""
    wrong = {one.section for one in troubles(form, answers, queries.expiries(file), timezone.localdate())}
    steps = [
        {
            "code": section.code,
            "words": section.words,
            "here": section.code == here,
            "state": _state(form, section.code, answers, wrong),
        }
        for section in form.sections
    ]
    if form.documents:
        given = queries.expiries(file)
        state = "fix" if "documents" in wrong and given else "empty" if "documents" in wrong else "done"
        steps.append({"code": "documents", "words": {}, "here": here == "documents", "state": state})
    return steps


def onwards_from(file: Application, form: Form, here: str) -> str:
    """The page after this one."""
    codes = [section.code for section in form.sections]
    after = codes[codes.index(here) + 1 :]
    if after:
        return reverse("counter:page", args=[file.pk, after[0]])
    return reverse("counter:documents" if form.documents else "counter:check", args=[file.pk])


def _state(form: Form, section: str, answers: Mapping[str, Any], wrong: set[str]) -> str:
    questions = [one for one in form.of_section(section) if is_shown(form, one, answers)]
    if not any(_written(one, answers) for one in questions):
        return "empty"
    return "fix" if section in wrong else "done"


def _written(question: Question, answers: Mapping[str, Any]) -> bool:
    if question.type in (FieldType.ROWS, FieldType.PLACES):
        return bool(lines_in(answers, question.code))
    if question.type == FieldType.BUDGET:
        return any(value for path, value in answers.items() if path.startswith(f"{question.code}."))
    return answers.get(question.code) not in (None, "", [])
