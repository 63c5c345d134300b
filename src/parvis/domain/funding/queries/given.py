"""Grants as their beneficiaries see them at the counter: those of the bodies a person acts for, and no other."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from parvis.domain.funding.enums import MAY_SIGN, MAY_WRITE, GrantForm, GrantState, MemberRole, RequestState
from parvis.domain.funding.models import (
    Amendment,
    AmendmentRequest,
    ApplicantBody,
    Application,
    BodyMember,
    Convention,
    ConventionPaper,
    Grant,
)
from parvis.foundation.accounts.models import User

_GIVEN = (GrantState.AWARDED, GrantState.CLOSED)


def grants_given_to(person: User) -> QuerySet[Grant]:
    """Money given to the bodies a person acts for, the latest first.

    A grant that came from a file belongs to the body of that file alone; one given without a file, to whoever
    acts for the body the office knows it by.
    """
    files = Application.objects.filter(number=OuterRef("file"))
    mine = files.filter(body__members__person=person)
    bodies = BodyMember.objects.filter(person=person, body__record__isnull=False).values("body__record")
    worth_a_page = Q(form=GrantForm.CASH) | Q(convention__isnull=False)
    grants = Grant.objects.filter(worth_a_page, state__in=_GIVEN).filter(
        Q(Exists(mine)) | Q(~Exists(files), beneficiary__in=bodies)
    )
    return grants.select_related("subject", "beneficiary").order_by("-year", "-subject__entered_at", "pk")


def grant_given_to(person: User, key: str) -> Grant | None:
    """A grant a person may follow; None for any other, as if it did not exist."""
    return grants_given_to(person).filter(subject__key=key).first()


def beneficiary_of(grant: Grant) -> ApplicantBody | None:
    """The body at the counter that a grant was given to; none where it has no account there."""
    file = Application.objects.filter(number=grant.file).select_related("body").first() if grant.file else None
    if file is not None:
        return file.body
    return (
        ApplicantBody.objects.filter(record=grant.beneficiary_id).order_by("pk").first() if grant.beneficiary else None
    )


def role_on_grant(person: User, grant: Grant) -> MemberRole | None:
    """The part a person has in the body a grant was given to."""
    body = beneficiary_of(grant)
    found = BodyMember.objects.filter(person=person, body=body).values_list("role", flat=True).first() if body else None
    return MemberRole(found) if found else None


def may_sign_for(person: User, grant: Grant) -> bool:
    return role_on_grant(person, grant) in MAY_SIGN


def may_write_for(person: User, grant: Grant) -> bool:
    return role_on_grant(person, grant) in MAY_WRITE


def paper_to_sign(grant: Grant, amendment: Amendment | None = None) -> ConventionPaper | None:
    """The paper of a convention, or of one of its amendments, last put up for signature; with who signed it."""
    papers = ConventionPaper.objects.filter(convention__grant=grant, amendment=amendment)
    ties = (
        "convention",
        "signature__person",
        "signature__copy",
        "city_signature__office",
        "city_signature__delegation",
    )
    return papers.select_related(*ties).order_by("-pk").first()


def awaiting_signature(grants: Iterable[Grant]) -> set[int]:
    """The grants whose beneficiary has a paper to sign: their convention, or an amendment of it, as last put up."""
    papers = ConventionPaper.objects.filter(convention__grant__in=[grant.pk for grant in grants])
    last = {
        (each.convention_id, each.amendment_id): each
        for each in papers.select_related("convention", "amendment", "signature").order_by("pk")
    }
    return {
        each.convention.grant_id
        for each in last.values()
        if not hasattr(each, "signature") and not _settled(each.amendment or each.convention)
    }


def _settled(paper: Convention | Amendment) -> bool:
    return bool(paper.signed or getattr(paper, "given_up", None))


def amendments_of(grant: Grant) -> list[tuple[int, Amendment, ConventionPaper | None]]:
    """The amendments of a grant's convention in their order: the rank of each, and the paper put up of it."""
    found = Amendment.objects.filter(convention__grant=grant).select_related("convention", "decision", "wording")
    return [(rank, each, paper_to_sign(grant, each)) for rank, each in enumerate(found, start=1)]


def amendments_asked(grant: Grant) -> QuerySet[AmendmentRequest]:
    """What was asked to change in a grant's convention, the latest first."""
    return AmendmentRequest.objects.filter(convention__grant=grant).select_related("asked_by", "amendment")


def amendments_to_answer() -> QuerySet[AmendmentRequest]:
    """Requests for an amendment that wait, the oldest first."""
    waiting = AmendmentRequest.objects.filter(state=RequestState.WAITING)
    return waiting.select_related("convention__grant__subject").order_by("asked_at")
