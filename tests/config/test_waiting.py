"""Somebody who says a length and sends nothing more does not keep the others waiting."""

import os
import socket
import subprocess
import sys
import time
from contextlib import closing

import pytest

from parvis.config.waiting import Worker

SENT = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc"


class Hasty(Worker):
    patience = 1


def application(environ, start_response):
    read = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(read)))])
    return [read]


@pytest.fixture
def address(tmp_path):
    """A server of one worker with one thread."""
    path = str(tmp_path / "door")
    command = [
        sys.executable, "-m", "gunicorn", "tests.config.test_waiting:application", "--bind", f"unix:{path}",
        "--worker-class", "tests.config.test_waiting.Hasty", "--threads", "1", "--no-control-socket",
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
