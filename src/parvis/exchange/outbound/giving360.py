"""Grants as 360Giving wants them."""

from __future__ import annotations

from collections.abc import Iterator

from parvis.exchange.formats.codes.reading import labels
from parvis.exchange.formats.giving360.grant import Classification, Disbursement, Grant, Location, Organisation, is_day

from .awards import Award, Body, awards, body_of
from .published import Published, in_one


def grants(published: Published) -> Iterator[Grant]:
    """Every grant given; those the standard cannot hold are told apart when they are written."""
    city = body_of(published, str(published.city.get("the_city") or ""))
    prefix = _prefix(published)
    funder = Organisation(city.ref or f"{prefix}-{city.key}", in_one(city.name, "en"))
    sectors = labels("en")
    for award in awards(published):
        yield _grant(published, award, funder, prefix, sectors)


def _prefix(published: Published) -> str:
    return f"parvis-{published.city.get('key', 'city')}"


def _grant(
    published: Published, award: Award, funder: Organisation, prefix: str, sectors: dict[tuple[str, str], str]
) -> Grant:
    sector = Classification("DAC CRS purpose", award.sector, sectors.get(("sector", award.sector), ""))
    row = award.row
    programme = row.get("programme")
    return Grant(
        key=award.key,
        id=f"{prefix}-{award.key}",
        title=in_one(award.title, published.language),
        description=in_one(award.purpose, published.language),
        currency=str(row.get("currency") or ""),
        awarded=award.voted,
        awarded_on=award.decided_on,
        funder=funder,
        recipient=_organisation(award.beneficiary, prefix, published.language),
        asked=row.get("amount_asked"),
        paid=award.paid,
        url=published.page(award.key),
        starts=str(row.get("starts") or ""),
        ends=str(row.get("ends") or ""),
        programme=(programme, in_one(published.title(programme), published.language)) if programme else None,
        locations=_locations(published, award),
        classifications=(sector,),
        disbursements=tuple(
            Disbursement(f"{prefix}-{award.key}-{place}", one.day, one.amount)
            for place, one in enumerate(award.instalments, 1)
        ),
        modified=f"{award.changed}T00:00:00Z" if is_day(award.changed) else "",
    )


def _organisation(body: Body | None, prefix: str, language: str) -> Organisation | None:
    if body is None:
        return None
    return Organisation(body.ref or f"{prefix}-{body.key}", in_one(body.name, language), body.country)


def _locations(published: Published, award: Award) -> tuple[Location, ...]:
    if award.place is None:
        return (Location(country=award.country),) if award.country else ()
    name = in_one(published.title(award.place["key"]), published.language)
    return (Location(name, award.country, award.place.get("latitude"), award.place.get("longitude")),)
