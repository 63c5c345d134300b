"""IATI files, written activity by activity: nothing is held but the one being written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import TextIO

from .activity import (
    VERSION,
    Activity,
    Coded,
    Document,
    Organisation,
    OrganisationFile,
    Result,
    Transaction,
    Words,
    Yearly,
)
from .xml import element, narratives, number, text

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_activities(
    activities: Iterable[Activity], path: Path, *, reporter: Organisation, made: str, language: str
) -> dict[Path, int]:
    """Write a file of activities, and beside it one for each year. Returns how many are in each, the whole first."""
    head = f'{_HEAD}<iati-activities version="{VERSION}" generated-datetime="{made}">\n'
    reporting, held = _reporting(reporter, language), {path: 0}
    with ExitStack() as stack:
        files = {path: _begun(stack, path, head)}
        for activity in activities:
            told = as_xml(activity, reporting, language) + "\n"
            for into in (path, path.with_stem(f"{path.stem}-{activity.year}")) if activity.year else (path,):
                if into not in files:
                    files[into] = _begun(stack, into, head)
                files[into].write(told)
                held[into] = held.get(into, 0) + 1
        for file in files.values():
            file.write("</iati-activities>\n")
    return {path: held[path], **{into: held[into] for into in sorted(held) if into != path}}


def _begun(stack: ExitStack, path: Path, head: str) -> TextIO:
    file = stack.enter_context(path.open("w", encoding="utf-8", newline="\n"))
    file.write(head)
    return file


def _reporting(reporter: Organisation, language: str) -> str:
    return element("reporting-org", narratives(reporter.name, language), ref=reporter.ref, type=reporter.type)


def as_xml(activity: Activity, reporting: str, language: str) -> str:
    """An activity, its elements in the order of the schema."""
    return element(
        "iati-activity",
        "".join((*_who(activity, reporting, language), *_where(activity, language), *_what(activity, language),
                 *_money(activity, language), *_rest(activity, language))),
        xml_lang=language,
        default_currency=activity.currency,
        humanitarian="1" if activity.humanitarian else "",
        last_updated_datetime=activity.updated,
    )  # fmt: skip


def _who(activity: Activity, reporting: str, language: str) -> Iterator[str]:
    yield element("iati-identifier", text(activity.identifier))
    yield reporting
    yield element("title", narratives(activity.title, language))
    yield element("description", narratives(activity.description or activity.title, language), type="1")
    for one in activity.organisations:
        yield element("participating-org", narratives(one.name, language), ref=one.ref, type=one.type, role=one.role,
                      crs_channel_code=one.channel)  # fmt: skip
    yield element("activity-status", code=activity.status)
    for day in activity.dates:
        yield element("activity-date", narratives(day.said, language), type=day.type, iso_date=day.day)


def _where(activity: Activity, language: str) -> Iterator[str]:
    if activity.scope:
        yield element("activity-scope", code=activity.scope)
    yield from (_coded("recipient-country", one, language) for one in activity.countries)
    yield from (_coded("recipient-region", one, language) for one in activity.regions)
    for place in activity.places:
        inside = element("name", narratives(place.name, language))
        if place.latitude is not None and place.longitude is not None:
            pos = element("pos", f"{place.latitude:f} {place.longitude:f}")
            inside += element("point", pos, srsName="http://www.opengis.net/def/crs/EPSG/0/4326")
        yield element("location", inside)


def _what(activity: Activity, language: str) -> Iterator[str]:
    yield from (_coded("sector", one, language) for one in activity.sectors)
    yield from (_coded("tag", one, language) for one in activity.tags)
    yield from (_coded("policy-marker", one, language) for one in activity.markers)
    for name, code in (
        ("collaboration-type", activity.collaboration), ("default-flow-type", activity.flow),
        ("default-finance-type", activity.finance), ("default-aid-type", activity.aid),
        ("default-tied-status", activity.tied),
    ):  # fmt: skip
        if code:
            yield element(name, code=code)


def _coded(name: str, one: Coded, language: str) -> str:
    return element(
        name,
        narratives(one.said, language),
        code=one.code,
        vocabulary=one.vocabulary,
        percentage="" if one.percentage is None else f"{one.percentage:f}",
        significance=one.significance,
    )


def _period(start: str, end: str) -> str:
    return element("period-start", iso_date=start) + element("period-end", iso_date=end)


def _value(amount: Decimal, day: str, currency: str = "") -> str:
    return element("value", number(amount), value_date=day, currency=currency)


def _money(activity: Activity, language: str) -> Iterator[str]:
    for budget in activity.budgets:
        inside = _period(budget.start, budget.end) + _value(budget.amount, budget.value_on, budget.currency)
        yield element("budget", inside, type="1", status=budget.status)
    yield from (_transaction(one, language) for one in activity.transactions)


def _transaction(one: Transaction, language: str) -> str:
    inside = element("transaction-type", code=one.type) + element("transaction-date", iso_date=one.day)
    inside += _value(one.amount, one.value_on or one.day, one.currency)
    if one.said:
        inside += element("description", narratives(one.said, language))
    for name, party in (("provider-org", one.provider), ("receiver-org", one.receiver)):
        if party is not None:
            inside += element(name, narratives(party.name, language), ref=party.ref, type=party.type)
    return element("transaction", inside, ref=one.ref)


def _rest(activity: Activity, language: str) -> Iterator[str]:
    yield from (_document(one, language) for one in activity.documents)
    for ref, kind in activity.related:
        yield element("related-activity", ref=ref, type=kind)
    yield from (_result(one, language) for one in activity.results)


def _document(one: Document, language: str) -> str:
    inside = element("title", narratives(one.title, language)) + element("category", code=one.category)
    inside += "".join(element("language", code=code) for code in one.languages)
    if one.day:
        inside += element("document-date", iso_date=one.day)
    return element("document-link", inside, format=one.form, url=one.address)


def _result(one: Result, language: str) -> str:
    periods = "".join(
        element(
            "period",
            _period(period.start, period.end)
            + (element("target", value=period.target) if period.target else "")
            + (element("actual", value=period.actual) if period.actual else ""),
        )
        for period in one.periods
    )
    title = element("title", narratives(one.title, language))
    indicator = element(
        "indicator", element("title", narratives(one.indicator, language)) + periods, measure=one.measure
    )
    return element("result", title + indicator, type=one.type)


def write_organisation(told: OrganisationFile, path: Path, *, made: str, language: str) -> None:
    """Write an organisation's own file."""
    name: Words = told.name
    reporter = Organisation(name, told.identifier, told.type)
    parts = [element("organisation-identifier", text(told.identifier)), element("name", narratives(name, language)),
             _reporting(reporter, language)]  # fmt: skip
    parts += [element("total-budget", _of_year(one), status="2") for one in told.budgets]
    parts += [
        element("recipient-country-budget", element("recipient-country", code=code) + _of_year(one), status="2")
        for code, one in told.by_country
    ]
    parts += [element("total-expenditure", _of_year(one)) for one in told.expenditure]
    parts += [_document(one, language) for one in told.documents]
    whole = element("iati-organisation", "".join(parts), xml_lang=language, default_currency=told.currency,
                    last_updated_datetime=told.updated)  # fmt: skip
    head = f'{_HEAD}<iati-organisations version="{VERSION}" generated-datetime="{made}">\n'
    path.write_text(f"{head}{whole}\n</iati-organisations>\n", encoding="utf-8", newline="\n")


def _of_year(one: Yearly) -> str:
    return _period(f"{one.year}-01-01", f"{one.year}-12-31") + _value(one.amount, f"{one.year}-12-31")
