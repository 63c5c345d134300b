"""Two houses the stories are told in: Paris as its files say it, and a small one of the test's own.

Paris is loaded and published once, and only read. The small house (``house``) enters records
through their rooms, publishes, and is read on the public site as a visitor would.
"""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import translation

from parvis.doors.desk.reminders import reminders
from parvis.exchange.inbound.entrances import entrances
from parvis.foundation.accounts.models import Role, User
from parvis.publication import reader
from parvis.publication.bake import actions as publication
from parvis.register.actions import record_statement, tie_records
from parvis.register.entry import take_apart
from parvis.register.models import Record, Statement, Subject
from scripts import open_site

#: The day of every release of the stories, at noon in Paris.
MORNING = datetime(2026, 11, 22, 11, tzinfo=UTC)


@dataclass
class Pages:
    """The public site as a visitor reads it: words without tags, addresses of links."""

    client: Client
    visited: dict[str, str] = field(default_factory=dict)

    def source(self, path: str) -> str:
        """The page as it is sent. Anything but an answer of 200 fails the story."""
        if path not in self.visited:
            answer = self.client.get(path)
            assert answer.status_code == 200, f"{path} answers {answer.status_code}"
            self.visited[path] = answer.content.decode()
        return self.visited[path]

    def main(self, path: str) -> str:
        """What stands between header and footer."""
        found = re.search(r"<main\b.*?</main>", self.source(path), flags=re.DOTALL)
        assert found, f"{path} has no main part"
        return found[0]

    def words(self, path: str) -> str:
        """The words of the main part, spaces made plain."""
        return plain(self.main(path))

    def links(self, path: str) -> list[str]:
        """Addresses the main part leads to."""
        return [html.unescape(href) for href in re.findall(r'<a\b[^>]*\bhref="([^"]*)"', self.main(path))]

    def part(self, path: str, pattern: str) -> list[str]:
        """The words of every element that matches, in order."""
        return [plain(found) for found in re.findall(pattern, self.main(path), flags=re.DOTALL)]

    def timeline(self, path: str) -> list[tuple[str, str, str, str]]:
        """Acts of a partner's page: kind, date, title, source."""
        acts = self.main(path).partition('class="timeline"')[2].partition("</ol>")[0].split("<li ")[1:]
        return [
            (
                first(act, r'timeline-meta">\s*<span>(.*?)</span>'),
                first(act, r'timeline-when">(.*?)</div>'),
                first(act, r"<h3>(.*?)</h3>"),
                first(act, r'class="cite"[^>]*>(.*?)</a>'),
            )
            for act in acts
        ]

    def section(self, path: str, heading: str) -> str:
        """The words of the section under a heading."""
        found = re.search(rf"<h2[^>]*>\s*{re.escape(heading)}.*?</section>", self.main(path), flags=re.DOTALL)
        assert found, f"{path} has no section “{heading}”"
        return plain(found[0])

    def counted(self, path: str) -> str:
        """What the list says it holds: 23 agreements."""
        return self.part(path, r'<h2[^>]*id="list-title"[^>]*>(.*?)</h2>')[0]

    def titles(self, path: str) -> list[str]:
        """The titles of the rows of a list."""
        listed = self.main(path).partition('<ol class="rows')[2]
        return [plain(found) for found in re.findall(r"<h3>(.*?)</h3>", listed, flags=re.DOTALL)]

    def rows(self, path: str, column: str = 'th scope="row"') -> list[str]:
        """The heads of the rows of a list laid out as a table."""
        tag = column.split(maxsplit=1)[0]
        return self.part(path, rf"<{re.escape(column)}>(.*?)</{tag}>")


def first(source: str, pattern: str) -> str:
    """Words of the first thing that matches; nothing where none does."""
    found = re.search(pattern, source, flags=re.DOTALL)
    return plain(found[1]) if found else ""


def plain(source: str) -> str:
    """Words without tags; the narrow and unbreakable spaces of typography made plain."""
    text = re.sub(r"<(?:style|script)\b.*?</(?:style|script)>", " ", source, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("\u202f", " ").replace("\u00a0", " ").split())


@pytest.fixture(scope="session")
def paris_folder(_server, tmp_path_factory) -> Path:
    """Paris, loaded from its files into a database of its own and published: the release the judges of pages read.

    It is read from a copy, so that no test can leave anything in it.
    """
    folder = tmp_path_factory.mktemp("paris")
    shutil.copytree(open_site.paris() / "releases", folder / "releases", symlinks=True)
    return folder


@pytest.fixture
def serving() -> Iterator[Callable[[Path], None]]:
    """Serve the public site from a folder, for the time of a test."""
    from parvis.publication.reader import place

    before = place._place
    yield reader.serve_from
    place._place = before


@pytest.fixture
def paris(paris_folder, serving, public_site) -> Pages:
    """The public site of Paris."""
    serving(paris_folder)
    return Pages(public_site)


@pytest.fixture
def clerk(db) -> User:
    return User.objects.create_user("clerk@ville.example", role=Role.PUBLISHER)


@dataclass
class House:
    """A small city: records entered through their rooms, releases, and the public site that reads them."""

    folder: Path
    by: User
    open_site: Callable[[], Client]
    at: datetime = MORNING

    def enter(self, noun: str, key: str, **content: Any) -> Record:
        """Enter a record as a data file or the desk would, with its statements and what it led to."""
        model, enter, _amend = entrances()[noun]
        taken = take_apart(model, {"key": key, "title": {"fr": key, "en": key}, **content})
        record = enter(entry=taken.entry, facts=taken.facts, by=self.by, at=self.at)
        for said in taken.statements:
            record_statement(about=record.subject, content=said, by=self.by, at=self.at)
        for told in taken.led_to:
            tie_records(cause=record.subject, content=told, by=self.by, at=self.at)
        return record

    def state(self, key: str, **said: Any) -> Statement:
        """Record what the minutes say about a record."""
        about = Subject.objects.get(key=key)
        told = {"source": "minutes", "lines": "9", **said}
        return record_statement(about=about, content=told, by=self.by, at=self.at)

    def amend(self, record: Record, **content: Any) -> Record:
        """Give a record its whole new content."""
        model, _enter, amend = entrances()[record.noun]
        taken = take_apart(model, {"key": record.key, "title": {"fr": record.key, "en": record.key}, **content})
        seen = Subject.objects.get(pk=record.pk).revision
        return amend(record=record, entry=taken.entry, facts=taken.facts, seen_revision=seen, by=self.by, at=self.at)

    def reminders(self, on: date) -> dict[str, list[tuple[str, str]]]:
        """What the Today page of the desk tells on a day: what, and why, by group."""
        with translation.override("en"):
            told = reminders(on)
            return {title: [(line.what, plain(str(line.why))) for line in lines] for title, _count, lines in told}

    def desk(self) -> Pages:
        """The desk, with the publisher sitting at it."""
        client = Client(headers={"accept-language": "en"})
        client.force_login(self.by)
        return Pages(client)

    def publish(self, *, removals: int = 0, at: datetime | None = None) -> Pages:
        """Publish, and open the public site as a new visitor."""
        with override_settings(VAR_DIR=self.folder):
            publication.publish(removals=removals, by=self.by, at=at or self.at)
        return Pages(self.open_site())


@pytest.fixture
def house(clerk, tmp_path, serving, request) -> House:
    """A city with its towns, its body and one source. Until it publishes, one is at the office."""
    serving(tmp_path)
    return furnished(House(tmp_path, clerk, lambda: request.getfixturevalue("public_site")))


@pytest.fixture
def lived_in(own_database, tmp_path, serving, request) -> House:
    """The same on a database of its own, where each act is its own transaction: its past can be told apart."""
    serving(tmp_path)
    clerk = User.objects.create_user("clerk@ville.example", role=Role.PUBLISHER)
    return furnished(House(tmp_path, clerk, lambda: request.getfixturevalue("public_site")))


def furnished(house: House) -> House:
    house.enter(
        "source",
        "minutes",
        kind="minutes",
        title={"fr": "Compte rendu", "en": "Minutes"},
        publisher={"en": "City"},
        date="2020-03-01",
        language="fr",
        speaks="self_reported",
    )
    city = {"level": "city", "cites": [{"source": "minutes", "lines": "1"}]}
    house.enter(
        "place",
        "paris",
        kind="city",
        country="FR",
        latitude="48.85",
        longitude="2.35",
        title={"fr": "Paris", "en": "Paris"},
        **city,
    )
    house.enter(
        "place",
        "porto",
        kind="city",
        country="PT",
        latitude="41.15",
        longitude="-8.61",
        title={"fr": "Porto", "en": "Porto"},
        **city,
    )
    house.enter(
        "body", "city-of-paris", kind="city", place="paris", title={"fr": "Ville de Paris", "en": "City of Paris"}
    )
    return house
