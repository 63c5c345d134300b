"""A small city published by hand, and Paris as its files say it, both read as a visitor reads them."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import pytest

from parvis.publication import reader
from tests.publication.hand_made import Hand
from tests.stories.conftest import paris_folder, serving

__all__ = ["paris_folder", "serving"]


class Visitor:
    """Reads pages: their words, their links, their status."""

    def __init__(self, client):
        self.client = client

    def get(self, path, **headers):
        return self.client.get(path, headers=headers)

    def main(self, path, status=200):
        answer = self.client.get(path)
        assert answer.status_code == status, f"{path} answers {answer.status_code}"
        return re.search(r"<main\b.*?</main>", answer.content.decode(), flags=re.DOTALL)[0]

    def words(self, path, status=200):
        return plain(self.main(path, status))

    def links(self, path, status=200):
        return [html.unescape(href) for href in re.findall(r'<a\b[^>]*\bhref="([^"]*)"', self.main(path, status))]

    def titles(self, path):
        """Headings of the rows of a list."""
        return [plain(found) for found in re.findall(r"<h3>(.*?)</h3>", self.main(path), flags=re.DOTALL)]


def plain(source):
    text = html.unescape(re.sub(r"<[^>]+>", " ", source))
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


#: Columns whose type a hand cannot guess from their name.
_OWN_TYPES = {
    ("claims", "publisher"): "ref",
    ("promise_evidence", "record"): "ref",
    ("promises", "made_by"): "ref",
    ("promises", "deadline"): "pdate",
    ("promise_steps", "step"): "int",
    ("promise_evidence", "step"): "int",
    ("commemorations", "event_day"): "pdate",
    ("projects", "stage_as_of"): "pdate",
}


class Sayer(Hand):
    """A hand that knows the columns of the portal's rooms."""

    def _kinds(self, name):
        return {column: _OWN_TYPES.get((name, column), kind) for column, kind in super()._kinds(name).items()}


def said_by_hand() -> Hand:
    """Two towns, an accord, a project announced, a promise of each sort, a figure whose sources differ."""
    hand = Sayer()
    hand.record(
        "place",
        "paris",
        title={"fr": "Paris", "en": "Paris"},
        kind="city",
        country="FR",
        latitude="48.85",
        longitude="2.35",
    )
    hand.record(
        "place",
        "porto",
        title={"fr": "Porto", "en": "Porto"},
        kind="city",
        country="PT",
        latitude="41.15",
        longitude="-8.61",
        themes=["europe"],
        names=[("Oporto", "alias"), ("Portto", "misspelt")],
    )
    hand.record("place", "kyiv", title={"fr": "Kiev"}, kind="city", country="UA", latitude="50.45", longitude="30.52")
    hand.record(
        "body", "city-of-paris", title={"fr": "Ville de Paris", "en": "City of Paris"}, kind="city", place="paris"
    )
    hand.record(
        "source",
        "page",
        title={"fr": "Page de la Ville", "en": "City page"},
        kind="web_page",
        date="2022-09-19",
        language="fr",
        speaks="self_reported",
    )
    hand.record("source", "minutes", title={"fr": "Compte rendu"}, kind="minutes", language="fr", speaks="partner")
    _acts(hand)
    _promises(hand)
    _figures(hand)
    hand.record(
        "claim",
        "first-of-all",
        title={"fr": "Première de toutes", "en": "First of all"},
        kind="first",
        publisher="city-of-paris",
        as_of="2022-09-19",
        state="claimed",
    )
    hand.record(
        "event", "forum", title={"en": "A forum"}, kind="forum", starts="2017-04", state="announced", place="porto"
    )
    hand.record("commemoration", "one-day", title={"en": "A day in April"}, kind="genocide", event_day="1994-04-07")
    return hand


def _acts(hand: Hand) -> None:
    hand.record(
        "agreement",
        "accord-porto",
        title={"fr": "Accord avec Porto", "en": "Agreement with Porto"},
        kind="european_accord",
        themes=["europe"],
        signed="2015",
        state="signed",
        summary={"fr": "Un accord de 2015", "en": "An agreement of 2015"},
    )
    hand.line("agreement_parties", agreement="accord-porto", party="city-of-paris")
    hand.line("agreement_parties", agreement="accord-porto", party="porto")
    hand.line("agreement_steps", agreement="accord-porto", state="signed", day="2015", source="page", lines="47-48")
    hand.line("agreement_standings", agreement="accord-porto", from_day=None, to_day="2015-01-01", standing="no")
    hand.line("agreement_standings", agreement="accord-porto", from_day="2015-01-01", to_day=None, standing="not_known")
    hand.record(
        "project",
        "porto-water",
        title={"fr": "Eau à Porto", "en": "Water in Porto"},
        kind="sanitation",
        stage="in_preparation",
        stage_as_of="2015-05",
    )
    hand.line("project_places", project="porto-water", place="porto")
    hand.line("project_partners", project="porto-water", body="city-of-paris", role="lead")
    hand.line("citations", subject="accord-porto", source="page", lines="47-48")
    hand.line("citations", subject="porto-water", source="minutes", lines="12")


def _promises(hand: Hand) -> None:
    hand.record(
        "promise", "kept-one", title={"en": "A promise kept"}, made_by="city-of-paris", made="2014", deadline="2020"
    )
    hand.line("promise_steps", promise="kept-one", step=1, state="said", day="2014", source="page", lines="3")
    hand.line("promise_steps", promise="kept-one", step=2, state="kept", day="2015", source="page", lines="4")
    hand.line("promise_evidence", promise="kept-one", step=2, record="accord-porto")
    hand.record(
        "promise",
        "late-one",
        title={"en": "A promise overdue"},
        made_by="city-of-paris",
        made="2015-05",
        deadline="2020",
    )
    hand.line("promise_steps", promise="late-one", step=1, state="said", day="2015-05", source="page", lines="5")


def _figures(hand: Hand) -> None:
    hand.record(
        "indicator",
        "members",
        title={"fr": "Membres", "en": "Members"},
        kind="count",
        unit="cities",
        headline=True,
        order=1,
    )
    for place, (number, qualifier, as_of, source, lines, rank) in enumerate(
        [
            ("250", "more_than", "2015-05", "minutes", "60", "normal"),
            ("221", "", "2022-09-19", "page", "74", "preferred"),
        ],
        1,
    ):
        hand.line(
            "statements",
            statement=place,
            subject="members",
            property="value",
            number=number,
            qualifier=qualifier,
            unit="cities",
            as_of=as_of,
            as_of_basis="text",
            source=source,
            lines=lines,
            rank=rank,
            scope={"en": "all members"},
            reason={"en": "The latest."} if rank == "preferred" else None,
        )
    hand.record(
        "conflict",
        "how-many",
        title={"en": "How many members?"},
        kind="different_scope",
        about="members",
        property="value",
    )
    hand.line("conflict_sides", conflict="how-many", position=1, words={"en": "over 250"}, source="minutes", lines="60")
    hand.line("conflict_sides", conflict="how-many", position=2, words={"en": "221"}, source="page", lines="74")


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory):
    """The small city, published once, with its ties told as the bake tells them."""
    folder = tmp_path_factory.mktemp("small-portal")
    said_by_hand().publish(folder, moment=datetime(2026, 11, 22, 11, tzinfo=UTC), pictures=_pictures())
    return folder


def _pictures():
    from parvis.publication.bake.baking import Pictures

    told = {"porto": {"tie": "agreement", "records": {"agreement": ["accord-porto"], "project": ["porto-water"]}}}
    return Pictures(lambda _content: iter([("ties", "", "", {"ties": told})]), dict)


@pytest.fixture
def visitor(small_folder, serving, public_site) -> Visitor:
    serving(small_folder)
    reader.serve_from(small_folder)
    return Visitor(public_site)
