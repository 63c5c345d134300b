"""The rule of amounts: kinds never add up together."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from parvis.foundation.values import Money, Refusal

from .terms import Terms


class DoNotAddUp(Refusal):
    """These amounts are not of one kind, or of a kind that has no sum."""

    message = "These amounts do not add up: %(reason)s"


def add_up(amounts: Iterable[tuple[Money, str]], kinds: Terms) -> Money:
    """The sum of amounts of one kind and one currency.

    Raises DoNotAddUp when kinds or currencies differ, when the kind has no sum (so much *a grant*, so
    much *since 2005*), or when there is nothing to add. Raises UnknownCode for a kind not declared.
    """
    listed = list(amounts)
    met = sorted({kind for _money, kind in listed})
    currencies = sorted({money.currency for money, _kind in listed})
    if not listed:
        raise DoNotAddUp(reason="there are none.")
    for kind in met:
        if kinds.take(kind).trait("adds") == "never":
            raise DoNotAddUp(reason=f"amounts “{kind}” have no sum.")
    if len(met) > 1:
        raise DoNotAddUp(reason=f"they are of several kinds ({', '.join(met)}).")
    if len(currencies) > 1:
        raise DoNotAddUp(reason=f"they are in several currencies ({', '.join(currencies)}).")
    return sum((money for money, _kind in listed), start=Money(Decimal(0), currencies[0]))
