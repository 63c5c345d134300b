"""What a body won in earlier editions, as the board and the page of a file tell it."""

from __future__ import annotations

from typing import Any

from parvis.domain.funding import queries
from parvis.domain.funding.enums import Carried
from parvis.domain.funding.models import Application
from parvis.domain.funding.queries import Wins
from parvis.doors.desk.naming import title_of
from parvis.doors.desk.words import tongue, vocabulary


def won(wins: Wins | None, currency: str) -> dict[str, Any] | None:
    """How often and how much; nothing for a body that won nothing."""
    if wins is None:
        return None
    return {
        "times": len(wins.grants),
        "years": ", ".join(map(str, wins.years)),
        "amount": wins.amount(currency),
        "currency": currency,
        "alike": wins.alike,
        "repeated": wins.repeated,
    }


def won_by(file: Application) -> dict[str, Any] | None:
    """What the body behind one file won, grant by grant."""
    disciplines = queries.answers_that_carry(file.call, Carried.DISCIPLINE)
    wins = queries.wins_of(file.call, disciplines, [file]).get(str(file.pk))
    told = won(wins, file.call.currency or "EUR")
    if wins is None or told is None:
        return None
    words = vocabulary().disciplines
    return told | {
        "grants": [
            (grant, title_of(grant.subject), words.label(grant.discipline, tongue()) if grant.discipline else "")
            for grant in wins.grants
        ]
    }
