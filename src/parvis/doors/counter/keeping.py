"""A page posted after its session ended: kept for whoever wrote it, and given back when they have signed in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from parvis.domain.funding import actions, queries
from parvis.domain.funding.models import KeptPage
from parvis.foundation.accounts.hands import HAND
from parvis.foundation.accounts.models import User

#: The field that says which kept page a form puts back.
KEPT = "-kept"


def kept_from(request: HttpRequest) -> str:
    """Keep what was posted, where its writer is known and wrote something: the address that gives it back, or none."""
    page = actions.keep_posted(
        hand=request.POST.get(HAND, ""),
        address=request.get_full_path(),
        posted={name: request.POST.getlist(name) for name in request.POST},
        with_files=bool(request.FILES),
        at=timezone.now(),
    )
    return reverse("counter:given_back", args=[page.pk]) if page else ""


def way_back(request: HttpRequest) -> str:
    """Where to go once signed in: to the words that were posted, or to the page one was on."""
    if request.method != "POST":
        return request.get_full_path()
    return kept_from(request) or _page_before(request) or reverse("counter:home")


def posted_again(request: HttpRequest, status: int) -> None:
    """Forget a kept page whose words were put back."""
    try:
        page = forms.UUIDField().clean(request.POST.get(KEPT, ""))
    except forms.ValidationError:
        return
    if status < 400 and isinstance(request.user, User):  # a refusal keeps the words
        actions.drop_page(page=page, by=request.user)


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


def _page_before(request: HttpRequest) -> str:
    """The page of the counter a form was posted from, by what the browser says of it."""
    before = urlsplit(request.headers.get("Referer", ""))
    return before.path if before.netloc == request.get_host() and before.path.startswith("/guichet/") else ""
