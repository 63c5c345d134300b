"""Who waits for a reader that stopped in the middle of a sentence: a thread of the server, and not for long."""

from __future__ import annotations

import socket
import struct
from typing import Any

from gunicorn.workers.gthread import ThreadWorker


class Worker(ThreadWorker):
    """gunicorn's own, whose threads give up on a request of which nothing more comes.

    Four who say a length and send nothing would otherwise hold four threads for ever. The kernel keeps the time:
    a socket is told once how long it may be waited for.
    """

    patience = 15

    def handle(self, conn: Any) -> Any:
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", self.patience, 0))
        return super().handle(conn)
