from datetime import date

import pytest

from parvis.domain.partnerships import queries
from parvis.domain.partnerships.enums import MembershipStatus
from parvis.foundation.values.certainty import Certainty

YES, NOT_KNOWN = Certainty.YES, Certainty.NOT_KNOWN


@pytest.fixture
def member(enter, subject):
    """A city in a network, with the statuses one gives; the network is made at need."""

    def made(network, *statuses, city="paris", themes=()):
        from parvis.register.models import Subject

        if not Subject.objects.filter(key=city).exists():
            subject(city, noun="place")
        if not Subject.objects.filter(key=network).exists():
            enter("network", network, themes=list(themes))
        lines = [
            {"status": status, "from": start, "to": end, **more}
            for status, start, end, more in (((*given, {})[:4]) for given in statuses)
        ]
        return enter("membership", f"{city}-in-{network}", network=network, member=city, statuses=lines)

    return made


def told(rows):
    return [(row.membership.key, row.status, row.answer) for row in rows]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2012, 12, 31), None),
        (date(2013, 6, 1), (MembershipStatus.OBSERVER, NOT_KNOWN)),
        (date(2014, 1, 1), (MembershipStatus.OBSERVER, YES)),
        (date(2016, 7, 1), (MembershipStatus.MEMBER, YES)),
        (date(2020, 1, 1), (MembershipStatus.LEFT, YES)),
    ],
)
def test_the_status_on_a_day(member, day, expected):
    membership = member(
        "al-las",
        ("observer", "2013", None),
        ("member", "2016-07-01", "2019-01-01"),
        ("left", "2019-01-01", None),
    )

    held = queries.status_on(membership, day)

    assert (held and (held.status, held.answer)) == expected


def test_an_open_status_lasts_until_the_next_may_have_begun(member):
    membership = member("al-las", ("observer", "2013", None), ("member", "2016", None))

    held = {day: queries.status_on(membership, day) for day in (date(2015, 12, 31), date(2016, 6, 1))}

    assert {day: (row.status, row.answer) for day, row in held.items()} == {
        date(2015, 12, 31): (MembershipStatus.OBSERVER, YES),
        date(2016, 6, 1): (MembershipStatus.MEMBER, NOT_KNOWN),
    }


def test_a_status_without_a_beginning_is_known_by_the_day_of_its_source(member, source):
    source("page", date="2022-09-19")
    source("undated", date="")
    known = member("aimf", ("member", None, None, {"source": "page", "lines": "74"}))
    vague = member("cemr", ("member", None, None, {"source": "undated", "lines": "3"}))
    bare = member("eurocities", ("member", None, "2020"))

    def answer(membership, day):
        held = queries.status_on(membership, day)
        return held and held.answer

    assert answer(known, date(2022, 9, 19)) == YES
    assert answer(known, date(2010, 1, 1)) == NOT_KNOWN
    assert answer(vague, date(2022, 9, 19)) == NOT_KNOWN
    assert answer(bare, date(2019, 1, 1)) == NOT_KNOWN
    assert answer(bare, date(2021, 1, 1)) is None


def test_memberships_on_a_day_leave_out_those_who_left_or_had_not_come(member):
    paris = member("c40", ("member", "2007", None)).member
    member("energy-cities", ("member", "2005", "2010"), ("left", "2010", None))
    member("100rc", ("selected", "2015", None))
    network = member("c40", ("member", "2009", None), city="lima").network

    assert told(queries.memberships_on(date(2012, 1, 1), member=paris)) == [
        ("paris-in-c40", MembershipStatus.MEMBER, YES)
    ]
    assert told(queries.memberships_on(date(2012, 1, 1), network=network)) == [
        ("lima-in-c40", MembershipStatus.MEMBER, YES),
        ("paris-in-c40", MembershipStatus.MEMBER, YES),
    ]
    assert len(queries.memberships_on(date(2016, 1, 1))) == 3


def test_networks_by_year_are_in_the_order_of_joining(member):
    paris = member("c40", ("member", "2007", None)).member
    member("club-vitecc", ("member", "2008", None))
    member("covenant", ("signatory", "2008-01", None))
    member("aimf", ("member", None, None))
    member("al-las", ("observer", "2004", None))

    found = queries.networks_by_year(paris)

    assert [(row.year, [membership.network.key for membership in row.memberships]) for row in found] == [
        (2007, ["c40"]),
        (2008, ["club-vitecc", "covenant"]),
        (None, ["aimf"]),
    ]


def test_networks_joined_between_two_days_and_of_some_themes(member):
    paris = member("c40", ("member", "2007", None), themes=["climate"]).member
    member("icorn", ("member", "2011", None), themes=["rights"])
    member("energy-cities", ("member", "2005", None), themes=["climate", "europe"])
    member("later", ("member", "2015", None), themes=["climate"])
    member("some-day", ("member", "../2016", None), themes=["climate"])
    member("aimf", ("member", None, None), themes=["climate"])

    def found(since, until, **more):
        return [row.network.key for row in queries.networks_joined(paris, since, until, **more)]

    climate = frozenset({"climate"})
    assert found(date(2005, 1, 1), date(2015, 1, 1)) == ["energy-cities", "c40", "icorn"]
    assert found(date(2005, 1, 1), date(2015, 1, 1), themes=climate) == ["energy-cities", "c40"]
    assert found(date(2006, 1, 1), None, themes=climate) == ["c40", "later"]
    assert found(None, None, themes=climate) == ["some-day", "energy-cities", "c40", "later"]


def test_members_of_a_network_are_those_surely_in_it(member):
    network = member("al-las", ("member", "2016", None)).network
    member("al-las", ("observer", "2013", None), city="arricod")
    member("al-las", ("member", "2013", "2015"), city="lima")

    assert [row.key for row in queries.members_of(network, date(2014, 6, 1))] == ["lima-in-al-las"]
    assert [row.key for row in queries.members_of(network, date(2017, 1, 1))] == ["paris-in-al-las"]
