"""The office served to a real browser by this very process, on the test's own database; it can stop and come back."""

from __future__ import annotations

import threading
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_said: object) -> None:
        pass


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    allow_reuse_address = True


class _Office(StaticFilesHandler):
    """Each answer closes the connection its thread opened."""

    def get_response(self, request: Any) -> Any:
        try:
            return super().get_response(request)
        finally:
            connections.close_all()


class OfficeServer:
    """One address, which answers or does not."""

    def __init__(self) -> None:
        self.port = 0
        self.start()

    def start(self) -> None:
        application = _Office(get_wsgi_application())
        self.server = make_server("127.0.0.1", self.port, application, _Threads, _Quiet)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"
