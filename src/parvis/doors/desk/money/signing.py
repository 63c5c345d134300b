"""Putting the paper of a convention up for signature, and handing over what its beneficiary signed."""

from __future__ import annotations

import hashlib
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from parvis.domain.funding import actions, queries
from parvis.domain.funding.models import Amendment, Grant
from parvis.doors.desk.access import for_role
from parvis.doors.desk.closing import closed_where_tied
from parvis.doors.desk.money.papers import amendment_pdf, convention_pdf
from parvis.foundation.accounts.models import Role, User


def put_up_lacks(grant: Grant, amendment: Amendment | None = None) -> list[str]:
    """Why the paper of a grant cannot be signed at the counter."""
    paper = queries.paper_to_sign(grant, amendment)
    if hasattr(paper, "signature"):
        return [_("its beneficiary has signed it.")]
    return [] if queries.beneficiary_of(grant) else [_("its beneficiary has no account at the counter.")]


def put_up(grant: Grant, *, by: User, at: datetime, amendment: Amendment | None = None) -> None:
    """Lay the paper down in the vault, in the language its beneficiary writes in, and put it up for signature."""
    file = queries.application_of(grant)
    last = file.submissions.order_by("-turn").first() if file else None
    with override(last.language if last else "fr"):
        content = (amendment_pdf(amendment) if amendment else convention_pdf(grant)) or b""
    digest = hashlib.sha256(content).hexdigest()
    with tempfile.NamedTemporaryFile(suffix=".pdf") as kept:
        kept.write(content)
        kept.flush()
        actions.lay_down(Path(kept.name), settings.VAULT_DIR, digest)
    actions.put_up_for_signature(
        grant=grant, sha256=digest, size=len(content), by=by, at=at, amendment=amendment
    )  # fmt: skip


def paper_as_put_up(grant: Grant, amendment: Amendment | None = None) -> bytes | None:
    """The bytes of the paper put up for signature: what is read is what is signed. Nothing before it is put up."""
    paper = queries.paper_to_sign(grant, amendment)
    path = actions.place_of(settings.VAULT_DIR, paper.sha256) if paper else None
    return path.read_bytes() if path and path.exists() else None


@require_safe
@for_role(Role.READER)
@closed_where_tied
def signed_paper(_request: HttpRequest, key: str, what: str) -> FileResponse:
    """The paper that was put up, or the copy its beneficiary sent: always to be saved, never opened here."""
    grant = get_object_or_404(Grant.objects.select_related("subject"), subject__key=key)
    paper = queries.paper_to_sign(grant)
    copy = getattr(getattr(paper, "signature", None), "copy", None)
    found = {"papier": paper and (paper.sha256, f"{grant.key}.pdf"), "copie": copy and (copy.sha256, copy.file_name)}
    digest, name = found.get(what) or ("", "")
    path = actions.place_of(settings.VAULT_DIR, digest)
    if not digest or not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream")
