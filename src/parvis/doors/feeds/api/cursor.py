"""Where one stands in a long answer: which release, which question, which row comes next."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

import orjson
from django.utils.translation import gettext_lazy as _

from parvis.publication.reader import Release

from .problems import Problem


@dataclass(frozen=True, slots=True)
class Cursor:
    """The next row of a question put to a release."""

    release: int
    start: int
    mark: str

    def written(self) -> str:
        told = orjson.dumps([self.release, self.start, self.mark])
        return base64.urlsafe_b64encode(told).decode().rstrip("=")


def mark_of(release: Release, *question: str) -> str:
    """Changes with the question, and with what is hidden of the release since."""
    whole = "\0".join((str(release.number), release.etag, *question))
    return hashlib.blake2b(whole.encode(), digest_size=6).hexdigest()


def read_cursor(text: str) -> Cursor:
    """A cursor given back. Raises Problem."""
    try:
        padded = text + "=" * (-len(text) % 4)
        release, start, mark = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, TypeError) as fault:
        raise Problem(400, "This cursor was not given here.") from fault
    if type(release) is not int or type(start) is not int or type(mark) is not str or start < 0:
        raise Problem(400, "This cursor was not given here.")
    return Cursor(release, start, mark)


_SAID = (
    _("This cursor was not given here."),
    _("This cursor belongs to another question, or what is published changed since: begin again without it."),
)
