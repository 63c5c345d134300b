"""How gunicorn serves a site: ``-c python:parvis.config.serving`` for ``make run``, the benchmarks and the judges.

A worker of the public site stays on one processor. Its threads hand Python's lock to each other at every read of the
release; with two processors under them that lock travels from one to the other, and half of the time is spent waiting
for it (docs/decisions/0030). A worker of the office goes where it can: the database works beside it.
"""

from __future__ import annotations

import ctypes
import gc
import os
import select
import sys
from collections import Counter
from contextlib import suppress
from typing import Any, Protocol

from .sharing import Board, Share

_PUBLIC = any(word.startswith("parvis.config.wsgi_public") for word in sys.argv)
#: One thread answers at a time, where the system can tell it what comes next.
worker_class = f"parvis.config.{'turns' if hasattr(select, 'epoll') else 'waiting'}.Worker"
threads = 4
timeout = 60
keepalive = 20
graceful_timeout = 5
loglevel = "warning"
control_socket_disable = True
#: Its own, which parvis.config.hearing reads along with; another parser would answer what it cannot read by itself.
http_parser = "python"
#: Bytes of a first line. A filter of the interface, in words with accents, takes six for a sign.
limit_request_line = 8190
#: Workers share one queue of new connections out among themselves (parvis.config.sharing). Elsewhere each has its own,
#: and the system shares them out.
reuse_port = not worker_class.startswith("parvis.config.turns")
#: Seconds a thread keeps its turn while others wait: longer than a page takes, so that pages are finished one by one.
_TURN = 0.01
_BOARD = Board()
#: What glibc calls the number of its heaps.
_M_ARENA_MAX = -8


class Worker(Protocol):
    """What is asked of a worker of gunicorn, and what is written on it."""

    processor: int | None
    share: Share


class Arbiter(Protocol):
    """What is asked of the process that starts the workers."""

    WORKERS: dict[int, Any]
    app: Any


def pre_fork(server: Arbiter, worker: Worker) -> None:
    """Choose the processor that fewest of the living workers stand on."""
    worker.share = _BOARD.place({one.share.number for one in server.WORKERS.values()})
    worker.processor = None
    if not server.app.app_uri.startswith("parvis.config.wsgi_public"):
        return
    worker.processor = least_taken([one.processor for one in server.WORKERS.values()], _processors())


def post_fork(_server: Arbiter, worker: Worker) -> None:
    """Stay on it, and let each thread finish the page it is at."""
    sys.setswitchinterval(_TURN)
    if _PUBLIC:
        _share_one_heap()
    if worker.processor is not None:
        os.sched_setaffinity(0, {worker.processor})


def _share_one_heap() -> None:
    """Each thread would keep what it once needed, twenty megabytes of a column read; here one works at a time."""
    with suppress(OSError, AttributeError):  # another C library than glibc
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def post_worker_init(_worker: Worker) -> None:
    """What was read to begin with stays: it is not looked through again and again for what may go."""
    gc.collect()
    gc.freeze()


def child_exit(_server: Arbiter, worker: Worker) -> None:
    """Whoever died holds nothing, and nothing is left to it."""
    worker.share.hold(None)


def least_taken(taken: list[int | None], processors: list[int]) -> int | None:
    """The first of the processors on which fewest workers stand; None where there is no choice."""
    if len(processors) < 2:
        return None
    told = Counter(taken)
    return min(processors, key=lambda one: (told[one], one))


def _processors() -> list[int]:
    """Those this process may use; none where the system does not say (macOS)."""
    if not hasattr(os, "sched_getaffinity"):
        return []
    return sorted(os.sched_getaffinity(0))
