"""The words the counter keeps for whoever posted them without a session, as they are told when it gives them back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from parvis.domain.funding import queries
from parvis.domain.funding.models import KeptPage
from parvis.doors.threshold.keeping import Keeping
from parvis.foundation.accounts.models import User

DOOR = Keeping("counter:home", "counter:given_back", "counter/given_back.html")


def told_of(page: KeptPage, person: User) -> list[dict[str, Any]]:
    """The words of a kept page, each with its question where known, less what stands already."""
    questions, held = _form_behind(page, person)
    found = []
    for name, values in page.words:
        said = ", ".join(value for value in values if value)
        if not queries.is_word(name, values) or held.get(name, "") in (said, values):
            continue
        asked = questions.get(name.partition(".")[0])
        found.append({"question": asked.words if asked else {}, "said": said})
    return found


def _form_behind(page: KeptPage, person: User) -> tuple[dict[str, Any], dict[str, Any]]:
    """The questions of the file a page belongs to, and what it answers now."""
    try:
        match = resolve(urlsplit(page.address).path)
    except Resolver404:
        return {}, {}
    file = queries.file_of(person, match.kwargs["file"]) if match.url_name == "page" else None
    if file is None:
        return {}, {}
    return {one.code: one for one in queries.form_read(file.form_id).questions}, queries.answers_of(file)
