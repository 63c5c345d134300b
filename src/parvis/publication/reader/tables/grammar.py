"""The words of a question, and the tree they make. A subset of ODSQL, which the open-data portals of many cities speak.

::

    where     country = "BJ" and (year(signed) >= 2015 or themes = "water") and not title_fr like "charte"
    select    key, title_fr as title, count(*) as number
    order_by  signed desc, key
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from .figures import Figure, NotAFigure, circle, read_figure, rectangle
from .parts import check_pattern
from .tokens import LONGEST, Token, tokens_of
from .tree import (
    PARTS_OF_DATES,
    All,
    AnyOf,
    Compare,
    Condition,
    Field,
    Like,
    Located,
    Not,
    NotUnderstood,
    Order,
    Refined,
    Shown,
    StartsWith,
    Unknown,
    Words,
    _,
)

DEEPEST, MOST_VALUES = 40, 500
AGGREGATES = ("count", "sum", "avg", "min", "max", "median", "percentile")
_OF_VALUES = (*PARTS_OF_DATES, "length", "date_format", "range")
_OF_TEXTS = ("search", "suggest", "startswith")
_NEAR = ("within_distance", "geo_distance", "distance")
_IN_AREAS = ("within", "intersects", "disjoint", "polygon")
_OF_PLACES = (*_NEAR, "in_bbox", *_IN_AREAS)


class _Reading:
    """Tokens taken one after the other."""

    def __init__(self, text: str) -> None:
        self.tokens = tokens_of(text)
        self.place = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.place] if self.place < len(self.tokens) else Token("end", "", 0)

    def take(self) -> Token:
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
        if self.next.kind == "name" and self._is_call():
            if self.next.text.lower() in _OF_TEXTS:
                return self.call()
            if self.next.text.lower() in _OF_PLACES:
                return self.located()
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

    def located(self) -> Condition:
        """``within_distance(place, geom'POINT(2.35 48.85)', 10km)``, ``in_bbox(place, south, west, north, east)``."""
        name = self.take().text.lower()
        self.must("(")
        field = Field(self.name())
        self.must(",")
        try:
            figure = self._box() if name == "in_bbox" else self._figure(name)
        except NotAFigure:
            raise NotUnderstood(_SHAPES[name in _NEAR] if name != "in_bbox" else _BOX, name=name) from None
        self.must(")")
        return Located(field, figure, outside=name == "disjoint")

    def _box(self) -> Figure:
        numbers = self.separated(self._number)
        if len(numbers) != 4:  # south, west, north, east
            raise NotAFigure
        return rectangle([str(number) for number in numbers])

    def _figure(self, name: str) -> Figure:
        if self.next.kind == "name" and self.next.text.lower() in ("geom", "geometry"):
            self.take()
        figure = read_figure(self.text())
        if name in _NEAR:
            self.must(",")
            if self.next.kind != "length":
                raise self.fault(_("a distance such as 10km"))
            return circle(figure, self.take().text)
        if isinstance(figure, tuple):
            raise NotAFigure
        return figure

    def _number(self) -> str:
        if self.next.kind != "number":
            raise self.fault(_("a number"))
        return self.take().text

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
        part = name.lower()
        if part not in _OF_VALUES:
            raise _no_function(name)
        self.must("(")
        inner = self.name()
        how: tuple[str, ...] = ()
        if part in ("range", "date_format"):
            self.must(",")
            how = tuple(str(step) for step in self.separated(self._step)) if part == "range" else (self.text(),)
        if part == "date_format":
            check_pattern(how[0])
        self.must(")")
        return Field(inner, part, how)

    def _step(self) -> str:
        """A width, a bound, an open end, or a length of time: ``1000``, ``*``, ``"2015-05"``, ``5 years``."""
        if self.took("sign", "*"):
            return "*"
        text = self.value()
        if self.next.kind == "name" and self.next.text.lower().rstrip("s") in PARTS_OF_DATES:
            text = f"{text} {self.take().text.lower()}"
        return text

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
        field, aggregate, of = self.measured()
        name = f"{aggregate}_{field.name}" if aggregate and field else aggregate or self._plain(field)
        if self.took("word", "as"):
            name = self.name()
        return Shown(name, field, aggregate, of)

    @staticmethod
    def _plain(field: Field | None) -> str:
        assert field is not None  # what is no aggregate has a field
        return f"{field.part}_{field.name}" if field.part else field.name

    def measured(self) -> tuple[Field | None, str, Decimal | None]:
        """A field, or what is counted or added over it; and which percentile."""
        name = self.next.text.lower() if self.next.kind == "name" else ""
        if name not in AGGREGATES or not self._is_call():
            return self.field(), "", None
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
            if field.part:
                raise NotUnderstood(_("%(name)s takes a column, and nothing read of it."), name=name)
        of = self._percent() if name == "percentile" else None
        self.must(")")
        return field, name, of

    def _percent(self) -> Decimal:
        self.must(",")
        of = Decimal(self._number())
        if not 0 <= of <= 100:
            raise NotUnderstood(_("A percentile is a number from 0 to 100."))
        return of

    def _ends(self, ahead: int) -> bool:
        after = self.tokens[self.place + ahead : self.place + ahead + 1]
        return bool(after) and after[0].text == ")"

    def order(self) -> Order:
        field, aggregate, of = self.measured()
        latest = False
        if self.next.kind == "word" and self.next.text in ("asc", "desc"):
            latest = self.take().text == "desc"
        return Order(field, aggregate, of, latest)


#: Signs that compare; those that mean “not” are turned round afterwards.
_COMPARING = {"=": "=", ":": "=", "!=": "=", "<>": "=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


#: What a function of places is shown to take, where it was given something else.
_SHAPES = {
    True: _("%(name)s takes a point and a distance: %(name)s(place, geom'POINT(2.35 48.85)', 10km)."),
    False: _("%(name)s takes an area: %(name)s(place, geom'POLYGON((2 48, 3 48, 3 49, 2 48))')."),
}
_BOX = _("%(name)s takes south, west, north and east in degrees: %(name)s(place, 48, 2, 49, 3).")


def _no_function(name: str) -> NotUnderstood:
    known = ", ".join((*_OF_VALUES, *_OF_TEXTS, *_OF_PLACES, *AGGREGATES))
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
