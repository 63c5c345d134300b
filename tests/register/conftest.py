"""People and records the register's tests start from."""

from datetime import UTC, datetime

import pytest

from parvis.foundation.accounts.models import Role, User
from parvis.register.actions import enter_record
from parvis.register.entry import take_apart
from parvis.register.models import Conflict, Source

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def clerk(db):
    return User.objects.create_user("clerk@ville.example", role=Role.OFFICER)


def entered(model, content, by, at=NOON):
    taken = take_apart(model, content)
    return enter_record(model, entry=taken.entry, facts=taken.facts, by=by, at=at)


def source_content(key="city-page", **more):
    return {
        "key": key,
        "kind": "web_page",
        "title": {"fr": "Page de la Ville", "en": "City page"},
        "publisher": {"fr": "Ville", "en": "City"},
        "date": "2022-09-19",
        "language": "fr",
        "speaks": "self_reported",
        **more,
    }


@pytest.fixture
def source(clerk):
    return entered(Source, source_content(), clerk)


@pytest.fixture
def conflict(clerk, source):
    content = {
        "key": "members-differ",
        "kind": "disagreement",
        "title": {"fr": "Deux nombres", "en": "Two numbers"},
        "about": "city-page",
        "sides": [
            {"words": {"en": "94"}, "as_of": "2019/2020", "source": "city-page", "lines": "13"},
            {"words": {"en": "90"}, "as_of": "2022-09-19", "source": "city-page", "lines": "87-88"},
        ],
        "cites": [{"source": "city-page", "lines": "87", "fact": "cf-c40"}],
    }
    return entered(Conflict, content, clerk)
