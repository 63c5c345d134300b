"""What arrived is looked at for ties before it is shown, so that nobody sees what concerns them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from parvis.domain.funding import actions
from parvis.doors.desk.access import who

View = Callable[..., HttpResponseBase]


def ties_first(view: View) -> View:
    """A page of files, shown once ties were looked for in all that arrived."""

    @wraps(view)
    def looked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actions.look_at_arrivals(by=who(request), at=timezone.now())
        return view(request, *args, **kwargs)

    return looked
