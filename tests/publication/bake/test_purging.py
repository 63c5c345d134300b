"""A worker killed while it takes a withdrawn record out of releases: nothing of it is served, and it is done again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from parvis.publication import reader
from parvis.publication.bake import actions, preparing
from tests.publication.bake.test_actions import every_byte_of
from tests.publication.canaries import MOMENT

#: The task worker as a process of its own, which stands still at a moment of the second release, to be killed there.
_STANDING = """
import pathlib, signal, sys
import django
django.setup()
from django.conf import settings
from parvis.publication.bake import Pictures, actions, preparing, purging
from parvis.publication.releases import archive

folder, moment = sys.argv[1:]
settings.VAR_DIR = folder
actions.pictures_on = lambda _city, _at: Pictures(lambda _content: ())
bake, check, rename, rmtree = purging.bake, purging.check, pathlib.Path.rename, archive.shutil.rmtree

def stand(now):
    if now == moment and (pathlib.Path(folder) / "releases/1/release.json").read_text().count('"purged"'):
        print("standing", flush=True)
        signal.pause()

def baked(*args, **more):
    made = bake(*args, **more)
    stand("made")
    return made

def checked(made):
    check(made)
    stand("checked")

def renamed(self, target):
    if target.name == "2":
        stand("taken away")
    return rename(self, target)

def removed(path, **how):
    if pathlib.Path(path).name == ".gone-2":
        stand("put in place")
    return rmtree(path, **how)

purging.bake, purging.check, pathlib.Path.rename, archive.shutil.rmtree = baked, checked, renamed, removed
preparing.make_again.call(0, "en")
"""
_WORDS = (b"Ciudad de los Reyes", b"-77.04")


@pytest.fixture
def two_releases(register, enter, house, publisher):
    actions.publish(removals=0, by=publisher, at=MOMENT)
    enter("place", "rome", level="city", kind="city", country="IT")
    actions.publish(removals=0, by=publisher, at=MOMENT)
    return house


def worker(folder, moment) -> subprocess.Popen[str]:
    told = {"PYTHONPATH": os.pathsep.join(("src", ".")), "DJANGO_SETTINGS_MODULE": "tests.support.settings"}
    return subprocess.Popen(
        [sys.executable, "-c", _STANDING, folder, moment], env={**os.environ, **told}, stdout=subprocess.PIPE, text=True
    )


def told_of_it() -> list[object]:
    """What the releases that are served tell of the record withdrawn, in a page, a short row, a search or a file."""
    served = [reader.current(), *filter(None, (reader.numbered(number) for number in reader.numbers()))]
    told: list[object] = []
    for release in served:
        told += [release.record("lima"), *release.cards(["lima"], lang="en"), *release.search("reyes", lang="en").rows]
        if not release.hides_something:  # its files are given out
            held = b"".join(path.read_bytes() for path in release.folder.rglob("*") if path.is_file())
            told += [word for word in _WORDS if word in held]
    return [one for one in told if one is not None]


@pytest.mark.parametrize("moment", ["made", "checked", "taken away", "put in place"])
def test_killed_at_any_moment_nothing_withdrawn_is_served_and_the_work_is_taken_up_again(
    two_releases, publisher, moment
):
    before = told_of_it()
    actions.withdraw_record(key="lima", reason="asked", by=publisher, at=MOMENT)
    at_work = worker(two_releases, moment)
    assert at_work.stdout.readline() == "standing\n"
    meanwhile, busy = told_of_it(), preparing.finish_what_was_left()

    at_work.send_signal(signal.SIGKILL)
    at_work.wait()
    at_work.stdout.close()
    killed = told_of_it()
    preparing.finish_what_was_left()

    left = sorted(path.name for path in (two_releases / "releases").iterdir())
    assert len(before) > 0
    assert (meanwhile, busy, killed, told_of_it()) == ([], [], [], [])
    assert (left, reader.current().number) == ([".lock", ".withdrawing", "1", "2", "current"], 2)
    assert actions.releases_to_make_again() == []
    assert [word in every_byte_of(two_releases) for word in _WORDS] == [False, False]
