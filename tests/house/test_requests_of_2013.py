"""The requests of 2013 that are rehearsed are those of the City's file, and the four hundred are always the same."""

import pytest

from parvis.doors.jobs.rehearsing import requests as restated
from tests.support import requests_of_2013 as of_2013

beside = pytest.mark.skipif(
    not of_2013.standing(), reason="SKIPPED: the requests of 2013 do not stand beside this checkout"
)


@beside
def test_every_request_is_read_with_what_was_asked_and_voted():
    held = of_2013.requests()

    assert len(held) == 4308
    assert (restated.asked_in_all(held), restated.voted_in_all(held)) == (253_273_325, 172_950_825)
    assert sum(request.funded for request in held) == 2828


@beside
def test_what_was_refused_was_voted_nothing():
    assert {request.voted for request in of_2013.requests() if not request.funded} == {0}


@beside
def test_what_is_restated_is_the_file_s_line_by_line():
    held = {one.line: one for one in of_2013.requests()}
    drawn = {one.line for one in of_2013.drawn()}

    assert [
        one.line
        for one in restated.requests()
        if (one.siret, one.town, one.asked, one.voted) != _figures(held[one.line]) or one.drawn != (one.line in drawn)
    ] == []
    assert {one.line for one in restated.requests() if one.above} == {one.line for one in held.values() if one.above}


def _figures(one):
    return one.siret, one.town, one.asked, one.voted


def test_two_hundred_and_two_were_voted_more_than_they_asked():
    above = [one for one in restated.requests() if one.above]

    assert len(above) == 202
    assert (restated.asked_in_all(above), restated.voted_in_all(above)) == (16_848_786, 28_045_566)


def test_the_four_hundred_hold_every_case():
    held = restated.drawn()

    assert len({request.line for request in held}) == 400
    assert all(request.asked > 0 for request in held)
    assert (restated.asked_in_all(held), restated.voted_in_all(held)) == (17_368_120, 11_900_425)
    assert (sum(one.voted > 0 for one in held), sum(one.above for one in held)) == (265, 17)
