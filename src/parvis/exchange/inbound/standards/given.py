"""IATI 2.03 where our own city pays: each activity is a grant of the city.

What is committed is what was granted; what is disbursed or spent is what was paid, in all and on each day. Where no
commitment is told, the budget the file calls committed stands for it, and is said to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path

from parvis.exchange.formats.iati.activity import Activity, Organisation
from parvis.exchange.formats.iati.judging import judge_file
from parvis.exchange.formats.iati.reading import read_records
from parvis.exchange.formats.iati.whole import whole
from parvis.exchange.formats.tables.faults import Fault, Unreadable
from parvis.exchange.formats.tables.reading import Row
from parvis.exchange.formats.tables.rows import How
from parvis.exchange.inbound.numbers import numbered
from parvis.foundation.values.text import squeeze

from . import told
from .aid import language_of, left_of
from .standard import Asked, Heading, Opened, Read, Remark, Standard
from .words import one_of, spread, worded

_ = str  # marks a sentence for translation

GRANT = (
    Heading("iati-identifier", "id"), *worded("title", "title"), *worded("description", "purpose"),
    Heading("receiver-org", "beneficiary"), Heading("committed", "amount_voted"), Heading("paid", "amount_paid"),
    Heading("currency", "currency"), Heading("year", "year"), Heading("activity-status", "state"),
    Heading("start", "starts"), Heading("end", "ends"), Heading("recipient-country", "country"),
    Heading("theme", "themes"), Heading("sector", "shares"), Heading("goal", "goals"),
    Heading("policy-marker", "aims"), Heading("transaction", "moves"), Heading("budget", "budgets"),
    Heading("result", "figures"), Heading("aid-terms", "aid_terms"), Heading("document-link", "papers"),
)  # fmt: skip
#: What the status of an activity says of a grant; of any other, its amounts say where it stands.
_STATES = {"4": "closed", "5": "cancelled"}
_FUNDING, _IMPLEMENTING = "1", "4"
_COMMITTED_BUDGET = "2"
_FEW = 40


def tells_our_money(path: Path, name: str, asked: Asked) -> bool:
    """Whether most of the first activities of a file are paid for by our city."""
    try:
        first = [_payers(whole(record)[0]) for record in islice(read_records(path, name), _FEW)]
    except Unreadable:
        return False
    return sum(any(_is_ours(one, asked) for one in payers) for payers in first) * 2 > len(first)


def _payers(said: Activity) -> list[Organisation]:
    return [one for one in said.organisations if one.role == _FUNDING]


def _is_ours(one: Organisation, asked: Asked) -> bool:
    """By its number where one is said; by its name otherwise."""
    if one.ref and asked.numbers:
        return one.ref.upper() in asked.numbers
    return any(squeeze(text) in asked.ours for text in one.name.values() if text)


def open_given(path: Path, name: str, asked: Asked) -> Opened:
    """A file of activities, each read as a grant of the city."""
    return Opened(How("xml", encoding="utf-8"), GRANT, partial(_reads, path, name, asked))


def _reads(path: Path, name: str, asked: Asked) -> Iterator[Read]:
    for number, judged in enumerate(judge_file(path, name, on=asked.on), 1):
        wrong = [Remark(one.by, one.rule, one.grave, one.fault) for one in judged.wrong]
        said, faults = whole(judged.record)
        own = language_of(judged.record, asked)
        cells, full = _grant(said, own, asked)
        refusing = [*faults, *_refusals(said, asked, judged.line)]
        if cells["committed"] and not _committed(said):
            note = _("No commitment is told: the committed budget stands for it.")
            wrong.append(Remark("row", "budget", False, Fault(note, {}, judged.line)))
        yield Read(Row(number, cells, tuple(refusing)), judged.identifier[:120], tuple(wrong),
                   tuple(left_of(judged, full)))  # fmt: skip


def _refusals(said: Activity, asked: Asked, line: int) -> Iterator[Fault]:
    payers = _payers(said)
    if not any(_is_ours(one, asked) for one in payers):
        names = ", ".join(one_of(one.name, asked.language) or one.ref for one in payers) or "–"
        told_so = _("%(payers)s pays for this activity, not the city: bring the file in as projects.")
        yield Fault(told_so, {"payers": names[:120]}, line)
    if len(_currencies(said)) > 1:
        several = _("The amounts of this activity are in several currencies: %(currencies)s.")
        yield Fault(several, {"currencies": ", ".join(sorted(_currencies(said)))}, line)


def _grant(said: Activity, own: str, asked: Asked) -> tuple[dict[str, str], set[str]]:
    days = told.days(said)
    more, full = told.lines(said, own, asked)
    countries = list(dict.fromkeys(one.code for one in said.countries if one.code))
    aims = list(told.aims(said, full))
    if all(one.vocabulary in ("2", "3") for one in said.tags):
        full.add("tag")
    committed, paid = _granted(said), _sum(said, told.PAID)
    return {
        "iati-identifier": said.identifier,
        **spread("title", said.title, own),
        **spread("description", said.description, own),
        "receiver-org": _receiver(said, own, asked),
        "committed": "" if committed is None else format(committed, "f"),
        "paid": "" if paid is None else format(paid, "f"),
        "currency": next(iter(_currencies(said)), said.currency),
        "year": _year(said, days),
        "activity-status": _STATES.get(said.status, ""),
        "start": days.get("2") or days.get("1", ""),
        "end": days.get("4") or days.get("3", ""),
        "recipient-country": countries[0] if len(countries) == 1 else "",
        "goal": "; ".join(told.goals(said)),
        "policy-marker": "; ".join(aims),
        "result": "; ".join(told.figures(said, own, full)),
        **more,
    }, full


def _currencies(said: Activity) -> set[str]:
    told_of = [one.currency for one in said.transactions] + [one.currency for one in said.budgets]
    return {currency or said.currency for currency in told_of if currency or said.currency}


def _committed(said: Activity) -> list[Decimal]:
    return [one.amount for one in said.transactions if one.type in told.COMMITTED]


def _granted(said: Activity) -> Decimal | None:
    """What was committed; where no commitment is told, the budget that is called committed."""
    amounts = _committed(said) or [one.amount for one in said.budgets if one.status == _COMMITTED_BUDGET]
    return sum(amounts, Decimal()) if amounts else None


def _sum(said: Activity, kinds: Iterable[str]) -> Decimal | None:
    amounts = [one.amount for one in said.transactions if one.type in kinds]
    return sum(amounts, Decimal()) if amounts else None


def _year(said: Activity, days: dict[str, str]) -> str:
    """The year of the first commitment, else of the first budget, else that it begins in."""
    known = sorted(one.day for one in said.transactions if one.type in told.COMMITTED)
    known += sorted(one.start for one in said.budgets if one.start)
    return next(iter([*known, days.get("2", ""), days.get("1", "")]), "")[:4]


def _receiver(said: Activity, own: str, asked: Asked) -> str:
    """Who receives: named by the money, else who does the work. Never the city itself."""
    kinds = told.COMMITTED | told.PAID
    named = [one.receiver for one in said.transactions if one.receiver and one.type in kinds]
    working = [one for one in said.organisations if one.role == _IMPLEMENTING]
    for parties in (named, working):
        others = [numbered(one_of(one.name, own), one.ref) for one in parties if not _is_ours(one, asked)]
        if others:
            return Counter(others).most_common(1)[0][0]
    return ""


GIVEN = Standard(
    "iati_given", _("IATI, activities that the city pays for (2.03)"), "grants", open_given, headings=GRANT,
    judged=True, is_tree=True,
)  # fmt: skip
