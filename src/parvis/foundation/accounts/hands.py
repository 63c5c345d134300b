"""For whom a form was made, sealed in it. The seal opens nothing: it only says to whom the words posted belong."""

from __future__ import annotations

from django.core import signing

from parvis.foundation.accounts.models import User

#: The field in which a form says for whom it was made.
HAND = "-hand"
_SALT = "parvis.hand"
_LONGEST = 30 * 24 * 3600


def hand_of(person: User) -> str:
    """For whom a form is made, sealed."""
    return signing.dumps(person.pk, salt=_SALT)


def writer_of(sealed: str) -> User | None:
    """The person a form was made for; nobody where the seal is not ours, or is too old."""
    try:
        number = signing.loads(sealed, salt=_SALT, max_age=_LONGEST)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=number, is_active=True).first()
