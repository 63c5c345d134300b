"""The rules of IATI that join several elements, each by its number (Rulesets of IATI, read 2026-11-25).

Not here: rules that ask for the register of publishers or of agencies, which lie elsewhere (1.14.8, 1.18.8), and
11.1.1 and 11.4.1, which compare moments with the judge's clock, as days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from .element import Element
from .kinds import day_of

_ = str  # marks a sentence for translation

Broken = tuple[str, bool, str, Mapping[str, object], int, str]
Said = Iterator[Broken]

_ERROR, _WARNING = True, False
_YEAR = timedelta(days=366)
_ODD = frozenset("/&|?")
_COUNTED = frozenset("1234")
_HUNDRED = Decimal(100)

_ONE_OF = _("One of these is needed: %(names)s.")
_NO_MORE = _("Only one of these may be there: %(names)s.")
_ORDER = _("%(less)s comes after %(more)s.")
_FUTURE = _("%(day)s has not come yet.")
_LONG = _("This period is longer than a year.")
_SPACES = _("“%(value)s” begins or ends with a space.")
_SIGNS = _("“%(value)s” holds one of the signs / & | ?")
_SUM = _("These percentages add up to %(found)s, not to 100: %(names)s.")
_EACH = _("Where there are several, each has a percentage: %(names)s.")
_ALONE = _("What stands alone has no percentage, or 100: %(names)s.")
_BOUNDS = _("“%(value)s” is not between 0 and 100.")
_LEVEL = _("Said of the activity or of its transactions, not of both: %(names)s.")
_ALL = _("Where one transaction says it, all do: %(names)s.")
_DEFAULT = _("Give a default, or say it each time: %(names)s.")
_DAC = _("Where another vocabulary is used, vocabulary 1 (DAC) is used too: %(names)s.")


def broken_rules(record: Element, *, on: date) -> Said:
    """Every rule a record breaks."""
    if record.name == "iati-activity":
        top: dict[str, list[Element]] = {}
        for child in record.children:
            top.setdefault(child.name, []).append(child)
        for rule in _OF_ACTIVITIES:
            yield from rule(record, top, on)
    else:
        yield from _organisation(record, on)


Top = Mapping[str, list[Element]]


def _say(rule: str, grave: bool, sentence: str, at: Element, **facts: object) -> Broken:  # noqa: FBT001
    return (rule, grave, sentence, facts, at.line, at.name)


def _identifiers(record: Element, top: Top, _on: date) -> Said:
    own, reporting = _first(top, "iati-identifier"), _first(top, "reporting-org")
    ref = reporting.attributes.get("ref", "") if reporting else ""
    if own and ref and own.text == ref:
        yield _say(
            "1.1.3", _ERROR, _("The activity has the identifier of who reports it: “%(value)s”."), own, value=ref
        )
    before = [
        one.attributes.get("ref", "") for one in top.get("other-identifier", ()) if one.attributes.get("type") == "B1"
    ]
    if own and not any(start and own.text.startswith(f"{start}-") for start in (ref, *before)):
        said = _("“%(value)s” does not begin with the identifier of who reports: “%(start)s”.")
        yield _say("1.1.21", _WARNING, said, own, value=own.text[:60], start=ref)
    if own:
        yield from _clean(own, own.text, "1.3.1", "1.3.13")
    if reporting:
        yield from _clean(reporting, ref, "1.14.1", "1.14.13")
    for one in top.get("other-identifier", ()):
        rule = {"B1": "1.16.1", "A3": "1.6.1"}.get(one.attributes.get("type", ""))
        if rule:
            yield from _clean(one, one.attributes.get("ref", ""), rule, "")
        owner = one.first("owner-org")
        if owner:
            yield from _named(owner, "6.8.1")
            yield from _clean(owner, owner.attributes.get("ref", ""), "1.11.1", "1.11.13")
    for one in top.get("related-activity", ()):
        yield from _clean(one, one.attributes.get("ref", ""), "1.7.1", "")
    for one in top.get("participating-org", ()):
        yield from _named(one, "6.10.1")
        yield from _clean(one, one.attributes.get("ref", ""), "1.8.1", "1.8.13")
        yield from _clean(one, one.attributes.get("activity-id", ""), "1.9.1", "")
    del record


def _days(record: Element, top: Top, on: date) -> Said:
    days: dict[str, list[Element]] = {}
    for one in top.get("activity-date", ()):
        days.setdefault(one.attributes.get("type", ""), []).append(one)
    if not days.get("1") and not days.get("2"):
        yield _say("6.11.1", _ERROR, _ONE_OF, record, names="activity-date 1, activity-date 2")
    for rule, less, more in (("11.1.2", "1", "3"), ("11.1.3", "2", "4")):
        if days.get(less) and days.get(more):
            yield from _in_order(rule, days[less][0], days[more][0])
    for rule, kind in (("11.1.4", "2"), ("11.1.5", "4")):
        for one in days.get(kind, ())[:1]:
            yield from _past(rule, one, one.attributes.get("iso-date", ""), on)
    yield from _past("11.1.1", record, record.attributes.get("last-updated-datetime", ""), on + timedelta(days=1))


def _transactions(_record: Element, top: Top, on: date) -> Said:
    for one in top.get("transaction", ()):
        for child in one.children:
            if child.name == "transaction-date":
                yield from _past("11.2.1", child, child.attributes.get("iso-date", ""), on)
            elif child.name == "value":
                yield from _past("11.2.2", child, child.attributes.get("value-date", ""), on)
            elif child.name in _ORGS:
                yield from _org_of_money(child)


def _money(_record: Element, top: Top, _on: date) -> Said:
    for one in top.get("planned-disbursement", ()):
        yield from _period(one, "8.6.3", "")
        for child in one.children:
            if child.name in _ORGS:
                yield from _org_of_money(child)
    for one in top.get("budget", ()):
        yield from _period(one, "8.6.3", "7.5.3")
    for one in top.get("capital-spend", ()):
        yield from _within(one, "12.2.1")


def _currencies(record: Element, _top: Top, _on: date) -> Said:
    if "default-currency" not in record.attributes:
        unsaid = next((each for each in record.walk() if each.name in _AMOUNTS and _bare(each)), None)
        if unsaid is not None:
            yield _say("7.8.1", _ERROR, _DEFAULT, unsaid, names="default-currency, currency")


_AMOUNTS = frozenset(("value", "loan-status", "forecast"))
_ORGS = {
    "provider-org": ("6.9.1", "1.10.1", "1.10.13", "1.4.1", "provider-activity-id"),
    "receiver-org": ("6.9.2", "1.15.1", "1.15.13", "1.5.1", "receiver-activity-id"),
}


def _bare(amount: Element) -> bool:
    return "currency" not in amount.attributes and (bool(amount.text) or amount.name == "loan-status")


def _org_of_money(one: Element) -> Said:
    named, spaces, signs, activity_spaces, activity = _ORGS[one.name]
    yield from _named(one, named)
    yield from _clean(one, one.attributes.get("ref", ""), spaces, signs)
    yield from _clean(one, one.attributes.get(activity, ""), activity_spaces, "")


def _sectors(record: Element, top: Top, _on: date) -> Said:
    sectors, transactions = top.get("sector", []), top.get("transaction", [])
    below = [one for one in transactions if one.first("sector")]
    if not sectors and not below:
        yield _say("6.2.2", _ERROR, _ONE_OF, record, names="sector, transaction/sector")
    if not sectors and below and len(below) < len(transactions):
        yield _say("6.7.2", _ERROR, _ALL, next(one for one in transactions if one not in below), names="sector")
    if sectors and below:
        yield _say("6.6.2", _ERROR, _LEVEL, sectors[0], names="sector, transaction/sector")
    yield from _shares(sectors, "2.1.1", "2.1.2", "2.1.4", "sector")
    for one in sectors:
        yield from _within(one, "12.3.1")
    own = [one for one in sectors if one.attributes.get("vocabulary") in ("98", "99")]
    if own and sum(len(one.all("narrative")) for one in own) < len(own):
        said = _("A sector of one's own vocabulary (98, 99) is told in words.")
        yield _say("2.2.1", _ERROR, said, own[0])
    yield from _with_dac(sectors, "102.1.1", "sector")


def _aid_types(_record: Element, top: Top, _on: date) -> Said:
    yield from _one_each(top.get("default-aid-type", []), "107.1.2", "default-aid-type")
    yield from _with_dac(top.get("default-aid-type", []), "107.1.1", "default-aid-type")
    every = []
    for one in top.get("transaction", ()):
        held = one.all("aid-type")
        every += held
        yield from _one_each(held, "107.2.2", "aid-type")
    yield from _with_dac(every, "107.2.1", "transaction/aid-type")


def _places(record: Element, top: Top, _on: date) -> Said:
    countries, regions = top.get("recipient-country", []), top.get("recipient-region", [])
    transactions = top.get("transaction", [])
    below = [one for one in transactions if one.first("recipient-country") or one.first("recipient-region")]
    if (countries or regions) and below:
        yield _say("3.6.2", _ERROR, _LEVEL, (countries or regions)[0], names="recipient-country, recipient-region")
    if not countries and not regions:
        if not below:
            yield _say("3.7.1", _ERROR, _ONE_OF, record, names="recipient-country, recipient-region")
        if len(below) < len(transactions):
            bare = next(one for one in transactions if one not in below)
            yield _say("3.7.2", _ERROR, _ALL, bare, names="recipient-country, recipient-region")
    if countries and not regions:
        yield from _shares(countries, "3.1.1", "3.1.2", "3.1.4", "recipient-country", one_vocabulary=True)
    for vocabulary in dict.fromkeys(one.attributes["vocabulary"] for one in regions if "vocabulary" in one.attributes):
        yield from _regions([one for one in regions if one.attributes.get("vocabulary") == vocabulary], countries)
    for one in (*countries, *regions):
        yield from _within(one, "12.1.1")


def _regions(regions: list[Element], countries: list[Element]) -> Said:
    names = "recipient-region"
    if len(regions) > 1 and any("percentage" not in one.attributes for one in regions):
        yield _say("3.4.1", _ERROR, _EACH, regions[0], names=names)
    if len(regions) == 1 and not countries and _share(regions[0]) not in (None, _HUNDRED):
        yield _say("3.4.4", _ERROR, _ALONE, regions[0], names=names)
    if len(regions) + len(countries) > 1:
        found = _total([*regions, *countries])
        if found != _HUNDRED:
            yield _say("3.4.2", _ERROR, _SUM, regions[0], found=found, names="recipient-country, recipient-region")


def _budget_items(_record: Element, top: Top, _on: date) -> Said:
    for one in top.get("country-budget-items", ()):
        items = one.all("budget-item")
        for item in items:
            yield from _within(item, "12.2.1")
        if "vocabulary" not in one.attributes:
            continue
        shares = [item for item in items if "percentage" in item.attributes]
        if len(items) > 1 and not shares:
            yield _say("7.9.1", _WARNING, _EACH, one, names="budget-item")
        if len(items) > 1 and _total(items) != _HUNDRED:
            yield _say("7.9.2", _WARNING, _SUM, one, found=_total(items), names="budget-item")
        if len(items) == 1 and _share(items[0]) not in (None, _HUNDRED):
            yield _say("7.9.4", _WARNING, _ALONE, items[0], names="budget-item")


def _markers(_record: Element, top: Top, _on: date) -> Said:
    for one in top.get("policy-marker", ()):
        vocabulary = one.attributes.get("vocabulary", "")
        if vocabulary in ("", "1") and not one.attributes.get("significance"):
            yield _say("6.14.1", _ERROR, _ONE_OF, one, names="significance")
        if vocabulary == "99" and not one.first("narrative"):
            yield _say("6.13.1", _ERROR, _ONE_OF, one, names="narrative")


def _texts(record: Element, _top: Top, _on: date) -> Said:
    spoken = "xml:lang" in record.attributes
    silent: Element | None = None
    for each in record.walk():
        if each.name == "title" and not _told(each):
            yield _say("4.3.1", _ERROR, _ONE_OF, each, names="narrative")
        elif each.name == "description" and not _told(each):
            yield _say("4.4.1", _ERROR, _ONE_OF, each, names="narrative")
        elif silent is None and each.name == "narrative" and "xml:lang" not in each.attributes:
            silent = each
    if not spoken and silent is not None:
        yield _say("4.1.1", _ERROR, _DEFAULT, silent, names="xml:lang")


def _results(_record: Element, top: Top, _on: date) -> Said:
    for result in top.get("result", ()):
        for indicator in result.all("indicator"):
            if result.first("reference") and indicator.first("reference"):
                yield _say("8.11.1", _ERROR, _NO_MORE, indicator, names="result/reference, indicator/reference")
            measure = indicator.attributes.get("measure", "")
            for baseline in indicator.all("baseline"):
                yield from _measured(baseline, measure, ("8.8.1", "8.8.2", "8.8.3"))
            for period in indicator.all("period"):
                yield from _period(period, "8.6.1", "")
                for target in period.all("target"):
                    yield from _measured(target, measure, ("8.9.1", "8.9.2", "8.9.3"))
                for actual in period.all("actual"):
                    yield from _measured(actual, measure, ("8.10.1", "8.10.2", "8.10.3"))


def _measured(one: Element, measure: str, rules: tuple[str, str, str]) -> Said:
    value = one.attributes.get("value")
    needed, number, omitted = rules
    if measure in _COUNTED:
        if not value:
            yield _say(needed, _ERROR, _ONE_OF, one, names="value")
        elif _decimal(value) is None:
            yield _say(number, _WARNING, _("“%(value)s” is not a number."), one, value=value[:40])
    elif measure == "5" and value is not None:
        yield _say(omitted, _WARNING, _("A measure in words has no value: “%(value)s”."), one, value=value[:40])


_OF_ACTIVITIES: tuple[Callable[[Element, Top, date], Said], ...] = (
    _identifiers, _days, _transactions, _money, _currencies, _sectors, _aid_types, _places, _budget_items,
    _markers, _texts, _results,
)  # fmt: skip


def _organisation(record: Element, on: date) -> Said:
    for name, spaces, signs in (
        ("organisation-identifier", "1.12.1", "1.12.13"),
        ("reporting-org", "1.18.1", "1.18.13"),
    ):
        one = record.first(name)
        if one:
            yield from _clean(
                one, one.attributes.get("ref", "") if name == "reporting-org" else one.text, spaces, signs
            )
    yield from _past("11.4.1", record, record.attributes.get("last-updated-datetime", ""), on + timedelta(days=1))
    for each in record.children:
        if each.name in _ORGANISATION_BUDGETS:
            yield from _period(each, "8.6.3", "7.5.3")
        if each.name == "recipient-org-budget":
            for org in each.all("recipient-org"):
                yield from _clean(org, org.attributes.get("ref", ""), "1.17.1", "")
        if each.name == "recipient-country-budget":
            yield from _lines_within(each)
    yield from _words_of_organisation(record)


def _words_of_organisation(record: Element) -> Said:
    bare = next((each for each in record.walk() if each.name == "value" and _bare(each)), None)
    if "default-currency" not in record.attributes and bare is not None:
        yield _say("7.8.2", _ERROR, _DEFAULT, bare, names="default-currency, currency")
    silent = next((e for e in record.walk() if e.name == "narrative" and "xml:lang" not in e.attributes), None)
    if "xml:lang" not in record.attributes and silent is not None:
        yield _say("4.5.1", _ERROR, _DEFAULT, silent, names="xml:lang")
    for each in record.walk():
        if each.name in ("title", "description") and not _told(each):
            yield _say("4.3.1" if each.name == "title" else "4.4.1", _ERROR, _ONE_OF, each, names="narrative")


_ORGANISATION_BUDGETS = frozenset(
    ("total-budget", "recipient-country-budget", "recipient-org-budget", "recipient-region-budget", "total-expenditure")
)


def _lines_within(budget: Element) -> Said:
    start, end = _ends(budget)
    for line in budget.all("budget-line"):
        value = line.first("value")
        day = day_of(value.attributes.get("value-date", "")) if value else None
        if value and start and end and day and not start <= day <= end:
            yield _say("11.3.1", _ERROR, _("%(day)s lies outside the period of its budget."), value, day=day)


def _first(top: Top, name: str) -> Element | None:
    return next(iter(top.get(name, ())), None)


def _told(one: Element) -> bool:
    return any(child.name == "narrative" and child.text for child in one.children)


def _named(one: Element, rule: str) -> Said:
    if not one.attributes.get("ref") and not one.first("narrative"):
        yield _say(rule, _ERROR, _ONE_OF, one, names="ref, narrative")


def _clean(one: Element, value: str, spaces: str, signs: str) -> Said:
    if value and value != value.strip():
        yield _say(spaces, _WARNING, _SPACES, one, value=value[:60])
    if signs and value and _ODD & set(value):
        yield _say(signs, _WARNING, _SIGNS, one, value=value[:60])


def _ends(one: Element) -> tuple[date | None, date | None]:
    start, end = one.first("period-start"), one.first("period-end")
    return (
        day_of(start.attributes.get("iso-date", "")) if start else None,
        day_of(end.attributes.get("iso-date", "")) if end else None,
    )


def _period(one: Element, order: str, limit: str) -> Said:
    start, end = _ends(one)
    if start and end and end < start:
        yield _say(order, _ERROR, _ORDER, one, less=start, more=end)
    elif limit and start and end and end - start > _YEAR:
        yield _say(limit, _ERROR, _LONG, one)


def _in_order(rule: str, less: Element, more: Element) -> Said:
    first, last = day_of(less.attributes.get("iso-date", "")), day_of(more.attributes.get("iso-date", ""))
    if first and last and last < first:
        yield _say(rule, _ERROR, _ORDER, less, less=first, more=last)


def _past(rule: str, one: Element, said: str, on: date) -> Said:
    day = day_of(said) if said else None
    if day and day > on:
        yield _say(rule, _ERROR, _FUTURE, one, day=day)


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _share(one: Element) -> Decimal | None:
    return _decimal(one.attributes["percentage"]) if "percentage" in one.attributes else None


def _total(those: Iterable[Element]) -> Decimal:
    return sum((share for one in those if (share := _share(one)) is not None), Decimal(0))


def _within(one: Element, rule: str) -> Said:
    share = _share(one)
    if share is not None and not 0 <= share <= _HUNDRED:
        yield _say(rule, _ERROR, _BOUNDS, one, value=share)


def _shares(
    those: list[Element], each: str, total: str, alone: str, name: str, *, one_vocabulary: bool = False
) -> Said:
    """Several of a vocabulary have percentages that make 100; one alone has none, or 100."""
    groups: dict[str, list[Element]] = {}
    for one in those:
        vocabulary = "" if one_vocabulary else one.attributes.get("vocabulary", "")
        groups.setdefault("1" if vocabulary in ("", "1") else vocabulary, []).append(one)
    for group in groups.values():
        shared = [one for one in group if "percentage" in one.attributes]
        if len(group) > 1 and len(shared) < len(group):
            yield _say(each, _ERROR, _EACH, group[0], names=name)
        if (
            len(group) > 1
            and (len(shared) > 1 or group[0].attributes.get("vocabulary", "1") != "1")
            and _total(group) != _HUNDRED
        ):
            yield _say(total, _ERROR, _SUM, group[0], found=_total(group), names=name)
        if len(group) == 1 and _share(group[0]) not in (None, _HUNDRED):
            yield _say(alone, _ERROR, _ALONE, group[0], names=name)


def _one_each(those: list[Element], rule: str, name: str) -> Said:
    met: set[str] = set()
    for one in those:
        vocabulary = one.attributes.get("vocabulary", "") or "1"
        if vocabulary in met:
            yield _say(rule, _WARNING, _NO_MORE, one, names=name)
        met.add(vocabulary)


def _with_dac(those: list[Element], rule: str, name: str) -> Said:
    if those and not any(one.attributes.get("vocabulary", "") in ("", "1") for one in those):
        yield _say(rule, _WARNING, _DAC, those[0], names=name)
