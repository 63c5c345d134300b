"""What cannot be read is cut down to what a refusal needs: where it was sent, and in what language to answer."""

import socket

import pytest
from gunicorn.config import Config

from parvis.config import hearing
from parvis.config.hearing import Questions
from parvis.config.waiting import Line

BESIDE = "Host: x\r\nAccept-Language: pt\r\nCookie: a=1; django_language=es; b=2\r\n"


def heard(told, then=lambda question: question):
    """The question that is read from these words, or what is made of it, and the line it came on."""
    ours, theirs = socket.socketpair()
    line = Line(ours.family, ours.type, ours.proto, ours.detach()).opened(5, 1_000_000)
    with theirs, line:
        theirs.sendall(told if isinstance(told, bytes) else told.encode())
        theirs.shutdown(socket.SHUT_WR)
        return then(next(Questions(Config(), line, ("127.0.0.1", 1)))), line


def said(question):
    return question.refused, question.method, question.uri, question.version


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (f"GET /fr/partenaires?q={'a' * 9000} HTTP/1.1\r\n", (414, "GET", "/fr/partenaires", (1, 1))),
        (f"GET /api/v1/records?q={'é' * 90_000} HTTP/1.1\r\n", (414, "GET", "/api/v1/records", (1, 1))),
        (f"HEAD /es/{'a' * 9000} HTTP/1.1\r\n", (414, "HEAD", "/es/", (1, 1))),
        (f"GET /{'a' * 9000} HTTP/1.1\r\n", (414, "GET", "/", (1, 1))),
        ("GET /fr/villes/Besançon HTTP/1.1\r\n", (400, "GET", "/fr/villes/Besan", (1, 1))),
        ("GET /fr/ HTTP/9.9\r\n", (400, "GET", "/fr/", (1, 1))),
        ("get /fr/ HTTP/1.1\r\n", (400, "GET", "/", (1, 1))),
        ("GET /fr/\n HTTP/1.1\r\n", (400, "GET", "/fr/", (1, 1))),
        ("GARBAGE\r\n", (400, "GET", "/", (1, 1))),
    ],
)
def test_a_first_line_that_cannot_be_read_leaves_where_it_was_sent(told, expected):
    question, line = heard(told + BESIDE + "\r\n")

    assert said(question) == expected
    assert (line.refused, question.should_close()) == (expected[0], True)


@pytest.mark.parametrize(
    ("beside", "status"),
    [
        (f"X: {'a' * 9000}\r\n", 431),
        ("".join(f"X{number}: 1\r\n" for number in range(150)), 431),
        ("Bad Header: x\r\n", 400),
        ("No colon\r\n", 400),
        ("Expect: 42\r\n", 400),
    ],
)
def test_of_headers_that_cannot_be_read_the_reader_s_language_is_kept(beside, status):
    question, _line = heard(f"GET /fr/ HTTP/1.1\r\n{BESIDE}{beside}\r\n")

    assert said(question) == (status, "GET", "/fr/", (1, 1))
    assert question.headers == [("ACCEPT-LANGUAGE", "pt"), ("COOKIE", "django_language=es")]


@pytest.mark.parametrize(
    "beside", ["Content-Length: -1", "Content-Length: 1\r\nContent-Length: 2", "Transfer-Encoding: zip"]
)
def test_what_follows_headers_that_say_no_length_is_not_read(beside):
    question, _line = heard(f"POST /guichet/ HTTP/1.1\r\nHost: x\r\n{beside}\r\n\r\nabc")

    assert (question.refused, question.body.read(), question.should_close()) == (400, b"", True)


def test_an_address_without_end_is_heard_out_up_to_its_limit(monkeypatch):
    monkeypatch.setattr(hearing, "_HEARD_OUT", 1 << 15)
    question, _line = heard(b"GET /pt/?" + b"a" * (1 << 16))

    assert said(question) == (414, "GET", "/pt/", (1, 1))


def test_a_question_that_can_be_read_is_left_as_it_is():
    question, line = heard(f"POST /guichet/ HTTP/1.1\r\nContent-Length: 3\r\n{BESIDE}\r\nabc")

    assert (said(question), line.refused) == ((0, "POST", "/guichet/", (1, 1)), 0)
    assert (question.body.read(), question.should_close()) == (b"abc", False)


def test_half_of_what_was_announced_is_never_taken_for_the_whole():
    with pytest.raises(ConnectionResetError):
        heard(
            "POST /bureau/ HTTP/1.1\r\nContent-Length: 100\r\n\r\nseen_revision=1&title=", lambda one: one.body.read()
        )
