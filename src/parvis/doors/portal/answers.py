"""How the portal answers: a page with its tag, or words that say why there is none."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from parvis.foundation.values import Refusal

from .following import feed_of_record, feeds_of
from .linked import linked
from .page import Page

_LOOK = (Path(__file__).parent, Path(__file__).parent.parent / "ui")


class NotHere(Refusal):
    """There is no such page, or it is not public: the same words for both."""

    def __init__(self, said: str = "", *, offer: str = "", offered: str = "") -> None:
        super().__init__()
        self.said, self.offer, self.offered = said, offer, offered


@cache
def _look_of_the_house() -> str:
    """Digest of the portal's own files: a page changes with them as with the release."""
    digest = hashlib.sha256()
    for folder in _LOOK:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".html", ".css", ".js"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def tag_of(page: Page) -> str:
    """What the answer is a function of: the content, the language, the address and the look."""
    parts = (page.release.etag, page.language, page.request.get_full_path(), page.clock, _look_of_the_house())
    return f'"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:24]}"'


def unchanged(page: Page) -> HttpResponse | None:
    """Answer at once when the reader already holds this very page."""
    tag = tag_of(page)
    held = page.request.headers.get("If-None-Match", "")
    if tag in {one.strip().removeprefix("W/") for one in held.split(",")}:
        return _dressed(HttpResponseNotModified(), page)
    return None


def answer(page: Page, template: str, facts: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the portal."""
    around = {"page": page, "linked": linked(page), "feeds": list(feeds_of(page)), "followed": feed_of_record(page)}
    response = render(page.request, template, {**around, **facts}, status=status)
    return _dressed(response, page) if status == 200 else response


def _dressed(response: HttpResponse, page: Page) -> HttpResponse:
    """A withdrawal is obeyed at once: each time the page is asked for again, at no cost if unchanged."""
    response["ETag"] = tag_of(page)
    response["Cache-Control"] = "public, no-cache"
    response["Content-Language"] = page.language
    return response


def not_here(page: Page, refused: NotHere, *, status: int = 404) -> HttpResponse:
    """Nothing here, in words, with a way on."""
    facts = {"said": refused.said, "offer": refused.offer, "offered": refused.offered}
    response = answer(page, "portal/not_here.html", facts, status=status)
    response["Cache-Control"] = "no-store"
    return response


def plain_not_here(request: HttpRequest, said: str, *, status: int = 503) -> HttpResponse:
    """The same when there is no release to read from."""
    response = render(request, "portal/no_release.html", {"said": said}, status=status)
    response["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Accept-Language"])
    return response
