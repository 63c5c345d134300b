"""The way into an account of one's own: a sealed word that names an address, kept nowhere."""

from __future__ import annotations

from django.core import signing

_SALT = "parvis.counter.account"
_SECONDS = 48 * 3600


def sealed(email: str) -> str:
    """A word that proves, for two days, that whoever shows it reads the mail of this address."""
    return signing.dumps({"email": email}, salt=_SALT)


def address_in(word: str) -> str | None:
    """The address a sealed word names; nothing when it is too old, or is not one of ours."""
    try:
        return str(signing.loads(word, salt=_SALT, max_age=_SECONDS)["email"])
    except (signing.BadSignature, KeyError, TypeError):
        return None
