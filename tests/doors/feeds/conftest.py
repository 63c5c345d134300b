"""A visitor's program on the public site, before a small release."""

import pytest
from django.test import Client

from parvis.publication import reader
from parvis.publication.bake import Pictures
from tests.publication.canaries import enter, house, publisher, register
from tests.publication.conftest import said_by_hand

__all__ = ["enter", "house", "publisher", "register"]

TIES = {
    "tbilisi": {"tie": "agreement", "records": {"agreement": ["pact-tbilisi"], "other": ["forum"]}},
    "cordoba-spain": {"tie": "agreement", "records": {"agreement": ["accord-cordoba"]}},
    "cordoba-argentina": {"tie": "project", "records": {"project": ["accord-undated"]}},
}


def hand_with_everything():
    hand = said_by_hand()
    hand.record(
        "event", "festival", title={"en": "Festival", "fr": "Fête"}, starts="2016-06-21", ends="2016-06-23",
        place="cordoba-spain", amended_on="2026-11-20", summary={"en": "Music < words & dance"},
    )  # fmt: skip
    hand.record("event", "each-year", title={"en": "Each year"}, recurs="yearly", recurs_on="--09-26")
    hand.record("event", "each-may", title={"en": "Each May"}, recurs="yearly", recurs_on="--05")
    hand.record("event", "some-month", title={"en": "Some month"}, starts="2015-05")
    hand.record("commemoration", "remembered", title={"en": "Remembered"}, kind="liberation")
    for day in ("2026-08-25", "2027-08-25", "2028-08-25", "2029-08-25"):
        hand.line("anniversaries", commemoration="remembered", day=day, years="80")
    return hand


def pictures() -> Pictures:
    return Pictures(lambda _content: [("ties", "", "", {"ties": TIES})])


@pytest.fixture(scope="session")
def _published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("feeds")
    hand_with_everything().publish(folder, pictures=pictures())
    return folder


@pytest.fixture(autouse=True)
def _nothing_served_afterwards():
    yield
    reader.place._place = None


@pytest.fixture
def site(public_site, _published) -> Client:
    """The public site on the small release, which no test changes."""
    reader.serve_from(_published)
    return public_site


@pytest.fixture
def own_site(public_site, tmp_path):
    """The public site on a release of one's own: the hand that made it, where it stands, and the client."""
    hand = hand_with_everything()
    hand.publish(tmp_path, pictures=pictures())
    return hand, tmp_path, public_site


def body_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content
