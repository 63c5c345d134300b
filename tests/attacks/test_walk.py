"""Every link of every page of Paris is followed: none leads nowhere, none is a fault, none changes the language."""

from __future__ import annotations

import html
import re
from collections import Counter, deque
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

_LINK = re.compile(r'(?:href|action|src)="([^"]*)"')
_TAG = re.compile(r"<(link|a|form|img|script|use|image)\b([^>]*)>")
_ORIGIN = "http://testserver"
#: Lists that a walk could narrow for ever: of each address with a question, so many for one path.
_QUESTIONS_A_PATH = 2
#: Every page is read; of its twins for machines, so many of each section and format.
_TWINS = 8
#: Words of the interface that betray a page of another language.
BETRAYERS = {
    "fr": (
        "Search the register",
        "This page does not exist",
        "Skip to the content",
        "As of ",
        "What does it mean",
        "Not found",
    ),
    "en": ("Aller au contenu", "Cette page n", "Introuvable", "À la date du", "Rechercher"),
}


def _targets(source: str, path: str) -> list[str]:
    """Addresses of ours that a page leads to; those of other languages are said by hreflang."""
    found = []
    for _name, attributes in _TAG.findall(source):
        for raw in _LINK.findall(attributes):
            target = urldefrag(urljoin(f"{_ORIGIN}{path}", html.unescape(raw)))[0]
            if target.startswith(_ORIGIN) and not urlsplit(target).path.startswith("/static/"):
                found.append(target.removeprefix(_ORIGIN) or "/")
    return found


class Walk:
    """Every page of a language, reached from its home; what leads nowhere is noted with the page that leads there."""

    def __init__(self, client, language: str) -> None:
        self.client, self.language = client, language
        self.met = {f"/{language}": ""}
        self.waiting = deque(self.met)
        self.asked: Counter = Counter()
        self.broken: list[tuple[int, str, str]] = []
        self.pages = 0

    def whole(self) -> None:
        while self.waiting:
            self.step(self.waiting.popleft())

    def step(self, path: str) -> None:
        answer = self.client.get(path)
        if answer.status_code in (301, 302):
            self.note(answer["Location"], path)
        elif answer.status_code != 200:
            self.broken.append((answer.status_code, path, self.met[path]))
        elif not answer["Content-Type"].startswith("text/html"):
            answer.close()
        else:
            self.pages += 1
            source = answer.content.decode()
            assert f'<html lang="{self.language}"' in source[:200], path
            for target in _targets(source, path):
                self.note(target, path)

    def note(self, target: str, path: str) -> None:
        theirs = re.match(r"^/(?:r/[0-9]+/)?([a-z]{2})(?:/|$|\?|\.)", target)
        if target not in self.met and (theirs is None or theirs[1] == self.language) and self.is_new_kind(target):
            self.met[target] = path
            self.waiting.append(target)

    def is_new_kind(self, target: str) -> bool:
        """Whether few like it were met: twins for machines, and lists narrowed by a question."""
        where, _, question = target.partition("?")
        if twin := re.search(r"^((?:/r/[0-9]+)?/[a-z]+/?[^/.?]*).*\.(json|csv|ics|atom|rss|geojson)$", where):
            self.asked[twin.groups()] += 1
            return self.asked[twin.groups()] <= _TWINS
        if question:
            self.asked[where] += 1
        return self.asked[where] <= _QUESTIONS_A_PATH


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_link_of_every_page_leads_somewhere(at_paris, language):
    walk = Walk(at_paris, language)

    walk.whole()

    assert walk.broken == []
    assert walk.pages > 600


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_other_languages_of_a_page_are_there(at_paris, language):
    from parvis.foundation.vocabulary.addresses import address, addresses

    for section in ("", *addresses().sections):
        source = at_paris.get(address(section, language)).content.decode()
        others = dict(re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)"', source))
        assert set(others) >= {"fr", "en", "es", "pt"}, section
        for code, target in others.items():
            answer = at_paris.get(html.unescape(target).removeprefix(_ORIGIN))
            assert answer.status_code == 200, target
            assert f'<html lang="{code}"' in answer.content.decode()[:200], target


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_page_speaks_another_language_than_its_own(at_paris, language):
    from parvis.foundation.vocabulary.addresses import address, addresses

    for section in ("", *addresses().sections, "nowhere"):
        path = address(section, language) if section != "nowhere" else f"/{language}/nowhere"
        words = re.sub(
            r'<(\w+)[^>]*\blang="(?!' + language + r')\w+"[^>]*>.*?</\1>',
            " ",
            at_paris.get(path).content.decode(),
            flags=re.DOTALL,
        )
        said = html.unescape(re.sub(r"<[^>]+>", " ", words))
        assert [word for word in BETRAYERS[language] if word in said] == [], path
