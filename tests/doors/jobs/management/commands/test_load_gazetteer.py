from io import StringIO

import pytest
from django.core.management import call_command

from parvis.domain.directory.actions import Town
from parvis.domain.directory.models import GazetteerPlace

COMMAND = "parvis.doors.jobs.management.commands.load_gazetteer"
PARIS = Town(2988507, "Paris", ("Lutèce",), "FR", "11", 48.85341, 2.3488, 2138551, "Europe/Paris")


@pytest.fixture
def small(monkeypatch, db):
    monkeypatch.setattr(f"{COMMAND}.towns", lambda: iter([PARIS]))
    monkeypatch.setattr(f"{COMMAND}.fingerprint", lambda: "small")


def said():
    out = StringIO()
    call_command("load_gazetteer", stdout=out)
    return out.getvalue().splitlines()


def test_the_gazetteer_is_loaded_and_says_how_much(small):
    lines = said()

    assert lines[0] == "Gazetteer: reading the places of the world…"
    assert lines[-1].startswith("Gazetteer: 1 places under 2 names, in ")
    assert GazetteerPlace.objects.get().name == "Paris"


def test_a_second_start_loads_nothing(small, monkeypatch):
    said()
    monkeypatch.setattr(f"{COMMAND}.towns", lambda: pytest.fail("the towns were read again"))

    assert said() == ["Gazetteer: 1 places are there already."]


def test_two_starts_at_once_load_it_once(small, monkeypatch):
    monkeypatch.setattr(f"{COMMAND}.load_gazetteer", lambda **_given: None)

    assert said()[-1] == "Gazetteer: another start has just loaded it."


def test_progress_is_told_every_hundred_thousand_lines(small, monkeypatch):
    def load(*, tell, **_given):
        for count in (99_999, 100_000, 120_000, 200_000):
            tell("names", count)

    monkeypatch.setattr(f"{COMMAND}.load_gazetteer", load)

    assert said()[1:-1] == ["  100,000 names", "  200,000 names"]
