"""What the counter's templates ask for by name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from parvis.domain.funding.models import Call
from parvis.domain.funding.queries import titles_of_call
from parvis.doors.counter.cells import Cell
from parvis.doors.counter.words import state_word
from parvis.doors.ui import calls as ui_calls
from parvis.doors.ui import spelling
from parvis.doors.ui.templatetags.parvis import say
from parvis.doors.ui.words import vocabulary
from parvis.foundation.values.money import places_of
from parvis.foundation.values.words import in_language

register = template.Library()


@register.filter
def moment(when: datetime | None) -> str:
    """A moment with the city's zone: 31 March 2027, 17:00 (Europe/Paris)."""
    if when is None:
        return ""
    return spelling.moment(when, (get_language() or "fr")[:2], timezone.get_default_timezone_name())


@register.simple_tag
def zone_said() -> str:
    """Whose clocks the moments are told by: Paris time."""
    city = spelling.place_of_zone(timezone.get_default_timezone_name(), (get_language() or "fr")[:2])
    return _("%(city)s time") % {"city": city}


@register.filter
def dated(when: datetime) -> str:
    """The day of the city's calendar."""
    local = timezone.localtime(when, timezone.get_default_timezone())
    return spelling.day(local.date(), (get_language() or "fr")[:2])


@register.filter
def hour(when: datetime | None) -> str:
    """The hour of the city's clock, to the second."""
    return timezone.localtime(when, timezone.get_default_timezone()).strftime("%H:%M:%S") if when else ""


@register.filter
def state(code: str) -> str:
    return state_word(code)


@register.filter
def words(said: Any) -> str:
    """Words in the reader's language, or in the nearest there is."""
    return in_language(said, (get_language() or "fr")[:2])[0] if isinstance(said, dict) else str(said or "")


@register.filter
def country(code: str) -> str:
    """A country by its name in the reader's language."""
    return vocabulary().countries.label(code, (get_language() or "fr")[:2])


@register.filter
def places(currency: str) -> int:
    """How many decimals amounts of a currency have."""
    return places_of(currency)


@register.filter
def gives(call: Call) -> str:
    """How much a call gives, and what kind of amount that is."""
    language = (get_language() or "fr")[:2]
    return ui_calls.gives(
        rule=call.amount_rule,
        amount=call.amount,
        least=call.least_amount,
        rate=call.most_rate,
        currency=call.currency,
        language=language,
    )


@register.simple_tag
def title_of(record: Call) -> str:
    """The title of a call in the reader's language."""
    return in_language(titles_of_call(record), (get_language() or "fr")[:2])[0] or record.subject.key


@register.simple_tag
def title_said(record: Call) -> str:
    """The same, marked with its language where that is not the reader's."""
    return say(titles_of_call(record)) or record.subject.key


@register.filter
def tongue_of(said: Any) -> str:
    """The language that words are shown in."""
    wanted = (get_language() or "fr")[:2]
    return in_language(said, wanted)[1] or wanted


@register.simple_tag
def seen(cell: Cell) -> str:
    """Over which revision a field is written, and a mark of what it showed, to tell later what was touched."""
    revision = format_html('<input type="hidden" name="r:{}" value="{}">', cell.path, cell.revision)
    shown = format_html('<input type="hidden" name="v:{}" value="{}">', cell.path, cell.shown) if cell.shown else ""
    return revision + shown
