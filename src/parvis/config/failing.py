"""What the office answers when something gives way under it: a full disk is named, anything else is only noted."""

from __future__ import annotations

import errno
import sqlite3
import sys
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.defaults import server_error
from psycopg.errors import DiskFull

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def failed(request: HttpRequest) -> HttpResponse:
    """Say that the disk is full, since whoever reads may know whom to call; of other faults say nothing."""
    if any(_is_no_room(fault) for fault in _behind(sys.exc_info()[1])):
        return TemplateResponse(request, "disk_full.html", status=507).render()
    return server_error(request)


def _behind(fault: BaseException | None) -> Iterator[BaseException]:
    """A fault, and those it came of."""
    while fault is not None:
        yield fault
        fault = fault.__cause__ or fault.__context__


def _is_no_room(fault: BaseException) -> bool:
    if isinstance(fault, sqlite3.OperationalError):
        return "disk is full" in str(fault)
    return isinstance(fault, DiskFull) or (isinstance(fault, OSError) and fault.errno in _NO_ROOM)
