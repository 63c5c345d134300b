"""A question that cannot be read as it was sent becomes one that the site can refuse in its own words.

gunicorn would answer by itself, four lines of English to programs and people alike. Here what can be read of it, its
path and the reader's language, goes to the site with the status it deserves; the rest is dropped, and the connection
with it, since nobody can tell where the next question would begin.
"""

from __future__ import annotations

import errno
import re
from typing import Any

from gunicorn.http.body import Body, LengthReader
from gunicorn.http.errors import (
    ExpectationFailed,
    InvalidHeader,
    InvalidHeaderName,
    InvalidHTTPVersion,
    InvalidRequestLine,
    InvalidRequestMethod,
    InvalidSchemeHeaders,
    LimitRequestHeaders,
    LimitRequestLine,
    ObsoleteFolding,
    UnsupportedTransferCoding,
)
from gunicorn.http.message import Request
from gunicorn.http.parser import RequestParser

TOO_LONG, TOO_MUCH_BESIDE, UNREADABLE = 414, 431, 400
#: Bytes of an address that are heard out, so that what stands behind it, the reader's language, is read too.
_HEARD_OUT = 1 << 20
_LINE = (InvalidRequestLine, InvalidRequestMethod, InvalidHTTPVersion)
_HEADERS = (
    LimitRequestHeaders, InvalidHeader, InvalidHeaderName, ObsoleteFolding, InvalidSchemeHeaders, ExpectationFailed,
)  # fmt: skip
_PATH = re.compile(rb"^([A-Z]{3,20}) (/[!-~]*)")
_BEFORE_QUERY = re.compile(rb"^[^?#]{1,1000}(?=[?#]|$)")
#: Of a path that is itself too long, the word that tells its language, or a program's question.
_FIRST_WORD = re.compile(rb"^/[a-z]{2,3}/")
_TONGUES = re.compile(rb"\r?\naccept-language:[ \t]*([\w,;=.* -]{1,200})\r?\n", re.IGNORECASE)
_CHOSEN = re.compile(rb"\r?\ncookie:[^\r\n]*\b(django_language=[a-z]{2})\b", re.IGNORECASE)


class Whole(LengthReader):
    """What comes behind the headers, all of it or nothing: half of a form would be taken for the whole."""

    def read(self, size: int) -> bytes:
        """Raises ConnectionResetError when the reader went away in the middle."""
        left = min(self.length, size)
        told = bytes(super().read(size))
        if len(told) < left:
            raise ConnectionResetError(errno.ECONNRESET, "the reader went away in the middle")
        return told


class Question(Request):
    """A question as gunicorn reads it, or as much of it as a refusal needs."""

    body: Any
    refused = 0
    _heard = b""

    def read_line(self, unreader: Any, buf: bytearray, limit: int = 0) -> tuple[bytes, bytearray]:
        """The first line; one that is too long is cut down to what it asks for."""
        try:
            line, rest = super().read_line(unreader, buf, limit)
        except LimitRequestLine:
            line, rest = self._cut(unreader, buf, TOO_LONG)
        except InvalidRequestLine:
            line, rest = self._cut(unreader, buf, UNREADABLE)
        self._heard = rest
        return line, rest

    def parse_request_line(self, line_bytes: bytes) -> None:
        """What is asked; of a line of no known shape, only where."""
        try:
            super().parse_request_line(line_bytes)
        except _LINE:
            self._refuse(UNREADABLE)
            super().parse_request_line(_readable(line_bytes))

    def set_body_reader(self) -> None:
        """What comes behind the headers: nothing, of a question that is refused."""
        try:
            if not self.refused:
                super().set_body_reader()
        except (InvalidHeader, UnsupportedTransferCoding):
            self._refuse(UNREADABLE)
        reader = getattr(self.body, "reader", None)
        if isinstance(reader, LengthReader):
            self.body = Body(Whole(self.unreader, reader.length))
        if self.refused:
            self.body = Body(LengthReader(self.unreader, 0))
            self.force_close()

    def _parse_python(self, unreader: Any, buf: bytearray) -> bytes:
        try:
            return bytes(super()._parse_python(unreader, buf))
        except _HEADERS as fault:
            self._refuse(TOO_MUCH_BESIDE if isinstance(fault, LimitRequestHeaders) else UNREADABLE)
            told = b"\r\n" + bytes(self._heard)
            found = {"ACCEPT-LANGUAGE": _TONGUES.search(told), "COOKIE": _CHOSEN.search(told)}
            self.headers = [(name, match[1].decode("ascii")) for name, match in found.items() if match]
            return b""

    def _cut(self, unreader: Any, buf: bytearray, status: int) -> tuple[bytes, bytearray]:
        self._refuse(status)
        looked, end = 0, buf.find(b"\n")
        while end < 0 and len(buf) < _HEARD_OUT:
            looked = len(buf)
            self.read_into(unreader, buf)
            end = buf.find(b"\n", looked)
        rest = buf[end + 1 :] if end >= 0 else bytearray(b"\r\n")
        return _readable(bytes(buf[:_HEARD_OUT])), rest

    def _refuse(self, status: int) -> None:
        """Keep the first reason, where the site will find it."""
        self.refused = self.refused or status
        self.unreader.sock.refused = self.refused


class Questions(RequestParser):
    """The questions of a connection."""

    mesg_class = Question


def _readable(line: bytes) -> bytes:
    """A line that asks for the same path, without what nobody can read; for the home page where there is no path."""
    asked = _PATH.match(line)
    if asked is None:
        return b"GET / HTTP/1.1"
    path = _BEFORE_QUERY.match(asked[2]) or _FIRST_WORD.match(asked[2])
    return b"%s %s HTTP/1.1" % (asked[1], path[0] if path else b"/")
