"""What keeps a call from being opened, each fault with the way to the page that mends it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from parvis.domain.funding.models import Call
from parvis.domain.funding.queries.forms import Fault
from parvis.doors.desk.composing import TITLES
from parvis.doors.desk.words import one


def faults_told(call: Call, faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Each fault as a sentence, with the address where it is mended and what that place is called."""
    return [{"sentence": fault.sentence, **_mended_at(call, fault)} for fault in faults]


def editor_at(key: str, page: str, code: str = "") -> str:
    """A page of the editor, at one of its parts."""
    there = reverse("desk:compose", args=[key, page])
    return f"{there}?at={code}#part-{code}" if code else there


def _mended_at(call: Call, fault: Fault) -> dict[str, Any]:
    if fault.page == "terms":
        there = reverse("desk:record", args=["calls", call.key])
        return {"address": f"{there}#id_{fault.at}", "words": _("Dates, amounts and the rest of the call")}
    if fault.page == "workflow" and call.workflow is not None:
        return {"address": reverse("desk:record", args=["workflows", call.workflow.key]), "words": one("workflow")}
    return {"address": editor_at(call.key, fault.page, fault.at), "words": TITLES[fault.page]}
