"""Keys that name nobody, for records whose titles may: a key is never corrected, and stands in the public address.

A record entered at the desk is numbered; a row of a file has a mark of its own, the same each time the file comes.
"""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from parvis.exchange.inbound.entrances import OF_MONEY

#: Nouns whose titles say who somebody is.
SAY_SOMEBODY = OF_MONEY | {"person", "honour"}
_LONG_ENOUGH = 12


def plain_start(noun: str, year: int | str = "") -> str:
    """What such a key begins with: its noun, and the year where one is known."""
    return f"{noun.replace('_', '-')}-{year}".rstrip("-")


def marked_key(noun: str, token: str, *, year: str = "") -> str:
    """The key of a row, from what tells it from any other. Keyed: whoever guesses a title finds no proof in it."""
    mark = salted_hmac("parvis.inbound.key", token, algorithm="sha256").hexdigest()
    return f"{plain_start(noun, year)}-{mark[:_LONG_ENOUGH]}"
