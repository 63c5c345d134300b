"""Writes on accounts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from parvis.foundation.accounts.models import HOUSE, AccountAsked, Role, SpentLink, User
from parvis.foundation.accounts.once import DONE
from parvis.foundation.values.refusal import Refusal

LINK_MINUTES = 15
_SALT = "parvis.accounts.one-time-link"
#: How many marks of forms that were done a session remembers: the last ones.
_MOST_MARKS = 200


#: How many links may be asked for in an hour: for one address, and from one network, where many may share one.
LINKS_AN_HOUR = {"address": 3, "network": 20}
_AN_HOUR, _A_DAY = timedelta(hours=1), timedelta(days=1)


class TooManyAsked(Refusal):
    """Links to open an account are not sent without end."""

    message = _("Too many links were asked for. The last one sent still opens your account. Try again at %(hour)s.")


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


@transaction.atomic
def note_account_asked(*, email: str, network: str, at: datetime, spelt: Callable[[datetime], str]) -> None:
    """Note that a link to open an account is asked for. Raises TooManyAsked when an hour has seen enough of them.

    ``spelt`` writes the moment from which one may ask again. What is older than a day is forgotten.
    """
    AccountAsked.objects.filter(asked_at__lt=at - _A_DAY).delete()
    asked = {kind: _keyed(kind, said) for kind, said in (("address", email.lower()), ("network", network))}
    for kind, digest in asked.items():
        rows = AccountAsked.objects.filter(digest=digest, asked_at__gt=at - _AN_HOUR).order_by("-asked_at")
        moments = list(rows.values_list("asked_at", flat=True)[: LINKS_AN_HOUR[kind]])
        if len(moments) == LINKS_AN_HOUR[kind]:
            raise TooManyAsked(hour=spelt(moments[-1] + _AN_HOUR))
    AccountAsked.objects.bulk_create([AccountAsked(digest=digest, asked_at=at) for digest in asked.values()])


def _keyed(kind: str, said: str) -> str:
    return salted_hmac(f"parvis.accounts.asked.{kind}", said, algorithm="sha256").hexdigest()


def note_done(*, session: SessionBase, mark: str) -> None:
    """Remember that the form of this mark was done, in the transaction of what it did."""
    if mark and session.session_key:
        session[DONE] = [*session.get(DONE, []), mark][-_MOST_MARKS:]
        session.save(must_create=False)
