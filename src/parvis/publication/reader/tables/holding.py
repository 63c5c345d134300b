"""The columns a worker holds, of every table and release it serves: so many bytes of them, and no more."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from .coded import Coded

Name = tuple[object, str]


class Holding:
    """Columns, the one asked for last at the end. Beyond ``most`` bytes the first ones are let go."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Name, Coded] = OrderedDict()
        self._weight = 0
        self._lock = threading.RLock()
        #: One column is read at a time: reading takes several times what is held afterwards.
        self._reading = threading.Lock()

    def column(self, owner: object, name: str, read: Callable[[], Coded]) -> Coded:
        """A column of an owner, read unless it is held."""
        held = self._known(owner, name)
        if held is not None:
            return held
        with self._reading:
            return self._known(owner, name) or self._keep(owner, name, read())

    def forget(self, owner: object) -> None:
        """Let go of all that an owner had read."""
        with self._lock:
            for known in [known for known in self._held if known[0] is owner]:
                self._weight -= self._held.pop(known).weight

    def _known(self, owner: object, name: str) -> Coded | None:
        with self._lock:
            held = self._held.get((owner, name))
            if held is not None:
                self._held.move_to_end((owner, name))
            return held

    def _keep(self, owner: object, name: str, coded: Coded) -> Coded:
        with self._lock:
            self._held[owner, name] = coded
            self._weight += coded.weight
            while self._weight > self._most and len(self._held) > 1:
                self._weight -= self._held.popitem(last=False)[1].weight
            return coded
