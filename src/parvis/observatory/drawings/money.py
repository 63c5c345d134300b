"""Pictures of the money given: by year, by country, and the ground a map of grants is marked on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from parvis.observatory.charts.columns import Year, columns
from parvis.observatory.charts.measured import About, Kind
from parvis.observatory.charts.parts import Part, rows_of_dots
from parvis.observatory.maps.centres import centres
from parvis.observatory.maps.plates import WORLD, WORLD_NARROW, Plate
from parvis.observatory.measures.money import NOWHERE, Served, by_country_and_year, by_year, served
from parvis.observatory.paper.drawing import Drawing, same_rows
from parvis.observatory.paper.phrases import compact, country_words, say
from parvis.observatory.paper.svg import sheet, tag
from parvis.observatory.tables import Tables

#: Countries named one by one in the chart; the table has them all.
_MOST_COUNTRIES = 12


def money_drawings(tables: Tables, city: Mapping[str, Any], lang: str, day: str) -> Iterator[Drawing]:
    """Nothing where no grant is on record."""
    currency = str(city.get("currency") or "")
    grants = served(tables, currency)
    if not grants:
        return
    for narrow in (False, True):
        yield _years(grants, currency, lang, day, narrow=narrow)
        yield _countries(grants, currency, lang, day, narrow=narrow)
    yield from _grounds(grants, lang, day)


def _about(name: str, title: str, currency: str, lang: str, day: str) -> About:
    return About(
        name=name,
        lang=lang,
        title=title,
        unit=say(lang, "money.unit", currency=currency),
        scope=say(lang, "money.scope"),
        source=say(lang, "words.records"),
        day=day,
    )


def _years(grants: list[Served], currency: str, lang: str, day: str, *, narrow: bool) -> Drawing:
    told = by_year(grants)
    kind = Kind(currency=currency, amount_kind="voted")
    whole = sum((voted.amount for voted in told.values()), Decimal(0))
    title = say(
        lang,
        "money.by_year",
        amount=compact(float(round(whole, -3)), lang, currency),
        first=str(min(told)),
        last=str(max(told)),
    )
    drawn = [Year(year, float(voted.amount), kind) for year, voted in told.items()]
    return columns(drawn, _about("grants-by-year", title, currency, lang, day), narrow=narrow)


def _countries(grants: list[Served], currency: str, lang: str, day: str, *, narrow: bool) -> Drawing:
    told = by_country_and_year(grants)
    kind = Kind(currency=currency, amount_kind="voted")
    named = [country for country in told if country != NOWHERE]
    parts = [
        Part(country_words(country, lang), float(sum(voted.amount for voted in told[country].values())), kind)
        for country in named[:_MOST_COUNTRIES]
    ]
    title = say(lang, "money.by_country", count=len(named))
    about = _about("grants-by-country", title, currency, lang, day)
    return rows_of_dots(parts or [Part(say(lang, "money.nowhere"), 0.0, kind)], about, narrow=narrow)


def _grounds(grants: list[Served], lang: str, day: str) -> Iterator[Drawing]:
    """The land alone, and where on it each country that received something falls: the portal sets the marks."""
    reached = sorted({country for grant in grants for country in grant.countries} & set(centres()))
    points = {
        f"at{form}": {country: _at(plate, country) for country in reached}
        for form, plate in (("", WORLD), ("_narrow", WORLD_NARROW))
    }
    for name, plate in (("grants-ground", WORLD), ("grants-ground-narrow", WORLD_NARROW)):
        title, text = say(lang, "money.ground"), say(lang, "money.ground_text")
        land = tag("path", d=plate.land_path(), transform="scale(.5)", class_="land")
        yield Drawing(
            name=name,
            lang=lang,
            title=title,
            text=text,
            svg=sheet(f"{name}-{lang}", plate.width, plate.height, land, title=title, text=text, class_="plate"),
            table=same_rows((), ()),
            source=say(lang, "words.natural_earth"),
            day=day,
            more={**points, "width": plate.width, "height": plate.height},
        )


def _at(plate: Plate, country: str) -> list[float]:
    x, y = plate.at(*centres()[country])
    return [round(x, 1), round(y, 1)]
