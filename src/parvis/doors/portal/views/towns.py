"""One list of towns, seen as a list or as a map: same filters, same count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.doors.portal import asking, wording
from parvis.doors.portal.answers import NotHere, answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.docs import text
from parvis.doors.portal.shown.plates import plate
from parvis.doors.portal.shown.published import counted_as
from parvis.doors.portal.shown.ties import TIES, on_day, records_of, tie_word, ties_of
from parvis.foundation.values import fold, sort_key
from parvis.publication.reader import Filters, Listing

Town = dict[str, Any]
PAGE_SIZE = 60

_FORMATS = ("csv", "json", "geojson", "atom")


def towns(page: Page) -> list[Town]:
    """Every city with a tie on the day shown, with what it can be narrowed by."""
    ties = ties_of(page)
    records = page.release.cards(records_of(ties.values()), lang=page.language)
    told = {key: now for key, tie in ties.items() if (now := on_day(page, tie, records))}
    cards = page.release.cards(told, lang=page.language)
    return [_town(page, card, told[key], records) for key, card in cards.items()]


def _town(page: Page, card: dict[str, Any], tie: dict[str, Any], cards: Mapping[str, dict[str, Any]]) -> Town:
    records = records_of([tie])
    years = [cards[key]["year_from"] for key in dict.fromkeys(records) if key in cards and cards[key]["year_from"]]
    return {
        "key": card["key"],
        "card": card,
        "title": {card["title_lang"]: card["title"]},
        "tie": tie["tie"],
        "tie_word": tie_word(tie["tie"]),
        "country": card["country"],
        "country_word": wording.country(card["country"] or "", page.language),
        "themes": card["themes"],
        "records": len(records),
        "years": years,
        "address": page.to_record("place", card["key"]),
    }


_VALUES: dict[str, Callable[[Town], list[str]]] = {
    "kind": lambda town: [town["tie"]],
    "theme": lambda town: list(town["themes"]),
    "country": lambda town: [town["country"]] if town["country"] else [],
}


def _kept(town: Town, chosen: dict[str, list[str]], *, leaving_out: str = "") -> bool:
    return all(
        set(_VALUES[facet](town)) & set(values) for facet, values in chosen.items() if values and facet != leaving_out
    )


def _keys_in(page: Page, areas: tuple[str, ...]) -> set[str] | None:
    """Places of these areas of the world; None when no area is asked for."""
    if not areas:
        return None
    rows = page.release.each("place", lang=page.language, filters=Filters(areas=areas))
    return {row["key"] for row in rows}


def _in_years(town: Town, start: int | None, end: int | None) -> bool:
    if start is None and end is None:
        return True
    return any((start is None or year >= start) and (end is None or year <= end) for year in town["years"])


def towns_page(page: Page, template: str, *, size: int = PAGE_SIZE, **more: Any) -> HttpResponse:
    """The list, narrowed as asked; as a map, the same list has its plate above."""
    everyone = towns(page)
    asked = asking.asked_of(page, ("place",))
    dropped = [said for said in asked.dropped if said not in _unknown_kinds(page)]
    chosen = {
        facet: [value for value in page.request.GET.getlist(facet) if any(value in values(town) for town in everyone)]
        for facet, values in _VALUES.items()
    }
    dropped += [
        asking.left_aside(value)
        for facet in _VALUES
        for value in page.request.GET.getlist(facet)
        if value not in chosen[facet] and facet == "kind"
    ]
    ground = _ground(page, everyone, asked.filters)
    held = _sorted(page, [town for town in ground if _kept(town, chosen)], asked.sort)
    pages = max(1, -(-len(held) // size))
    if asked.page > pages:
        raise NotHere(
            _("This list ends at page %(last)s.") % {"last": pages},
            offer=page.with_query({"page": str(pages)}),
            offered=_("Page %(last)s") % {"last": pages},
        )
    rows = held[(asked.page - 1) * size : asked.page * size]
    for town in rows:
        town["summary"] = text(page.release.record(town["key"]) or {}, "summary")
    facts = {
        "title": _("Map") if page.section == "map" else _("Partners"),
        "rows": rows,
        "total": len(held),
        "everyone": len(everyone),
        "counted": ngettext("city", "cities", len(held)),
        "facets": _facets(page, ground, chosen, asked, dropped),
        "listing": _paged(page, asked.page, pages),
        "counts": [
            {"tie": tie, "word": tie_word(tie), "count": count}
            for tie in TIES
            if (count := sum(town["tie"] == tie for town in held))
        ],
        "plate": plate(page, "world"),
        "europe": plate(page, "europe"),
        "formats": [{"name": name.upper(), "address": page.in_format(name)} for name in _FORMATS],
        "tabs": [
            {"word": word, "address": page.to(section) + _query(page), "current": page.section == section}
            for word, section in ((_("Map"), "map"), (_("List"), "partners"))
        ],
        "claimed": _claimed(page),
        **more,
    }
    return answer(page, template, facts)


def _ground(page: Page, everyone: list[Town], filters: Filters) -> list[Town]:
    """The towns of these years, areas and words, before any facet narrows them."""
    within = _keys_in(page, filters.areas)
    words = fold(filters.text)
    matched = set()
    if words:
        rows = page.release.search(filters.text, lang=page.language, noun="place", size=100).rows
        matched = {card["key"] for card in rows}
    return [
        town
        for town in everyone
        if _in_years(town, filters.from_year, filters.to_year)
        and (within is None or town["key"] in within)
        and (not words or town["key"] in matched or words in fold(town["card"]["title"]))
    ]


def _query(page: Page) -> str:
    """The filters, carried from the map to the list and back."""
    text_ = page.with_query({"page": "", "on": ""}).removeprefix(page.path)
    return text_.replace("?", "&", 1) if page.on_text and text_ else text_


def _unknown_kinds(page: Page) -> set[str]:
    """On this list a kind is one of tie, not of place: what the general reading said of it is moot."""
    return {asking.left_aside(value) for value in page.request.GET.getlist("kind")}


def _sorted(page: Page, held: list[Town], sort: str) -> list[Town]:
    order = {card["key"]: place for place, card in enumerate(_in_name_order(page, held))}
    by_name = sorted(held, key=lambda town: order.get(town["key"], 0))
    if sort == "country":
        return sorted(by_name, key=lambda town: fold(town["country_word"]))
    if sort == "kind":
        return sorted(by_name, key=lambda town: TIES.index(town["tie"]))
    if sort in ("date", "oldest"):
        return sorted(by_name, key=lambda town: min(town["years"], default=9999), reverse=sort == "date")
    return by_name


def _in_name_order(page: Page, held: list[Town]) -> list[dict[str, Any]]:
    return sorted((town["card"] for town in held), key=lambda card: sort_key(card["title"], page.language))


def _facets(
    page: Page, ground: list[Town], chosen: dict[str, list[str]], asked: asking.Asked, dropped: list[str]
) -> dict[str, Any]:
    naming = {
        "kind": tie_word,
        "theme": lambda code: wording.theme(code, page.language),
        "country": lambda code: wording.country(code, page.language),
    }
    titles = {"kind": _("Kind of tie"), "theme": _("Theme"), "country": _("Country")}
    groups = []
    for facet, values in _VALUES.items():
        counts = Counter(value for town in ground if _kept(town, chosen, leaving_out=facet) for value in values(town))
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], naming[facet](pair[0])))
        shown = [
            {"code": code, "word": naming[facet](code), "count": count, "chosen": code in chosen[facet]}
            for code, count in ordered
        ]
        if len(shown) > 1 or chosen[facet]:
            groups.append({"name": facet, "title": titles[facet], "values": shown})
    years = [year for town in ground for year in town["years"]]
    chips = [
        {
            "word": naming[facet](value),
            "address": page.with_query({facet: [other for other in values if other != value], "page": ""}),
        }
        for facet, values in chosen.items()
        for value in values
    ]
    general = asking.facets_shown(page, asked, _no_listing(), ())
    return general | {
        "groups": groups,
        "dropped": dropped,
        "chosen": chips + [chip for chip in general["chosen"] if chip["facet"] in ("from", "to", "q", "area")],
        "open": bool(chips or asked.filters.by_year),
        "years": {
            "from": asked.filters.from_year or "",
            "to": asked.filters.to_year or "",
            "first": min(years),
            "last": max(years),
        }
        if years
        else None,
    }


def _no_listing() -> Any:
    return Listing([], 0, {}, 1, 1, PAGE_SIZE)


def _paged(page: Page, number: int, pages: int) -> dict[str, Any]:
    return {
        "page": number,
        "pages": pages,
        "before": page.with_query({"page": str(number - 1) if number > 2 else ""}) if number > 1 else "",
        "after": page.with_query({"page": str(number + 1)}) if number < pages else "",
    }


def _claimed(page: Page) -> dict[str, Any] | None:
    """What the city says of the number of cities it works with: the map admits the gap."""
    return counted_as(page, "project_places")
