"""A page posted after its session ended: kept for whoever wrote it, and given back when they have signed in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.domain.funding import actions, queries
from parvis.domain.funding.models import KeptPage
from parvis.foundation.accounts.hands import HAND
from parvis.foundation.accounts.models import User

#: The field that says which kept page a form puts back.
KEPT = "-kept"


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a door keeps words: its first page, and the page that gives words back, each by its name and template."""

    home: str
    back: str
    template: str

    def stands_at(self, path: str) -> bool:
        """Whether an address is one of this door's."""
        return path.startswith(reverse(self.home))

    def kept_from(self, request: HttpRequest) -> str:
        """Keep what was posted, where its writer is known and wrote something: where it is given back, or nothing."""
        page = actions.keep_posted(
            hand=request.POST.get(HAND, ""),
            address=request.get_full_path(),
            posted={name: request.POST.getlist(name) for name in request.POST},
            with_files=bool(request.FILES),
            at=timezone.now(),
        )
        return reverse(self.back, args=[page.pk]) if page else ""

    def way_back(self, request: HttpRequest) -> str:
        """Where to go once signed in: to the words that were posted, or to the page one was on."""
        if request.method != "POST":
            return request.get_full_path()
        return self.kept_from(request) or self._page_before(request) or reverse(self.home)

    def _page_before(self, request: HttpRequest) -> str:
        """The page of this door a form was posted from, by what the browser says of it."""
        before = urlsplit(request.headers.get("Referer", ""))
        return before.path if before.netloc == request.get_host() and self.stands_at(before.path) else ""

    def given_back(
        self, request: HttpRequest, kept: UUID, person: User, told: Callable[[KeptPage], Any], **context: Any
    ) -> HttpResponse:
        """Show a kept page to its writer, who puts its words back or leaves them. To anybody else it does not exist."""
        found = queries.kept_page_of(person, kept)
        if found is None:
            return render(request, self.template, context, status=404)
        if request.method == "POST":
            actions.drop_page(page=kept, by=person)
            messages.success(request, _("These words are forgotten."))
            return redirect(self.home)
        context |= {"page": found, "told": told(found), "kept_field": KEPT}
        return render(request, self.template, context)


def posted_again(request: HttpRequest, status: int, person: User) -> None:
    """Forget a kept page whose words a post put back; a refusal keeps them."""
    if request.method != "POST" or KEPT not in request.POST or status >= 400:
        return
    with suppress(ValueError):
        actions.drop_page(page=UUID(request.POST[KEPT]), by=person)
