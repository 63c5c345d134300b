"""Grants as aid activities, and what the city set aside and spent, year by year, as IATI wants them.

What no record says follows one rule each, written here and nowhere else:

- what an officer or a source said in codes of the DAC (sector, channel, flow, finance, form, tied or not) goes first:
  of the grant, else of the project it pays for.
- finance type 110: a grant is a grant. Aid type by the kind of grant (B01, C01, E01); C01 where none is told.
- flow type: else left out. Aid is official only to eligible countries, and no list of them by year is held.
- tied status: else left out. No record says whether purchases were bound to a country.
- collaboration: bilateral (1), or through a local NGO for a framework agreement (3).
- sector: by levy, kind or theme, each saying so; 99810 where nothing tells. Goal: the officer's, else that of the levy.
- markers, results: only what an officer told. No marker is not the same as a marker of zero.
"""

from __future__ import annotations

import mimetypes
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from parvis.exchange.formats.codes.reading import code_of
from parvis.exchange.formats.giving360.grant import is_day
from parvis.exchange.formats.iati.activity import (
    Activity,
    Budget,
    Coded,
    Day,
    Document,
    Measure,
    Organisation,
    OrganisationFile,
    Place,
    Result,
    Transaction,
    Yearly,
)
from parvis.foundation.values import PartialDate

from .awards import Award, Body, awards, body_of
from .published import Published, Words

_ONLY_THE_YEAR: Words = {
    "en": "The year of the vote is known, not the day: the first day of that year stands for it.",
    "fr": "L'année du vote est connue, pas le jour : le premier jour de l'année en tient lieu.",
}
_KNOWN_IN_PART: Words = {
    "en": "Known in part: the first day it may be.",
    "fr": "Date connue en partie : le premier jour possible.",
}
_SECTOR_SAID: dict[str, Words] = {
    "levy": {"en": "By the levy that pays for it", "fr": "D'après le levier qui la paie"},
    "kind": {"en": "By the kind of grant", "fr": "D'après le type de subvention"},
    "theme": {"en": "By its theme", "fr": "D'après son thème"},
    "project": {"en": "As told of its project", "fr": "Tel que dit de son projet"},
    "told": {"en": "As told of this grant", "fr": "Tel que dit de cette subvention"},
}
#: Between the title of a document and its address, in the words of a statement.
_APART = " · "
_SIGNIFICANCE = {"main": "2", "also": "1", "not": "0"}
_EFFECT = {"output": "1", "outcome": "2", "impact": "3"}


def reporter(published: Published) -> Organisation:
    """The city, as it reports."""
    city = body_of(published, str(published.city.get("the_city") or ""))
    return Organisation(city.name or dict(published.city["name"]), _ref(published, city), "11", "1")


def _ref(published: Published, body: Body) -> str:
    """The city's identifier in a register; without one, its key, which no register knows."""
    return body.ref or f"parvis-{published.city.get('key', 'city')}"


def activities(published: Published) -> Iterator[Activity]:
    """Every grant given, each an activity."""
    city = reporter(published)
    for award in awards(published):
        yield _activity(published, award, city)


def _activity(published: Published, award: Award, city: Organisation) -> Activity:
    country = tuple([Coded(award.country, percentage=None)] if award.country else [])
    region = () if country else (Coded("998", vocabulary="1"),)
    return Activity(
        key=award.key,
        identifier=f"{city.ref}-{award.key}",
        title=award.title,
        description=award.purpose,
        organisations=_organisations(award, city),
        status=_status(published, award),
        dates=tuple(_dates(award)),
        countries=country,
        regions=region,
        places=_places(published, award),
        sectors=(Coded(award.sector, "1", said=_SECTOR_SAID.get(award.sector_said, {})),),
        tags=_goals(award),
        markers=tuple(_markers(award)),
        humanitarian=award.kind == "emergency",
        collaboration="3" if award.channel in ("22000", "23000") and award.kind == "framework" else "1",
        flow=award.terms.get("flow_type", ""),
        finance=award.terms.get("finance_type", "110"),
        aid=award.terms.get("aid_type") or code_of("grant", award.kind, "aid") or "C01",
        tied=award.terms.get("tied_status", ""),
        budgets=_budgets(award),
        transactions=tuple(_transactions(award, city)),
        documents=tuple(_documents(published, award)),
        results=tuple(_results(award)),
        currency=str(award.row.get("currency") or "EUR"),
        updated=f"{award.changed}T00:00:00Z" if is_day(award.changed) else "",
    )


def _goals(award: Award) -> tuple[Coded, ...]:
    """Goals an officer chose; where none was, the one its levy serves."""
    chosen = award.row.get("goals") or [code_of("levy", award.levy, "goal")]
    return tuple(Coded(goal, "2") for goal in chosen if goal)


def _markers(award: Award) -> Iterator[Coded]:
    """Aims an officer told. An aim nobody looked at has no marker: it is not the same as not being one."""
    for row in award.aims:
        if marker := code_of("aim", row["aim"], "marker"):
            yield Coded(marker, "1", significance=_SIGNIFICANCE[row["importance"]])


def _results(award: Award) -> Iterator[Result]:
    """A figure for each result; without a period, the year of the grant."""
    for row in award.results:
        start = PartialDate.parse(str(row["starts"] or award.year)).earliest
        end = PartialDate.parse(str(row["ends"] or row["starts"] or award.year)).latest
        if start is None or end is None:
            continue
        figures = {name: _figure(row[name]) for name in ("aimed_at", "reached")}
        period = Measure(start.isoformat(), end.isoformat(), figures["aimed_at"], figures["reached"])
        measure = "2" if row["unit"] == "percent" else "1"
        yield Result(row["words"], row["words"], _EFFECT[row["effect"]], measure, (period,))


def _figure(amount: Decimal | None) -> str:
    if amount is None:
        return ""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _organisations(award: Award, city: Organisation) -> tuple[Organisation, ...]:
    funding = Organisation(city.name, city.ref, "11", "1")
    accountable = Organisation(city.name, city.ref, "11", "2", "11002")
    taker = _beneficiary(award)
    if taker is None:
        return funding, accountable
    return funding, accountable, replace(taker, role="4", channel=award.channel)


def _beneficiary(award: Award) -> Organisation | None:
    """Who receives; a person is never named."""
    body = award.beneficiary
    return Organisation(body.name, body.ref, code_of("body", body.kind, "type") or "90") if body else None


def _dates(award: Award) -> Iterator[Day]:
    start = str(award.row.get("starts") or "") or award.decided_on
    if start:
        yield _day("1", start)
    else:
        yield Day("1", f"{award.year}-01-01", _ONLY_THE_YEAR)
    if award.row.get("ends"):
        yield _day("3", str(award.row["ends"]), last=True)


def _day(kind: str, text: str, *, last: bool = False) -> Day:
    if is_day(text):
        return Day(kind, text)
    known = PartialDate.parse(text)
    day = known.latest if last else known.earliest
    return Day(kind, day.isoformat() if day else text, _KNOWN_IN_PART)


def _status(published: Published, award: Award) -> str:
    """Running (2) until its last day, then closed (4)."""
    ends = str(award.row.get("ends") or "")
    over = PartialDate.parse(ends).latest if ends else None
    finished = award.row["state"] == "closed" or (over is not None and over.isoformat() < published.day)
    return "4" if finished else "2"


def _places(published: Published, award: Award) -> tuple[Place, ...]:
    place = award.place
    if place is None or place.get("level") == "country":
        return ()
    name = published.title(place["key"])
    return (Place(name, place.get("latitude"), place.get("longitude")),) if name else ()


def _budgets(award: Award) -> tuple[Budget, ...]:
    """What was voted, for the year it was voted in."""
    if award.voted is None:
        return ()
    start, end = f"{award.year}-01-01", f"{award.year}-12-31"
    return (Budget(start, end, award.voted, award.decided_on if is_day(award.decided_on) else start),)


def _transactions(award: Award, city: Organisation) -> Iterator[Transaction]:
    """Only money whose day is known moves, from the city to who receives it."""
    giver = Organisation(city.name, city.ref, city.type)
    taker = _beneficiary(award)
    if award.voted is not None and is_day(award.decided_on):
        yield Transaction("2", award.decided_on, award.voted, provider=giver, receiver=taker)
    for place, one in enumerate(award.instalments, 1):
        if is_day(one.day):
            ref = f"{award.key}-{place}"
            yield Transaction("3", one.day, one.amount, ref=ref, provider=giver, receiver=taker)


def _documents(published: Published, award: Award) -> Iterator[Document]:
    """The page of the grant, then the documents that sources link to."""
    yield Document(published.page(award.key), award.title, "A12", languages=(published.language,))
    for row in award.documents:
        told = {code: text.rpartition(_APART) for code, text in row["words"].items()}
        address = next((last for _title, _sign, last in told.values()), "")
        if address.startswith(("http://", "https://")):
            words = {code: title or address for code, (title, _sign, _last) in told.items()}
            day = str(row.get("as_of") or "")
            yield Document(address, words, "A12", _form(address), tuple(words), day if is_day(day) else "")


def _form(address: str) -> str:
    return mimetypes.guess_type(address.partition("?")[0])[0] or "text/html"


def organisation(published: Published) -> OrganisationFile:
    """The city's own file: what was voted and paid each year, in the currency of its budget."""
    city = reporter(published)
    currency = str(published.city.get("currency") or "EUR")
    voted: dict[int, Decimal] = defaultdict(Decimal)
    paid: dict[int, Decimal] = defaultdict(Decimal)
    by_country: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for award in awards(published):
        if award.row.get("currency") != currency:
            continue
        voted[award.year] += award.voted or 0
        if award.country:
            by_country[award.country, award.year] += award.voted or 0
        for one in award.instalments:
            if is_day(one.day):
                paid[int(one.day[:4])] += one.amount
    site = Document(f"{published.origin}/{published.language}", city.name, "B01")
    return OrganisationFile(
        identifier=city.ref,
        name=city.name,
        type="11",
        currency=currency,
        budgets=tuple(Yearly(year, voted[year]) for year in sorted(voted)),
        by_country=tuple((code, Yearly(year, by_country[code, year])) for code, year in sorted(by_country)),
        expenditure=tuple(Yearly(year, paid[year]) for year in sorted(paid)),
        documents=(site,),
    )
