"""Search, for machines."""

from __future__ import annotations

import orjson
from django.http import HttpRequest, HttpResponse

from parvis.publication.reader import Release

from .answering import as_json


def found(request: HttpRequest, release: Release, language: str) -> HttpResponse:
    """What a search finds, with the counts by noun and the spellings that made the match."""
    query = request.GET.get("q", "").strip()[:200]
    noun = request.GET.get("noun") or None
    number = request.GET.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    return answered(release, query, noun=noun if noun in release.shelves else None, language=language, page=page)


def answered(release: Release, query: str, *, noun: str | None, language: str, page: int) -> HttpResponse:
    """One page of what a search finds."""
    results = release.search(query, lang=language, noun=noun, page=page)
    return as_json(
        {
            "release": release.number,
            "query": query,
            "exact": results.exact,
            "ambiguous": results.ambiguous,
            "total": results.total,
            "counts": results.counts,
            "page": results.page,
            "pages": results.pages,
            "interrupted": results.interrupted,
            "matched": results.matched,
            "rows": [orjson.Fragment(card) for card in results.cards],
        }
    )
