"""Whether a text is what the schema calls a date, a decimal, a boolean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

_DATE = re.compile(r"^(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?$")
_MOMENT = re.compile(r"^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d{2}:\d{2})?$")
_DECIMAL = re.compile(r"^[+-]?(\d+(\.\d*)?|\.\d+)$")
_WHOLE = re.compile(r"^[+-]?\d+$")
_TOKEN = re.compile(r"^[\w.:·-]+$")


@lru_cache(maxsize=20_000)
def day_of(text: str) -> date | None:
    """The day of a date or of a moment, if it is one."""
    found = _DATE.match(text) or _MOMENT.match(text)
    if not found:
        return None
    try:
        return date.fromisoformat(found[1])
    except ValueError:
        return None


def _date(text: str) -> bool:
    return bool(_DATE.match(text)) and day_of(text) is not None


def _moment(text: str) -> bool:
    return bool(_MOMENT.match(text)) and day_of(text) is not None


def _decimal(text: str) -> bool:
    return bool(_DECIMAL.match(text))


def _whole(text: str) -> bool:
    return bool(_WHOLE.match(text))


def _not_below_zero(text: str) -> bool:
    return _whole(text) and int(text) >= 0


def _above_zero(text: str) -> bool:
    return _whole(text) and int(text) > 0


def _boolean(text: str) -> bool:
    return text in ("true", "false", "1", "0")


def _token(text: str) -> bool:
    return bool(_TOKEN.match(text))


#: Kinds whose texts may be wrong; any text is a string or an address.
KINDS: Mapping[str, Callable[[str], bool]] = {
    "date": _date,
    "dateTime": _moment,
    "decimal": _decimal,
    "int": _whole,
    "nonNegativeInteger": _not_below_zero,
    "positiveInteger": _above_zero,
    "boolean": _boolean,
    "NMTOKEN": _token,
}


@lru_cache(maxsize=50_000)
def is_kind(kind: str, text: str) -> bool:
    """Whether a text is of a kind of the schema, spaces around it left out."""
    return KINDS[kind](" ".join(text.split()))
