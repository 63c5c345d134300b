"""Proofs of what was done after an award, as PDF: they rest on what was stored and on nothing of today."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from parvis.domain.funding.enums import SignatureWay
from parvis.domain.funding.models import ConventionSignature
from parvis.doors.counter.naming import title_said
from parvis.doors.ui import spelling
from parvis.doors.ui.words import city_name, tongue
from parvis.exchange.formats.papers import receipt


def signature_pdf(signature: ConventionSignature) -> bytes:
    """Who signed a convention for its beneficiary, in what capacity, when, and the digest of the paper signed."""
    with override(signature.language):
        convention, grant = signature.paper.convention, signature.paper.convention.grant
        said = {"number": convention.number, "name": signature.name, "when": moment_said(signature.signed_at)}
        rows = [
            [_("Grant"), title_said(grant.subject)],
            [_("Beneficiary"), title_said(grant.beneficiary) if grant.beneficiary else ""],
            [_("Signed by"), f"{signature.name}, {signature.capacity}"],
            [_("How"), str(SignatureWay(signature.way).label)],
            [_("Account"), signature.person.email],
            [_("When"), said["when"]],
        ]
        copies = [[_("Signed copy"), signature.copy.sha256]] if signature.copy else []
        facts = paper_facts(
            title=_("Signature of convention %(number)s") % said,
            number=convention.number,
            sentence=_("%(name)s signed convention %(number)s for its beneficiary on %(when)s.") % said,
            rows=rows,
            documents=copies,
            digest_title=_("Digest of the paper signed (SHA-256)"),
            digest=signature.paper.sha256,
        )
        return receipt(facts, signature.signed_at)


def paper_facts(**facts: Any) -> dict[str, Any]:
    """What the receipt's layout asks for, with what these proofs leave out."""
    return {
        "language": tongue(),
        "city": city_name(),
        "documents_title": _("Documents"),
        "documents": [],
        "sections": [],
        **facts,
    }


def moment_said(when: datetime) -> str:
    """A moment with the city's zone, in the language of the paper."""
    return spelling.moment(when, tongue(), timezone.get_default_timezone_name())
