"""A page of the desk posted after its session ended: kept for whoever wrote it, and given back once they signed in."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from parvis.domain.funding import actions, queries
from parvis.domain.funding.models import KeptPage
from parvis.foundation.accounts.hands import HAND
from parvis.foundation.accounts.models import User

#: The field that says which kept page a form puts back.
KEPT = "-kept"
#: A key, a code or a number: what a page says by itself, and nobody reads.
_CODE = re.compile(r"[a-z0-9_:./-]*")


def kept_from(request: HttpRequest) -> str:
    """Keep what was posted, where its writer is known and wrote something: the address that gives it back, or none."""
    page = actions.keep_posted(
        hand=request.POST.get(HAND, ""),
        address=request.get_full_path(),
        posted={name: request.POST.getlist(name) for name in request.POST},
        with_files=bool(request.FILES),
        at=timezone.now(),
    )
    return reverse("desk:given_back", args=[page.pk]) if page else ""


def way_back(request: HttpRequest) -> str:
    """Where to go once signed in: to the words that were posted, or to the page one was on."""
    if request.method != "POST":
        return request.get_full_path()
    before, desk = urlsplit(request.headers.get("Referer", "")), reverse("desk:today")
    page = before.path if before.netloc == request.get_host() and before.path.startswith(desk) else ""
    return kept_from(request) or page or desk


def posted_again(request: HttpRequest, status: int, person: User) -> None:
    """Forget a kept page whose words were put back; a refusal keeps them."""
    try:
        page = UUID(request.POST.get(KEPT, ""))
    except ValueError:
        return
    if status < 400:
        actions.drop_page(page=page, by=person)


def told_of(page: KeptPage) -> list[str]:
    """The words of a kept page that somebody would read, in their order."""
    said = [", ".join(filter(None, values)) for name, values in page.words if queries.is_word(name, values)]
    return [each for each in said if not _CODE.fullmatch(each)]
