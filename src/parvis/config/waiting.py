"""Who waits for a reader that stopped in the middle of a sentence: a thread of the server, and not for long.

A thread is held while a request is read and while its answer is taken. Four who say a length and send nothing, who
send a letter every fourteen seconds, or who take a long file a letter at a time, would hold four threads for ever.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from typing import Any, Self

from gunicorn.http.errors import NoMoreData
from gunicorn.workers.gthread import ThreadWorker

from .hearing import Questions

#: Bytes of a file handed to the system at once.
_A_PIECE = 1 << 18
_AT_ONCE = int(socket.MSG_DONTWAIT)


class Line(socket.socket):
    """A connection that is waited for so many seconds in all, and one more for so many bytes that come or go.

    The kernel keeps the time of one wait: it is told once. Here the waits of one question and its answer are added up;
    what the answer took to be made is nobody's fault and is not counted.
    """

    patience: float
    pace: int
    #: The status a question deserves that cannot be read (parvis.config.hearing).
    refused = 0
    _waited = 0.0
    _moved = 0
    _heading: bytes | None = None

    def opened(self, patience: float, pace: int) -> Self:
        """Say for how long it is waited for."""
        self.patience, self.pace = patience, pace
        super().setblocking(True)  # whatever the socket was that this was made of
        for one in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            self.setsockopt(socket.SOL_SOCKET, one, struct.pack("ll", int(patience), int(patience % 1 * 1e6)))
        return self

    def setblocking(self, flag: bool) -> None:  # noqa: FBT001  # as any socket's
        """As any other; the system is not told again what it knows."""
        if flag != (self.gettimeout() is None):
            super().setblocking(flag)

    def begin(self) -> None:
        """A question begins, or is expected."""
        self._waited, self._moved, self._heading, self.refused = 0.0, 0, None, 0

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """What came. Raises NoMoreData when it comes too slowly."""
        since = time.monotonic()
        try:
            try:
                came = super().recv(size, flags | _AT_ONCE)
            except BlockingIOError:
                self.about_to_wait()
                came = super().recv(size, flags)
        except BlockingIOError as waited:
            raise NoMoreData from waited
        self._count(since, len(came))
        return came

    def sendall(self, told: Any, flags: int = 0, /) -> None:
        """Send it all; the heading of an answer, its first piece, goes with what follows it.

        Raises NoMoreData when it is taken too slowly.
        """
        if self._heading is None:
            self._heading = told
            return
        left = memoryview(self._heading + told if self._heading else told)
        self._heading = b""
        while left:
            since = time.monotonic()
            try:
                try:
                    sent = super().send(left, flags | _AT_ONCE)
                except BlockingIOError:
                    self.about_to_wait()
                    sent = super().send(left, flags)
            except BlockingIOError as waited:
                raise NoMoreData from waited
            self._count(since, sent)
            left = left[sent:]

    def about_to_wait(self) -> None:
        """The other side is not ready: whoever keeps others waiting lets them go first."""

    def finish(self) -> None:
        """Send a heading that nothing followed."""
        if self._heading:
            self.sendall(b"")

    def sendfile(self, file: Any, offset: int = 0, count: int | None = None) -> int:
        """Send a file piece by piece; each is counted."""
        file.seek(offset)
        sent = 0
        while piece := file.read(_A_PIECE if count is None else min(_A_PIECE, count - sent)):
            self.sendall(piece)
            sent += len(piece)
        return sent

    def _count(self, since: float, moved: int) -> None:
        self._waited += time.monotonic() - since
        self._moved += moved
        if self._waited > self.patience + self._moved / self.pace:
            raise NoMoreData


class Worker(ThreadWorker):
    """gunicorn's own, whose threads give up on who sends or takes nothing, or next to nothing."""

    #: Seconds a request and the taking of its answer are waited for, and bytes for which one more is given.
    patience = 15.0
    pace = 8_000
    #: Seconds without a word after which who was told goodbye has gone, and bytes that are heard out.
    parting = 0.5
    hears_out = 64 << 20

    def handle(self, conn: Any) -> Any:
        if not isinstance(conn.sock, Line):
            held = conn.sock
            conn.sock = Line(held.family, held.type, held.proto, held.detach()).opened(self.patience, self.pace)
        if conn.parser is None:
            conn.parser = Questions(self.cfg, conn.sock, conn.client)
        conn.sock.begin()
        kept = super().handle(conn)
        try:
            conn.sock.finish()
        except OSError:
            kept = False
        if kept is False:
            self._part(conn.sock)
        return kept

    def _part(self, line: Line) -> None:
        """See off who does not stay. Left to gunicorn, its one thread that takes in all the others would wait.

        Who still sends what nobody will read, a document for a full disk, is heard out: cut off in the middle of it,
        a browser shows no answer but a broken connection.
        """
        heard = 0
        with contextlib.suppress(OSError):
            line.shutdown(socket.SHUT_WR)
            line.begin()
            line.settimeout(self.parting)
            while heard < self.hears_out and (came := line.recv(1 << 16)):
                heard += len(came)
        with contextlib.suppress(OSError):  # gone already
            line.shutdown(socket.SHUT_RDWR)
