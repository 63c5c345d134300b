"""Entries of a feed, spelt as Atom 1.0 or as RSS 2.0. Plain facts in, XML out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

#: What XML cannot hold, whatever the escape.
_UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news. ``mark`` names it for ever: a reader who saw it is not told it again until it changes."""

    mark: str
    title: str
    address: str
    said: str
    at: datetime
    kind: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """News with a title. ``own`` is where it is read by programs, ``page`` by people."""

    title: str
    language: str
    own: str
    page: str
    author: str
    licence: str
    made: datetime
    entries: tuple[Entry, ...] = field(default=())

    @property
    def updated(self) -> datetime:
        return max((entry.at for entry in self.entries), default=self.made)


def as_atom(feed: Feed) -> str:
    """Atom 1.0 (RFC 4287)."""
    head = (
        f"<id>{_text(feed.own)}</id><title>{_text(feed.title)}</title><updated>{_stamp(feed.updated)}</updated>"
        f"<author><name>{_text(feed.author)}</name></author><rights>{_text(feed.licence)}</rights>"
        f'<link rel="self" type="application/atom+xml" href={_value(feed.own)}/>'
        f'<link rel="alternate" type="text/html" hreflang="{feed.language}" href={_value(feed.page)}/>'
        '<generator>Parvis</generator>'
    )  # fmt: skip
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.language}">{head}'
        f"{_each(feed.entries, lambda entry: _atom_entry(entry, feed.language))}</feed>\n"
    )


def _atom_entry(entry: Entry, language: str) -> str:
    spoken = f' xml:lang="{entry.language}"' if entry.language and entry.language != language else ""
    said = f"<summary>{_text(entry.said)}</summary>" if entry.said else ""
    kind = f"<category term={_value(entry.kind)}/>" if entry.kind else ""
    return (
        f"<entry><id>{_text(entry.mark)}</id><title{spoken}>{_text(entry.title)}</title>"
        f"<updated>{_stamp(entry.at)}</updated>"
        f'<link rel="alternate" type="text/html" href={_value(entry.address)}/>{kind}{said}</entry>'
    )


def as_rss(feed: Feed) -> str:
    """RSS 2.0."""
    title = _text(feed.title)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{title}</title><link>{_text(feed.page)}</link><description>{title}</description>"
        f"<language>{feed.language}</language><copyright>{_text(feed.licence)}</copyright>"
        f'<atom:link rel="self" type="application/rss+xml" href={_value(feed.own)}/>'
        f"<lastBuildDate>{format_datetime(feed.made)}</lastBuildDate>{_each(feed.entries, _rss_item)}</channel></rss>\n"
    )


def _rss_item(entry: Entry) -> str:
    kind = f"<category>{_text(entry.kind)}</category>" if entry.kind else ""
    return (
        f"<item><title>{_text(entry.title)}</title><link>{_text(entry.address)}</link>"
        f'<guid isPermaLink="false">{_text(entry.mark)}</guid><description>{_text(entry.said)}</description>{kind}'
        f"<pubDate>{format_datetime(entry.at)}</pubDate></item>"
    )


def _each(entries: Iterable[Entry], spelt: Callable[[Entry], str]) -> str:
    return "".join(map(spelt, entries))


def _text(told: str) -> str:
    return escape(_UNSPEAKABLE.sub(" ", told))


def _value(told: str) -> str:
    return quoteattr(_UNSPEAKABLE.sub(" ", told))


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
