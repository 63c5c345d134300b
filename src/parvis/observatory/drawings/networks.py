"""The networks of a release: since when, how large, and the strip of years of joining."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from parvis.observatory.charts.dots import Value
from parvis.observatory.charts.measured import About, Kind
from parvis.observatory.charts.strip import Entry, by_year
from parvis.observatory.charts.timeline import Line, Size, Stretch, networks
from parvis.observatory.measures.counts import joined_by_year
from parvis.observatory.measures.figures import figures
from parvis.observatory.measures.ties import ours
from parvis.observatory.paper.drawing import Drawing, same_rows
from parvis.observatory.paper.phrases import say
from parvis.observatory.tables import Row, Tables, Titles, number, rows, text

#: A timeline longer than this is a list: the first joined are drawn, the table of networks holds all.
MOST_LINES = 60
#: What the members of a network are counted in.
_MEMBERS = frozenset({"cities", "members", "municipalities", "signatories"})
_GOES_BEFORE = frozenset({"planned", "candidate"})


def network_drawings(tables: Tables, city: Mapping[str, Any], lang: str, day: str) -> Iterator[Drawing]:
    """The timeline, wide and narrow, and the strip of years of joining."""
    lines = _lines(tables, city, lang)
    if not lines:
        return
    source = say(lang, "words.records")
    dated = sum(1 for line in lines if line.joined and not line.planned)
    title = say(lang, "networks.title", count=len(lines), dated=dated)
    about = About("networks", lang, title, source=source, day=day)
    name = Titles(tables, [str(city.get("place"))]).of(str(city.get("place")), lang)
    yield networks(lines[:MOST_LINES], about, city=name)
    yield networks(lines[:MOST_LINES], about, city=name, narrow=True)
    yield from _strip(tables, city, lines, About("joining", lang, "", source=source, day=day))


def _strip(tables: Tables, city: Mapping[str, Any], lines: list[Line], about: About) -> Iterator[Drawing]:
    firm = {line.key: line.name for line in lines if not line.planned}
    years = joined_by_year(rows(tables, "memberships"), ours(city))
    entries = [Entry(firm[key], year) for year, keys in years.items() for key in keys if key in firm]
    if not entries:
        return
    lang = about.lang
    first, last = str(entries[0].year), str(entries[-1].year)
    title = say(lang, "joining.title", count=len(entries), first=first, last=last)
    head = [say(lang, "columns.year"), say(lang, "columns.network")]
    yield by_year(
        entries,
        About("joining", lang, title, source=about.source, day=about.day),
        text=say(lang, "joining.text"),
        table=same_rows(head, [(entry.year, entry.name) for entry in entries]),
    )


def _lines(tables: Tables, city: Mapping[str, Any], lang: str) -> list[Line]:
    """One line a network the city is or was in, the first joined first."""
    own = ours(city)
    members = [row for row in rows(tables, "memberships") if row["member"] in own]
    statuses = _statuses(tables, {row["key"] for row in members})
    sizes, offices = _sizes(tables, lang), _offices(tables, lang, own)
    titles = Titles(tables, (row["network"] for row in members))
    lines = {
        row["network"]: Line(
            key=row["network"],
            name=titles.of(row["network"], lang),
            joined=text(row, "joined") or _planned(statuses[row["key"]]),
            left=_left(statuses[row["key"]]),
            status=text(row, "state"),
            sizes=sizes.get(row["network"], ()),
            offices=offices.get(row["network"], ()),
        )
        for row in members
    }
    return sorted(lines.values(), key=lambda line: line.turn)


def _statuses(tables: Tables, memberships: set[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows(tables, "membership_statuses"):
        if row["membership"] in memberships:
            found[row["membership"]].append(row)
    return found


def _left(statuses: list[Row]) -> str:
    ends = [text(row, "valid_from") or text(row, "valid_to") for row in statuses if row["status"] == "left"]
    return next((end for end in ends if end), "")


def _planned(statuses: list[Row]) -> str:
    return next((text(row, "valid_from") for row in statuses if row["status"] in _GOES_BEFORE), "")


def _sizes(tables: Tables, lang: str) -> dict[str, tuple[Size, ...]]:
    """How many members each network is said to have, by the indicators that count them."""
    found: dict[str, list[Size]] = defaultdict(list)
    for figure in figures(tables):
        if not figure.about or figure.unit not in _MEMBERS:
            continue
        for said in figure.statements:
            value = Value(
                number(said, "number") or 0.0, text(said, "as_of"), Kind(), qualifier=text(said, "qualifier"),
                number_to=number(said, "number_to"),
            )  # fmt: skip
            found[figure.about].append(Size(value.said(lang), value.as_of))
    return {key: tuple(sizes) for key, sizes in found.items()}


def _offices(tables: Tables, lang: str, own: frozenset[str]) -> dict[str, tuple[Stretch, ...]]:
    """Offices in each network held by those who hold office in the city, with their dates."""
    known = {row["key"]: row["key"] for row in rows(tables, "networks")}
    known |= {text(row, "body"): row["key"] for row in rows(tables, "networks") if text(row, "body")}
    where = {row["key"]: text(row, "body") for row in rows(tables, "offices")}
    house = own | {row["key"] for row in rows(tables, "bodies") if text(row, "parent") in own}
    holdings = list(rows(tables, "holdings"))
    officers = {row["person"] for row in holdings if where.get(row["office"]) in house}
    titles = Titles(tables, (key for key, body in where.items() if body in known))
    found: dict[str, list[Stretch]] = defaultdict(list)
    for row in holdings:
        body, start = where.get(row["office"], ""), text(row, "valid_from") or text(row, "as_of")
        if body in known and row["person"] in officers and start:
            held = Stretch(titles.of(row["office"], lang), start, text(row, "valid_to"))
            found[known[body]].append(held)
    return {key: tuple(stretches) for key, stretches in found.items()}
