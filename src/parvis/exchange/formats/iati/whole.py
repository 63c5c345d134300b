"""An activity read back as it was written: money with its days and parties, sectors, markers, results, documents.

What is no number or no day is a fault, and never a likely value.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from parvis.exchange.formats.tables.faults import Fault

from .activity import (
    Activity,
    Budget,
    Coded,
    Day,
    Document,
    Measure,
    Organisation,
    Place,
    Result,
    Transaction,
    Words,
)
from .element import Element
from .kinds import day_of

_ = str  # marks a sentence for translation


def whole(record: Element) -> tuple[Activity, tuple[Fault, ...]]:
    """Everything an activity says that we have words for, and what is wrong with its amounts and days."""
    reader = _Whole(record)
    return reader.activity(), tuple(reader.faults)


class _Whole:
    """Reads one activity; narratives without a language are in that of the activity."""

    def __init__(self, record: Element) -> None:
        self.record = record
        self.language = record.attributes.get("xml:lang", "").lower()
        self.faults: list[Fault] = []

    def activity(self) -> Activity:
        record, attributes = self.record, self.record.attributes
        named = record.first("iati-identifier")
        return Activity(
            key="",
            identifier=" ".join(named.text.split()) if named else "",
            title=self._words(record.first("title")),
            description=self._words(record.first("description")),
            organisations=tuple(self._organisation(one) for one in record.all("participating-org")),
            status=_code(record, "activity-status"),
            dates=tuple(
                Day(one.attributes.get("type", ""), _date(one), self._words(one)) for one in record.all("activity-date")
            ),
            scope=_code(record, "activity-scope"),
            countries=self._coded("recipient-country"),
            regions=self._coded("recipient-region"),
            places=tuple(self._places()),
            sectors=self._coded("sector"),
            tags=self._coded("tag"),
            markers=self._coded("policy-marker"),
            humanitarian=attributes.get("humanitarian") in ("1", "true"),
            collaboration=_code(record, "collaboration-type"),
            flow=_code(record, "default-flow-type"),
            finance=_code(record, "default-finance-type"),
            aid=_code(record, "default-aid-type"),
            tied=_code(record, "default-tied-status"),
            budgets=tuple(self._budgets()),
            transactions=tuple(self._transactions()),
            documents=tuple(self._documents()),
            related=tuple(
                (one.attributes.get("ref", ""), one.attributes.get("type", ""))
                for one in record.all("related-activity")
            ),
            results=tuple(self._results()),
            currency=attributes.get("default-currency", ""),
            updated=attributes.get("last-updated-datetime", ""),
        )

    def _words(self, element: Element | None) -> Words:
        said = element.words() if element is not None else {}
        return {(code or self.language).lower(): text for code, text in said.items() if text}

    def _organisation(self, one: Element) -> Organisation:
        said = one.attributes
        return Organisation(
            self._words(one), said.get("ref", ""), said.get("type", ""), said.get("role", ""),
            said.get("crs-channel-code", ""),
        )  # fmt: skip

    def _party(self, money: Element, name: str) -> Organisation | None:
        found = money.first(name)
        return self._organisation(found) if found is not None else None

    def _coded(self, name: str) -> tuple[Coded, ...]:
        return tuple(
            Coded(
                one.attributes.get("code", ""), one.attributes.get("vocabulary", ""), self._share(one),
                one.attributes.get("significance", ""), self._words(one),
            )
            for one in self.record.all(name)
        )  # fmt: skip

    def _share(self, one: Element) -> Decimal | None:
        told = one.attributes.get("percentage", "")
        return self._number(told, one) if told else None

    def _number(self, text: str, at: Element) -> Decimal | None:
        try:
            found = Decimal(text.strip())
        except InvalidOperation:
            found = Decimal("NaN")
        if found.is_finite():
            return found
        self.faults.append(Fault(_("“%(value)s” is not a number."), {"value": text[:40]}, at.line, at.name))
        return None

    def _places(self) -> Iterator[Place]:
        for one in self.record.all("location"):
            point = one.first("point")
            told = point.first("pos") if point is not None else None
            pair = told.text.split() if told is not None else []
            both = [self._number(part, one) for part in pair] if len(pair) == 2 else [None, None]
            yield Place(self._words(one.first("name")), *both)

    def _amount(self, money: Element, day: str) -> tuple[Decimal, str, str] | None:
        """The amount, its currency where that is said, and the day of its value."""
        value = money.first("value")
        if value is None or day_of(day) is None:
            said = _("“%(name)s” says no amount, or no day.")
            self.faults.append(Fault(said, {"name": money.name}, money.line, money.name))
            return None
        amount = self._number(value.text, value)
        held = value.attributes
        return None if amount is None else (amount, held.get("currency", ""), held.get("value-date", ""))

    def _budgets(self) -> Iterator[Budget]:
        for one in self.record.all("budget"):
            start, end = _date(one.first("period-start")), _date(one.first("period-end"))
            if (told := self._amount(one, start)) is not None:
                amount, currency, value_on = told
                yield Budget(start, end, amount, value_on, one.attributes.get("status", "1"), currency)

    def _transactions(self) -> Iterator[Transaction]:
        for one in self.record.all("transaction"):
            day = _date(one.first("transaction-date"))
            if (told := self._amount(one, day)) is not None:
                amount, currency, value_on = told
                yield Transaction(
                    _code(one, "transaction-type"), day, amount, one.attributes.get("ref", ""),
                    self._words(one.first("description")), self._party(one, "provider-org"),
                    self._party(one, "receiver-org"), currency, "" if value_on == day else value_on,
                )  # fmt: skip

    def _documents(self) -> Iterator[Document]:
        for one in self.record.all("document-link"):
            yield Document(
                one.attributes.get("url", ""), self._words(one.first("title")), _code(one, "category"),
                one.attributes.get("format", ""),
                tuple(spoken.attributes.get("code", "") for spoken in one.all("language")),
                _date(one.first("document-date")),
            )  # fmt: skip

    def _results(self) -> Iterator[Result]:
        for one in self.record.all("result"):
            for indicator in one.all("indicator"):
                periods = tuple(
                    Measure(
                        _date(period.first("period-start")), _date(period.first("period-end")),
                        _value(period.first("target")), _value(period.first("actual")),
                    )
                    for period in indicator.all("period")
                )  # fmt: skip
                yield Result(
                    self._words(one.first("title")), self._words(indicator.first("title")),
                    one.attributes.get("type", ""), indicator.attributes.get("measure", ""), periods,
                )  # fmt: skip


def _code(record: Element, name: str) -> str:
    found = record.first(name)
    return found.attributes.get("code", "") if found is not None else ""


def _date(element: Element | None) -> str:
    """A day as it stands, its time zone left out; empty where there is none."""
    told = element.attributes.get("iso-date", "") if element is not None else ""
    day = day_of(told)
    return day.isoformat() if day else ""


def _value(element: Element | None) -> str:
    return element.attributes.get("value", "") if element is not None else ""
