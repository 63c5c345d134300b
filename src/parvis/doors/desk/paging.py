"""A long list at the desk, some rows at a time, whatever else its address asks for kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

#: Rows that one page shows.
A_PAGE = 50


def paged(
    request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], *, at: str = "", name: str = "page"
) -> tuple[list[Any], dict[str, Any]]:
    """The rows of the page asked for, and the way to those around it.

    ``at`` is where the list stands on its page, ``name`` what the address calls it where there are two.
    A page that does not exist is the nearest one.
    """
    page = Paginator(rows, A_PAGE).get_page(request.GET.get(name))
    there = f"#{at}" if at else ""
    around = {
        "before": with_asked(request, **{name: str(page.number - 1)}) + there if page.has_previous() else "",
        "after": with_asked(request, **{name: str(page.number + 1)}) + there if page.has_next() else "",
    }
    return list(page.object_list), {"page": page.number, "pages": page.paginator.num_pages, **around}


def with_asked(request: HttpRequest, **changed: Any) -> str:
    """The address of a list with something else asked."""
    query = request.GET.copy()
    for name, value in changed.items():
        query.setlist(name, sorted(value) if isinstance(value, frozenset) else [value] if value else [])
    told = query.urlencode()
    return f"{request.path}?{told}" if told else request.path
