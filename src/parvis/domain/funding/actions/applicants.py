"""Bodies at the counter: opened under their number, their people invited, changed and let go."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import NATURAL_PERSON, BodyScheme, EmailKind, MemberRole
from parvis.domain.funding.errors import BodyKnown, LastManager, NotMember, NumberRefused
from parvis.domain.funding.models import ApplicantBody, BodyInvitation, BodyMember
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.foundation.values.identifiers import identifier

from .post import write_personal
from .ties import look_at_bodies


def checked_number(scheme: str, number: str) -> str:
    """A number written one way, its key checked. Raises NumberRefused with what to write instead."""
    if scheme == BodyScheme.PERSON:
        raise NumberRefused(why=_("Who asks in their own name has no number: choose that below the form."))
    try:
        return identifier(BodyScheme(scheme).value, number)
    except ValueError:
        why = {
            BodyScheme.SIRET: _("This is not a SIRET: it has fourteen digits, and the last one checks the others."),
            BodyScheme.RNA: _("This is not an RNA number: W and nine digits, as W751234567."),
            BodyScheme.FOREIGN: _("Write the register and the number, as GB-COH-09506232 (see org-id.guide)."),
        }
        raise NumberRefused(why=why[BodyScheme(scheme)]) from None


@transaction.atomic
def open_body(
    *, name: str, kind: str, scheme: str, number: str, country: str, by: User, at: datetime,
    town: str = "", founded: int | None = None,
) -> ApplicantBody:  # fmt: skip
    """Open the account of a body; whoever opens it manages it. Raises NumberRefused, BodyKnown."""
    number = checked_number(scheme, number)
    try:
        with transaction.atomic():
            body = ApplicantBody.objects.create(
                name=name.strip(), kind=kind, scheme=scheme, number=number, country=country, town=town.strip(),
                founded=founded, opened_at=at, opened_by=by,
            )  # fmt: skip
    except IntegrityError as fault:
        raise BodyKnown from fault
    BodyMember.objects.create(body=body, person=by, role=MemberRole.MANAGER, since=at)
    journal.write("applicant body opened", about=f"applicant:{body.pk}", by=by, at=at)
    return body


@transaction.atomic
def say_year_founded(*, body: ApplicantBody, year: int, by: User, at: datetime) -> ApplicantBody:
    """Say in which year a body was founded, where its account does not. Raises NotMember."""
    _manages(by, body)
    if body.founded is None:
        body.founded = year
        body.save(update_fields=["founded"])
        journal.write("year founded said", about=f"applicant:{body.pk}", by=by, at=at)
    return body


@transaction.atomic
def open_in_own_name(*, country: str, by: User, at: datetime) -> ApplicantBody:
    """Open the account of a person who asks in their own name, once: asked again, it is the same one.

    No number of a register is asked of them, and no record is ever made of them.
    """
    name = by.get_full_name().strip() or by.email
    body, made = ApplicantBody.objects.get_or_create(
        scheme=BodyScheme.PERSON,
        number=f"P{by.pk}",
        defaults={"name": name, "kind": NATURAL_PERSON, "country": country, "opened_at": at, "opened_by": by},
    )
    if made:
        BodyMember.objects.create(body=body, person=by, role=MemberRole.MANAGER, since=at)
        journal.write("applicant body opened", about=f"applicant:{body.pk}", by=by, at=at)
    return body


@transaction.atomic
def invite(
    *, body: ApplicantBody, email: str, role: str, subject: str, text: str, language: str, by: User, at: datetime
) -> BodyInvitation:
    """Ask someone to join a body, by an email of these words; asked again, the new part replaces the old."""
    _manages(by, body)
    row, _made = BodyInvitation.objects.update_or_create(
        body=body, email=email.strip().lower(), defaults={"role": role, "invited_at": at, "invited_by": by}
    )
    journal.write("person invited", about=f"applicant:{body.pk}", by=by, at=at, role=role)
    write_personal(kind=EmailKind.INVITATION, address=row.email, subject=subject, body=text, language=language, at=at)
    return row


@transaction.atomic
def withdraw_invitation(*, invitation: BodyInvitation, by: User, at: datetime) -> None:
    """Take an invitation back that nobody took up: its address joins nothing any more. Raises NotMember."""
    _manages(by, invitation.body)
    invitation.delete()
    journal.write("invitation withdrawn", about=f"applicant:{invitation.body_id}", by=by, at=at)


@transaction.atomic
def join_body(*, person: User, at: datetime) -> list[BodyMember]:
    """Take up every invitation sent to a person's address."""
    joined = []
    for invitation in BodyInvitation.objects.select_for_update().filter(email=person.email):
        member, _made = BodyMember.objects.get_or_create(
            body_id=invitation.body_id, person=person, defaults={"role": invitation.role, "since": at}
        )
        invitation.delete()
        journal.write("person joined", about=f"applicant:{member.body_id}", by=person, at=at, role=member.role)
        joined.append(member)
    look_at_bodies(bodies=[member.body_id for member in joined], by=person, at=at)
    return joined


@transaction.atomic
def change_part(*, member: BodyMember, role: str, by: User, at: datetime) -> BodyMember:
    """Give a person another part in a body. Raises LastManager."""
    _manages(by, member.body)
    if role != MemberRole.MANAGER:
        _keep_a_manager(member)
    member.role = MemberRole(role)
    member.save(update_fields=["role"])
    journal.write("part changed", about=f"applicant:{member.body_id}", by=by, at=at, role=role)
    return member


@transaction.atomic
def leave_body(*, member: BodyMember, by: User, at: datetime) -> None:
    """A person no longer acts for a body. What they wrote stays. Raises LastManager."""
    if member.person_id != by.pk:
        _manages(by, member.body)
    _keep_a_manager(member)
    body = member.body_id
    member.delete()
    journal.write("person left", about=f"applicant:{body}", by=by, at=at)


def _manages(person: User, body: ApplicantBody) -> None:
    if not BodyMember.objects.filter(body=body, person=person, role=MemberRole.MANAGER).exists():
        raise NotMember


def _keep_a_manager(member: BodyMember) -> None:
    managers = BodyMember.objects.filter(body_id=member.body_id, role=MemberRole.MANAGER).order_by("pk")
    if [one.pk for one in managers.select_for_update(no_key=True)] == [member.pk]:
        raise LastManager
