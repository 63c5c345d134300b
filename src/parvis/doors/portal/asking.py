"""What a reader asks of a list: filters, order, page. What is not known is dropped, and said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from parvis.foundation.values import in_language
from parvis.publication.reader import SORTS, Filters, Listing

from . import wording
from .answers import NotHere
from .page import Page

PAGE_SIZE = 50
#: Facets of a list, by their name in an address.
FACETS = ("kind", "state", "theme", "area", "country", "year", "fund", "body", "place")
_FIELD = {
    "kind": "kinds",
    "state": "states",
    "theme": "themes",
    "area": "areas",
    "country": "countries",
    "year": "years",
    "fund": "funds",
    "body": "bodies",
    "place": "places",
}
#: Facets whose values are records, named by their titles.
_RECORDS = frozenset({"fund", "body", "place"})
#: No more values are offered in one facet; the words above them find the rest.
_MOST_VALUES = 100
_ALWAYS = frozenset({"on", "from", "to", "q", "sort", "page", *FACETS})


@dataclass(frozen=True)
class Asked:
    """A list asked for, and what was left aside of the question."""

    nouns: tuple[str, ...]
    filters: Filters
    sort: str
    page: int
    dropped: tuple[str, ...]


def asked_of(
    page: Page,
    nouns: Sequence[str],
    *,
    sort: str = "name",
    fixed: Mapping[str, tuple[str, ...]] | None = None,
    understood: Sequence[str] = (),
) -> Asked:
    """Read the query of a list. ``understood`` names what its page understands besides."""
    dropped = list(page.dropped)
    chosen = {_FIELD[facet]: _known(page, nouns, facet, dropped) for facet in FACETS}
    for facet, values in (fixed or {}).items():
        chosen[_FIELD[facet]] = chosen[_FIELD[facet]] or values
    query = page.request.GET
    filters = Filters(
        **chosen,
        from_year=_year(page, "from", dropped),
        to_year=_year(page, "to", dropped),
        text=query.get("q", "").strip()[:200],
    )
    order = query.get("sort", sort)
    if order not in SORTS:
        dropped.append(_("Nobody sorts by “%(word)s”: that order was left aside.") % {"word": order[:40]})
        order = sort
    odd = sorted(name for name in query if name not in _ALWAYS and name not in understood)
    if odd:
        dropped.append(_("“%(word)s” means nothing here: it was left aside.") % {"word": ", ".join(odd)[:80]})
    return Asked(tuple(nouns), filters, order, _page_number(query.get("page", "1"), dropped), tuple(dropped))


def _known(page: Page, nouns: Sequence[str], facet: str, dropped: list[str]) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(page.request.GET.getlist(facet)))
    if not asked:
        return ()
    known = page.release.values(tuple(nouns), facet)
    dropped += [left_aside(value) for value in asked if value not in known]
    return tuple(value for value in asked if value in known)


def left_aside(value: str) -> str:
    """What is said of a filter nobody knows."""
    return _("“%(word)s” is not among the choices here: that filter was left aside.") % {"word": value[:40]}


def _year(page: Page, name: str, dropped: list[str]) -> int | None:
    text = page.request.GET.get(name, "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) == 4:
        return int(text)
    dropped.append(_("“%(word)s” is not a year: it was left aside.") % {"word": text[:40]})
    return None


def _page_number(text: str, dropped: list[str]) -> int:
    if text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text):
        return int(text)
    dropped.append(_("“%(word)s” is not a page number: this is the first page.") % {"word": text[:40]})
    return 1


def answered(page: Page, asked: Asked, *, docs: bool = True, size: int = PAGE_SIZE) -> Listing:
    """The list. A page past the last one does not exist, and the last one is offered."""
    listing = page.release.listing(
        asked.nouns,
        lang=page.language,
        filters=asked.filters,
        on=page.on,
        sort=asked.sort,
        page=asked.page,
        size=size,
        docs=docs,
    )
    if asked.page > listing.pages:
        raise NotHere(
            _("This list ends at page %(last)s.") % {"last": listing.pages},
            offer=page.with_query({"page": str(listing.pages)}),
            offered=_("Page %(last)s") % {"last": listing.pages},
        )
    return listing


def facets_shown(
    page: Page,
    asked: Asked,
    listing: Listing,
    facets: Sequence[str],
    *,
    words: Mapping[str, str] | None = None,
    kept: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """The form of filters beside a list: values with their counts, those in force, and what was dropped."""
    titles = {
        "kind": _("Kind"),
        "state": _("State"),
        "theme": _("Theme"),
        "area": _("Area"),
        "country": _("Country"),
        "year": _("Year"),
        "fund": _("Fund"),
        "body": _("Body"),
        "place": _("City"),
    } | dict(words or {})
    groups = []
    for facet in facets:
        chosen = getattr(asked.filters, _FIELD[facet])
        counted = listing.facets.get(facet, [])
        counted = [*counted[:_MOST_VALUES], *(pair for pair in counted[_MOST_VALUES:] if pair[0] in chosen)]
        if facet in _RECORDS:
            page.hold(code for code, _count in counted)
        values = [
            {
                "code": code,
                "word": value_word(page, asked.nouns, facet, code),
                "count": count,
                "chosen": code in chosen,
            }
            for code, count in counted
        ]
        if len(values) > 1 or chosen:
            groups.append({"name": facet, "title": titles[facet], "values": values})
    years = [int(year) for year, _count in listing.facets.get("year", []) if year.isdigit()]
    return {
        "groups": groups,
        "text": asked.filters.text,
        "chosen": _chips(page, asked),
        "clear": page.with_query(dict.fromkeys((*FACETS, "from", "to", "q", "page"), "")),
        "open": bool(asked.filters.chosen or asked.filters.by_year),
        "kept": [*([("on", page.on_text)] if page.on_text else []), *kept],
        "dropped": asked.dropped,
        "years": {
            "from": asked.filters.from_year or "",
            "to": asked.filters.to_year or "",
            "first": min(years, default=""),
            "last": max(years, default=""),
        }
        if years and "year" not in facets
        else None,
    }


def value_word(page: Page, nouns: Sequence[str], facet: str, code: str) -> str:
    """A value of a facet in words."""
    naming: dict[str, Callable[[], str]] = {
        "kind": lambda: wording.kind_among(nouns, code, page.language),
        "state": lambda: wording.state_among(nouns, code, page.language),
        "theme": lambda: wording.theme(code, page.language),
        "area": lambda: wording.area(code, page.language),
        "country": lambda: wording.country(code, page.language),
        "year": lambda: code,
        **dict.fromkeys(_RECORDS, lambda: in_language(page.title_of(code), page.language)[0]),
    }
    return naming[facet]()


def _chips(page: Page, asked: Asked) -> list[dict[str, str]]:
    """The filters in force, each with the address of the list without it."""
    chips = []
    for facet in FACETS:
        written = page.request.GET.getlist(facet)
        for value in getattr(asked.filters, _FIELD[facet]):
            if value in written:
                rest = [other for other in written if other != value]
                word = value_word(page, asked.nouns, facet, value)
                chips.append(
                    {
                        "facet": facet,
                        "value": value,
                        "word": word,
                        "address": page.with_query({facet: rest, "page": ""}),
                    }
                )
    for name, year in (("from", asked.filters.from_year), ("to", asked.filters.to_year)):
        if year is not None:
            word = (_("from %(year)s") if name == "from" else _("to %(year)s")) % {"year": year}
            chips.append({"facet": name, "value": "", "word": word, "address": page.with_query({name: "", "page": ""})})
    if asked.filters.text:
        word = quoted(asked.filters.text, page.language)
        chips.append({"facet": "q", "value": "", "word": word, "address": page.with_query({"q": "", "page": ""})})
    return chips


def quoted(text: str, language: str) -> str:
    """Words between the quotation marks of the language."""
    before, after = {"fr": ("«\u00a0", "\u00a0»"), "es": ("«", "»"), "pt": ("«", "»")}.get(language, ("“", "”"))
    return f"{before}{text}{after}"


def paged(page: Page, listing: Listing) -> dict[str, Any]:
    """A list with the addresses of the pages before and after."""
    before = page.with_query({"page": str(listing.page - 1) if listing.page > 2 else ""}) if listing.page > 1 else ""
    after = page.with_query({"page": str(listing.page + 1)}) if listing.page < listing.pages else ""
    return {
        "page": listing.page,
        "pages": listing.pages,
        "total": listing.total,
        "before": before,
        "after": after,
        "interrupted": listing.interrupted,
    }


def emptied(page: Page, asked: Asked) -> dict[str, Any] | None:
    """Why a list is empty: how many filters, and the one whose removal would show something."""
    chips = _chips(page, asked)
    if not chips:
        return None
    for chip in chips:
        count = _count_without(page, asked, chip)
        if count:
            return {**chip, "count": count, "filters": len(chips)}
    clear = page.with_query(dict.fromkeys((*FACETS, "from", "to", "q", "page"), ""))
    return {"word": "", "address": clear, "count": 0, "filters": len(chips)}


def _count_without(page: Page, asked: Asked, chip: Mapping[str, str]) -> int:
    """How many a list would show without one of its filters."""
    facet = chip["facet"]
    if facet in _FIELD:
        kept = tuple(value for value in getattr(asked.filters, _FIELD[facet]) if value != chip["value"])
        changed: dict[str, Any] = {_FIELD[facet]: kept}
    else:
        changed = {"text": ""} if facet == "q" else {f"{facet}_year": None}
    filters = replace(asked.filters, **changed)
    return page.release.listing(asked.nouns, lang=page.language, filters=filters, on=page.on, page=1, size=1).total
