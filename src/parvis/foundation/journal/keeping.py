"""Opening, changing and closing accounts: acts that the journal keeps, so they stand above the accounts."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from parvis.foundation.accounts.models import ERASED, Role, User
from parvis.foundation.journal import actions as journal
from parvis.foundation.values.refusal import Refusal


class UnknownRole(Refusal):
    """No such role."""

    message = _("There is no role called %(role)s.")


class AddressTaken(Refusal):
    """An account has this address already."""

    message = _("There is already an account for %(email)s.")


class NotErasable(Refusal):
    """Agents of the city leave by closing their account; a person is erased once."""

    message = _("Only an applicant is erased, and once. The account of an agent is closed.")


class LastAdministrator(Refusal):
    """The office would be left without an administrator."""

    message = _("This is the last administrator: name another one first.")


@transaction.atomic
def open_account(*, email: str, role: str, by: User, at: datetime) -> User:
    """Open an account. It has no password until its holder sets one."""
    _known(role)
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise AddressTaken(email=email)
    try:
        with transaction.atomic():
            user = User.objects.create_user(email.strip(), role=role, date_joined=at)
    except IntegrityError as fault:  # opened by somebody else at this very moment
        raise AddressTaken(email=email) from fault
    journal.write("account opened", about=_name(user), by=by, at=at, role=role)
    return user


@transaction.atomic
def open_own_account(*, email: str, first_name: str, last_name: str, password: str, at: datetime) -> User:
    """Open an applicant's account at their own asking, once their address has answered. Raises AddressTaken."""
    if User.objects.filter(email__iexact=email).exists():
        raise AddressTaken(email=email)
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email, password, role=Role.APPLICANT, date_joined=at, first_name=first_name, last_name=last_name
            )
    except IntegrityError as fault:  # opened in another window at this very moment
        raise AddressTaken(email=email) from fault
    journal.write("account opened", about=_name(user), by=user, at=at, role=user.role)
    return user


@transaction.atomic
def change_role(*, user: User, role: str, by: User, at: datetime) -> User:
    """Give an account another role."""
    _known(role)
    if role != Role.ADMINISTRATOR:
        _keep_an_administrator(user)
    user.role = role
    user.save(update_fields=["role"])
    journal.write("role changed", about=_name(user), by=by, at=at, role=role)
    return user


@transaction.atomic
def close_account(*, user: User, by: User, at: datetime) -> User:
    """Close an account; what it did stays in the journal."""
    _keep_an_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    journal.write("account closed", about=_name(user), by=by, at=at)
    return user


@transaction.atomic
def erase_person(*, user: User, by: User, at: datetime) -> User:
    """Put a stand-in where an applicant's name and address stood; the account closes for good.

    Its number stays, so that what it did keeps an author who is nobody. Raises NotErasable.
    """
    held = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if held.role != Role.APPLICANT or held.email.endswith(ERASED):
        raise NotErasable
    held.email = held.username = f"{held.pk}{ERASED}"
    held.first_name = held.last_name = ""
    held.is_active, held.last_login = False, None
    held.set_unusable_password()  # every session and every link of the account ends with its password
    held.save()
    held.emailaddress_set.all().delete()  # type: ignore[attr-defined]  # a row of django-allauth
    held.authenticator_set.all().delete()  # type: ignore[attr-defined]  # as above
    journal.write("person erased", about=_name(held), by=by, at=at)
    return held


def _name(user: User) -> str:
    return f"account:{user.pk}"


def _keep_an_administrator(user: User) -> None:
    """Lock every administrator, in one order, so that two who close each other do not both succeed or both wait."""
    active = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk")
    if [one.pk for one in active.select_for_update(no_key=True)] == [user.pk]:
        raise LastAdministrator


def _known(role: str) -> None:
    if role not in Role.values:
        raise UnknownRole(role=role)
