"""A small world: the towns, places, bodies and people the directory's tests start from."""

from datetime import UTC, datetime

import pytest

from parvis.domain.directory import actions
from parvis.domain.directory.actions import ENTRANCES, Town, load_gazetteer
from parvis.foundation.accounts.models import Role, User
from parvis.register.actions import enter_record
from parvis.register.entry import take_apart
from parvis.register.models import Source

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def town(geoname, name, country, population, *other_names, latitude=10.0, longitude=20.0):
    return Town(geoname, name, other_names, country, "01", latitude, longitude, population, "Etc/UTC")


#: Figures of GeoNames, rounded; the names that make trouble.
TOWNS = (
    town(2988507, "Paris", "FR", 2_138_551, "Lutèce", "París", "Париж", latitude=48.85341, longitude=2.3488),
    town(4717560, "Paris", "US", 24_782),
    town(966166, "Parys", "ZA", 71_319, "Paris"),
    town(3860259, "Córdoba", "AR", 2_106_734, "Cordova"),
    town(2519240, "Córdoba", "ES", 325_708, "Cordoue"),
    town(3998655, "León de los Aldama", "MX", 1_579_803, "León"),
    town(3618028, "León", "NI", 144_538),
    town(3118532, "León", "ES", 124_772),
    town(935264, "Saint-Denis", "RE", 154_765),
    town(2980916, "Saint-Denis", "FR", 96_128),
    town(2980815, "Saint-Denis-en-Val", "FR", 7_632, "Saint-Denis"),
    town(3625549, "Valencia", "VE", 1_619_470),
    town(2509954, "Valencia", "ES", 824_340),
    town(611717, "Tbilisi", "GE", 1_049_498, "Tblisi", "Tiflis", "თბილისი"),
    town(3169070, "Rome", "IT", 2_318_895, "Roma"),
    town(2365267, "Lomé", "TG", 2_188_376, "Rome"),
    town(4219762, "Rome", "US", 36_323),
    town(2427123, "N'Djamena", "TD", 721_081),
    town(1001, "Solo", "FR", 5_000),
    town(1002, "Solo", "IT", 0),
    town(1003, "Aster", "FR", 5_000),
    town(1004, "Astor", "IT", 4_000, "Aster"),
)


@pytest.fixture
def clerk(db):
    return User.objects.create_user("clerk@ville.example", role=Role.OFFICER)


@pytest.fixture
def world(clerk):
    return load_gazetteer(towns=TOWNS, fingerprint="small", by=clerk, at=NOON)


@pytest.fixture
def source(clerk):
    content = {
        "key": "minutes",
        "kind": "minutes",
        "title": {"fr": "Compte rendu"},
        "publisher": {"fr": "Ville"},
        "language": "fr",
        "speaks": "partner",
    }
    taken = take_apart(Source, content)
    return enter_record(Source, entry=taken.entry, facts=taken.facts, by=clerk, at=NOON)


@pytest.fixture
def enter(clerk):
    """Enter a record of the directory from its content, as a data file would."""

    def entered(noun, key, **content):
        model, enter_it, _amend = ENTRANCES[noun]
        taken = take_apart(model, {"key": key, "title": {"en": key.capitalize()}, **content})
        return enter_it(entry=taken.entry, facts=taken.facts, by=clerk, at=NOON)

    return entered


@pytest.fixture
def amend(clerk):
    """Give a record of the directory its new content."""

    def amended(record, **content):
        model, _enter, amend_it = ENTRANCES[record.noun]
        taken = take_apart(model, {"key": record.key, "title": {"en": "New"}, **content})
        return amend_it(
            record=record,
            entry=taken.entry,
            facts=taken.facts,
            seen_revision=record.subject.revision,
            by=clerk,
            at=NOON,
        )

    return amended


@pytest.fixture
def contact(clerk, enter):
    body = enter("body", "aimf")
    return actions.enter_contact(
        about=body.subject,
        person_name="Canary Confidential",
        channel="email",
        reached_at="canary@secret.example",
        expires_on=NOON.date(),
        by=clerk,
        at=NOON,
    )
