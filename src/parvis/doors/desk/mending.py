"""What keeps a call from being opened, each fault with the way to the page that mends it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from parvis.domain.funding import actions
from parvis.domain.funding.models import Call
from parvis.domain.funding.queries.forms import Fault
from parvis.doors.desk.composing import TITLES
from parvis.doors.desk.words import one


def faults_told(call: Call, faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Each fault as a sentence, with the address where it is mended and what that place is called."""
    return [{"sentence": fault.sentence, **_mended_at(call, fault)} for fault in faults]


def before_opening(call: Call) -> dict[str, list[dict[str, Any]]]:
    """What keeps a call from being opened, and what one would regret having opened it with."""
    return {
        "wrong": faults_told(call, actions.faults_of(call)),
        "cautions": faults_told(call, actions.cautions_of(call, timezone.now())),
    }


def editor_at(key: str, page: str, code: str = "") -> str:
    """A page of the editor, at one of its parts."""
    there = reverse("desk:compose", args=[key, page])
    return f"{there}?at={code}#part-{code}" if code else there


def _mended_at(call: Call, fault: Fault) -> dict[str, Any]:
    if fault.page == "terms":
        there = reverse("desk:call_terms", args=[call.key])
        place = fault.at if fault.at in Call.parts else f"id_{fault.at}"  # a list stands under its own name
        return {"address": f"{there}#{place}", "words": TITLES[fault.page]}
    if fault.page == "workflow" and call.workflow is not None:
        return {"address": reverse("desk:workflow", args=[call.workflow.key]), "words": one("workflow")}
    return {"address": editor_at(call.key, fault.page, fault.at), "words": TITLES[fault.page]}
