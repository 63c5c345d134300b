"""One thread of a worker answers; the next takes its place when it waits for a reader, or takes long.

gunicorn's threads are handed each question by another thread and hand each answer back: four changes of thread, and
Python's lock goes with each. A page is made in a few milliseconds of the processor, so nothing is gained by making two
at once: both are late. Here the thread that answers asks the system itself for the next question (docs/decisions/0039).
"""

from __future__ import annotations

import errno
import select
import time
from contextlib import suppress
from functools import lru_cache
from threading import Lock, Thread, get_ident
from typing import Any

from gunicorn.http.body import LengthReader
from gunicorn.http.message import _ip_in_allow_list
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, TConn

from .hearing import Question, Questions
from .sharing import Share
from .waiting import Line
from .waiting import Worker as Waiting

_A_QUESTION = select.EPOLLIN | select.EPOLLONESHOT
#: Taken by another worker, or gone already.
_NOBODY_THERE = (errno.EAGAIN, errno.EWOULDBLOCK, errno.ECONNABORTED)
#: Seconds between two looks at connections that nobody uses.
_BETWEEN_SWEEPS, _BETWEEN_LAST_SWEEPS = 1.0, 0.1


class Turns:
    """Whose turn it is to answer. It is given up by who waits, and taken from who answers for too long."""

    def __init__(self, most: float) -> None:
        self.most = most
        self._turn = Lock()
        self._next_one = Lock()
        self._guard = Lock()
        self._whose: int | None = None
        self._since: float | None = None

    def take(self) -> None:
        """Wait until it is this thread's turn."""
        with self._next_one:
            while not self._turn.acquire(timeout=self.most):
                self._take_from_the_slow()
        self._whose = get_ident()

    def begin(self) -> None:
        """A question came: from now on it may be taken."""
        self._since = time.monotonic()

    def give_up(self) -> None:
        """Let another answer, if it is still this thread's turn."""
        with self._guard:
            self._end(get_ident())

    def rest(self) -> bool:
        """The answer is given; whether it is this thread's turn still."""
        with self._guard:
            if self._whose != get_ident():
                return False
            self._since = None
            return True

    def _take_from_the_slow(self) -> None:
        with self._guard:
            if self._since is not None and time.monotonic() - self._since > self.most and self._whose is not None:
                self._end(self._whose)

    def _end(self, whose: int) -> None:
        if self._whose == whose:
            self._whose = self._since = None
            self._turn.release()


class TurnedLine(Line):
    """A connection whose reader, when waited for, keeps nobody else waiting."""

    turns: Turns

    def about_to_wait(self) -> None:
        self.turns.give_up()


class _Settled:
    """Settings of gunicorn, each looked up once: a question asks for twenty of them."""

    def __init__(self, cfg: Any) -> None:
        self._cfg = cfg

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._cfg, name)
        setattr(self, name, found)
        return found


class Worker(Waiting):
    """Takes connections in when its fellows hold as many, and answers them by turns."""

    cfg: Any

    #: Seconds after which another thread answers others.
    turn = 0.05

    def init_process(self) -> None:
        self.cfg = _Settled(self.cfg)
        self.turns = Turns(self.turn)
        self.door = select.epoll()
        self.held: dict[int, _Held] = {}
        self.share: Share = getattr(self, "share", None) or Share.alone()
        self._swept = time.monotonic()
        super().init_process()

    def run(self) -> None:
        for number in range(self.cfg.threads):
            Thread(target=self._answer_by_turns, name=f"answers-{number}", daemon=True).start()
        super().run()

    # -- the thread that takes connections in

    def accept(self, listener: Any) -> None:
        if self.share.left_to_others(listener):
            return
        try:
            sock, client = listener.accept()
        except OSError as fault:
            if fault.errno in _NOBODY_THERE:
                return
            raise
        sock.setblocking(True)
        line = TurnedLine(sock.family, sock.type, sock.proto, sock.detach()).opened(self.patience, self.pace)
        line.turns = self.turns
        conn = _Held(self.cfg, line, client, listener.getsockname())
        self.held[conn.number] = conn
        self._count()
        self.door.register(conn.number, _A_QUESTION)

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001  # gunicorn names it
        super().set_accept_enabled(enabled)
        self._count()

    def murder_keepalived(self, force: bool = False) -> None:  # noqa: FBT001, FBT002  # gunicorn names it
        """Who answers looks after those who say nothing; at the end all go."""
        if force:
            for conn in list(self.held.values()):
                self._let_go(conn)

    def _cap_keepalive(self, deadline: float) -> None:
        for conn in list(self.held.values()):
            conn.timeout = min(conn.timeout, deadline)

    def _count(self) -> None:
        self.nr_conns = len(self.held)
        self.share.hold(self.nr_conns if self._accepting else None)

    # -- the threads that answer

    def _answer_by_turns(self) -> None:
        while True:
            self.turns.take()
            kept = True
            while kept:
                self._sweep()
                for number, _event in self.door.poll(_BETWEEN_SWEEPS if self.alive else _BETWEEN_LAST_SWEEPS, 1):
                    if conn := self.held.get(number):
                        self._answer(conn)
                kept = self.turns.rest()

    def _answer(self, conn: _Held) -> None:
        self.turns.begin()
        conn.busy = True
        try:
            kept = self.handle(conn)
            while kept and conn.parser.unreader.buf.getvalue():  # asked already, behind the last question
                kept = self.handle(conn)
            if kept:
                conn.rest(None if self.alive else STOP_KEEPALIVE_LINGER)
                self.door.modify(conn.number, _A_QUESTION)
        except Exception:
            self.log.exception("A connection was dropped.")
            kept = False
        if not kept:
            self._let_go(conn)

    def _part(self, line: Line) -> None:
        self.turns.give_up()
        super()._part(line)

    def _let_go(self, conn: _Held) -> None:
        if self.held.get(conn.number) is conn:
            del self.held[conn.number]
        self._count()
        conn.close()
        if not self.alive:
            with suppress(OSError):
                self.method_queue.defer(lambda: None)  # the last one gone, the worker need not wait

    def _sweep(self) -> None:
        now = time.monotonic()
        if now - self._swept < (_BETWEEN_SWEEPS if self.alive else _BETWEEN_LAST_SWEEPS):
            return
        self._swept = now
        for conn in list(self.held.values()):
            if not conn.busy and conn.timeout < now:
                self._let_go(conn)


@lru_cache(maxsize=1024)
def _stands_before_us(cfg: Any, address: str) -> bool:
    return bool(_ip_in_allow_list(address, cfg.forwarded_allow_ips, cfg.forwarded_allow_networks()))


class _Question(Question):
    """A question as gunicorn reads it; whether a front server sent it is found out once an address."""

    def _peer_is_trusted_proxy(self) -> bool:
        return not isinstance(self.peer_addr, tuple) or _stands_before_us(self.cfg, self.peer_addr[0])


class _Questions(Questions):
    """The questions of a connection."""

    mesg_class = _Question

    def finish_body(self, deadline: float | None = None, max_bytes: int | None = None) -> bool:
        """Nothing is left of a question that had no body, as nearly all here."""
        reader = self.mesg.body.reader if self.mesg else None
        if isinstance(reader, LengthReader) and not reader.length:
            return True
        return bool(super().finish_body(deadline=deadline, max_bytes=max_bytes))


class _Held(TConn):
    """A connection that is waited for from the start: no thread is held until it says something."""

    timeout: float

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.sock.setblocking(True)
        self.data_ready = True
        self.number = self.sock.fileno()
        self.parser = _Questions(self.cfg, self.sock, self.client)
        self.rest()

    def rest(self, most: float | None = None) -> None:
        """Wait for a question, for so many seconds at most."""
        self.busy = False
        self.set_timeout()
        if most is not None:
            self.timeout = min(self.timeout, time.monotonic() + most)
