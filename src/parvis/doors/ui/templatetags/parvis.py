"""What templates say: figures, money, days, names in the reader's language, addresses and icons."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from html import escape as escaped
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from parvis.doors.ui import spelling
from parvis.foundation.values import PartialDate, Precision, in_language
from parvis.foundation.vocabulary.addresses import address, address_of

register = template.Library()


def _language() -> str:
    return (get_language() or "en")[:2]


@register.filter
def figure(value: Decimal | float | str) -> str:
    """A count in full."""
    return spelling.number(Decimal(str(value)), _language())


@register.filter
def money(amount: Decimal | float | str, currency: str = "EUR") -> str:
    return spelling.money(Decimal(str(amount)), currency, _language())


@register.filter
def percent(ratio: Decimal | float | str) -> str:
    """A share as a percentage."""
    return spelling.percent(Decimal(str(ratio)), _language())


@register.filter
def rate(share: Decimal | float | str) -> str:
    """A rate of the law as a percentage, to its last figure."""
    return spelling.rate(Decimal(str(share)), _language())


@register.filter
def day(when: Any, form: str = "long") -> str:
    return spelling.day(when, _language(), short=form == "short") if when else ""


@register.filter
def span(start: Any, end: Any) -> str:
    return spelling.span(str(start or ""), str(end or ""), _language())


@register.filter
def time_tag(when: Any, form: str = "short") -> str:
    """A date in a ``<time>``; between two dates there is no machine form, so it stays words."""
    return _timed(str(when), form, _language()) if when else ""


@lru_cache(maxsize=4096)
def _timed(text: str, form: str, language: str) -> SafeString:
    said = spelling.day(text, language, short=form == "short")
    if text.startswith("--") or PartialDate.parse(text).precision is Precision.INTERVAL:
        return format_html("<span>{}</span>", said)
    return format_html('<time datetime="{}">{}</time>', text, said)


@register.filter
def item(mapping: Mapping[Any, Any], key: Any) -> Any:
    """One entry of a mapping, by a key known only to the template."""
    return mapping.get(key)


@register.filter
def under(cells: Sequence[Any], heads: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Each cell of a row with the head of its column, which a phone shows beside it."""
    return zip(heads, cells, strict=True)


@register.filter
def inline(svg: str) -> SafeString:
    """A drawing of the release, which its maker escaped."""
    return mark_safe(svg)  # noqa: S308  # drawn by the bake, hashed with it


@register.simple_tag
def credit(drawing: Mapping[str, Any]) -> SafeString:
    """Who drew a picture, from what, and under what licence that stands: no picture is shown without it."""
    return format_html('<span class="credit">{} · {}</span>', _("Drawn by Parvis"), drawing["source"])


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def say(words: Any) -> str:
    """Words in the reader's language; in another, marked with it and told in brackets."""
    if not isinstance(words, Mapping):
        return words if isinstance(words, SafeString) else spelling.spaced(str(words or ""), _language())
    wanted = _language()
    text, found = in_language(words, wanted)
    text = spelling.spaced(text, found)
    if not text or found == wanted:
        return text
    told = _("in %(language)s") % {"language": spelling.language_name(found, wanted)}
    return format_html('<span lang="{}">{}</span> <span class="note nowrap">({})</span>', found, text, told)


def told(sentence: str, **words: Any) -> SafeString:
    """A sentence with words in it, each marked with its language where that is not the reader's."""
    said = {name: conditional_escape(say(one)) for name, one in words.items()}
    return mark_safe(escape(sentence) % said)  # noqa: S308  # each part is escaped


# The three below are in every row of every list: as templates of their own they took half of a list's time.


@register.simple_tag
def pill(state: Mapping[str, Any]) -> SafeString:
    """A state: icon, word, tone."""
    tone = f" pill-{escaped(state['tone'])}" if state.get("tone") else ""
    sign = f'<svg class="icon" aria-hidden="true"><use href="#i-{escaped(state["icon"])}"/></svg>'
    return mark_safe(f'<span class="pill{tone}">{sign}{escaped(str(state["word"]))}</span>')  # noqa: S308  # each part is escaped


@register.simple_tag
def citations(cites: Sequence[Mapping[str, Any]] | None) -> SafeString | str:
    """Sources, each a link with its lines."""
    if not cites:
        return ""
    return mark_safe(f'<span class="cite-list">{"".join(map(_cited, cites))}</span>')  # noqa: S308  # each part is escaped


def _cited(cite: Mapping[str, Any]) -> str:
    spoken = f' title="{escaped(str(cite["spoken"]))}"' if cite.get("spoken") else ""
    lines = f", {escaped(cite['lines'])}" if cite.get("lines") else ""
    return (
        f'<a class="cite" href="{escaped(cite["address"])}"{spoken}>{conditional_escape(say(cite["title"]))}{lines}</a>'
    )


@register.simple_tag
def choices(group: Mapping[str, Any]) -> SafeString:
    """Values of a filter, each with its count."""
    return mark_safe("\n".join(_choice(group["name"], value) for value in group["values"]))  # noqa: S308  # each part is escaped


def _choice(name: str, value: Mapping[str, Any]) -> str:
    checked = " checked" if value["chosen"] else ""
    box = f'<input type="checkbox" name="{escaped(name)}" value="{escaped(value["code"])}"{checked}>'
    said = f"<span>{escaped(str(value['word']))}</span><span>{escaped(figure(value['count']))}</span>"
    return f"<li><label>{box}{said}</label></li>"


@register.simple_tag
def plain(words: Any) -> str:
    """Words in the nearest language, without a mark: for titles of windows and attributes."""
    text, found = in_language(words, _language()) if isinstance(words, Mapping) else (str(words or ""), _language())
    return spelling.spaced(text, found)


@register.simple_tag(takes_context=True)
def section(context: Context, name: str, view: str = "") -> str:
    """Address of a section, kept in the release and on the day being read."""
    page = context["page"]
    return page.kept(address(name, page.language, view=view, release=page.asked_release))


@register.simple_tag(takes_context=True)
def record(context: Context, noun: str, key: str) -> str:
    """Address of a record, kept in the release and on the day being read."""
    page = context["page"]
    return page.kept(address_of(noun, key, page.language, release=page.asked_release))


@register.simple_tag
def names(links: list[Mapping[str, Any]]) -> str:
    """Records named and linked, one after another."""
    return format_html_join(", ", '<a href="{}">{}</a>', ((link["address"], say(link["title"])) for link in links))


@register.simple_tag
def linked_data(told: Any) -> SafeString:
    """What the page is about, for programs: a block of data that no browser runs and the policy lets be."""
    if not told:
        return SafeString("")
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    for sign, spelt in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        body = body.replace(sign, spelt)
    return mark_safe(f'<script type="application/ld+json">{body}</script>')  # noqa: S308  # no sign of HTML is left


@register.filter
def last_year(years: list[Mapping[str, Any]]) -> Any:
    """The year of the last entry of a strip of years."""
    return years[-1]["year"]


@register.simple_tag
def rehearsing() -> bool:
    """Whether this city is a rehearsal: what is read in it did not all take place."""
    return bool(getattr(settings, "PARVIS_REHEARSAL", False))


@register.simple_tag
def public_site() -> str:
    """The front page of the public site, in the reader's language."""
    return f"{settings.PARVIS_PUBLIC_ORIGIN}/{(get_language() or 'fr')[:2]}"


@register.filter
def tabled(cell: Any) -> Any:
    """A cell of a drawing's table: amounts as the language writes them, years and words as they are."""
    if cell is None:
        return ""
    return spelling.number(Decimal(str(cell)).normalize(), _language()) if isinstance(cell, float | Decimal) else cell
