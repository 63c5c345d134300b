"""One thread answers at a time; who waits or takes long lets the next one answer. Connections are shared out."""

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from parvis.config.turns import Turns
from tests.config.test_waiting import asked


def application(environ, start_response):
    if environ["PATH_INFO"] == "/slow":
        _answer_slowly(Path(os.environ["SLOW"]))
    told = f"{os.getpid()} {threading.get_ident()}".encode()
    start_response("200 OK", [("Content-Length", str(len(told)))])
    return [told]


def _answer_slowly(folder):
    """Say that the answer has begun, and take until the test lets it go."""
    (folder / "begun").touch()
    there(folder / "let go")


def there(path):
    for _ in range(1500):
        if path.exists():
            return
        time.sleep(0.02)
    pytest.fail(f"{path.name}: it never came")


@contextmanager
def serving(folder, *, workers):
    """As the public site is served, on a socket of this folder."""
    path, config = str(folder / "door"), folder / "config.py"
    config.write_text("from parvis.config.serving import *\nreuse_port = False\n")
    command = [
        sys.executable, "-m", "gunicorn", "tests.config.test_turns:application", "--config",
        str(config), "--bind", f"unix:{path}", "--worker-class", "parvis.config.turns.Worker",
        "--workers", str(workers),
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "SLOW": str(folder)}
    server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield path, server
    finally:
        server.terminate()
        server.wait()


def words(path="/"):
    return f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()


def body(line):
    return line.recv(1000).partition(b"\r\n\r\n")[2].decode()


@pytest.fixture
def turns():
    return Turns(0.05)


def test_the_next_answers_when_one_gives_up_its_turn(turns):
    turns.take()
    turns.begin()
    turns.give_up()
    other = threading.Thread(target=turns.take)
    other.start()
    other.join(5)

    assert not other.is_alive()
    assert not turns.rest()


def test_a_turn_is_taken_from_who_answers_for_long_and_not_from_who_waits_for_a_question(turns):
    turns.take()
    other = threading.Thread(target=turns.take)
    other.start()
    time.sleep(3 * turns.most)
    waited = other.is_alive()
    turns.begin()
    other.join(5)

    assert waited
    assert not other.is_alive()
    assert not turns.rest()


def test_one_thread_answers_all_that_is_quick_and_a_slow_answer_keeps_nobody_waiting(tmp_path):
    with serving(tmp_path, workers=1) as (path, _server), closing(asked(path, words())) as line:
        told = [body(line)]
        for _ in range(5):
            line.sendall(words())
            told.append(body(line))
        with closing(asked(path, words("/slow"))) as slow:
            there(tmp_path / "begun")
            line.sendall(words())
            beside = body(line)
            (tmp_path / "let go").touch()
            behind = body(slow)

    assert len(set(told)) == 1
    assert behind != beside


def test_connections_opened_at_once_are_shared_out_equally(tmp_path):
    with serving(tmp_path, workers=2) as (path, _server), ExitStack() as held:
        with closing(asked(path, words())) as first:
            body(first)
        time.sleep(1)  # until the other worker stands too
        lines = [held.enter_context(closing(asked(path, words()))) for _ in range(8)]
        by_worker = Counter(body(line).split()[0] for line in lines)

    assert sorted(by_worker.values()) == [4, 4]


def test_a_worker_that_stops_answers_whom_it_holds_and_leaves(tmp_path):
    with serving(tmp_path, workers=1) as (path, server):
        with closing(asked(path, words())) as line:
            body(line)
            with closing(asked(path, words("/slow"))) as slow:
                there(tmp_path / "begun")
                server.terminate()
                time.sleep(0.3)  # until it was told
                (tmp_path / "let go").touch()
                told = slow.recv(1000)
        server.wait(10)

    assert told.startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize("together", [2, 3])
def test_questions_sent_together_are_each_answered(tmp_path, together):
    with serving(tmp_path, workers=1) as (path, _server), closing(asked(path, words() * together)) as line:
        line.settimeout(10)
        came = b""
        while came.count(b"HTTP/1.1 200 OK") < together:
            came += line.recv(10_000)

    assert came.count(b"HTTP/1.1 200 OK") == together


def test_who_says_nothing_holds_no_thread(tmp_path):
    with serving(tmp_path, workers=1) as (path, _server), ExitStack() as held:
        for _ in range(6):
            held.enter_context(closing(asked(path, b"")))
        with closing(asked(path, words())) as line:
            line.settimeout(10)
            assert line.recv(100).startswith(b"HTTP/1.1 200 OK")
