"""What a call gives, in the words both sites use."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from parvis.doors.ui import spelling


def gives(
    *, rule: str, amount: Decimal | None, least: Decimal | None, rate: Decimal | None, currency: str, language: str
) -> str:
    """The amount of a call in a sentence that says what kind of amount it is."""
    said = {
        "flat": _("%(amount)s per project, stated as a flat amount"),
        "maximum": _("%(amount)s per project at most"),
        "range": _("from %(least)s to %(amount)s per project"),
        "rate": _("%(rate)s of the cost at most"),
    }
    if rule not in said or (rule != "rate" and amount is None):
        return _("No amount stated")
    facts = {
        "amount": spelling.money(amount, currency, language) if amount is not None else "",
        "least": spelling.money(least or Decimal(0), currency, language),
        "rate": spelling.rate(rate / 100, language) if rate else "",
    }
    return said[rule] % facts


def shares(weights: Sequence[int | None]) -> list[Decimal | None]:
    """The share of a mark each criterion counts for, whatever the weights add up to; none where it is not known."""
    total = sum(weight or 0 for weight in weights)
    return [Decimal(weight) / total if weight else None for weight in weights]
