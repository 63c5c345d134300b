"""What is done beside the main work: in a process of its own when there is much of it, else at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

from parvis.publication.releases.errors import HelperLost

Answer = TypeVar("Answer")


@contextmanager
def aside(work: Callable[..., Answer], *asked: Any, much: bool) -> Iterator[Future[Answer]]:
    """Begin a work that stands on its own; what comes of it, a fault included, is told when it is asked for.

    The process is a new one, which shares nothing with ours: no connection, no thread, no lock. Should it be killed
    (a machine short of memory does), HelperLost is raised.
    """
    if not much:
        done: Future[Answer] = Future()
        done.set_result(work(*asked))
        yield done
        return
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
            yield processes.submit(work, *asked)
    except BrokenProcessPool as lost:
        raise HelperLost from lost
