"""A small release, made by hand, that most tests read."""

from __future__ import annotations

import pytest
from django.utils import translation

from parvis.publication import reader
from tests.publication.hand_made import Hand


def said_by_hand() -> Hand:
    """Two Córdobas, a town with a name often misspelt, three agreements, a network, a project, sources."""
    hand = Hand()
    hand.record(
        "place", "cordoba-argentina", title={"en": "Córdoba"}, kind="city", country="AR", areas=["americas"],
        latitude="-31.42", longitude="-64.18",
    )  # fmt: skip
    hand.record(
        "place", "cordoba-spain", title={"en": "Cordoba", "es": "Córdoba"}, kind="city", country="ES",
        areas=["europe"], latitude="37.88", longitude="-4.77",
    )  # fmt: skip
    hand.record(
        "place", "tbilisi", title={"en": "Tbilisi", "fr": "Tbilissi"}, kind="city", country="GE", areas=["europe"],
        latitude="41.69", longitude="44.83", names=[("Tblissi", "misspelt")],
    )  # fmt: skip
    hand.record("place", "paris", title={"en": "Paris"}, kind="city", country="FR", latitude="48.85", longitude="2.35")
    hand.record("body", "city-of-paris", title={"en": "City of Paris"}, kind="city", place="paris")
    hand.record("body", "city-of-tbilisi", title={"en": "City of Tbilisi"}, kind="city", place="tbilisi")
    hand.record("source", "page-2022", title={"en": "Page of 2022"}, date="2022-09-19")
    hand.record(
        "agreement", "pact-tbilisi", title={"en": "Pact with Tbilisi", "fr": "Pacte avec Tbilissi"}, kind="pact",
        themes=["climate", "culture"], signed="2014-10", end="2020",
        summary={"fr": "Une œuvre commune pour l'eau", "en": "A common work for water"},
    )  # fmt: skip
    hand.record(
        "agreement", "accord-cordoba", title={"en": "Accord with Córdoba"}, kind="accord", themes=["culture"],
        signed="2018",
    )  # fmt: skip
    hand.record("agreement", "accord-undated", title={"en": "Accord of unknown date"}, kind="accord")
    hand.line("agreement_parties", agreement="accord-cordoba", party="city-of-paris", role="party")
    hand.line("agreement_parties", agreement="accord-cordoba", party="cordoba-spain", role="party")
    hand.line("agreement_parties", agreement="pact-tbilisi", party="city-of-paris", role="party")
    hand.line("agreement_parties", agreement="pact-tbilisi", party="city-of-tbilisi", role="party")
    hand.line("agreement_steps", agreement="accord-cordoba", state="signed", day="2018")
    hand.line("agreement_steps", agreement="pact-tbilisi", state="signed", day="2014-10")
    hand.line("agreement_steps", agreement="pact-tbilisi", state="renewed", day="2017-01")
    hand.line("agreement_steps", agreement="pact-tbilisi", state="ended", day="2020")
    hand.record("event", "forum", title={"en": "Forum on water"}, starts="2015-05-09", place="tbilisi")
    hand.line("citations", subject="pact-tbilisi", source="page-2022", lines="47-48")
    hand.line("citations", subject="forum", source="page-2022", lines="50")
    hand.line(
        "statements", statement=1, subject="pact-tbilisi", property="amount", number="6500000", unit="EUR",
        source="page-2022", lines="60", scope={"en": "in all"}, rank="normal",
    )  # fmt: skip
    hand.line("ties", cause="forum", effect="pact-tbilisi", source="page-2022", note={"en": "It led to it"})
    hand.record("conflict", "two-amounts", title={"en": "Two amounts"}, about="pact-tbilisi", property="amount")
    hand.line("conflict_sides", conflict="two-amounts", position=1, words={"en": "6.5"}, source="page-2022", lines="60")
    return hand


@pytest.fixture
def hand() -> Hand:
    return said_by_hand()


@pytest.fixture(scope="session")
def _small_release(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    return folder, said_by_hand().publish(folder)


@pytest.fixture
def small(_small_release) -> reader.Release:
    """The small release, not to be changed."""
    folder, release = _small_release
    reader.serve_from(folder)
    return release


@pytest.fixture(autouse=True)
def _in_english():
    """Sentences are read in English here, whatever language the office speaks."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _reader_elsewhere_afterwards():
    """No test reads what another served."""
    yield
    reader.place._place = None
