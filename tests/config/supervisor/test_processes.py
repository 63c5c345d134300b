"""Children are started, watched, started again, and stopped together."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from parvis.config.faults import Fault
from parvis.config.supervisor.processes import Child, Family


def child(tmp_path, words, name="worker"):
    return Child(name, [sys.executable, "-c", words], os.environ, tmp_path)


def wait(until, within=10):
    end = time.monotonic() + within
    while not until() and time.monotonic() < end:
        time.sleep(0.02)
    return until()


def test_a_dead_child_is_started_again_and_named(tmp_path):
    family = Family([child(tmp_path, "import time; time.sleep(60)")])
    family.start()
    first = family.children[0].process.pid
    os.kill(first, signal.SIGKILL)
    assert wait(family.children[0].is_dead)

    assert family.revive_the_dead() == ["worker"]
    assert family.children[0].process.pid != first
    family.stop()
    assert family.children[0].is_dead()


def test_a_child_that_dies_again_and_again_stops_all_with_its_last_words(tmp_path):
    dying = child(tmp_path, "import sys; sys.exit('no such place')")
    family = Family([dying])
    family.start()

    def keep_reviving():
        while wait(dying.is_dead):
            family.revive_the_dead()

    with pytest.raises(Fault, match="The worker stops again and again: no such place"):
        keep_reviving()


def test_a_child_that_is_killed_again_and_again_while_it_serves_is_started_each_time(tmp_path, monkeypatch):
    monkeypatch.setattr("parvis.config.supervisor.processes._SETTLED", 0)
    monkeypatch.setattr("parvis.config.supervisor.processes._PAUSE", 0)
    family = Family([child(tmp_path, "import time; time.sleep(60)")])
    family.start()

    named = []
    for _turn in range(7):
        os.kill(family.children[0].process.pid, signal.SIGKILL)
        assert wait(family.has_dead)
        named += family.revive_the_dead()

    assert named == ["worker"] * 7
    family.stop()


def test_the_children_of_a_child_that_was_killed_leave_before_it_is_started_again(tmp_path):
    words = "import subprocess,time; p=subprocess.Popen(['sleep','60']); print(p.pid, flush=True); time.sleep(60)"
    parent = child(tmp_path, words)
    family = Family([parent])
    family.start()
    assert wait(lambda: parent.log.read_text().strip())
    left = int(parent.log.read_text())
    os.kill(parent.process.pid, signal.SIGKILL)
    assert wait(parent.is_dead)

    family.revive_the_dead()

    assert wait(lambda: not _runs(left))
    family.stop()


def test_a_deaf_child_is_stopped_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr("parvis.config.supervisor.processes._GRACE", 0.5)
    deaf = child(
        tmp_path,
        "import signal,time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); time.sleep(60)",
    )
    family = Family([deaf])
    family.start()
    assert wait(lambda: "up" in deaf.log.read_text())

    family.stop()

    assert wait(deaf.is_dead)


def test_children_of_a_child_are_stopped_too(tmp_path):
    words = "import subprocess,sys,time; p=subprocess.Popen(['sleep','60']); print(p.pid, flush=True); time.sleep(60)"
    parent = child(tmp_path, words)
    family = Family([parent])
    family.start()
    assert wait(lambda: parent.log.read_text().strip())
    grandchild = int(parent.log.read_text())

    family.stop()

    assert wait(lambda: not _runs(grandchild))


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux does this")
def test_children_leave_when_their_supervisor_is_killed(tmp_path):
    words = (
        "import os,sys,time,pathlib\n"
        "from parvis.config.supervisor.processes import Child\n"
        "command = [sys.executable, '-c', 'import time; time.sleep(60)']\n"
        f"c = Child('c', command, os.environ, pathlib.Path({str(tmp_path)!r}))\n"
        "c.start(); print(c.process.pid, flush=True); time.sleep(60)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    supervisor = subprocess.Popen([sys.executable, "-c", words], stdout=subprocess.PIPE, text=True, env=environment)
    pid = int(supervisor.stdout.readline())
    supervisor.kill()
    supervisor.wait()

    assert wait(lambda: not _runs(pid))


def _runs(pid):
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_what_nobody_waits_for_starts_once_the_sites_are_open(tmp_path):
    words = [sys.executable, "-c", "import time; time.sleep(60)"]
    family = Family([Child(name, words, os.environ, tmp_path, opens=name == "site") for name in ("site", "clock")])

    family.start()
    first = [child.name for child in family.children if child.process]
    family.start(opens=False)

    assert (first, all(child.process for child in family.children)) == (["site"], True)
    family.stop()
