"""Documents of a body: put in the vault under the hash of their content, renewed, taken out."""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from parvis.domain.funding.enums import MAY_WRITE
from parvis.domain.funding.errors import DocumentInUse, NotMember
from parvis.domain.funding.models import ApplicantBody, BodyMember, VaultDocument
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal


def place_of(vault: Path, sha256: str) -> Path:
    """Where a content lies: under its hash, never under a name someone chose."""
    return vault / sha256[:2] / sha256


def lay_down(file: Path, vault: Path, sha256: str) -> Path:
    """Put a checked file in the vault, whole or not at all; the same content is kept once."""
    place = place_of(vault, sha256)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not place.exists():
        draft = place.with_suffix(f".{os.getpid()}")
        try:
            shutil.copyfile(file, draft)
            with draft.open("rb+") as written:
                os.fsync(written.fileno())
            draft.chmod(0o600)
            draft.replace(place)
        finally:
            draft.unlink(missing_ok=True)  # on a full disk, half a document would keep the room it took
    return place


@transaction.atomic
def store_document(
    *, body: ApplicantBody, title: str, file_name: str, media_type: str, size: int, sha256: str, scanned: bool,
    by: User, at: datetime, valid_until: date | None = None,
) -> VaultDocument:  # fmt: skip
    """Note a document that lies in the vault. Raises NotMember."""
    if not BodyMember.objects.filter(body=body, person=by, role__in=MAY_WRITE).exists():
        raise NotMember
    document = VaultDocument.objects.create(
        body=body, title=title.strip() or file_name, file_name=file_name, media_type=media_type, size=size,
        sha256=sha256, scanned=scanned, valid_until=valid_until, stored_at=at, stored_by=by,
    )  # fmt: skip
    journal.write("document stored", about=f"applicant:{body.pk}", by=by, at=at, content=sha256)
    return document


@transaction.atomic
def remove_document(*, document: VaultDocument, by: User, at: datetime) -> None:
    """Take a document out of the vault. One that a sent file holds stays. Raises DocumentInUse, NotMember."""
    if not BodyMember.objects.filter(body_id=document.body_id, person=by, role__in=MAY_WRITE).exists():
        raise NotMember
    if document.uses.filter(application__number__isnull=False).exists():
        raise DocumentInUse
    document.uses.all().delete()
    document.removed_at = at
    document.save(update_fields=["removed_at"])
    journal.write("document removed", about=f"applicant:{document.body_id}", by=by, at=at)
