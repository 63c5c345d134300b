"""Whether an agreement binds on a day: the cases one can draw, then any life at all."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.partnerships.enums import AgreementState, Renewal
from parvis.domain.partnerships.queries.standing import (
    Life,
    Span,
    Step,
    end_of,
    spans_of,
    standing_on,
    years_after,
)
from parvis.foundation.values.certainty import Certainty
from parvis.foundation.values.partial_date import PartialDate

YES, NO, NOT_KNOWN = Certainty.YES, Certainty.NO, Certainty.NOT_KNOWN


def life(*steps, **terms):
    dated = {name: PartialDate.parse(terms.pop(name)) for name in ("in_force_from", "until") if name in terms}
    moves = tuple(Step(AgreementState(state), PartialDate.parse(day) if day else None) for state, day in steps)
    return Life(moves, **dated, **terms)


@pytest.mark.parametrize(
    ("steps", "terms", "day", "answer"),
    [
        # signed, and no source says for how long
        ([("signed", "2014-10-15")], {}, date(2014, 10, 14), NO),
        ([("signed", "2014-10-15")], {}, date(2014, 10, 15), YES),
        ([("signed", "2014-10-15")], {}, date(2014, 10, 16), NOT_KNOWN),
        ([("signed", "2014-10")], {}, date(2014, 10, 15), NOT_KNOWN),
        ([("signed", "2014-10")], {}, date(2014, 10, 31), YES),
        # a later list attests it until its own day
        ([("signed", "2014-10-15"), ("listed", "2022-09-19")], {}, date(2020, 1, 1), YES),
        ([("signed", "2014-10-15"), ("listed", "2022-09-19")], {}, date(2022, 9, 20), NOT_KNOWN),
        # only listed
        ([("listed", "2022-09-19")], {}, date(2022, 9, 18), NOT_KNOWN),
        ([("listed", "2022-09-19")], {}, date(2022, 9, 19), YES),
        ([("listed", "2022-09-19")], {}, date(2022, 9, 20), NOT_KNOWN),
        ([("listed", "2022-09-19"), ("ended", "2022-01")], {}, date(2022, 9, 19), NO),
        # a term
        ([("signed", "2014-10-15")], {"term_years": 3, "renewal": Renewal.FIXED}, date(2017, 10, 14), YES),
        ([("signed", "2014-10-15")], {"term_years": 3, "renewal": Renewal.FIXED}, date(2017, 10, 15), NO),
        ([("signed", "2014-10-15")], {"term_years": 3}, date(2017, 10, 15), NOT_KNOWN),
        ([("signed", "2014")], {"term_years": 3, "renewal": Renewal.FIXED}, date(2017, 6, 1), NOT_KNOWN),
        ([("signed", "2014")], {"until": "2016-01-01", "renewal": Renewal.FIXED}, date(2015, 12, 31), YES),
        ([("signed", "2014")], {"until": "2016-01-01", "renewal": Renewal.FIXED}, date(2016, 1, 1), NO),
        ([("signed", "2014")], {"until": "2016-01-01", "renewal": Renewal.TACIT}, date(2030, 1, 1), YES),
        ([("signed", "2014")], {"renewal": Renewal.EVERGREEN}, date(2030, 1, 1), YES),
        ([("signed", "2014"), ("ended", "2020")], {"renewal": Renewal.EVERGREEN}, date(2021, 1, 1), NO),
        # signed, and in force later
        (
            [("signed", "2014")],
            {"in_force_from": "2015-03-01", "renewal": Renewal.EVERGREEN},
            date(2015, 2, 28),
            NO,
        ),
        (
            [("signed", "2014")],
            {"in_force_from": "2015", "renewal": Renewal.EVERGREEN},
            date(2015, 2, 1),
            NOT_KNOWN,
        ),
        (
            [("signed", "2014")],
            {"in_force_from": "2015", "renewal": Renewal.EVERGREEN},
            date(2016, 1, 1),
            YES,
        ),
        # the pipeline
        ([("wished", "2016-07-04")], {}, date(2020, 1, 1), NO),
        ([("prospect", "2015-05")], {}, date(2014, 1, 1), NO),
        ([("draft", "2015-05")], {}, date(2020, 1, 1), NO),
        ([("voted", "2015-02-10")], {}, date(2016, 1, 1), NOT_KNOWN),
        ([("voted", "2015-02-10")], {}, date(2015, 2, 9), NO),
        ([("voted", "2015-02-10"), ("signed", "2015-04-01")], {}, date(2015, 3, 1), NO),
        # suspended, resumed, renewed
        ([("in_force", "2015"), ("suspended", "2017-01-01")], {}, date(2016, 6, 1), YES),
        ([("in_force", "2015"), ("suspended", "2017-01-01")], {}, date(2018, 6, 1), NO),
        ([("suspended", "2017-01-01")], {}, date(2016, 6, 1), NOT_KNOWN),
        ([("signed", "2014"), ("renewed", "2017-01-01")], {"term_years": 3}, date(2019, 12, 31), YES),
        # nothing is known
        ([], {}, date(2015, 1, 1), NOT_KNOWN),
        ([("signed", "")], {}, date(2015, 1, 1), NOT_KNOWN),
        ([("listed", "")], {}, date(2015, 1, 1), NOT_KNOWN),
        ([("signed", "../2016-07")], {}, date(2016, 7, 31), YES),
        ([("signed", "../2016-07")], {}, date(2016, 1, 1), NOT_KNOWN),
    ],
)
def test_in_force_on_a_day(steps, terms, day, answer):
    assert standing_on(life(*steps, **terms), day) == answer


def test_the_whole_of_time_is_cut_where_the_answer_changes():
    spans = spans_of(life(("signed", "2014-10-15"), ("listed", "2022-09-19"), ("ended", "2025-01-01")))

    assert spans == [
        Span(None, date(2014, 10, 15), NO),
        Span(date(2014, 10, 15), date(2025, 1, 1), YES),
        Span(date(2025, 1, 1), None, NO),
    ]


def test_a_listing_attests_its_own_day_and_no_other():
    spans = spans_of(life(("listed", "2022-09-19")))

    assert spans == [
        Span(None, date(2022, 9, 19), NOT_KNOWN),
        Span(date(2022, 9, 19), date(2022, 9, 20), YES),
        Span(date(2022, 9, 20), None, NOT_KNOWN),
    ]


def test_nothing_known_is_one_span():
    assert spans_of(life()) == [Span(None, None, NOT_KNOWN)]


@pytest.mark.parametrize(
    ("steps", "terms", "end"),
    [
        ([("signed", "2014-10")], {"term_years": 3}, "2017-10"),
        ([("signed", "2014-10")], {"term_years": 3, "in_force_from": "2015-01-01"}, "2018-01-01"),
        ([("signed", "2014"), ("renewed", "2017-06-01")], {"term_years": 3}, "2020-06-01"),
        ([("signed", "2014")], {"term_years": 3, "until": "2016"}, "2016"),
        ([("voted", "2015-02")], {"term_years": 3}, None),
        ([("signed", "2014")], {}, None),
    ],
)
def test_the_end_is_written_or_counted_from_the_term(steps, terms, end):
    found = end_of(life(*steps, **terms))

    assert (str(found) if found else None) == end


@pytest.mark.parametrize(
    ("start", "years", "later"),
    [("2015", 3, "2018"), ("2015-01/2015-05", 3, "2018-01/2018-05"), ("2016-02-29", 3, "2019-03-01")],
)
def test_years_later_is_no_more_precise(start, years, later):
    assert str(years_after(PartialDate.parse(start), years)) == later


_days = st.dates(date(2010, 1, 1), date(2025, 12, 31))


@st.composite
def _moments(draw):
    day = draw(_days)
    form = draw(st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d", "../%Y-%m", "%Y/..", ""]))
    return PartialDate.parse(day.strftime(form)) if form else None


_lives = st.builds(
    Life,
    steps=st.lists(st.builds(Step, st.sampled_from(AgreementState), _moments()), max_size=5).map(tuple),
    in_force_from=_moments(),
    until=_moments(),
    term_years=st.none() | st.integers(1, 5),
    renewal=st.sampled_from(Renewal),
)


@given(any_life=_lives, day=_days)
def test_any_day_of_any_life_lies_in_the_span_that_gives_its_answer(any_life, day):
    spans = spans_of(any_life)

    found = [
        span.standing
        for span in spans
        if (span.start is None or span.start <= day) and (span.end is None or day < span.end)
    ]

    assert found == [standing_on(any_life, day)]
    assert (spans[0].start, spans[-1].end) == (None, None)
    assert all(before.end == after.start for before, after in pairwise(spans))
    assert all(before.standing != after.standing for before, after in pairwise(spans))


@given(any_life=_lives, day=_days)
def test_what_surely_ended_is_never_said_to_bind(any_life, day):
    ended = Step(AgreementState.ENDED, PartialDate.parse(day.isoformat()))
    over = Life(
        (*any_life.steps, ended),
        any_life.in_force_from,
        any_life.until,
        any_life.term_years,
        any_life.renewal,
    )

    assert standing_on(over, day) == NO
    assert standing_on(over, day + timedelta(days=1000)) == NO
