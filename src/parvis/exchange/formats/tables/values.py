"""What a cell means: numbers, dates and answers as the offices of four languages write them, or why not.

Where a writing can mean two things (1,234 or 03/04/2024), the column's other cells decide; where they do not,
the language of the file does, and the guess is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from parvis.foundation.values.partial_date import PartialDate
from parvis.foundation.values.text import fold

_ = str  # marks a sentence for translation


class NotSo(Exception):
    """A cell is not what its column holds. The sentence says why; ``facts`` fill it."""

    def __init__(self, sentence: str, **facts: object) -> None:
        self.sentence, self.facts = sentence, facts
        super().__init__(sentence % facts)


@dataclass(frozen=True, slots=True)
class Writing:
    """How a column writes numbers and days. ``sure`` when its own cells say so."""

    decimal: str = ","
    order: str = "dmy"
    sure: bool = True


_SPACES = re.compile(r"[\s\u00a0\u202f']")
_MONEY = re.compile(r"(?i)(€|eur(?:os?)?|\$|usd|£|gbp|f\.?cfa|xof|xaf)\.?")
_MANY = ((re.compile(r"(?i)(m€|meur|millions?)"), 1_000_000), (re.compile(r"(?i)(k€|keur|milliers?)"), 1000))
#: Figures as most cells hold them: nothing to take away, and only one way to read them.
_PLAIN = {",": re.compile(r"^-?[0-9]{1,14}(?:,[0-9]{1,9})?$"), ".": re.compile(r"^-?[0-9]{1,14}(?:\.[0-9]{1,9})?$")}
_GROUPED = {",": re.compile(r"^\d{1,3}(\.\d{3})+$"), ".": re.compile(r"^\d{1,3}(,\d{3})+$")}
_ISO = re.compile(r"^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ]\d{1,2}:\d{2}.*)?$")
_NUMERIC = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?: \d{1,2}[:h]\d{2}.*)?$")
_SHORT_YEAR = re.compile(r"^\d{1,2}[-/.]\d{1,2}[-/.]\d{2}$")
_MONTH_YEAR = re.compile(r"^(\d{1,2})[-/.](\d{4})$")
_WORDED = re.compile(
    r"^(?:(?:le|the|el|o)\s+)?(\d{1,2})(?:er|st|nd|rd|th)?\s+(?:de\s+)?([a-z]+)\s+(?:de\s+|del\s+)?(\d{4})$"
)
_WORDED_FIRST = re.compile(r"^([a-z]+)\s+(\d{1,2})(?:st|nd|rd|th)?\s+(\d{4})$")
_WORDED_MONTH = re.compile(r"^([a-z]+)\s+(?:de\s+)?(\d{4})$")
#: What the numbers 0 and 1 become in the dress of a date.
_NOTHING_AS_A_DAY = frozenset({date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1)})
_SERIAL = re.compile(r"^[1-5]\d{4}$")

_NAMES = (
    "janvier january enero janeiro janv jan ene",
    "fevrier february febrero fevereiro fevr fev feb",
    "mars march marzo marco mar",
    "avril april abril avr apr abr",
    "mai may mayo maio",
    "juin june junio junho jun",
    "juillet july julio julho juil jul",
    "aout august agosto aug ago",
    "septembre september septiembre setembro sept sep set",
    "octobre october octubre outubro oct out",
    "novembre november noviembre novembro nov",
    "decembre december diciembre dezembro dec dic dez",
)
_MONTHS = {name: month for month, names in enumerate(_NAMES, 1) for name in names.split()}

#: Powers of ten no amount has; written out, such a number fills the memory.
_FAR = 60
_YES = frozenset(("oui", "o", "yes", "y", "si", "s", "sim", "true", "vrai", "verdadero", "verdadeiro", "1", "x"))
_NO = frozenset(("non", "n", "no", "nao", "false", "faux", "falso", "0"))
#: What offices write where nothing is known.
NOTHING = frozenset(
    "-|--|n/a|na|nc|n.c.|nd|n.d.|sans objet|s/o|?|null|none|#n/a|neant".split("|")  # noqa: SIM905  # read as a line
)


def is_nothing(text: str) -> bool:
    if not text:
        return True
    if text[0].isdigit():
        return False
    return len(text) < 12 and (text.casefold() in NOTHING or fold(text) in NOTHING)


def number(text: str, writing: Writing) -> Decimal:
    """An amount or a count. Raises NotSo."""
    if _PLAIN[writing.decimal].match(text):
        return Decimal(text.replace(",", "."))
    bare = _SPACES.sub("", text)
    times = 1
    for sign, many in _MANY:
        if sign.search(bare):
            bare, times = sign.sub("", bare), many
            break
    bare = _MONEY.sub("", bare)
    negative = bare.startswith("(") and bare.endswith(")")
    bare = bare.strip("()").removesuffix("%")
    other = "." if writing.decimal == "," else ","
    if _GROUPED[writing.decimal].match(bare.lstrip("-+").partition(writing.decimal)[0]):
        bare = bare.replace(other, "")
    if bare.count(",") + bare.count(".") > 1:
        last = max(bare.rfind(","), bare.rfind("."))
        whole, part = re.sub(r"[.,]", "", bare[:last]), bare[last + 1 :]
        groups = re.split(r"[.,]", bare[:last])[1:]
        if any(len(group) != 3 for group in groups):
            raise NotSo(_("“%(value)s” is not a number."), value=text)
        bare = whole + part if bare[last] in bare[:last] and len(part) == 3 else f"{whole}.{part}"
    bare = bare.replace(",", ".")
    try:
        found = Decimal(bare)
    except InvalidOperation:
        found = Decimal("NaN")
    near = found.is_finite() and abs(found.adjusted()) < _FAR
    found = found * times if near else found
    if not near or abs(found) >= Decimal(10) ** 15:
        raise NotSo(_("“%(value)s” is not a number."), value=text)
    return -found if negative else found


def day(text: str, writing: Writing) -> str:
    """A date as precise as it is written, in ISO 8601. Raises NotSo."""
    said = " ".join(text.split())
    iso = _ISO.match(said)
    if iso:
        return _checked(text, *iso.groups())
    numeric = _NUMERIC.match(said)
    if numeric:
        first, second, year = numeric.groups()
        day_, month = (first, second) if _day_first(int(first), int(second), writing) else (second, first)
        return _checked(text, year, month, day_)
    if _SHORT_YEAR.match(said):
        raise NotSo(_("“%(value)s”: write the year with four digits."), value=text)
    if month_year := _MONTH_YEAR.match(said):
        return _checked(text, month_year[2], month_year[1], None)
    if _SERIAL.match(said):
        raise NotSo(_("“%(value)s” is the number of a day in a spreadsheet, not a date."), value=text)
    return _in_words(text, fold(said))


def period(text: str, writing: Writing) -> tuple[str, str]:
    """Two days, or one: ``2019-10-01/2021-12-31``, also with an underscore, “au” or a dash. Raises NotSo."""
    parts = [part.strip() for part in re.split(r"_|\s+(?:au|to|al|a|à|-|–)\s+|/(?=\d{4}-)", text)]
    if len(parts) > 2:
        raise NotSo(_("“%(value)s” is not a period: two days, with a slash between them."), value=text)
    start = day(parts[0], writing)
    end = day(parts[1], writing) if len(parts) == 2 else ""
    if end and end < start:
        raise NotSo(_("“%(value)s” ends before it starts."), value=text)
    return start, end


def answer(text: str) -> bool:
    """Yes or no. Raises NotSo."""
    said = fold(text)
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise NotSo(_("“%(value)s” is neither yes nor no."), value=text)


def writing_of(cells: Iterable[str], language: str) -> Writing:
    """How a column writes, by its cells; where they leave a doubt, as its language does."""
    comma = point = day_first = month_first = unsure = 0
    for cell in cells:
        bare = _MONEY.sub("", _SPACES.sub("", cell)).strip("()%+-")
        if re.fullmatch(r"[\d.]+,\d{1,2}|\d+,\d{4,}|\d{1,3}(\.\d{3}){2,}(,\d+)?|\d{4,},\d+", bare):
            comma += 1
        elif re.fullmatch(r"[\d,]+\.\d{1,2}|\d+\.\d{4,}|\d{1,3}(,\d{3}){2,}(\.\d+)?|\d{4,}\.\d+", bare):
            point += 1
        elif re.fullmatch(r"\d{1,3}[.,]\d{3}", bare):
            unsure += 1
        if dated := _NUMERIC.match(cell.strip()):
            first, second = int(dated[1]), int(dated[2])
            day_first += first > 12
            month_first += second > 12
            unsure += first <= 12 and second <= 12 and first != second
    english = language == "en"
    decimal = "," if comma > point else "." if point else ("." if english else ",")
    order = "mdy" if month_first > day_first else "dmy"
    told = bool(comma or point or day_first or month_first)
    return Writing(decimal, order, sure=not unsure or told)


def _day_first(first: int, second: int, writing: Writing) -> bool:
    if first > 12:
        return True
    return False if second > 12 else writing.order == "dmy"


def _in_words(text: str, said: str) -> str:
    for pattern, order in ((_WORDED, "dmy"), (_WORDED_FIRST, "mdy"), (_WORDED_MONTH, "my")):
        if found := pattern.match(said):
            parts = dict(zip(order, found.groups(), strict=True))
            month = _MONTHS.get(parts["m"])
            if month:
                return _checked(text, parts["y"], str(month), parts.get("d"))
    raise NotSo(_("“%(value)s” is not a date: write 2015, 2015-05, 2015-05-09 or 9/5/2015."), value=text)


def _checked(text: str, year: str, month: str | None, day_: str | None) -> str:
    written = "-".join(part.zfill(2) for part in (year, month, day_) if part)
    try:
        known = PartialDate.parse(written)
    except ValueError:
        raise NotSo(_("“%(value)s”: there is no such day."), value=text) from None
    first = known.earliest
    if first is None or first < date(1000, 1, 1):
        raise NotSo(_("“%(value)s”: there is no such day."), value=text)
    if first in _NOTHING_AS_A_DAY and day_:
        said = _("“%(value)s” is how a spreadsheet shows an empty date. If that year is meant, write the year alone.")
        raise NotSo(said, value=text)
    return written
