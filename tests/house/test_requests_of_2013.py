"""The requests of 2013 are read whole, and the four hundred drawn from them are always the same."""

import pytest

from tests.support import requests_of_2013 as of_2013

pytestmark = pytest.mark.skipif(
    not of_2013.standing(), reason="SKIPPED: the requests of 2013 do not stand beside this checkout"
)


def test_every_request_is_read_with_what_was_asked_and_voted():
    held = of_2013.requests()

    assert len(held) == 4308
    assert (of_2013.asked_in_all(held), of_2013.voted_in_all(held)) == (253_273_325, 172_950_825)
    assert sum(request.funded for request in held) == 2828


def test_two_hundred_and_two_were_voted_more_than_they_asked():
    assert sum(request.above for request in of_2013.requests()) == 202


def test_what_was_refused_was_voted_nothing():
    assert {request.voted for request in of_2013.requests() if not request.funded} == {0}


def test_the_same_four_hundred_are_drawn_each_time_and_hold_every_case():
    held = of_2013.drawn()
    of_2013.drawn.cache_clear()

    assert of_2013.drawn() == held
    assert len({request.line for request in held}) == 400
    assert all(request.asked > 0 for request in held)
    assert (of_2013.asked_in_all(held), of_2013.voted_in_all(held)) == (17_368_120, 11_900_425)
    assert (sum(request.funded for request in held), sum(request.above for request in held)) == (265, 17)
