import errno
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from parvis.publication import reader
from parvis.publication.bake import baking
from parvis.publication.releases.archive import Archive, check, room_on_disk
from parvis.publication.releases.errors import (
    AnotherPublication,
    DiskFull,
    NoSuchRelease,
    NothingChanged,
    ReleaseDamaged,
    RemovalsNotConfirmed,
)

_SLOW = """
import sys, time
from pathlib import Path
from tests.publication.conftest import said_by_hand
from tests.publication import hand_made
hand = said_by_hand()
tables = hand.tables()
rows = tables[1].rows
def slowly():
    for row in rows():
        print("baking", flush=True)
        time.sleep(5)
        yield row
object.__setattr__(tables[1], "rows", slowly)
hand.tables = lambda: tables
hand.publish(Path(sys.argv[1]))
"""


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "releases").iterdir())


def test_a_release_says_what_it_is_and_the_sha256_of_each_file(hand, tmp_path):
    release = hand.publish(tmp_path)

    told = json.loads((release.folder / "release.json").read_text())
    assert (told["number"], told["parent"], told["day"], told["moment"]) == (
        1, None, "2026-11-22", "2026-11-22T13:00:00+01:00",
    )  # fmt: skip
    assert told["changes"]["added"]["agreement"] == 3
    assert told["records"]["place"] == 4
    check(release.folder)


def test_a_second_publisher_is_told_and_the_first_goes_on(hand, tmp_path):
    archive = Archive(tmp_path)

    with archive.alone(), pytest.raises(AnotherPublication):
        hand.publish(tmp_path)

    assert hand.publish(tmp_path).number == 1


def test_nothing_is_published_when_nothing_changed(hand, tmp_path):
    hand.publish(tmp_path)

    with pytest.raises(NothingChanged):
        hand.publish(tmp_path)

    assert names_in(tmp_path) == [".lock", ".withdrawing", "1", "current"]


def test_what_disappears_must_be_confirmed_by_its_number(hand, tmp_path):
    hand.publish(tmp_path)
    hand.forget("forum")

    for removals in (0, 2):
        with pytest.raises(RemovalsNotConfirmed, match="1 records disappear"):
            hand.publish(tmp_path, removals=removals)

    assert Archive(tmp_path).in_force == 1
    assert hand.publish(tmp_path, removals=1).number == 2


def test_killed_in_the_middle_the_old_one_is_served_and_the_next_start_clears_up(hand, tmp_path):
    hand.publish(tmp_path)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(("src", "."))}
    publisher = subprocess.Popen(
        [sys.executable, "-c", _SLOW, tmp_path], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert publisher.stdout.readline() == "baking\n"
    publisher.send_signal(signal.SIGKILL)
    publisher.wait()
    left = names_in(tmp_path)

    reader.serve_from(tmp_path)
    served = reader.current().number
    hand.record("event", "summit", title={"en": "Summit"})
    number = hand.publish(tmp_path).number

    assert any(name.startswith(".making-") for name in left)
    assert (served, number) == (1, 2)
    assert names_in(tmp_path) == [".lock", ".withdrawing", "1", "2", "current"]


@pytest.mark.parametrize(
    "fault",
    [OSError(errno.ENOSPC, "No space left on device"), sqlite3.OperationalError("database or disk is full")],
)
def test_a_full_disk_is_a_sentence_and_leaves_the_old_release(hand, tmp_path, monkeypatch, fault):
    hand.publish(tmp_path)
    hand.record("event", "summit", title={"en": "Summit"})

    def full(*_args):
        raise fault

    monkeypatch.setattr(baking, "export_tables", full)
    with pytest.raises(DiskFull):
        hand.publish(tmp_path)

    assert names_in(tmp_path) == [".lock", ".withdrawing", "1", "current"]
    assert reader.current().number == 1


def test_a_file_that_cannot_grow_is_a_full_disk(hand, tmp_path, monkeypatch):
    monkeypatch.setattr(baking, "_SETTINGS", baking._SETTINGS + "PRAGMA max_page_count = 12;")

    with pytest.raises(DiskFull):
        hand.publish(tmp_path)


@pytest.mark.parametrize("fault", [OSError(errno.EACCES, "no"), sqlite3.OperationalError("no such table")])
def test_another_fault_is_not_taken_for_a_full_disk(fault):
    with pytest.raises(type(fault)), room_on_disk():
        raise fault


def test_a_release_that_fails_its_checks_is_not_put_in_force(hand, tmp_path, monkeypatch):
    hand.publish(tmp_path)
    hand.record("event", "summit", title={"en": "Summit"})
    monkeypatch.setattr("parvis.publication.reader.Release.search", _raises)

    with pytest.raises(ReleaseDamaged):
        hand.publish(tmp_path)

    assert names_in(tmp_path) == [".lock", ".withdrawing", "1", "current"]


def _raises(*_args, **_more):
    raise sqlite3.DatabaseError("malformed")


def test_a_file_changed_since_is_damage(hand, tmp_path):
    folder = hand.publish(tmp_path).folder
    table = folder / "content" / "tables" / "places.csv"
    table.write_text(table.read_text().replace("GE", "AM"))

    with pytest.raises(ReleaseDamaged, match=r"places\.csv"):
        check(folder)


def test_a_list_that_does_not_hold_is_damage(hand, tmp_path, monkeypatch):
    folder = hand.publish(tmp_path).folder
    monkeypatch.setattr("parvis.publication.reader.Release.record", lambda *_: None)

    with pytest.raises(ReleaseDamaged, match="does not hold"):
        check(folder)


def test_a_spoilt_page_is_damage(hand, tmp_path, monkeypatch):
    folder = hand.publish(tmp_path).folder
    file = folder / "content" / "site.sqlite"
    spoilt = bytearray(file.read_bytes())
    spoilt[8192 * 5 : 8192 * 6] = b"\xff" * 8192
    file.write_bytes(spoilt)
    monkeypatch.setattr("parvis.publication.releases.archive._sha256", lambda _path: "same")
    told = json.loads((folder / "release.json").read_text())
    (folder / "release.json").write_text(
        json.dumps({**told, "files": [{**one, "sha256": "same"} for one in told["files"]]})
    )

    with pytest.raises(ReleaseDamaged):
        check(folder)


def test_a_release_nobody_made_is_no_release(tmp_path):
    archive = Archive(tmp_path)

    assert archive.in_force is None
    assert archive.numbers == []
    with pytest.raises(NoSuchRelease):
        archive.told(3)


def test_a_purge_stopped_between_two_renamings_is_mended(hand, tmp_path):
    hand.publish(tmp_path)
    releases = tmp_path / "releases"
    (releases / "1").rename(releases / ".gone-1")

    with Archive(tmp_path).alone():
        pass

    assert names_in(tmp_path) == [".lock", ".withdrawing", "1", "current"]


def test_a_purge_stopped_before_its_last_step_is_finished(hand, tmp_path):
    hand.publish(tmp_path)
    (tmp_path / "releases" / ".gone-1").mkdir()
    (tmp_path / "releases" / ".making-link-7").symlink_to("9")

    with Archive(tmp_path).alone():
        pass

    assert names_in(tmp_path) == [".lock", ".withdrawing", "1", "current"]


def test_the_whole_release_is_one_file_with_the_same_bytes_each_time(hand, tmp_path):
    one = hand.publish(tmp_path / "one").folder / "parvis-paris-1.zip"
    time.sleep(0.01)
    other = hand.publish(tmp_path / "other").folder / "parvis-paris-1.zip"

    with zipfile.ZipFile(one) as packed:
        names = packed.namelist()
        times = {entry.date_time for entry in packed.infolist()}
    assert one.read_bytes() == other.read_bytes()
    assert "parvis-paris-1/content/site.sqlite" in names
    assert times == {(1980, 1, 1, 0, 0, 0)}
