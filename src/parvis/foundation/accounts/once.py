"""What is pressed twice is done once: a session remembers the marks of the forms whose deed was done."""

from __future__ import annotations

import secrets

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session

#: The field in which a form bears its mark.
MARK = "-once"
DONE = "forms_done"


def new_mark() -> str:
    """A mark for a form that is shown now."""
    return secrets.token_urlsafe(12)


def was_done(session: SessionBase, mark: str) -> bool:
    """Whether the form of this mark was done already. The same form pressed twice waits here for the first press.

    Asked within the transaction of what the form does; a form without a mark is done each time it is sent.
    """
    held = Session.objects.select_for_update().filter(session_key=session.session_key).first() if mark else None
    if held is None:
        return False
    session[DONE] = held.get_decoded().get(DONE, [])
    return mark in session[DONE]
