"""Workers share out connections: who holds more than a fellow leaves the next one to it, for a moment.

Eight connections that a reader's browser or a front server opens at once stay for minutes. Shared out by chance, as
the system does between queues of their own, six of them may meet at one worker and wait for each other there.
"""

from __future__ import annotations

import mmap
import select
import time
from typing import Any

_MOST_WORKERS = 64
#: Looks at what the others do before a connection is taken in all the same, and seconds between two.
_LOOKS, _BETWEEN = 20, 0.0025
#: Seconds in which nothing is left to fellows who did not come.
_DEAF = 0.25


class Board:
    """What each worker holds, seen by all. Made before they part."""

    def __init__(self) -> None:
        self._kept = mmap.mmap(-1, 4 * _MOST_WORKERS)
        self.held = memoryview(self._kept).cast("i")

    def place(self, taken: set[int]) -> Share:
        """The first place that no living worker has."""
        free = next((number for number in range(_MOST_WORKERS) if number not in taken), _MOST_WORKERS - 1)
        self.held[free] = 0
        return Share(self, free)


class Share:
    """What one worker holds, and its fellows."""

    def __init__(self, board: Board, number: int) -> None:
        self._board, self.number = board, number
        self._alone_until = 0.0

    @classmethod
    def alone(cls) -> Share:
        return Board().place(set())

    def hold(self, connections: int | None) -> None:
        """Say how many connections this worker holds; None when it takes no more."""
        self._board.held[self.number] = 0 if connections is None else connections + 1

    def left_to_others(self, listener: Any) -> bool:
        """Whether a fellow that holds fewer took who waits at the door."""
        if time.monotonic() < self._alone_until:
            return False
        at_the_door = select.poll()
        at_the_door.register(listener, select.POLLIN)
        for _ in range(_LOOKS):
            if not self._another_holds_fewer():
                return False
            time.sleep(_BETWEEN)
            if not at_the_door.poll(0):
                return True
        self._alone_until = time.monotonic() + _DEAF
        return False

    def _another_holds_fewer(self) -> bool:
        held = self._board.held
        mine = held[self.number]
        return any(0 < other < mine for other in held)
