"""A register with records of every visibility, a place to publish it, and words that must be found nowhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest

from parvis.domain.directory.actions import enter_contact
from parvis.foundation.accounts.models import Role, User
from parvis.publication import reader
from parvis.publication.bake import Pictures, actions
from parvis.register.entry import take_apart
from parvis.register.models import Subject

MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)
_ROOMS = ("directory", "council", "partnerships", "projects", "funding", "encounters", "honours", "accountability")


_ONE_PICTURE = ("ties", "", "", {"ties": {"lima": {"tie": "agreement", "records": {"agreement": ["pact-lima"]}}}})


@pytest.fixture
def publisher(db):
    return User.objects.create_user("publisher@ville.example", role=Role.PUBLISHER)


@pytest.fixture
def enter(publisher):
    """Enter a record through its room, from its content as a data file writes it."""
    from parvis.register.actions import enter_record
    from parvis.register.models import Source

    doors = {}
    for room in _ROOMS:
        doors |= import_module(f"parvis.domain.{room}.actions").ENTRANCES

    def entered(noun: str, key: str, **content):
        content = {"key": key, "title": {"en": key, "fr": key}, **content}
        if noun == "source":
            taken = take_apart(Source, content)
            return enter_record(Source, entry=taken.entry, facts=taken.facts, by=publisher, at=MOMENT)
        model, enter_it, _amend = doors[noun]
        taken = take_apart(model, content)
        return enter_it(entry=taken.entry, facts=taken.facts, by=publisher, at=MOMENT)

    return entered


@pytest.fixture
def house(settings, tmp_path, db, monkeypatch):
    """Where this test publishes; one picture stands for all, which take seconds to draw."""
    monkeypatch.setattr(actions, "pictures_on", lambda _city, _at: Pictures(lambda _content: [_ONE_PICTURE]))
    settings.VAR_DIR = tmp_path
    settings.PARVIS_CITY = "paris"
    reader.serve_from(tmp_path)
    return tmp_path


#: Words no dictionary holds: wherever one is found, something leaked.
CANARIES = ("zyxomarche", "quilvendrac", "brothandule", "wexomirage", "plorvinette", "djaquilmo", "fenzabruche")


@pytest.fixture
def register(enter, publisher):
    """Public records, and canaries at every level of secrecy beside them."""
    enter(
        "source",
        "page",
        publisher={"en": "City", "fr": "Ville"},
        date="2022-09-19",
        language="fr",
        speaks="self_reported",
    )
    enter("place", "paris", level="city", kind="city", country="FR", latitude="48.85", longitude="2.35")
    enter("place", "lima", level="city", kind="city", country="PE", latitude="-12.05", longitude="-77.04",
          names=[{"text": "Ciudad de los Reyes", "kind": "former"}])  # fmt: skip
    enter("body", "city-of-paris", kind="city", place="paris")
    enter("body", "city-of-lima", kind="city", place="lima")
    steps = [{"state": "signed", "day": "2015", "source": "page", "lines": "47-48"}]
    enter("agreement", "pact-lima", parties=["city-of-paris", "city-of-lima"], steps=steps, signed="2015",
          kind="city_cooperation", cites=[{"source": "page", "lines": "47-48", "fact": "a-1"}])  # fmt: skip
    enter("office", "mayor", body="city-of-paris")

    secret = {"summary": {"en": CANARIES[0], "fr": CANARIES[0]}}
    parties = ["city-of-paris", "city-of-lima"]
    for key, visibility, word in (
        ("draft-pact", "draft", CANARIES[1]),
        ("inner-pact", "internal", CANARIES[2]),
        ("kept-pact", "restricted", CANARIES[3]),
    ):  # fmt: skip
        enter(
            "agreement",
            f"{key}-{word}",
            visibility=visibility,
            parties=parties,
            steps=steps,
            called={"en": word},
            **secret,
        )
    enter("promise", f"unsaid-{CANARIES[4]}", visibility="draft", made_by="mayor", made="2014",
          steps=[{"state": "said", "day": "2014", "words": {"en": CANARIES[4]}, "source": "page"}],
          **secret)  # fmt: skip
    enter("event", "open-forum", kind="forum", state="held", starts="2015-05-09", place="lima",
          led_to=[{"key": f"draft-pact-{CANARIES[1]}", "source": "page", "lines": "9"}])  # fmt: skip
    enter_contact(
        about=Subject.objects.get(key="city-of-lima"), person_name=CANARIES[5], channel="email",
        reached_at=f"{CANARIES[6]}@example.org", expires_on=(MOMENT + timedelta(days=90)).date(),
        by=publisher, at=MOMENT,
    )  # fmt: skip


def leaked(body: bytes) -> list[str]:
    """Secret words found in what anyone may read."""
    return [word for word in CANARIES if word.encode() in body.lower()]
