"""What an activity of IATI says beyond its fields, as cells: money on its days, sectors, goals, aims, results, papers.

Each function adds to ``full`` the elements that its cells say in full; the others are told as left aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

from parvis.exchange.formats.codes.reading import labels, ours_of
from parvis.exchange.formats.codes.told import words_of
from parvis.exchange.formats.iati.activity import Activity, Coded, Document, Result, Transaction, Words
from parvis.exchange.formats.iati.kinds import day_of
from parvis.exchange.inbound.lines import APART, item
from parvis.exchange.inbound.words import vocabulary

from .standard import Asked
from .words import one_of

#: Money set aside for somebody, and money that left: paid to a body, or spent by who does the work.
COMMITTED, PAID = frozenset({"2"}), frozenset({"3", "4"})
_MOVES = {"2": "committed", "3": "paid", "4": "paid"}
_EFFECTS = {"1": "output", "2": "outcome", "3": "impact"}
_WEIGHTS = {"0": "not", "1": "also", "2": "main", "3": "main", "4": "main"}
_DAC = frozenset({"", "1"})
#: Vocabularies in which goals and targets of 2030 are told, of tags and of sectors.
_GOALS = {"tag": frozenset({"2", "3"}), "sector": frozenset({"7", "8"})}


def days(said: Activity) -> dict[str, str]:
    """The days of an activity by their type; one that is no day is left out."""
    return {one.type: one.day for one in said.dates if one.day}


def lines(said: Activity, own: str, asked: Asked) -> tuple[dict[str, str], set[str]]:
    """The cells that grants and projects share, and the elements they say in full."""
    full = {"budget", "document-link"}
    if all(one.type in _MOVES for one in said.transactions):
        full.add("transaction")
    shares = list(_shares(said, asked))
    if len(shares) == len(said.sectors):
        full.add("sector")
    return {
        "theme": "; ".join(themes(said.sectors)),
        "sector": "; ".join(shares),
        "transaction": "; ".join(moves(said, own)),
        "aid-terms": "; ".join(terms(said, full)),
        "budget": "; ".join(
            item(f"budget {one.start} {_money(one.amount)} {one.currency or said.currency}") for one in said.budgets
        ),
        "document-link": "; ".join(_papers(said.documents, own)),
    }, full


def _money(amount: Decimal) -> str:
    return format(amount, "f")


def moves(said: Activity, own: str) -> Iterator[str]:
    """Money committed and paid, each on its day; other kinds of transactions are not ours to tell."""
    for one in said.transactions:
        if one.type in _MOVES:
            amount = f"{_MOVES[one.type]} {one.day} {_money(one.amount)} {one.currency or said.currency}"
            yield item(amount, *_parties(one, own))


def _parties(one: Transaction, own: str) -> Iterator[str]:
    for party in (one.provider, one.receiver):
        if party is not None and (name := one_of(party.name, own) or party.ref):
            yield name


def terms(said: Activity, full: set[str]) -> Iterator[str]:
    """How an activity counts as aid: its flow, finance, form, and whether it is tied; what is in no list is left."""
    named = {
        "flow_type": ("default-flow-type", said.flow), "finance_type": ("default-finance-type", said.finance),
        "aid_type": ("default-aid-type", said.aid), "tied_status": ("default-tied-status", said.tied),
    }  # fmt: skip
    for name, (element, code) in named.items():
        if words_of(name, code):
            full.add(element)
            yield f"{name} {code}"


def themes(sectors: Iterable[Coded]) -> list[str]:
    """Themes of ours that these sectors stand for, by the restated table; those known to the city."""
    known = vocabulary().themes
    told = [ours_of("sector", one.code, "theme") for one in sectors if one.vocabulary in _DAC]
    return list(dict.fromkeys(theme for theme in told if theme and theme in known))


def _shares(said: Activity, asked: Asked) -> Iterator[str]:
    """The share of each sector, as told on the day the activity was last changed, or read."""
    day = said.updated[:10] if day_of(said.updated[:10]) else asked.on.isoformat()
    alone = len(said.sectors) == 1
    for one in said.sectors:
        share = Decimal(100) if alone and one.percentage is None else one.percentage
        if one.vocabulary in _DAC and share is not None and one.code.isdigit() and len(one.code) == 5:
            yield item(f"{one.code} {format(share.normalize(), 'f')} % {day}")


def _papers(documents: Sequence[Document], own: str) -> Iterator[str]:
    for one in documents:
        if one.address.startswith(("http://", "https://")) and " " not in one.address:
            address = one.address.replace(";", "%3B").replace("|", "%7C")
            rest = item(one_of(one.title, own), one.day)
            yield APART.join(part for part in (address, rest) if part)


def goals(said: Activity) -> list[str]:
    """Goals of 2030: told as tags or as sectors, by goal or by target."""
    pairs = [("tag", one) for one in said.tags] + [("sector", one) for one in said.sectors]
    told = [one.code.split(".")[0] for kind, one in pairs if one.vocabulary in _GOALS[kind]]
    known = vocabulary().sdg_goals
    return list(dict.fromkeys(goal for goal in told if goal in known))


def aims(said: Activity, full: set[str]) -> Iterator[str]:
    """Markers as aims of ours, each with its weight."""
    if all(one.vocabulary in _DAC and ours_of("marker", one.code, "aim") for one in said.markers):
        full.add("policy-marker")
    for one in said.markers:
        aim = ours_of("marker", one.code, "aim") if one.vocabulary in _DAC else ""
        if aim and one.significance in _WEIGHTS:
            yield item(aim, _WEIGHTS[one.significance])


def tags(said: Activity, own: str, full: set[str]) -> Iterator[str]:
    """For a record that has no place for them: goals and markers, in words."""
    called = vocabulary().sdg_goals
    if all(one.vocabulary in _GOALS["tag"] for one in said.tags):
        full.add("tag")
    for goal in goals(said):
        yield item(f"{'ODD' if own == 'fr' else 'SDG'} {goal}: {called.label(goal, own)}")
    words = labels("fr" if own == "fr" else "en")
    known = [one for one in said.markers if one.vocabulary in _DAC and ("marker", one.code) in words]
    if len(known) == len(said.markers):
        full.add("policy-marker")
    for one in known:
        yield item(f"{words['marker', one.code]} ({one.significance})")


def figures(said: Activity, own: str, full: set[str]) -> list[str]:
    """Results with a number in a period; those in words only are left aside."""
    told = [_figure(one, period.start, period.end, period.target, period.actual, own)
            for one in said.results for period in one.periods]  # fmt: skip
    if told and all(told) and all(one.periods for one in said.results):
        full.add("result")
    return list(dict.fromkeys(one for one in told if one))


def _figure(one: Result, start: str, end: str, aimed: str, got: str, own: str) -> str:
    effect = _EFFECTS.get(one.type, "")
    numbers = [text if _is_number(text) else "" for text in (aimed, got)]
    if not effect or not any(numbers) or not (start or end):
        return ""
    words = _both(one.title, one.indicator, own)
    if not words:
        return ""
    unit = "percent" if one.measure == "2" else ""
    return item(effect, words, f"{start}/{end}", f"{numbers[0]} > {numbers[1]}".strip(), unit)


def _both(title: Words, indicator: Words, own: str) -> str:
    """What a result is called and what its figure counts, said once where they are the same."""
    return ": ".join(dict.fromkeys(one for words in (title, indicator) if (one := one_of(words, own))))


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
