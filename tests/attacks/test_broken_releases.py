"""A release damaged on disk, before a start or under a running site: the last good one is served."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import threading

import pytest

from parvis.publication import reader
from parvis.publication.releases.archive import Archive
from tests.publication.conftest import said_by_hand

PAGES = (
    "/en",
    "/en/networks",
    "/en/agreements/pact-tbilisi",
    "/en/search?q=tbilisi",
    "/en/agreements.json",
    "/id/pact-tbilisi.json",
)


@pytest.fixture(scope="session")
def _two_made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("two")
    hand = said_by_hand()
    hand.publish(folder)
    hand.record("event", "summit", title={"en": "Summit"})
    hand.publish(folder)
    return folder


@pytest.fixture
def two_releases(_two_made, tmp_path, stranger, serving):
    """Two releases; the second, in force, has a summit the first has not."""
    shutil.copytree(_two_made, tmp_path, symlinks=True, dirs_exist_ok=True)
    serving(tmp_path)
    assert stranger.get("/id/summit.json").status_code == 200
    return tmp_path / "releases"


def restarted(folder) -> None:
    reader.serve_from(folder.parent)


def statuses(client) -> set[int]:
    return {client.get(path).status_code for path in PAGES}


def _cut(folder):
    file = folder / "content" / "site.sqlite"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _scribble(folder):
    """As long as before, and nonsense from the second page on."""
    file = folder / "content" / "site.sqlite"
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\x5a" * (len(whole) - 8192))


def _gnaw(folder):
    """Whole enough to be opened; the records themselves are gone."""
    file = folder / "content" / "site.sqlite"
    db = sqlite3.connect(file)
    roots = "SELECT rootpage FROM sqlite_schema WHERE name IN ('doc', 'tied', 'link', 'facet', 'rank')"
    pages, size = [page for (page,) in db.execute(roots)], db.execute("PRAGMA page_size").fetchone()[0]
    db.close()
    with file.open("r+b") as spoilt:
        for page in pages:
            spoilt.seek((page - 1) * size)
            spoilt.write(b"\x5a" * size)


NOT_TOLD = (
    b"", b"{", b"[]", b"null", b"{}", b'{"files": []}', b'{"files": 3}', b'{"files": [1]}', b"\xff\xfe", b"[" * 9000,
)  # fmt: skip


def _telling(body: bytes):
    return lambda folder: (folder / "release.json").write_bytes(body)


DAMAGE = {
    "cut": _cut,
    "scribbled": _scribble,
    "gnawed": _gnaw,
    "empty": lambda folder: (folder / "content" / "site.sqlite").write_bytes(b""),
    "gone": shutil.rmtree,
    "no content": lambda folder: shutil.rmtree(folder / "content"),
    **{f"release.json {body[:12]!r}": _telling(body) for body in NOT_TOLD},
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=list(DAMAGE))
def test_a_site_that_starts_on_a_broken_release_serves_the_one_before(two_releases, stranger, damage, caplog):
    damage(two_releases / "2")
    restarted(two_releases)

    with caplog.at_level(logging.ERROR):
        answers = statuses(stranger)

    assert answers == {200}
    assert stranger.get("/id/summit.json").status_code == 404
    assert [record for record in caplog.records if record.name.startswith("parvis")]
    assert "@" not in caplog.text


@pytest.mark.parametrize("damage", ["cut", "scribbled", "gnawed", "empty", "gone", "no content"])
def test_a_release_broken_under_a_running_site_never_shows_as_a_fault(two_releases, stranger, damage):
    DAMAGE[damage](two_releases / "2")
    got: set[int] = set()

    worker = threading.Thread(target=lambda: got.update(statuses(stranger)))  # a thread that never read it before
    worker.start()
    worker.join()

    assert got | statuses(stranger) == {200}


@pytest.mark.parametrize("damage", ["cut", "scribbled", "gnawed", "gone"])
def test_with_no_release_left_the_site_says_so(two_releases, stranger, damage):
    shutil.rmtree(two_releases / "1")
    DAMAGE[damage](two_releases / "2")
    restarted(two_releases)

    assert statuses(stranger) == {503}


def test_an_earlier_release_that_is_broken_is_not_there(two_releases, stranger):
    assert stranger.get("/r/1/en/networks").status_code == 200
    _scribble(two_releases / "1")

    assert {stranger.get(path).status_code for path in ("/r/1/en/networks", "/r/1/en/agreements.json")} <= {200, 404}
    restarted(two_releases)
    assert stranger.get("/r/1/en/agreements/pact-tbilisi").status_code in (200, 404)
    assert stranger.get("/en/networks").status_code == 200


@pytest.mark.parametrize("target", ["7", "nowhere", "/nonexistent", "current", "../..", "1/content", "/etc"])
def test_a_link_that_leads_astray_leaves_the_last_good_one(two_releases, stranger, target):
    (two_releases / "current").unlink()
    (two_releases / "current").symlink_to(target)
    restarted(two_releases)

    assert statuses(stranger) == {200}


def test_a_link_out_of_the_folder_of_releases_is_not_followed(two_releases, stranger, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    hand = said_by_hand()
    hand.record("event", "planted", title={"en": "Planted"})
    hand.publish(elsewhere)
    (two_releases / "current").unlink()
    (two_releases / "current").symlink_to(elsewhere / "releases" / "1")
    restarted(two_releases)

    assert stranger.get("/id/planted.json").status_code == 404
    assert statuses(stranger) == {200}


def test_what_a_roll_back_left_behind_is_the_last_resort(two_releases, stranger, tmp_path):
    """Put back to 2 because of a fault in 3, then 2 breaks: 1 is served, not the 3 that was rejected."""
    hand = said_by_hand()
    hand.record("event", "summit", title={"en": "Summit"})
    hand.record("event", "mistake", title={"en": "Mistake"})
    hand.publish(tmp_path)
    Archive(tmp_path).switch(2)
    _cut(two_releases / "2")
    restarted(two_releases)

    assert stranger.get("/en.json").json()["release"] == 1


@pytest.mark.parametrize(
    "left", [b"", b"\n\n", b'{"key": "summ', b"\xff\xfe\x00", b"[]\n", b"3\n", b'{"cle": "summit"}\n']
)
def test_a_torn_line_among_the_withdrawals_withdraws_nothing_and_loses_nothing(two_releases, stranger, left):
    (two_releases.parent / "withdrawals.jsonl").write_bytes(b'{"key": "forum"}\n' + left)
    restarted(two_releases)

    assert statuses(stranger) == {200}
    assert stranger.get("/id/summit.json").status_code == 200
    assert stranger.get("/id/forum.json").status_code == 404


def test_what_was_hidden_stays_hidden_when_the_list_is_damaged(two_releases, stranger):
    told = two_releases.parent / "withdrawals.jsonl"
    told.write_bytes(b'{"key": "summit"}\n')
    assert stranger.get("/id/summit.json").status_code == 404

    told.write_bytes(b"")
    assert stranger.get("/id/summit.json").status_code == 404
    told.unlink()
    assert stranger.get("/id/summit.json").status_code == 404
    told.mkdir()
    assert stranger.get("/id/summit.json").status_code == 404
    assert statuses(stranger) == {200}


def test_a_site_that_cannot_know_what_was_withdrawn_serves_nothing(two_releases, stranger):
    (two_releases.parent / "withdrawals.jsonl").mkdir()
    restarted(two_releases)

    assert statuses(stranger) == {503}


def test_a_file_lost_from_a_release_is_said_to_come_back(two_releases, stranger):
    path = stranger.get("/data/2/release.json").json()["files"][-1]["path"]
    shutil.rmtree(two_releases / "2" / "content")

    assert stranger.get(f"/data/2/{path}").status_code in (404, 503)
