"""A worker that holds more connections than a fellow leaves the next one to it, and does not wait for it for ever."""

import socket
import threading
import time
from contextlib import closing, contextmanager

import pytest

from parvis.config import sharing
from parvis.config.sharing import Board


@pytest.fixture
def door():
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        yield listener


@contextmanager
def _somebody_at(door):
    with closing(socket.create_connection(door.getsockname())) as waiting:
        yield waiting


def _two(mine, other):
    board = Board()
    me, fellow = board.place(set()), board.place({0})
    me.hold(mine)
    fellow.hold(other)
    return me


@pytest.mark.parametrize(("mine", "other"), [(0, 0), (2, 2), (1, 3), (5, None)])
def test_who_holds_no_more_than_its_fellows_takes_the_next_at_once(door, monkeypatch, mine, other):
    monkeypatch.setattr(sharing.time, "sleep", lambda _seconds: pytest.fail("it waited"))

    with _somebody_at(door):
        assert not _two(mine, other).left_to_others(door)


def test_who_holds_more_leaves_it_to_the_one_that_holds_fewer(door):
    def takes_it():
        time.sleep(2 * sharing._BETWEEN)
        door.accept()[0].close()

    with _somebody_at(door):
        threading.Thread(target=takes_it).start()
        assert _two(3, 2).left_to_others(door)


def test_who_waited_in_vain_takes_it_and_does_not_wait_again_for_a_while(door, monkeypatch):
    mine, waits = _two(3, 2), []
    monkeypatch.setattr(sharing, "_DEAF", 60)
    monkeypatch.setattr(sharing.time, "sleep", waits.append)
    with _somebody_at(door):
        said = [mine.left_to_others(door), mine.left_to_others(door)]

    assert (said, waits) == ([False, False], [sharing._BETWEEN] * sharing._LOOKS)


def test_places_of_the_dead_are_given_again():
    board = Board()

    assert [board.place(taken).number for taken in (set(), {0}, {1}, {0, 1})] == [0, 1, 0, 2]
