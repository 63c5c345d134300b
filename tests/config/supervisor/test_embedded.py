"""The embedded PostgreSQL, kindly and unkindly treated."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from parvis.config.faults import Fault
from parvis.config.places import places
from parvis.config.supervisor.embedded import ADMIN, Embedded, _in_words


def asked(where, words):
    with psycopg.connect(where.address(ADMIN, "postgres"), autocommit=True) as connection:
        return connection.execute(words).fetchone()[0]


def master(where):
    return int((where.data / "postmaster.pid").read_text().split()[0])


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return b"State:\tZ" not in Path(f"/proc/{pid}/status").read_bytes()


def gone(pid, within=10):
    end = time.monotonic() + within
    while is_running(pid) and time.monotonic() < end:
        time.sleep(0.05)
    return not is_running(pid)


def test_the_server_speaks_unicode_and_sorts_by_code_point(embedded):
    with embedded.used() as where:
        assert asked(where, "SELECT current_setting('server_encoding')") == "UTF8"
        assert (
            asked(where, "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'postgres'")
            == "bC.UTF-8"
        )
        assert asked(where, "SELECT upper('é')") == "É"


def test_the_server_listens_on_a_private_socket_alone(embedded):
    with embedded.used() as where:
        assert asked(where, "SHOW listen_addresses") == ""
        assert oct(where.run.stat().st_mode)[-3:] == "700"
        assert len(str(where.run / ".s.PGSQL.5432").encode()) < 108


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux makes sure of a whole disk at once")
def test_after_a_crash_no_file_is_made_sure_of_one_by_one_and_commits_wait_for_the_disk(embedded):
    with embedded.used() as where:
        assert asked(where, "SHOW recovery_init_sync_method") == "syncfs"

    in_service = Embedded(embedded.places).settings
    assert in_service.keys().isdisjoint({"fsync", "synchronous_commit", "full_page_writes"})


def test_the_last_user_out_stops_the_server(embedded):
    with embedded.used() as where:
        pid = master(where)
        with Embedded(embedded.places).used():
            pass
        assert is_running(pid)

    assert gone(pid)


def test_what_was_written_is_there_at_the_next_start(embedded):
    with embedded.used() as where, psycopg.connect(where.address(ADMIN, "postgres"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")

    with embedded.used() as where:
        assert asked(where, "SELECT answer FROM kept") == 42


def test_a_killed_server_is_mended_while_in_use(embedded):
    with embedded.used() as where:
        os.kill(master(where), signal.SIGKILL)
        end = time.monotonic() + 10
        while embedded.answers() and time.monotonic() < end:
            time.sleep(0.05)

        assert embedded.mend() is True
        assert embedded.mend() is False
        assert asked(where, "SELECT 1") == 1


def test_a_server_killed_with_a_busy_client_is_mended_by_the_next_start(embedded):
    with embedded.used() as where, psycopg.connect(where.address(ADMIN, "postgres"), autocommit=True) as busy:
        busy.execute("SET statement_timeout = 0")
        os.kill(master(where), signal.SIGKILL)

    with embedded.used() as where:
        assert asked(where, "SELECT 1") == 1


_HOLD = """
import sys, time, pathlib
from parvis.config.supervisor.embedded import Embedded
from parvis.config.places import places
with Embedded(places(pathlib.Path(sys.argv[1]))).used():
    print("up", flush=True)
    time.sleep(60)
"""


def test_a_server_left_while_it_mends_itself_stops(embedded):
    """PostgreSQL 18, asked to stop while it recovers, says yes and stays for ever."""
    with embedded.used() as where:
        asked(where, "SELECT 1")
        server = master(where)
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGKILL)
        left = time.monotonic()

    assert time.monotonic() - left < 15
    assert gone(server, within=3)
    with embedded.used() as where:
        assert asked(where, "SELECT 1") == 1


def test_a_server_that_neither_answers_nor_leaves_is_stopped_and_started(embedded, monkeypatch):
    monkeypatch.setattr("parvis.config.supervisor.embedded._STUCK", 1.0)
    monkeypatch.setattr("parvis.config.supervisor.embedded._SLOW", 0.0)
    with embedded.used() as where:
        server = master(where)
        os.kill(server, signal.SIGSTOP)
        monkeypatch.setattr("parvis.config.supervisor.embedded._STUCK", 0.0)
        threading.Timer(3, os.kill, (server, signal.SIGCONT)).start()

        assert embedded.mend() is True
        assert asked(where, "SELECT 1") == 1


def test_a_server_that_lives_and_is_only_slow_is_given_time_and_nobody_is_told_that_it_had_stopped(embedded):
    with embedded.used() as where, psycopg.connect(where.address(ADMIN, "postgres")) as working:
        server = master(where)
        os.kill(server, signal.SIGSTOP)
        silent = (embedded.mend(), embedded.mend())
        os.kill(server, signal.SIGCONT)

        assert silent == (False, False)
        assert (embedded.mend(), master(where)) == (False, server)
        assert working.execute("SELECT 1").fetchone() == (1,)


def test_a_killed_user_leaves_a_server_that_the_next_start_takes_over(embedded, var):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(var)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert holder.stdout.readline() == "up\n"
    pid = master(embedded.places)
    holder.kill()
    holder.wait()
    assert is_running(pid)

    with embedded.used() as where:
        assert master(where) == pid

    assert gone(pid)


def test_a_lock_file_naming_another_living_program_is_set_aside(embedded):
    with embedded.used() as where:
        pass
    (where.data / "postmaster.pid").write_text(f"{os.getpid()}\n{where.data}\n1\n5432\n{where.run}\n\n")

    with embedded.used() as where:
        assert asked(where, "SELECT 1") == 1


def test_a_half_made_cluster_is_made_anew(var):
    embedded = Embedded(places(var))
    making = embedded.places.data.with_name(f"{embedded.places.data.name}.making")
    making.mkdir(parents=True)
    (making / "rubbish").touch()

    with embedded.used() as where:
        assert asked(where, "SELECT 1") == 1


def test_a_socket_folder_of_somebody_else_is_refused(embedded, monkeypatch):
    embedded.places.run.mkdir(mode=0o700)
    monkeypatch.setattr(os, "getuid", lambda: 4242)

    with (
        pytest.raises(Fault, match="belongs to somebody else"),
        Embedded(replace(embedded.places, lent_to=None)).used(),
    ):
        pass


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("FATAL:  could not write: No space left on device", "It stopped: the disk is full."),
        (
            "LOG: x\nFATAL:  data directory has wrong ownership\nHINT: y",
            "It stopped: data directory has wrong ownership.",
        ),
        ("", "It stopped: it did not come to an end in time."),
        (
            "1 FATAL:  the database system is starting up\n",
            "It stopped: it did not come to an end in time.",
        ),
    ],
)
def test_what_postgresql_wrote_becomes_one_sentence(said, sentence):
    assert _in_words("It stopped", said) == sentence


@pytest.mark.skipif(os.getuid() != 0, reason="needs root, to become another user")
def test_root_and_then_an_ordinary_user_each_have_their_server(embedded, tmp_path):
    import pwd

    nobody = pwd.getpwnam("nobody")
    theirs = Path("/tmp") / f"parvis-test-{os.getpid()} été" / "var"
    theirs.mkdir(parents=True)
    os.chown(theirs, nobody.pw_uid, nobody.pw_gid)
    try:
        with embedded.used() as ours:
            assert _as_another(nobody, theirs) == (0, "up\n", "")
            assert asked(ours, "SELECT 1") == 1
    finally:
        subprocess.run(["rm", "-rf", str(theirs.parent)], check=True)


def _as_another(user, var):
    """Hold a server as another user, with the first Python that user can run."""
    for python in (sys.executable, "/usr/bin/python3"):
        try:
            done = subprocess.run(
                [python, "-c", _HOLD.replace("time.sleep(60)", "pass"), str(var)], user=user.pw_uid, group=user.pw_gid,
                extra_groups=[], env={"PYTHONPATH": os.pathsep.join(sys.path)}, cwd="/",
                capture_output=True, text=True, check=False,
            )  # fmt: skip
        except PermissionError:
            continue
        return done.returncode, done.stdout, done.stderr
    return pytest.skip("no Python of this machine is open to an ordinary user")


def test_places_of_an_ordinary_user_stand_beside_the_code(var, monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: 1000)

    where = places(var)

    assert (where.data, where.lent_to) == (var / "postgres", None)
