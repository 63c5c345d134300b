"""What does not keep a call from being opened, and that an officer would regret: told before, never refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import AmountRule, ApplicationState, Carried, Guard
from parvis.domain.funding.models import Call
from parvis.domain.funding.queries.beginning import kind_begun
from parvis.domain.funding.queries.forms import Fault, named
from parvis.domain.funding.queries.workflows import START, Step, steps_of, worded
from parvis.foundation.values.words import in_language
from parvis.register.enums import Visibility
from parvis.register.reading import day_said, number_said

#: What the weights of a call usually add up to.
_WHOLE = 100
#: The lists of a call that applicants read, and the page of the editor where each is written.
_PAGES = (("form", "sections"), ("form", "fields"), ("criteria", "criteria"), ("documents", "documents"))


def cautions(call: Call, definition: Mapping[str, Any], at: datetime) -> list[Fault]:
    """What to look at before a call is opened, each with the page of the call where it is changed."""
    return [
        *_of_its_terms(call, at),
        *_of_its_kind(call, definition),
        *_of_its_weights(definition.get("criteria", ())),
        *_of_its_documents(definition),
        *_of_its_title(definition),
        *_of_its_order(definition),
        *_of_its_words(definition),
        *_of_its_workflow(steps_of(definition)),
    ]


def _of_its_terms(call: Call, at: datetime) -> Iterator[Fault]:
    if call.closes_at is not None and call.closes_at <= at:
        closed = timezone.localtime(call.closes_at, timezone.get_default_timezone())
        said = {"day": day_said(closed.date()), "hour": f"{closed:%H:%M}"}
        yield Fault("terms", "closes_at", _("It closed on %(day)s at %(hour)s: nobody could send anything.") % said)
    if call.subject.visibility != Visibility.PUBLIC:
        yield Fault("terms", "visibility", _("It is not public: nobody finds it at the counter before it is."))
    if not call.applicants:
        yield Fault("terms", "applicants", _("No kind of body is named: every body may ask."))
    if call.amount_rule == AmountRule.FREE:
        yield Fault("terms", "amount_rule", _("No amount is stated: applicants may ask for any."))
    if call.envelope is None:
        yield Fault("terms", "envelope", _("No envelope is named: no file can be held against the money there is."))


def _of_its_kind(call: Call, definition: Mapping[str, Any]) -> Iterator[Fault]:
    """What a call took from its kind and nobody of the city has said yet, and what its kind leaves to be said."""
    known = kind_begun(call.subject.kind)
    if known and known.said and not call.follows and _still_the_kind_s(call, known.content):
        yield Fault("terms", *_taken_from(call, {"source": in_language(known.said, _language())[0]}))
    if call.subject.kind == "label" and call.label_months is None:
        yield Fault(
            "terms", "label_months", _("Nothing says how many months its label holds: no label would be given.")
        )
    asked = next((row for row in definition["fields"] if row.get("carries") == Carried.MEANS), None)
    if asked and not definition["terms"].get("bands"):
        sentence = _("“%(words)s” is asked, and no band says what it changes.") % {"words": named(asked)}
        yield Fault("terms", "bands", sentence)


def _still_the_kind_s(call: Call, kind: Mapping[str, Any]) -> bool:
    """Whether the bodies and the amount of a call are its kind's, and no source of the city says so."""
    amount = Decimal(kind["amount"]) if kind.get("amount") else None
    same = call.amount == amount and set(call.applicants) == set(kind.get("applicants", ()))
    return same and not call.subject.citations.exists()


def _taken_from(call: Call, said: Mapping[str, str]) -> tuple[str, str]:
    if call.amount is None:
        return "applicants", _("Whom it is for is what is said by %(source)s: keep it only if it is yours.") % said
    sentence = _("Its amount and whom it is for are what is said by %(source)s: keep them only if they are yours.")
    return "amount", sentence % said


def _language() -> str:
    return (get_language() or "fr")[:2]


def _of_its_weights(criteria: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    weights = [row.get("weight") or 0 for row in criteria]
    if not criteria:
        yield Fault("criteria", "", _("No criterion is written: readers would have nothing to mark."))
    elif not any(weights):
        yield Fault("criteria", "", _("No weight is written: each criterion counts as much as another."))
    if any(weights) and not all(weights):
        without = next(row for row in criteria if not row.get("weight"))
        sentence = _("“%(words)s” has no weight: it would count for nothing.") % {"words": named(without)}
        yield Fault("criteria", without["code"], sentence)
    elif any(weights) and sum(weights) != _WHOLE:
        sentence = _("Weights add up to %(total)s, not to 100: each counts by its share of that.")
        yield Fault("criteria", "", sentence % {"total": sum(weights)})


def _of_its_documents(definition: Mapping[str, Any]) -> Iterator[Fault]:
    if not definition.get("documents"):
        yield Fault("documents", "", _("No document is asked for."))


def _of_its_title(definition: Mapping[str, Any]) -> Iterator[Fault]:
    if all(row["code"] != "title" for row in definition["fields"]):
        yield Fault("form", "", _("No question asks for the title of the project: files would have none."))


def _of_its_order(definition: Mapping[str, Any]) -> Iterator[Fault]:
    """Questions that wait for an answer given further down: they would appear above where people write."""
    places = {row["code"]: place for place, row in enumerate(definition["fields"])}
    for row in definition["fields"]:
        if places.get(row.get("shown_if", ""), -1) > places[row["code"]]:
            sentence = _("“%(words)s” waits for an answer that is given further down the form.")
            yield Fault("form", row["code"], sentence % {"words": named(row)})


def _of_its_words(definition: Mapping[str, Any]) -> Iterator[Fault]:
    """Parts that readers of French or of English would read in another language."""
    for language in ("fr", "en"):
        lacking = [
            (page, row)
            for page, name in _PAGES
            for row in definition.get(name, ())
            if not (row.get("words") or {}).get(language)
        ]
        if lacking:
            page, first = lacking[0]
            said = {"n": number_said(len(lacking)), "words": named(first)}
            yield Fault(page, first["code"], _without_words(language, len(lacking)) % said)


def _without_words(language: str, n: int) -> str:
    if language == "fr":
        return ngettext(
            "%(n)s part has no words in French: “%(words)s”.",
            "%(n)s parts have no words in French, “%(words)s” first.",
            n,
        )
    return ngettext(
        "%(n)s part has no words in English: “%(words)s”.",
        "%(n)s parts have no words in English, “%(words)s” first.",
        n,
    )


def _of_its_workflow(steps: Sequence[Step]) -> Iterator[Fault]:
    """A way of sending that looks at nothing."""
    for step in steps:
        if (step.comes_from, step.goes_to) != (START, ApplicationState.SUBMITTED):
            continue
        if Guard.CALL_OPEN not in step.guards:
            sentence = _("“%(step)s” does not look at the clock: files could be sent after the closing.")
            yield Fault("workflow", "", sentence % {"step": worded(step)})
        if Guard.FORM_COMPLETE not in step.guards:
            sentence = _("“%(step)s” does not look at the answers: an empty file could be sent.")
            yield Fault("workflow", "", sentence % {"step": worded(step)})
