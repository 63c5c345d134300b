"""What the office answers when something gives way under it: a full disk is named, anything else is only noted."""

from __future__ import annotations

import errno
import sqlite3
import sys
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.defaults import server_error
from psycopg.errors import DiskFull

from parvis.doors.counter import keeping as counter
from parvis.doors.desk import keeping as desk

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def failed(request: HttpRequest) -> HttpResponse:
    """Say that the disk is full, since whoever reads may know whom to call; of other faults say nothing."""
    if any(_is_no_room(fault) for fault in _behind(sys.exc_info()[1])):
        return TemplateResponse(request, "disk_full.html", status=507).render()
    return server_error(request)


def unproved(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django names its reason
    """A page made in an earlier session was posted: its words are kept, and given back at once."""
    doors = (counter.DOOR, desk.DOOR)
    kept = next((door.kept_from(request) for door in doors if door.stands_at(request.path)), "")
    if kept:
        return redirect(kept)
    return TemplateResponse(request, "old_page.html", status=403).render()


def _behind(fault: BaseException | None) -> Iterator[BaseException]:
    """A fault, and those it came of."""
    while fault is not None:
        yield fault
        fault = fault.__cause__ or fault.__context__


def _is_no_room(fault: BaseException) -> bool:
    if isinstance(fault, sqlite3.OperationalError):
        return "disk is full" in str(fault)
    return isinstance(fault, DiskFull) or (isinstance(fault, OSError) and fault.errno in _NO_ROOM)
