"""What is done with calls: entered, cloned, opened to applicants."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from itertools import chain, count
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from parvis.domain.funding.enums import ReportKind
from parvis.domain.funding.errors import (
    DatesMissing,
    FormNotReady,
    NoWorkflow,
)
from parvis.domain.funding.models import Call, CallForm, Workflow
from parvis.domain.funding.queries.beginning import (
    form_for,
    last_of_kind,
    numbers_would_mix,
    terms_of_kind,
    workflow_of_kinds,
)
from parvis.domain.funding.queries.cautions import cautions
from parvis.domain.funding.queries.forms import Fault, definition_problems, form_faults
from parvis.domain.funding.queries.workflows import steps_of, workflow_problems
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.foundation.values.words import in_language
from parvis.register.actions import amend_record, enter_record
from parvis.register.content import content_of
from parvis.register.entry import Entry, Facts, take_apart
from parvis.register.enums import Visibility
from parvis.register.fields import MomentField
from parvis.register.models import Subject

#: What a new edition does not take over from the last one.
_OF_ITS_YEAR = ("opens_at", "closes_at", "envelope", "cites", "names", "statements", "led_to")
#: What a call of the same kind keeps to itself.
_OF_ITSELF = ("title", "summary", "original", "follows")
#: The terms of a call that its form freezes with it.
_TERMS = (
    "edition", "applicants", "least_years", "amount_rule", "amount", "least_amount", "most_rate", "currency",
    "bands",
)  # fmt: skip


@transaction.atomic
def enter_call(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Call:
    """Enter a call with its criteria, documents and form."""
    return enter_record(Call, entry=entry, facts=facts, by=by, at=at)


@transaction.atomic
def amend_call(*, record: Call, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime) -> Call:
    """Correct a call. Files already begun keep the form they began with, until the form is opened again."""
    return amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at)


@transaction.atomic
def enter_workflow(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Workflow:
    """Enter the way files go."""
    return enter_record(Workflow, entry=entry, facts=facts, by=by, at=at)


@transaction.atomic
def amend_workflow(
    *, record: Workflow, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime
) -> Workflow:
    """Correct a workflow. Files keep the one their form froze."""
    return amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at)


def _taken_over(call: Call, edition: str) -> dict[str, Any]:
    """What the next edition of a call takes over."""
    content = {name: value for name, value in content_of(call).items() if name not in _OF_ITS_YEAR}
    content |= {"edition": edition, "follows": call.key}
    if call.edition:  # “Small harbours 2027” is followed by “Small harbours 2028”
        content["title"] = {code: words.replace(call.edition, edition) for code, words in content["title"].items()}
    return content


@transaction.atomic
def own_workflow(*, call: Call, seen_revision: int, by: User, at: datetime) -> Workflow:
    """Give a call a copy of the workflow it shares with others, and name it in the call. Raises NoWorkflow."""
    if call.workflow is None:
        raise NoWorkflow
    shared = content_of(Workflow.objects.select_related("subject").get(pk=call.workflow.pk))
    content = content_of(call)
    kept = {name: shared[name] for name in ("kind", "title", "visibility", "original", "transitions") if name in shared}
    kept["title"] = {
        code: f"{words} · {in_language(content['title'], code)[0]}" for code, words in shared["title"].items()
    }
    wish = f"workflow-{call.key.removeprefix('call-')}"[:110]
    own = take_apart(Workflow, kept | {"key": _first_free(wish)})
    workflow = enter_workflow(entry=own.entry, facts=own.facts, by=by, at=at)
    taken = take_apart(Call, content | {"workflow": workflow.key})
    amend_call(record=call, entry=taken.entry, facts=taken.facts, seen_revision=seen_revision, by=by, at=at)
    return workflow


@transaction.atomic
def begin_call(
    *,
    follows: Call | None,
    kind: str,
    title: Mapping[str, str],
    opens_at: datetime | None,
    closes_at: datetime | None,
    by: User,
    at: datetime,
) -> Call:
    """Begin a call as a draft: the next edition of one, or a first one of a kind, on the terms of the last of its kind.

    Where there is none, it begins on what the kind itself says. Where there is no form, that of a model kept inside or
    of the kind is taken; where the city has no workflow yet, it gets one. Its key is made from its title.
    """
    year = timezone.localtime(closes_at or opens_at or at, timezone.get_default_timezone()).year
    content = _taken_over(follows, str(year)) if follows else _of_kind(kind, str(year))
    content = _with_a_workflow(_with_a_form(content), by=by, at=at)
    content |= {"title": dict(title)} if title else {}
    for name, moment in (("opens_at", opens_at), ("closes_at", closes_at)):
        content |= {name: MomentField.written(moment)} if moment else {}
    content |= {"code": content.get("code") or _free_code(content)}
    content |= {"key": _free_key(content, str(year)), "visibility": Visibility.DRAFT.value}
    taken = take_apart(Call, content)
    return enter_record(Call, entry=taken.entry, facts=taken.facts, by=by, at=at)


def _of_kind(kind: str, edition: str) -> dict[str, Any]:
    """The terms and the form of the last call of a kind; its code too, where no call of this edition has it."""
    last = last_of_kind(kind)
    content = _taken_over(last, edition) if last else {**terms_of_kind(kind), "edition": edition}
    if Call.objects.filter(code=content.get("code", ""), edition=edition).exists():
        content.pop("code", None)
    return {name: value for name, value in content.items() if name not in _OF_ITSELF} | {"kind": kind}


def _with_a_form(content: dict[str, Any]) -> dict[str, Any]:
    if content.get("fields"):
        return content
    held = form_for(content.get("kind", ""))
    form = {name: held[name] for name in ("sections", "fields") if held.get(name)}
    lacked = ("documents", "criteria", "workflow")
    return content | form | {name: held[name] for name in lacked if held.get(name) and not content.get(name)}


def _with_a_workflow(content: dict[str, Any], *, by: User, at: datetime) -> dict[str, Any]:
    """The content with the first workflow of the city where it names none; with a new one where there is none."""
    if content.get("workflow"):
        return content
    first = Workflow.objects.select_related("subject").order_by("pk").first()
    if first is None:
        taken = take_apart(Workflow, workflow_of_kinds() | {"key": _first_free("workflow-of-calls")})
        first = enter_workflow(entry=taken.entry, facts=taken.facts, by=by, at=at)
    return content | {"workflow": first.key}


def _free_code(content: Mapping[str, Any]) -> str:
    """Three letters of the title, numbered where a call of this edition has them: it stands in the numbers of files."""
    title = content.get("title", {})
    letters = slugify(title.get("fr") or next(iter(title.values()), "")).replace("-", "")[:3].upper() or "A"
    taken = set(Call.objects.filter(edition__in=[content["edition"], ""]).values_list("code", flat=True))
    return next(code for code in chain([letters], (f"{letters}{number}" for number in count(2))) if code not in taken)


def _free_key(content: Mapping[str, Any], edition: str) -> str:
    """A key that says the title and the edition, and that no record has."""
    title = content.get("title", {})
    wish = slugify(title.get("en") or title.get("fr") or next(iter(title.values()), ""))[:90]
    if not wish.startswith("call"):
        wish = f"call-{wish}".rstrip("-")
    if edition not in wish:
        wish = f"{wish}-{edition}"
    return _first_free(wish)


def _first_free(wish: str) -> str:
    taken = set(Subject.objects.filter(key__startswith=wish).values_list("key", flat=True))
    return next(key for key in chain([wish], (f"{wish}-{number}" for number in count(2))) if key not in taken)


@transaction.atomic
def open_form(*, call: Call, by: User, at: datetime) -> CallForm:
    """Freeze the form of a call, so that it can be filled. The same form again makes no new version.

    Raises DatesMissing, NoWorkflow, FormNotReady.
    """
    Subject.objects.select_for_update().get(pk=call.pk)
    call = Call.objects.select_related("subject", "seat", "workflow").get(pk=call.pk)
    if call.opens_at is None or call.closes_at is None:
        raise DatesMissing
    definition = definition_of(call)
    wrong = [*definition_problems(definition), *workflow_problems(steps_of(definition)), *numbers_would_mix(call)]
    if wrong:
        raise FormNotReady(why=" ".join(wrong))
    digest = journal.digest_of(definition)
    last = call.forms.order_by("-version").first()
    if last is not None and last.digest == digest:
        return last
    form = CallForm.objects.create(
        call=call,
        version=last.version + 1 if last else 1,
        definition=definition,
        digest=digest,
        frozen_at=at,
        frozen_by=by,
    )
    journal.write("form opened", about=call.key, by=by, at=at, version=form.version, content=digest)
    return form


def definition_of(call: Call) -> dict[str, Any]:
    """A call's form, criteria, terms and workflow as they would be frozen now. Raises NoWorkflow."""
    if call.workflow is None:
        raise NoWorkflow
    return _definition(call)


def faults_of(call: Call) -> list[Fault]:
    """All that keeps the form of a call from being opened, each with the page of the call that mends it."""
    unsaid = [name for name in ("opens_at", "closes_at") if getattr(call, name) is None]
    found = [Fault("terms", unsaid[0], str(DatesMissing()))] if unsaid else []
    if call.workflow is None:
        found.append(Fault("terms", "workflow", str(NoWorkflow())))
    found += [Fault("terms", "code", why) for why in numbers_would_mix(call)]
    definition = _definition(call)
    found += form_faults(definition)
    if call.workflow is not None:
        found += [Fault("workflow", "", why) for why in workflow_problems(steps_of(definition))]
    return found


def cautions_of(call: Call, at: datetime) -> list[Fault]:
    """What does not keep it from being opened, and would be regretted after."""
    return cautions(call, _definition(call), at)


def is_behind(call: Call, form: CallForm) -> bool:
    """Whether a call says otherwise than a form that was opened: what was changed reaches no new file yet."""
    return journal.digest_of(_definition(call)) != form.digest


def _definition(call: Call) -> dict[str, Any]:
    """The same, without its workflow where the call names none yet."""
    content, named = content_of(call), call.workflow
    workflow = content_of(Workflow.objects.select_related("subject").get(pk=named.pk)) if named else {}
    terms = {name: content[name] for name in _TERMS if content.get(name)}
    if call.seat is not None:
        terms["seat_country"] = _country_of(call.seat)
    reports = {kind.value: form for kind in ReportKind if (form := _form_in(content, kind))["sections"]}
    return {
        **_form_in(content, ""),
        "documents": deepcopy(content.get("documents", [])),
        "criteria": deepcopy(content.get("criteria", [])),
        "terms": terms,
        "workflow": {"key": workflow["key"], "transitions": workflow.get("transitions", [])} if workflow else {},
        **({"reports": reports} if reports else {}),
    }


def _form_in(content: Mapping[str, Any], report: str) -> dict[str, Any]:
    """The pages and questions of the application's form, or of a report."""
    return {
        name: [
            {key: _frozen(key, value) for key, value in row.items() if key != "report"}
            for row in content.get(name, ())
            if row.get("report", "") == report
        ]
        for name in ("sections", "fields")
    }


def _frozen(name: str, value: Any) -> Any:
    """A value as it is frozen: answers to choose from as pairs, since the database keeps no order of keys."""
    return [list(pair) for pair in deepcopy(value).items()] if name == "options" else deepcopy(value)


def _country_of(seat: Subject) -> str:
    place = getattr(seat, "place", None)
    return str(getattr(place, "country", "") or "")
