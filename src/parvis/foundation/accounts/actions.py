"""Writes on accounts."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from parvis.foundation.accounts.models import HOUSE, Role, SpentLink, User
from parvis.foundation.values.refusal import Refusal

LINK_MINUTES = 15
_SALT = "parvis.accounts.one-time-link"


class LinkRefused(Refusal):
    """The sign-in link is too old, was used, or is not ours."""

    message = _("This sign-in link has expired or was already used. Ask for a new one.")


def house_account() -> User:
    """The account that signs what the house does by itself."""
    user = User.objects.filter(email=HOUSE).first()
    if user:
        return user
    return User.objects.create_user(HOUSE, role=Role.ADMINISTRATOR, is_active=False)


def one_time_link(user: User) -> str:
    """Token that signs this account in once, within fifteen minutes."""
    return signing.dumps({"user": user.pk, "seen": _last_seen(user)}, salt=_SALT)


@transaction.atomic
def spend_link(*, token: str, at: datetime) -> User:
    """Sign in by a one-time link. Raises LinkRefused when it is too old, spent or forged."""
    try:
        claims = signing.loads(token, salt=_SALT, max_age=LINK_MINUTES * 60)
        user = User.objects.get(pk=claims["user"], is_active=True)
    except (signing.BadSignature, KeyError, User.DoesNotExist) as fault:
        raise LinkRefused from fault
    if claims.get("seen") != _last_seen(user):  # somebody came in since: a link left in a mailbox dies
        raise LinkRefused
    try:
        with transaction.atomic():
            SpentLink.objects.create(digest=hashlib.sha256(token.encode()).hexdigest(), spent_at=at)
    except IntegrityError as fault:
        raise LinkRefused from fault
    return user


def _last_seen(user: User) -> str:
    return user.last_login.isoformat() if user.last_login else ""
