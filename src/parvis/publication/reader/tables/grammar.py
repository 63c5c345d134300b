"""The words of a question, and the tree they make. A subset of ODSQL, which the open-data portals of many cities speak.

::

    where     country = "BJ" and (year(signed) >= 2015 or themes = "water") and not title_fr like "charte"
    select    key, title_fr as title, count(*) as number
    order_by  signed desc, key
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

LONGEST, DEEPEST, MOST_VALUES = 4000, 40, 500

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    | (?P<length>-?\d+(?:\.\d+)?(?:km|cm|mm|mi|m|yd|ft)\b)
    | (?P<number>-?\d+(?:\.\d+)?(?!\w|\.(?!\.)))
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<quoted>`[A-Za-z_][A-Za-z0-9_]*`)
    | (?P<sign>!=|<>|<=|>=|\.\.|[][()=:<>,*])
    )""",
    re.VERBOSE,
)
_WORDS = frozenset({
    "and", "or", "not", "in", "between", "like", "is", "null", "true", "false", "as", "asc", "desc",
})  # fmt: skip
PARTS_OF_DATES = ("year", "month", "day")
AGGREGATES = ("count", "sum", "avg", "min", "max", "median")
_OF_TEXTS = ("search", "suggest", "startswith")
#: Functions of those portals that ask where something is: here the map answers.
_OF_PLACES = frozenset({
    "within_distance", "in_bbox", "intersects", "disjoint", "within", "distance", "geom", "envelope", "bbox",
    "geo_cluster", "geometry", "polygon",
})  # fmt: skip


def _(text: str) -> str:
    """Mark a sentence for translation: the doors speak, the reader only says what."""
    return text


class NotUnderstood(ValueError):  # an answer
    """The question cannot be read. ``said`` is a sentence to translate, ``facts`` what it names."""

    def __init__(self, said: str, **facts: object) -> None:
        self.said, self.facts = said, facts
        super().__init__(said % facts)


@dataclass(frozen=True, slots=True)
class Field:
    """A column, or a part of the dates in it."""

    name: str
    part: str = ""


Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Compare:
    field: Field
    sign: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Like:
    field: Field
    pattern: str


@dataclass(frozen=True, slots=True)
class StartsWith:
    field: Field
    text: str


@dataclass(frozen=True, slots=True)
class Unknown:
    field: Field


@dataclass(frozen=True, slots=True)
class Refined:
    """A column that holds this very value, or a date of this year or month."""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words that the record a row belongs to must contain, or one of its columns."""

    text: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]


Condition = Compare | Like | StartsWith | Unknown | Refined | Words | Not | All | AnyOf


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of the answer: a field, or an aggregate over one (over rows when it names none), under a name."""

    name: str
    field: Field | None
    aggregate: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    name: str
    part: str = ""
    aggregate: str = ""
    latest_first: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def _tokens(text: str) -> list[_Token]:
    if len(text) > LONGEST:
        raise NotUnderstood(_("The question is longer than %(most)s characters."), most=LONGEST)
    found, at, end = [], 0, len(text.rstrip())
    while at < end:
        hit = _TOKEN.match(text, at)
        if hit is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise NotUnderstood(
                _("At character %(at)s, “%(rest)s” cannot be read."), at=at + 1, rest=text[at : at + 20]
            )
        kind = hit.lastgroup or ""
        read, at = hit[kind], hit.end()
        if kind == "quoted":
            kind, read = "name", read[1:-1]
        elif kind == "name" and read.lower() in _WORDS:
            kind, read = "word", read.lower()
        elif kind == "text":
            read = re.sub(r"\\(.)", r"\1", read[1:-1], flags=re.DOTALL)
        found.append(_Token(kind, read, hit.start(hit.lastgroup or 0) + 1))
    return found


class _Reading:
    """Tokens taken one after the other."""

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.place = 0
        self.depth = 0

    @property
    def next(self) -> _Token:
        return self.tokens[self.place] if self.place < len(self.tokens) else _Token("end", "", 0)

    def take(self) -> _Token:
        token = self.next
        self.place += 1
        return token

    def took(self, kind: str, *texts: str) -> bool:
        if self.next.kind == kind and self.next.text in texts:
            self.place += 1
            return True
        return False

    def must(self, sign: str) -> None:
        if not self.took("sign", sign):
            raise self.fault(sign)

    def fault(self, expected: str) -> NotUnderstood:
        token = self.next
        if token.kind == "end":
            return NotUnderstood(_("The question stops where “%(expected)s” was expected."), expected=expected)
        return NotUnderstood(
            _("At character %(at)s, “%(expected)s” was expected and “%(found)s” was read."),
            at=token.at, expected=expected, found=token.text[:40],
        )  # fmt: skip

    def done(self) -> None:
        if self.next.kind != "end":
            raise self.fault(_("the end"))

    def separated(self, one: Callable[[], object]) -> list[object]:
        found = [one()]
        while self.took("sign", ","):
            found.append(one())
            if len(found) > MOST_VALUES:
                raise NotUnderstood(_("More than %(most)s things are named in one list."), most=MOST_VALUES)
        return found

    # -- conditions

    def any_of(self) -> Condition:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotUnderstood(_("The question is nested deeper than %(most)s levels."), most=DEEPEST)
        parts = [self.all_of()]
        while self.took("word", "or"):
            parts.append(self.all_of())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def all_of(self) -> Condition:
        parts = [self.one()]
        while self.took("word", "and"):
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def one(self) -> Condition:
        if self.took("word", "not"):
            self.depth += 1
            if self.depth > DEEPEST:
                raise NotUnderstood(_("The question is nested deeper than %(most)s levels."), most=DEEPEST)
            part = Not(self.one())
            self.depth -= 1
            return part
        if self.took("sign", "("):
            inner = self.any_of()
            self.must(")")
            return inner
        if self.next.kind == "text":
            return Words(self.take().text)
        if self.next.kind == "name" and self.next.text.lower() in _OF_TEXTS:
            return self.call() if self._is_call() else self.comparison()
        return self.comparison()

    def _is_call(self) -> bool:
        after = self.tokens[self.place + 1 : self.place + 2]
        return bool(after) and (after[0].kind, after[0].text) == ("sign", "(")

    def call(self) -> Condition:
        name = self.take().text.lower()
        self.must("(")
        fields: list[Field] = []
        while self.next.kind == "name":
            fields.append(self.field())
            self.must(",")
        text = self.text()
        self.must(")")
        if name == "search" and not fields:
            return Words(text)
        if not fields:
            raise NotUnderstood(_('%(name)s needs a column: %(name)s(country, "B").'), name=name)
        found = [StartsWith(field, text) if name == "startswith" else Words(text, field) for field in fields]
        return found[0] if len(found) == 1 else AnyOf(tuple(found))

    def comparison(self) -> Condition:
        field = self.field()
        if self.took("word", "is"):
            negated = self.took("word", "not")
            if self.next.kind == "word" and self.next.text in ("true", "false"):
                return _turned(Compare(field, "=", (self.take().text,)), negated=negated)
            if not self.took("word", "null"):
                raise self.fault("null")
            return _turned(Unknown(field), negated=negated)
        negated = self.took("word", "not")
        if self.took("word", "in"):
            return _turned(self.within(field), negated=negated)
        if self.took("word", "between"):
            first = Compare(field, ">=", (self.value(),))
            if not self.took("word", "and"):
                raise self.fault("and")
            return _turned(All((first, Compare(field, "<=", (self.value(),)))), negated=negated)
        if self.took("word", "like"):
            return _turned(Like(field, self.text()), negated=negated)
        if negated or self.next.kind != "sign" or self.next.text not in _COMPARING:
            raise self.fault("=")
        sign = self.take().text
        compared = Compare(field, _COMPARING[sign], (self.value(),))
        return _turned(compared, negated=sign in ("!=", "<>"))

    def within(self, field: Field) -> Condition:
        """Some values, or a range with or without its ends: ``("a", "b")``, ``[2015..2020]``, ``]2015..2020[``."""
        if self.took("sign", "("):
            values = tuple(str(value) for value in self.separated(self.value))
            self.must(")")
            return Compare(field, "=", values)
        opened = self.take().text if self.next.kind == "sign" and self.next.text in "[]" else ""
        if not opened:
            raise self.fault("(")
        first = Compare(field, ">=" if opened == "[" else ">", (self.value(),))
        self.must("..")
        last = self.value()
        if self.next.kind != "sign" or self.next.text not in "[]":
            raise self.fault("]")
        return All((first, Compare(field, "<=" if self.take().text == "]" else "<", (last,))))

    def field(self) -> Field:
        called = self._is_call()
        name = self.name()
        if not called:
            return Field(name)
        if name.lower() not in PARTS_OF_DATES:
            raise _no_function(name)
        self.must("(")
        inner = self.name()
        self.must(")")
        return Field(inner, name.lower())

    def name(self) -> str:
        if self.next.kind != "name":
            raise self.fault(_("a column"))
        return self.take().text

    def text(self) -> str:
        if self.next.kind != "text":
            raise self.fault(_("a text between quotation marks"))
        return self.take().text

    def value(self) -> str:
        token = self.next
        if token.kind in ("text", "number"):
            return self.take().text
        if token.kind == "word" and token.text in ("true", "false"):
            return self.take().text
        if token.kind == "name" and token.text.lower() == "date":
            self.take()
            return self.text()
        if token.kind == "name" and self._is_call():
            raise _no_function(token.text)
        raise self.fault(_("a value"))

    # -- columns of the answer

    def shown(self) -> Shown | None:
        """A column; None for all of them."""
        if self.took("sign", "*"):
            return None
        field, aggregate = self.measured()
        name = f"{aggregate}_{field.name}" if aggregate and field else aggregate or self._plain(field)
        if self.took("word", "as"):
            name = self.name()
        return Shown(name, field, aggregate)

    @staticmethod
    def _plain(field: Field | None) -> str:
        assert field is not None  # what is no aggregate has a field
        return f"{field.part}_{field.name}" if field.part else field.name

    def measured(self) -> tuple[Field | None, str]:
        name = self.next.text.lower() if self.next.kind == "name" else ""
        if name not in AGGREGATES or not self._is_call():
            return self.field(), ""
        self.take()
        self.must("(")
        if self.took("sign", "*"):
            field = None
            if name != "count":
                raise NotUnderstood(_("Only count(*) takes an asterisk."))
        else:
            distinct = self.next.kind == "name" and self.next.text.lower() == "distinct" and not self._ends(1)
            if distinct and name == "count":
                self.take()
                name = "count_distinct"
            field = self.field()
        self.must(")")
        return field, name

    def _ends(self, ahead: int) -> bool:
        after = self.tokens[self.place + ahead : self.place + ahead + 1]
        return bool(after) and after[0].text == ")"

    def order(self) -> Order:
        field, aggregate = self.measured()
        latest = False
        if self.next.kind == "word" and self.next.text in ("asc", "desc"):
            latest = self.take().text == "desc"
        return Order(field.name if field else "", field.part if field else "", aggregate, latest)


def part_of_date(value: Any, part: str) -> int | None:
    """Year, month or day of a date, known in part or not; None where it does not say."""
    if isinstance(value, date):
        return int(getattr(value, part))
    words, place = str(value).partition("/")[0].split("-"), PARTS_OF_DATES.index(part)
    text = words[place] if len(words) > place else ""
    return int(text) if text.isascii() and text.isdigit() else None


#: Signs that compare; those that mean “not” are turned round afterwards.
_COMPARING = {"=": "=", ":": "=", "!=": "=", "<>": "=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def _no_function(name: str) -> NotUnderstood:
    if name.lower() in _OF_PLACES:
        said = _("Where something is, the map answers: /api/v1/collections/place/items?bbox=west,south,east,north.")
        return NotUnderstood(said)
    known = ", ".join((*PARTS_OF_DATES, *_OF_TEXTS, *AGGREGATES))
    return NotUnderstood(_("There is no function “%(name)s” here. There are: %(known)s."), name=name[:40], known=known)


def _turned(condition: Condition, *, negated: bool) -> Condition:
    return Not(condition) if negated else condition


def read_condition(text: str) -> Condition | None:
    """A condition, or None where nothing is asked. Raises NotUnderstood."""
    if not text.strip():
        return None
    reading = _Reading(text)
    condition = reading.any_of()
    reading.done()
    return condition


def read_refined(refine: Sequence[str], exclude: Sequence[str]) -> Condition | None:
    """What rows must hold, and what they must not: ``country:BJ``. Raises NotUnderstood."""
    parts = [*(_refined(text) for text in refine), *(Not(_refined(text)) for text in exclude)]
    return All(tuple(parts)) if parts else None


def _refined(text: str) -> Condition:
    name, colon, value = text.partition(":")
    if not colon or not name.isidentifier() or len(value) > LONGEST:
        raise NotUnderstood(_("“%(asked)s” names no column and value: refine=country:BJ."), asked=text[:40])
    return Refined(Field(name), value.strip("\"'"))


def read_shown(text: str) -> tuple[Shown, ...] | None:
    """Columns of the answer, or None for all. Raises NotUnderstood."""
    if not text.strip():
        return None
    reading = _Reading(text)
    found = reading.separated(reading.shown)
    reading.done()
    if None in found:
        if len(found) > 1:
            raise NotUnderstood(_("An asterisk stands alone: it is every column."))
        return None
    shown = tuple(one for one in found if isinstance(one, Shown))
    names = [one.name for one in shown]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise NotUnderstood(_("Two columns of the answer are named “%(name)s”."), name=twice)
    return shown


def read_orders(text: str) -> tuple[Order, ...]:
    """What the rows are sorted by. Raises NotUnderstood."""
    if not text.strip():
        return ()
    reading = _Reading(text)
    found = reading.separated(reading.order)
    reading.done()
    return tuple(one for one in found if isinstance(one, Order))


def read_groups(text: str) -> tuple[Shown, ...]:
    """What the rows are gathered by. Raises NotUnderstood."""
    shown = read_shown(text)
    if (shown is None and text.strip()) or any(one.aggregate for one in shown or ()):
        raise NotUnderstood(_("Rows are gathered by columns."))
    return shown or ()
