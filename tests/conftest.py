"""What every test may ask for."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from functools import cache
from pathlib import Path

import hypothesis
import pytest

from tests.support import databases

# An example drawn on a busy machine may take long; nothing else of the profile, CI's or a person's, changes.
hypothesis.settings.register_profile("house", hypothesis.settings(), deadline=None)
hypothesis.settings.load_profile("house")

_TRUNCATING = {"transactional_db", "django_db_serialized_rollback"}
_TESTS = Path(__file__).parent
#: Tests of the parts of the house that write SQL, hold constraints and triggers, or migrate.
WHERE_SQL_STANDS = (
    "attacks/test_append_only.py", "config/", "domain/", "doors/jobs/", "exchange/inbound/", "foundation/",
    "publication/", "register/",
)  # fmt: skip
#: Where the database itself holds what must never break: the oldest and the newest are both asked.
_ON_BOTH = ("attacks/", "domain/funding/models/", "foundation/journal/", "register/")
_ON_THE_DATABASE = {"db", "own_database", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="only the tests that the database's version can turn")
    parser.addoption("--after-oldest", action="store_true", help="leave out what the oldest PostgreSQL has just tried")


#: Files with tests that take many seconds: they begin first.
_LONG = (
    "test_a_whole_call.py", "test_whole_life.py", "test_a_rehearsal.py", "test_desk_in_a_browser.py",
    "test_aid_told.py", "test_any_order.py", "test_counter_in_a_browser.py", "test_instruction_in_a_browser.py",
    "test_walk.py",
)  # fmt: skip
#: Each of its acts is tested in its room, on the oldest version too.
_ACTS_TESTED_APART = frozenset({"test_a_whole_call.py"})
#: What a file of tests says, wherever it stands, when one of its tests has a database of its own.
_OWN_DATABASES = ("own_database", "own_desk", "lived_in")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Whatever stands when the tests begin stays to the end: the search for cycles has nothing to find there."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(10_000, 20, 20)
        gc.enable()


def pytest_sessionfinish() -> None:
    """At the end everything may go, in its order."""
    gc.unfreeze()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """For the oldest database, do not even read the files of tests that its version cannot turn."""
    if not config.getoption("only_database") or not collection_path.match("test_*.py"):
        return None
    return None if may_depend_on_version(collection_path) else True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse tests that truncate; keep those that the database's version can turn where that is asked."""
    for item in items:
        _refuse_truncation(item)
        _refuse_to_be_overlooked(item)
    if config.getoption("only_database"):
        _keep(config, items, depends_on_version)
    if config.getoption("after_oldest"):
        _keep(config, items, lambda item: asks_both(item) or not depends_on_version(item))
    _the_long_first(items)


def _keep(config: pytest.Config, items: list[pytest.Item], kept: Callable[[pytest.Item], bool]) -> None:
    config.hook.pytest_deselected(items=[item for item in items if not kept(item)])
    items[:] = [item for item in items if kept(item)]


def _the_long_first(items: list[pytest.Item]) -> None:
    """Files with long tests open each worker's share, so that none is left alone with one at the end."""
    shares: list[list[pytest.Item]] = [[] for _ in range(int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))]
    for name in _LONG:
        min(shares, key=len).extend(item for item in items if item.path.name == name)
    rest = [item for item in items if item.path.name not in _LONG]
    ordered: list[pytest.Item] = []
    for place, share in enumerate(shares):  # a worker is handed an even part of what is left
        even = (len(items) - len(ordered)) // (len(shares) - place)
        more = max(even - len(share), 0)
        ordered += [*share, *rest[:more]]
        rest = rest[more:]
    items[:] = [*ordered, *rest]


def _refuse_truncation(item: pytest.Item) -> None:
    """A test that truncates tables would break on append-only ones: it asks for its own database instead."""
    marker = item.get_closest_marker("django_db")
    if (marker and marker.kwargs.get("transaction")) or _TRUNCATING & set(getattr(item, "fixturenames", ())):
        raise pytest.UsageError(f"{item.nodeid}: use the fixture own_database instead of transaction=True.")


def _refuse_to_be_overlooked(item: pytest.Item) -> None:
    """A test that the database's version can turn stands in a file that is read for it."""
    if not may_depend_on_version(item.path) and depends_on_version(item):
        raise pytest.UsageError(
            f"{item.nodeid}: name what gives it its database in _OWN_DATABASES of tests/conftest.py."
        )


@cache
def may_depend_on_version(file: Path) -> bool:
    """Whether a file may hold a test that another version of PostgreSQL could turn, told by its place and its words."""
    if file.relative_to(_TESTS).as_posix().startswith(WHERE_SQL_STANDS):
        return True
    said = file.read_text(encoding="utf-8")
    return any(name in said for name in _OWN_DATABASES)


def depends_on_version(item: pytest.Item) -> bool:
    """Whether another version of PostgreSQL could change the outcome: see decision 0021.

    It could where constraints, triggers, migrations and SQL of ours stand, and where two connections meet. It
    could not in what is only shown: screens ask the rooms, whose questions are among those kept.
    """
    asked = set(getattr(item, "fixturenames", ()))
    if item.get_closest_marker("browser") or not (item.get_closest_marker("django_db") or asked & _ON_THE_DATABASE):
        return False
    path = item.path.relative_to(_TESTS).as_posix()
    if item.path.name in _ACTS_TESTED_APART:
        return False
    return "own_database" in asked or path.startswith(WHERE_SQL_STANDS)


def asks_both(item: pytest.Item) -> bool:
    """Whether the oldest and the newest PostgreSQL are both asked in one run: see decision 0051.

    They are where two connections meet, and where the database itself holds what must never break.
    """
    path = item.path.relative_to(_TESTS).as_posix()
    return "own_database" in getattr(item, "fixturenames", ()) or path.startswith(_ON_BOTH)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what a machine without a browser did not test, and what the judges before the tests refused."""
    if refused := os.environ.get("PARVIS_REFUSED"):
        terminalreporter.write_line(refused, red=True, bold=True)
    if not shutil.which("chromium") and not terminalreporter.config.getoption("only_database"):
        terminalreporter.write_line("BROWSER TESTS WERE SKIPPED: this machine has no Chromium.", red=True, bold=True)


@pytest.fixture(scope="session")
def _server() -> Iterator[None]:
    with databases.serving():
        yield


@pytest.fixture(scope="session")
def django_db_setup(_server, django_db_blocker, worker_id) -> Iterator[None]:
    """One database a worker, cloned from the template; the tests are the application there, not the owner."""
    with django_db_blocker.unblock():
        databases.template()
        with _working_in(f"clone_{os.getpid()}_{worker_id}"):
            yield


@pytest.fixture
def own_database(django_db_setup, django_db_blocker, worker_id) -> Iterator[str]:
    """A database for this test alone, outside any transaction: threads and processes see what others commit."""
    with django_db_blocker.unblock(), _working_in(f"clone_{os.getpid()}_{worker_id}_own") as name:
        yield name


class _working_in:  # noqa: N801  # reads as a phrase
    """Point every connection of this process at a clone, then drop it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> str:
        from django.db import connection

        self.before = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = databases.clone(self.name)
        return self.name

    def __exit__(self, *_fault: object) -> None:
        from django.db import connection

        connection.close()
        connection.settings_dict["NAME"] = self.before
        databases.drop(self.name)


@pytest.fixture
def public_site(settings):
    """A visitor's browser on the public site, under its own settings: no session, no cookie, no database."""
    from django.test import Client

    from parvis.config import public
    from tests.support.doors import public_doors

    for name in ("MIDDLEWARE", "LANGUAGE_CODE", "APPEND_SLASH", "PARVIS_API_RATE"):
        setattr(settings, name, getattr(public, name))
    with public_doors():
        yield Client()
