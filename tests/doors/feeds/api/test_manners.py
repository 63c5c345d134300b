"""Everyone may ask, nobody may ask for all the others."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from parvis.doors.feeds.api.manners import Fairness


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_an_address_waits_when_it_asks_too_much_and_others_do_not():
    fairness = Fairness(3, Clock())

    waits = [fairness.wait("a", 1) for _ in range(4)]

    assert waits == [0, 0, 0, 20]
    assert fairness.wait("b", 1) == 0


def test_patience_is_rewarded():
    clock = Clock()
    fairness = Fairness(3, clock)
    for _ in range(4):
        fairness.wait("a", 1)

    clock.now = 21

    assert [fairness.wait("a", 1), fairness.wait("a", 1) > 0] == [0, True]


def test_nobody_waits_where_no_rate_is_set():
    fairness = Fairness(0, Clock())

    assert {fairness.wait("a", 100) for _ in range(100)} == {0}


def test_the_one_who_asks_too_much_is_told_how_long_to_wait(site, settings):
    settings.PARVIS_API_RATE = 1
    site.handler._middleware_chain = None

    answers = [site.get("/api/v1/releases") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    left = answers[1]["Retry-After"]
    assert 30 < int(left) <= 60
    assert answers[1].json()["detail"] == f"Please wait {left} seconds before asking again."


def test_who_waits_a_second_is_told_so(site, settings):
    settings.PARVIS_API_RATE = 60
    site.handler._middleware_chain = None

    answers = [site.get("/api/v1/releases") for _ in range(61)]

    assert (answers[-1].status_code, answers[-1]["Retry-After"]) == (429, "1")
    assert answers[-1].json()["detail"] == "Please wait a second before asking again."


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (414, "Esta dirección es demasiado larga para leerse: pida menos a la vez."),
        (431, "Con esta petición llegó más de lo que se puede leer"),
        (400, "Esta petición no se puede leer."),
    ],
)
def test_what_the_server_cannot_read_is_a_problem_in_the_reader_s_language(site, status, sentence):
    unread = {"gunicorn.socket": SimpleNamespace(refused=status)}

    answer = site.get("/api/v1/records", headers={"accept-language": "es"}, **unread)

    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["detail"].startswith(sentence)
