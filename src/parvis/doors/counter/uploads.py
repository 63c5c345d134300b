"""Taking a document in, and handing one over. What it is, is read from its content; its name decides nothing."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.domain.funding import actions
from parvis.domain.funding.models import ApplicantBody, VaultDocument
from parvis.doors.counter.access import who
from parvis.exchange.formats.uploads import LARGEST, NotTaken, Why, inspect
from parvis.exchange.inbound.scanning import Found, ScannerSilent, scan
from parvis.foundation.values.refusal import Refusal

__all__ = ["LARGEST", "DocumentRefused", "handed_over", "keep"]

_SAID: dict[Why, Any] = {
    Why.EMPTY: _("This file is empty."),
    Why.TOO_LARGE: _("This file is larger than %(most)s MB. Send a lighter one."),
    Why.NAME: _("This kind of file is not taken. Send one of: %(known)s."),
    Why.PROGRAM: _("This file is a program, whatever its name says. It was not kept."),
    Why.NOT_WHAT_IT_SAYS: _("This file is named .%(said)s, and its content is something else. It was not kept."),
    Why.OLD_FORMAT: _("This is an old office format. Save it as PDF or .docx and send it again."),
    Why.MACRO: _("This file holds macros. Save it without them, or as PDF."),
    Why.ACTS: _("This PDF holds scripts or files of its own. Print it to a plain PDF and send that."),
    Why.LOCKED: _(
        "This file is locked, by a password or by rights. Save it open, or print it to a plain PDF, and send that."
    ),
    Why.SWELLS: _("This file swells beyond measure when it is opened. It was not kept."),
    Why.HOLDS_ARCHIVE: _("This file holds an archive or a program. It was not kept."),
    Why.BROKEN: _("This file is damaged: it cannot be opened. Send it again."),
}


class DocumentRefused(Refusal):
    """The document is not taken, and why."""

    message = "%(why)s"


def keep(request: HttpRequest, body: ApplicantBody, *, title: str, valid_until: date | None = None) -> VaultDocument:
    """Take the document of a request into a body's vault. Raises DocumentRefused and what the room refuses."""
    sent = request.FILES.get("document")
    if sent is None:
        raise DocumentRefused(why=_("Choose a file."))
    name = visible(Path(sent.name or "document").name)[-200:]
    with tempfile.NamedTemporaryFile(suffix=".upload") as kept:
        for chunk in sent.chunks():
            kept.write(chunk)
        kept.flush()
        path = Path(kept.name)
        try:
            seen = inspect(path, name)
        except NotTaken as refused:
            raise DocumentRefused(why=str(_SAID[refused.why]) % refused.facts) from refused
        scanned = _scanned(path)
        actions.lay_down(path, settings.VAULT_DIR, seen.sha256)
        return actions.store_document(
            body=body, title=visible(title)[:200], file_name=name, media_type=seen.media_type, size=seen.size,
            sha256=seen.sha256, scanned=scanned, valid_until=valid_until, by=who(request), at=timezone.now(),
        )  # fmt: skip


def visible(name: str) -> str:
    """A name without the signs nobody sees: they can turn it around, or make one file pass for another."""
    return "".join(sign for sign in name if sign.isprintable())


def _scanned(path: Path) -> bool:
    """Ask ClamAV where a socket is named. Raises DocumentRefused when it finds something, or does not answer."""
    try:
        return scan(path, settings.CLAMAV_SOCKET)
    except Found as found:
        raise DocumentRefused(why=_("The scanner found “%(name)s” in this file.") % {"name": str(found)}) from found
    except ScannerSilent as silent:
        raise DocumentRefused(why=_("The scanner does not answer: try again in a moment.")) from silent


def handed_over(document: VaultDocument) -> FileResponse:
    """A document as a file to save: the browser neither shows it nor guesses what it is."""
    path = actions.place_of(settings.VAULT_DIR, document.sha256)
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=document.file_name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
