"""What is held of an applicant: what an erasure takes, and what it must leave, with the reason."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.funding.models import (
    Answer,
    ApplicationStep,
    BodyInvitation,
    CallQuestion,
    ConventionSignature,
    CouncilAnswer,
    EarlierAnswer,
    Interest,
    Letter,
    Message,
    OtherText,
    OutgoingEmail,
    PersonErasure,
    Report,
    ReportEntry,
    ReportSheet,
    SelectionLine,
    Submission,
    VaultDocument,
)
from parvis.foundation.accounts.models import User

#: What may be kept, and why (GDPR, art. 17, 3 b and e).
WHY_KEPT: dict[str, Any] = {
    "submissions": _("Files as they were sent, under their digest: accounting papers, kept ten years."),
    "reports": _("Reports as they were sent: accounting papers, kept ten years."),
    "signatures": _("Signatures of conventions: proof of a contract, kept ten years."),
    "documents": _("Documents of the body, which are the body's own."),
}
#: What is taken.
TAKEN: dict[str, Any] = {
    "memberships": _("Parts in bodies"),
    "invitations": _("Invitations to the address"),
    "emails": _("Emails to the person"),
    "pages": _("Pages kept for them at the counter"),
    "words": _("Fields and messages in which the name or the address stood"),
}


def words_of(person: User) -> list[str]:
    """The words that tell who a person is, the longest first; a name alone too short to be told is left out."""
    full = person.get_full_name().strip()
    back = f"{person.last_name} {person.first_name}".strip()
    words = {person.email, full, back if full else ""}
    return sorted((word for word in words if len(word) > 3), key=len, reverse=True)


def naming(field: str, words: list[str]) -> Q:
    """Rows whose text holds one of these words."""
    found = Q(pk__in=[])
    for word in words:
        found |= Q(**{f"{field}__icontains": word})
    return found


def kept_of(person: User) -> dict[str, int]:
    """How many rows of each kind would be, or are, kept; nothing of what there is none of."""
    words = words_of(person)
    counts = {
        "submissions": Submission.objects.filter(Q(sent_by=person) | naming("content", words)).count(),
        "reports": ReportSheet.objects.filter(
            Q(sent_by=person) | naming("content", words), sent_at__isnull=False
        ).count()
        + Report.objects.filter(naming("signed_by", words) | naming("words", words), sheet__isnull=True).count(),
        "signatures": ConventionSignature.objects.filter(Q(person=person) | naming("name", words)).count(),
        "documents": VaultDocument.objects.filter(stored_by=person, removed_at__isnull=True).count(),
    }
    return {what: count for what, count in counts.items() if count}


def _sheets_sent(person: User, words: list[str]) -> Any:
    return ReportSheet.objects.filter(Q(sent_by=person) | naming("content", words), sent_at__isnull=False)


def taken_of(person: User) -> dict[str, int]:
    """How many rows of each kind an erasure takes."""
    words = words_of(person)
    counts = {
        "memberships": person.bodies.count(),
        "invitations": BodyInvitation.objects.filter(email__iexact=person.email).count(),
        "emails": OutgoingEmail.objects.filter(
            Q(to=person) | Q(address__iexact=person.email) | naming("body", words) | naming("subject", words)
        ).count(),
        "pages": person.kept_pages.count(),
        "words": sum(rows.count() for rows, _field in texts_naming(words)),
    }
    return {what: count for what, count in counts.items() if count}


def texts_naming(words: list[str]) -> list[tuple[Any, str]]:
    """Rows that hold one of these words and out of which it may be struck, each with the field that does."""
    return [
        (Answer.objects.filter(naming("value", words)), "value"),
        (OtherText.objects.filter(naming("value", words)), "value"),
        (ReportEntry.objects.filter(naming("value", words) | naming("others", words)), "value"),
        (Message.objects.filter(naming("words", words)), "words"),
        (Letter.objects.filter(naming("text", words)), "text"),
        (ApplicationStep.objects.filter(naming("reason", words)), "reason"),
        (SelectionLine.objects.filter(naming("reason", words)), "reason"),
        (CouncilAnswer.objects.filter(naming("reason", words)), "reason"),
        (Interest.objects.filter(naming("words", words)), "words"),
        (CallQuestion.objects.filter(naming("asked", words)), "asked"),
        *(
            (said.objects.filter(naming(field, words)), field)
            for said in (CallQuestion, EarlierAnswer)
            for field in ("question", "answer")
        ),
    ]


def erasures() -> Any:
    """Everybody who was erased, the latest first."""
    return PersonErasure.objects.select_related("erased_by", "person")
