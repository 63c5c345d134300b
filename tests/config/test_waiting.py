"""Somebody who says a length and sends nothing more does not keep the others waiting."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, contextmanager

import pytest

from parvis.config import turns
from parvis.config.waiting import Worker

SENT = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc"


#: More than the system takes on for a reader who does not read.
LARGE = 4_000_000


class Hasty(Worker):
    patience = 0.6
    parting = 0.1
    pace = 1_000_000


class HastyByTurns(turns.Worker):
    patience = 0.6
    parting = 0.1
    pace = 1_000_000


class Hearing(Worker):
    """Hears out whoever is slow for want of a processor: a busy machine is no fault of theirs."""

    patience = parting = 20.0


class HearingByTurns(turns.Worker):
    patience = parting = 20.0


def application(environ, start_response):
    if environ["PATH_INFO"].startswith("/large"):
        return _large(environ, start_response)
    if environ["PATH_INFO"] == "/full":
        return _full(environ, start_response)
    read = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(read)))])
    return [read]


def _large(environ, start_response):
    """A long answer: in one piece, or as a file."""
    start_response("200 OK", [("Content-Length", str(LARGE))])
    if environ["PATH_INFO"] == "/large":
        return [bytes(LARGE)]
    file = tempfile.TemporaryFile()  # noqa: SIM115  # closed by who sends it
    file.write(bytes(LARGE))
    file.seek(0)
    return environ["wsgi.file_wrapper"](file)


def _full(environ, start_response):
    """A disk that is full before the whole document came."""
    environ["wsgi.input"].read(10_000)
    start_response("507 Insufficient Storage", [("Content-Length", "4")])
    return [b"full"]


@pytest.fixture(params=["Hasty", "HastyByTurns"])
def address(tmp_path, request):
    """A server of one worker with one thread: as the office's, then as the public site's."""
    path = str(tmp_path / "door")
    command = [
        sys.executable, "-m", "gunicorn", "tests.config.test_waiting:application", "--bind", f"unix:{path}",
        "--worker-class", f"tests.config.test_waiting.{request.param}", "--threads", "1", "--no-control-socket",
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    yield path
    server.terminate()
    server.wait()


def asked(path, words):
    end = time.monotonic() + 20
    while True:
        client = socket.socket(socket.AF_UNIX)
        client.settimeout(20)
        try:
            client.connect(path)
        except OSError:
            client.close()
            assert time.monotonic() < end
            time.sleep(0.05)
        else:
            client.sendall(words)
            return client


@pytest.mark.parametrize("stalled", [SENT, SENT[:20]], ids=["in the body", "in the head"])
def test_who_stops_in_the_middle_is_left_and_the_next_is_answered(address, stalled):
    with closing(asked(address, stalled)), closing(asked(address, SENT + b"defghij")) as other:
        assert other.recv(100).startswith(b"HTTP/1.1 200 OK")


@contextmanager
def _bit_by_bit(act):
    """Somebody who does this four times a second, until they are no longer listened to."""
    stopped = threading.Event()

    def acting():
        while not stopped.wait(0.25):
            try:
                act()
            except OSError:
                return

    thread = threading.Thread(target=acting)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()


def test_who_sends_a_letter_at_a_time_is_left_and_the_next_is_answered(address):
    slow = asked(address, SENT[:5])
    with closing(slow), _bit_by_bit(lambda: slow.sendall(b"a")), closing(asked(address, SENT + b"defghij")) as other:
        assert other.recv(100).startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize("path", ["/large", "/large/file"])
def test_who_takes_a_letter_at_a_time_is_left_and_the_next_is_answered(address, path):
    slow = asked(address, f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    with closing(slow), _bit_by_bit(lambda: slow.recv(1)), closing(asked(address, SENT + b"defghij")) as other:
        assert other.recv(100).startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize("path", ["/large", "/large/file"])
def test_who_takes_a_long_answer_at_a_fair_pace_has_it_whole(address, path):
    with closing(asked(address, f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())) as reader:
        came, head = b"", b""
        while len(came) < len(head) + LARGE:
            piece = reader.recv(1 << 20)
            assert piece, "cut off before the end"
            came += piece
            head = came.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"

    assert len(came) == len(head) + LARGE


def test_who_asks_again_at_once_is_answered_and_keeps_nobody_waiting(address):
    with closing(asked(address, SENT + b"defghij")) as first:
        told = [first.recv(1000)]
        for _ in range(3):
            first.sendall(SENT + b"defghij")
            told.append(first.recv(1000))
        with closing(asked(address, SENT + b"klmnopq")) as other:
            beside = other.recv(1000)
        first.sendall(b"HEAD /large HTTP/1.1\r\nHost: x\r\n\r\n")
        told.append(first.recv(1000))

    assert [one.partition(b"\r\n\r\n")[2] for one in told] == [b"abcdefghij"] * 4 + [b""]
    assert beside.endswith(b"\r\n\r\nabcklmnopq")
    assert told[-1].startswith(b"HTTP/1.1 200 OK")


def test_who_was_told_goodbye_and_stays_keeps_nobody_waiting(address):
    goodbye = SENT.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + b"defghij"
    staying = [asked(address, goodbye) for _ in range(4)]
    with closing(asked(address, SENT + b"defghij")) as other:
        since = time.monotonic()
        assert other.recv(100).startswith(b"HTTP/1.1 200 OK")

    assert time.monotonic() - since < 4 * 2  # the seconds gunicorn's own would wait for each
    for one in staying:
        one.close()


@pytest.mark.parametrize("address", ["Hearing", "HearingByTurns"], indirect=True)
def test_who_still_sends_when_the_answer_is_given_is_heard_out_and_has_it(address):
    pieces, each = 30, 100_000  # more than the system takes on for a server that does not read
    with closing(
        asked(address, f"POST /full HTTP/1.1\r\nHost: x\r\nContent-Length: {pieces * each}\r\n\r\n".encode())
    ) as line:
        for _ in range(pieces):
            line.sendall(bytes(each))
        line.shutdown(socket.SHUT_WR)
        told = line.recv(1000)

    assert told.startswith(b"HTTP/1.1 507")
    assert told.endswith(b"full")
