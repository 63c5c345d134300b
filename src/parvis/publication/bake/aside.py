"""What is done beside the main work: in a process of its own when there is much of it, else at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeAlias

from parvis.publication.releases.errors import HelperLost

#: Begins a work, given what it is asked; one after the other where there are several.
Begin: TypeAlias = "Callable[..., Future[Any]]"


@contextmanager
def aside(*, much: bool) -> Iterator[Begin]:
    """Somebody who does works that stand on their own; what comes of one, a fault included, is told when asked for.

    The process is a new one, which shares nothing with ours: no connection, no thread, no lock. Should it be killed
    (a machine short of memory does), HelperLost is raised.
    """
    if not much:
        yield _at_once
        return
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
            yield processes.submit
    except BrokenProcessPool as lost:
        raise HelperLost from lost


def _at_once(work: Callable[..., Any], *asked: Any) -> Future[Any]:
    done: Future[Any] = Future()
    done.set_result(work(*asked))
    return done
