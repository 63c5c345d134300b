"""What a rehearsal is played around: its source, its budget, its vote, its two calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from parvis.domain.funding import actions
from parvis.domain.funding.actions import Slip
from parvis.domain.funding.models import Call, Envelope, Levy
from parvis.exchange.inbound.entrances import NOUNS, entrances
from parvis.register.entry import take_apart
from parvis.register.models import Record, Subject

from .calendar import Calendar
from .people import Cast
from .requests import FOLDER


@dataclass(frozen=True, slots=True)
class Stage:
    """Where everything stands when the play begins."""

    cast: Cast
    calendar: Calendar
    call: Call
    open_call: Call
    envelope: Envelope
    decision: Subject

    def slip(self, at: datetime) -> Slip:
        """On the vote of the council, that day, by finance."""
        return Slip(decision=self.decision, day=at.date(), by=self.cast.finance, at=at)


def set_up(cast: Cast, calendar: Calendar, *, envelope: Decimal) -> Stage:
    """Enter what is played around the requests; ``envelope`` is what the council votes for the call."""
    records = entered("stage.yaml", calendar.words(), cast, calendar.filed)
    levy, held = records["rehearsal-budget"], records["rehearsal-envelope"]
    assert isinstance(levy, Levy)
    assert isinstance(held, Envelope)
    decision = records["rehearsal-decision"].subject
    slip = Slip(decision=decision, day=calendar.council.date(), by=cast.finance, at=calendar.council)
    year = actions.open_levy_year(levy=levy, year=calendar.year, currency="EUR", by=cast.finance, at=calendar.filed)
    actions.vote_levy(levy_year=year, amount=envelope, slip=slip)
    actions.allot(envelope=held, amount=envelope, slip=slip)
    for key in ("rehearsal-call", "rehearsal-call-open"):
        actions.open_form(call=_call(key), by=cast.officer, at=calendar.filed)
    return Stage(cast, calendar, _call("rehearsal-call"), _call("rehearsal-call-open"), held, decision)


def _call(key: str) -> Call:
    return Call.objects.select_related("subject").get(subject__key=key)


def entered(file: str, words: Mapping[str, str], cast: Cast, at: datetime) -> dict[str, Record]:
    """Enter the records of a file of the rehearsal, with the days where ``words`` names them: each by its key."""
    text = (Path(settings.DATA_DIR) / FOLDER / file).read_text(encoding="utf-8")
    told: dict[str, list[dict[str, Any]]] = _filled(yaml.safe_load(text), words)
    return {
        record.key: record
        for plural, contents in told.items()
        for content in contents
        for record in [_entered(NOUNS[plural], content, cast, at)]
    }


def _filled(told: Any, words: Mapping[str, str]) -> Any:
    """The same with the days where they are named."""
    if isinstance(told, dict):
        return {name: _filled(value, words) for name, value in told.items() if value is not None}
    if isinstance(told, list):
        return [_filled(value, words) for value in told]
    if isinstance(told, str) and told.startswith("{"):
        return told.format(**words)
    return told


def _entered(noun: str, content: dict[str, Any], cast: Cast, at: datetime) -> Record:
    model, enter, _amend = entrances()[noun]
    taken = take_apart(model, content)
    return enter(entry=taken.entry, facts=taken.facts, by=cast.house, at=at)
