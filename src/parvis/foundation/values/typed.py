"""What people type, read as they mean it: an amount, a day, a moment. What could mean two things is never guessed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale

from parvis.foundation.values.money import smallest_unit
from parvis.foundation.values.text import fold

_SPACES = re.compile(r"[\s'’_]")
_GROUPED = re.compile(r"^\d{1,3}([\s'’]\d{3})+$|^\d+$")
_NUMBER = re.compile(r"^[+]?[\d.,]+$")
_CURRENCY = r"([^\W\d_]+|[€$£¥])"
_BEFORE = re.compile(rf"^\s*{_CURRENCY}\s*(?=[-−–(+\d])")
_AFTER = re.compile(rf"(?<=[\d)\s])\s*{_CURRENCY}\s*$")
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "fcfa": "XOF", "cfa": "XOF"}
_NAMES = {"euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "dolares": "USD", "livres": "GBP"}
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_LOCAL = re.compile(r"^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})$")
_WRITTEN = re.compile(r"^(?:(\d{1,2})(?:er|st|nd|rd|th|º|o)? (?:de )?([a-z]+) (?:de |del )?(\d{4}))$")
_MONTH_FIRST = re.compile(r"^([a-z]+) (\d{1,2})(?:st|nd|rd|th)? (\d{4})$")
#: A day, then an hour: ``17:00``, ``17 h 30``, ``9h``, ``5 pm``.
_MOMENT = re.compile(
    r"^(.+?)(?:T|,? +(?:(?:at|a|à|as|às|a las) )?)(\d{1,2})"
    r"(?:[:.](\d{2})(?::(\d{2}))?| ?h(?:eures?)?(?: ?(\d{2}))?|(?:[:.](\d{2}))? ?([ap])\.?m\.?)$",
    re.IGNORECASE,
)
#: Noon has one meaning. Midnight has two, the first hour of a day or its last: it is asked again.
_NOON = re.compile(r"\b(?:12 )?(?:noon|midday|midi|mediod[ií]a|meio-dia)$", re.IGNORECASE)
_DAY_AT_ITS_HEAD = re.compile(r"^(\d{4}-\d{1,2}-\d{1,2}|.*?\d{4})(?!\d)")
_LANGUAGES = ("fr", "en", "es", "pt")
#: What a column of amounts keeps before the point: one digit more would be a fault of the database.
MOST_DIGITS = 12


class Why(StrEnum):
    """Why something typed was not read."""

    EMPTY = "empty"
    CURRENCY = "currency"
    NEGATIVE = "negative"
    LETTERS = "letters"
    TWO_MEANINGS = "two_meanings"
    GROUPS = "groups"
    TOO_FINE = "too_fine"
    TOO_LARGE = "too_large"
    NO_SUCH_DAY = "no_such_day"
    SHORT_YEAR = "short_year"
    MONTH_FIRST = "month_first"
    NOT_A_DAY = "not_a_day"
    NO_HOUR = "no_hour"
    SKIPPED = "skipped"
    TWICE = "twice"


class Unread(ValueError):
    """What was typed cannot be read, and why. The door says it in the reader's language."""

    def __init__(self, why: Why, **facts: object) -> None:
        self.why, self.facts = why, facts
        super().__init__(f"not read: {why}")


def amount_typed(text: object, currency: str = "EUR", *, digits: int = MOST_DIGITS) -> Decimal:
    """The amount in ``12 500,50 €``, ``12,500.50`` or ``12'500``. Raises Unread.

    One separator followed by three digits (``12,500``) means twelve thousand to some and twelve and a
    half to others: it is asked again, never guessed.
    """
    typed = _without_currency(str(text).strip().replace("\u202f", " ").replace("\xa0", " "), currency)
    if not typed:
        raise Unread(Why.EMPTY)
    if typed[0] in "-−–(":
        raise Unread(Why.NEGATIVE)
    whole, cents = _parted(typed.lstrip("+ "))
    places = -smallest_unit(currency).as_tuple().exponent  # type: ignore[operator]  # a finite unit
    if len(cents) > places:
        raise Unread(Why.TOO_FINE, places=places)
    if len(whole) > digits:
        raise Unread(Why.TOO_LARGE)
    return Decimal(f"{whole}.{cents or '0'}").quantize(smallest_unit(currency))


def _without_currency(typed: str, currency: str) -> str:
    """The text less its currency, at either end. Another one than expected is refused."""
    found = _BEFORE.match(typed) or _AFTER.search(typed)
    if not found:
        return typed.strip()
    said = found[1]
    code = _SIGNS.get(said.casefold()) or _NAMES.get(fold(said)) or said.upper()
    if len(code) != 3 or not code.isalpha():
        raise Unread(Why.LETTERS)
    if code != currency:
        raise Unread(Why.CURRENCY, said=said, expected=currency)
    return (typed[: found.start()] + typed[found.end() :]).strip()


def _parted(typed: str) -> tuple[str, str]:
    """Whole digits and cents of a number whose separators are told apart."""
    bare = _SPACES.sub("", typed)
    if not _NUMBER.match(bare) or not any(sign.isdigit() for sign in bare):
        raise Unread(Why.LETTERS)
    comma, point = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and point >= 0:
        mark = "," if comma > point else "."
        return _checked(typed, mark, thousands="." if mark == "," else ",")
    mark = "," if comma >= 0 else "." if point >= 0 else ""
    if not mark:
        return _grouped(typed), ""
    if bare.count(mark) > 1:
        return _checked(typed, "", thousands=mark)
    after = len(bare) - bare.index(mark) - 1
    if after == 3 and 1 <= bare.index(mark) <= 3 and bare == typed and not bare.startswith("0"):
        raise Unread(Why.TWO_MEANINGS, one=f"{bare.replace(mark, ' ')}", other=bare[:-1].replace(".", ","))
    return _checked(typed, mark, thousands="")


def _checked(typed: str, mark: str, *, thousands: str) -> tuple[str, str]:
    whole, _mark, cents = typed.rpartition(mark) if mark else (typed, "", "")
    if thousands:
        if thousands in cents or not re.match(rf"^\d{{1,3}}({re.escape(thousands)}\d{{3}})+$", whole):
            raise Unread(Why.GROUPS)
        whole = whole.replace(thousands, "")
    return _grouped(whole), _SPACES.sub("", cents)


def _grouped(whole: str) -> str:
    if whole and not _GROUPED.match(whole):
        raise Unread(Why.GROUPS)
    return _SPACES.sub("", whole) or "0"


def day_typed(text: object) -> date:
    """The day in ``2027-03-31``, ``31/03/2027`` or ``31 mars 2027``. Raises Unread. The day stands before the month."""
    typed = " ".join(str(text).split())
    if not typed:
        raise Unread(Why.EMPTY)
    if found := _ISO.match(typed):
        year, month, day = map(int, found.groups())
    elif found := _LOCAL.match(typed):
        day, month = int(found[1]), int(found[2])
        if len(found[3]) == 2:
            raise Unread(Why.SHORT_YEAR)
        if month > 12 >= day:
            raise Unread(Why.MONTH_FIRST)
        year = int(found[3])
    else:
        year, month, day = _in_words(fold(typed))
    try:
        return date(year, month, day)
    except ValueError:
        raise Unread(Why.NO_SUCH_DAY) from None


def _in_words(words: str) -> tuple[int, int, int]:
    if found := _WRITTEN.match(words):
        day, name, year = int(found[1]), found[2], int(found[3])
    elif found := _MONTH_FIRST.match(words):
        day, name, year = int(found[2]), found[1], int(found[3])
    else:
        raise Unread(Why.NOT_A_DAY)
    month = _months().get(name)
    if month is None:
        raise Unread(Why.NOT_A_DAY)
    return year, month, day


@cache
def _months() -> dict[str, int]:
    """Names of months in every language of the house, in full and shortened, folded."""
    found: dict[str, int] = {}
    for language in _LANGUAGES:
        names = Locale.parse(language).months["format"]
        for width in ("wide", "abbreviated"):
            found |= {fold(name): number for number, name in names[width].items()}
    return found


def moment_typed(text: object, zone: str) -> datetime:
    """The moment a clock of that zone shows at ``2027-03-31 17:00`` or ``31 mars 2027 à 17 h``. Raises Unread.

    When clocks go forward an hour is skipped, when they go back one comes twice: both are asked again.
    """
    typed = _NOON.sub("12:00", " ".join(str(text).split()))
    found = _MOMENT.match(typed)
    if not found:
        head = _DAY_AT_ITS_HEAD.match(typed)
        day_typed(head[1] if head else typed)
        raise Unread(Why.NO_HOUR)
    day = day_typed(found[1])
    try:
        naive = datetime(day.year, day.month, day.day, *_hour_in(found))  # noqa: DTZ001
    except ValueError:
        raise Unread(Why.NO_HOUR) from None
    local = naive.replace(tzinfo=ZoneInfo(zone))
    later = local.replace(fold=1)
    if local.utcoffset() != later.utcoffset():
        before, after = local.utcoffset() or timedelta(), later.utcoffset() or timedelta()
        raise Unread(Why.SKIPPED if after > before else Why.TWICE)
    try:
        local.astimezone(UTC)  # the first hours of year 1 are in no year elsewhere, and no clock could show them again
    except OverflowError:
        raise Unread(Why.NO_SUCH_DAY) from None
    return local


def _hour_in(found: re.Match[str]) -> tuple[int, int, int]:
    hour, half = int(found[2]), found[7]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return hour, int(found[3] or found[5] or found[6] or 0), int(found[4] or 0)
