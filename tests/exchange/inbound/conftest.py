"""An office that brings files in."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from parvis.exchange.inbound import actions
from parvis.exchange.inbound.entrances import entrances
from parvis.foundation.accounts.models import Role, User
from parvis.register.entry import take_apart

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def clerk(db):
    return User.objects.create_user("clerk@ville.example", role=Role.OFFICER)


@pytest.fixture
def kept(settings, tmp_path):
    """Files brought in lie in a folder of the test."""
    settings.VAR_DIR = tmp_path
    settings.PARVIS_CITY = "paris"
    return tmp_path


@pytest.fixture
def enter(clerk):
    """A record entered by hand, through its room."""

    def entered(noun, key, **content):
        model, enter_it, _amend = entrances()[noun]
        taken = take_apart(model, {"key": key, "title": {"fr": key}, **content})
        return enter_it(entry=taken.entry, facts=taken.facts, by=clerk, at=NOON)

    return entered


@pytest.fixture
def minutes(enter):
    """What says that a grant was voted."""
    enter("source", "minutes", publisher={"fr": "Ville"}, date="2024-07-09", language="fr", speaks="self_reported")
    return [{"source": "minutes", "lines": "3"}]


@pytest.fixture
def receive(clerk, kept):
    def received(data, target, *, name="file.csv", language="fr", standard=""):
        data = data.encode() if isinstance(data, str) else data
        return actions.receive_file(
            chunks=[data], name=name, target=target, language=language, spoken="en", speaks="self_reported",
            by=clerk, at=NOON, standard=standard,
        )  # fmt: skip

    return received


@pytest.fixture
def judge(clerk):
    """Take the columns as they were understood, and read every row."""

    def judged(imported, remember_as="", options=None, **chosen):
        imported = actions.choose_columns(
            imported=imported, chosen={name.replace("_", " "): field for name, field in chosen.items()}, written={},
            options=options or {}, remember_as=remember_as, by=clerk, at=NOON,
        )  # fmt: skip
        return actions.judge_import(imported=imported, by=clerk, at=NOON)

    return judged


@pytest.fixture
def accept(clerk):
    def accepted(imported, chosen="all", numbers=()):
        imported = actions.begin_accepting(imported=imported, chosen=chosen, numbers=numbers, by=clerk, at=NOON)
        return actions.accept_import(imported=imported, by=clerk, at=NOON)

    return accepted


@pytest.fixture
def told():
    """Each row's verdict and reasons."""

    def rows(imported):
        return [
            (row.number, row.verdict, [f"{p['column']}: {p['sentence']}" for p in row.problems])
            for row in imported.rows.all()
        ]

    return rows
