"""What an entry of the ledger says, as it is told to the journal in the same breath, and read again beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from parvis.domain.funding.models import LedgerEntry
from parvis.foundation.journal import actions as journal

#: The first words of what the journal tells of an entry; its act follows.
MONEY = "money: "
_CENT, _FOREIGN, _RATE = Decimal("0.01"), Decimal("0.0001"), Decimal("0.00000001")


def told_of(entry: LedgerEntry, sides: Iterable[tuple[int, Decimal]]) -> dict[str, Any]:
    """The amount, the day and the decision in clear, and a digest of all else an entry and its lines say."""
    moved = sorted((account, _to(_CENT, amount)) for account, amount in sides)
    content = {
        "act": str(entry.act), "grant": entry.grant_id, "reason": entry.reason, "reference": entry.reference,
        "foreign": [_to(_FOREIGN, entry.foreign_amount), entry.foreign_currency, _to(_RATE, entry.rate),
                    entry.rate_source],
        "by": entry.written_by_id, "at": entry.written_at.astimezone(UTC).isoformat(), "moved": moved,
    }  # fmt: skip
    return {
        "amount": _to(_CENT, entry.amount),
        "day": entry.day.isoformat(),
        "decision": entry.decision_id,
        "content": journal.digest_of(content),
    }


def _to(place: Decimal, amount: Decimal | None) -> str | None:
    """As the database writes it: it keeps so many decimals."""
    return None if amount is None else str(Decimal(amount).quantize(place, ROUND_HALF_UP))
