from datetime import date

import pytest

from parvis.domain.directory.enums import Certainty
from parvis.domain.directory.queries import ended_offices, holder, represented_by, role_on, undated_since


@pytest.fixture
def office(enter, source):
    """An office whose holdings are given, each by a person made for it."""
    enter("body", "c40")

    def with_holdings(*holdings, key="chair", people=("anna", "boris", "carla")):
        for person in people:
            enter("person", person, kind="office_holder")
        return enter("office", key, body="c40", holdings=list(holdings))

    return with_holdings


def held(found):
    return [(one.person.key, one.certainty) for one in found]


def test_the_holder_of_a_dated_term_is_attested_within_it(office):
    chair = office({"person": "anna", "from": "2014-04-05", "to": "2020-06-28"})

    assert held(holder(chair, date(2014, 4, 5))) == [("anna", Certainty.ATTESTED)]
    assert held(holder(chair, date(2020, 6, 28))) == [("anna", Certainty.ATTESTED)]
    assert held(holder(chair, date(2014, 4, 4))) == []
    assert held(holder(chair, date(2020, 6, 29))) == []


def test_a_day_in_a_year_known_only_as_a_year_is_likely(office):
    chair = office({"person": "anna", "from": "2014", "to": "2020"})

    assert held(holder(chair, date(2014, 2, 1))) == [("anna", Certainty.LIKELY)]
    assert held(holder(chair, date(2016, 1, 1))) == [("anna", Certainty.ATTESTED)]
    assert held(holder(chair, date(2020, 12, 31))) == [("anna", Certainty.LIKELY)]


def test_a_term_without_end_is_attested_up_to_the_day_its_source_speaks_of(office):
    chair = office({"person": "anna", "from": "2014", "as_of": "2019/2020"})

    assert held(holder(chair, date(2018, 5, 1))) == [("anna", Certainty.ATTESTED)]
    assert held(holder(chair, date(2022, 9, 19))) == [("anna", Certainty.LIKELY)]


def test_an_interval_says_somewhere_between_and_attests_no_day(office):
    chair = office({"person": "anna", "as_of": "2019/2020"})

    assert held(holder(chair, date(2019, 6, 1))) == [("anna", Certainty.LIKELY)]


@pytest.mark.parametrize("as_of", ["2016-07-04", "2016-07", "2016"])
def test_the_day_a_source_speaks_of_is_attested(office, as_of):
    chair = office({"person": "anna", "as_of": as_of})

    assert held(holder(chair, date(2016, 7, 4))) == [("anna", Certainty.ATTESTED)]


def test_a_later_role_does_not_change_the_past(office):
    chair = office({"person": "anna", "as_of": "2016-07-04"}, {"person": "boris", "as_of": "2020-01-01"})

    assert held(holder(chair, date(2015, 1, 1))) == []
    assert held(holder(chair, date(2018, 1, 1))) == [("anna", Certainty.LIKELY)]
    assert held(holder(chair, date(2021, 1, 1))) == [("boris", Certainty.LIKELY)]


def test_the_attested_holder_leaves_no_room_for_the_likely(office):
    chair = office(
        {"person": "anna", "as_of": "2014"},
        {"person": "boris", "from": "2015-01-01", "to": "2016-12-31"},
        {"person": "carla", "as_of": "2015-03/2017"},
    )

    assert held(holder(chair, date(2015, 6, 1))) == [("boris", Certainty.ATTESTED)]


def test_an_end_alone_says_nothing_of_the_time_before(office):
    chair = office({"person": "anna", "to": "2016-12-31"})

    assert held(holder(chair, date(2015, 1, 1))) == []
    assert held(holder(chair, date(2016, 12, 31))) == [("anna", Certainty.LIKELY)]


def test_an_open_beginning_is_no_date(office):
    chair = office({"person": "anna", "from": "../2014", "as_of": "2016/.."})

    assert held(holder(chair, date(2015, 6, 1))) == [("anna", Certainty.ATTESTED)]


def test_a_holding_without_any_date_is_never_offered(office):
    chair = office({"person": "anna"})

    assert held(holder(chair, date(2016, 1, 1))) == []


def test_two_may_share_an_office(office):
    chair = office({"person": "anna", "as_of": "2016"}, {"person": "boris", "as_of": "2016"})

    assert held(holder(chair, date(2016, 1, 1))) == [
        ("anna", Certainty.ATTESTED),
        ("boris", Certainty.ATTESTED),
    ]


def test_the_roles_of_a_person_on_a_day(office, enter):
    chair = office({"person": "anna", "from": "2014-01-01", "to": "2016-12-31"})
    enter("office", "mayor", body="c40", holdings=[{"person": "anna", "from": "2017-01-01", "to": "2020-01-01"}])
    anna = chair.holdings.get().person

    assert [one.office.key for one in role_on(anna, date(2015, 1, 1))] == ["chair"]
    assert [one.office.key for one in role_on(anna, date(2018, 1, 1))] == ["mayor"]
    assert [one.office.key for one in role_on(anna, date(2022, 1, 1))] == []


def test_whoever_acts_for_another_that_day_is_told(office):
    chair = office(
        {"person": "boris", "as_of": "2016-07-04", "acting_for": "anna"},
        {"person": "carla", "as_of": "2017-07-04", "acting_for": "anna"},
    )
    anna = chair.holdings.first().acting_for

    assert [(one.person.key, one.acting_for.key) for one in represented_by(anna, date(2016, 7, 4))] == [
        ("boris", "anna")
    ]


def test_acting_for_another_lasts_no_longer_than_it_is_attested(office):
    chair = office({"person": "boris", "as_of": "2016-07-04", "acting_for": "anna"})

    assert held(holder(chair, date(2016, 7, 4))) == [("boris", Certainty.ATTESTED)]
    assert held(holder(chair, date(2016, 7, 5))) == []


def test_an_office_that_ended_with_nobody_after_may_be_stale(office):
    office({"person": "anna", "to": "2019"}, {"person": "boris", "to": "2020"})

    assert [holding.person.key for holding in ended_offices(date(2022, 9, 19))] == ["boris"]
    assert list(ended_offices(date(2020, 12, 31))) == []


def test_an_office_somebody_may_still_hold_has_not_ended(office):
    office({"person": "anna", "to": "2019"}, {"person": "boris", "from": "2020"})

    assert list(ended_offices(date(2022, 9, 19))) == []


def test_an_office_nobody_is_known_to_hold_has_not_ended(office):
    office()

    assert list(ended_offices(date(2022, 9, 19))) == []


def test_a_holder_without_news_for_years_is_to_be_looked_at(office):
    office(
        {"person": "anna", "as_of": "2016-07-04"},
        {"person": "boris", "as_of": "2021-01-01"},
        {"person": "carla"},
    )

    assert [holding.person.key for holding in undated_since(date(2022, 7, 3))] == ["anna"]
    assert [holding.person.key for holding in undated_since(date(2018, 7, 3))] == []
    assert [holding.person.key for holding in undated_since(date(2018, 7, 4))] == ["anna"]
