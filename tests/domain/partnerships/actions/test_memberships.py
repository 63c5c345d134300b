import pytest

from parvis.domain.partnerships.actions import change_status, leave_network
from parvis.domain.partnerships.errors import (
    AlreadyLeft,
    DayMissing,
    MemberOfItself,
    NoStatus,
    StatusesOverlap,
)
from parvis.domain.partnerships.models import Membership
from parvis.register.errors import InvalidContent


@pytest.fixture
def member(enter, subject):
    """Paris in AL-LAs, with the statuses one gives."""
    subject("paris", noun="place")
    enter("network", "al-las")

    def made(*statuses, key="paris-in-al-las", **facts):
        lines = [{"status": status, "from": start, "to": end} for status, start, end in statuses]
        return enter("membership", key, **{"network": "al-las", "member": "paris", "statuses": lines, **facts})

    return made


def periods(membership):
    return [(line.status, line.valid_from, line.valid_to) for line in membership.statuses.all()]


def test_an_observer_becomes_a_member_then_leaves(member, act):
    membership = member(("observer", "2013", None))

    act(change_status, membership=membership, status="member", since="2016-07", how={"en": "On request"})
    left = act(leave_network, membership=membership, day="2020")

    assert periods(left) == [
        ("observer", "2013", "2016-07"),
        ("member", "2016-07", "2020"),
        ("left", "2020", ""),
    ]


def test_an_end_already_known_is_kept(member, act):
    membership = member(("observer", "2013", "2015"))

    changed = act(change_status, membership=membership, status="member", since="2016")

    assert periods(changed) == [("observer", "2013", "2015"), ("member", "2016", "")]


def test_one_leaves_once_and_may_come_back(member, act):
    membership = member(("member", "2013", None))
    act(leave_network, membership=membership, day="2015")

    with pytest.raises(AlreadyLeft):
        act(leave_network, membership=membership, day="2016")
    back = act(change_status, membership=membership, status="member", since="2018")

    assert periods(back) == [("member", "2013", "2015"), ("left", "2015", ""), ("member", "2018", "")]


def test_a_change_has_a_day(member, act):
    with pytest.raises(DayMissing):
        act(change_status, membership=member(("member", "2013", None)), status="left", since="")


@pytest.mark.parametrize(
    "statuses",
    [
        [("observer", "2013", "2016"), ("member", "2015", None)],
        [("member", "2015", None), ("observer", "2013", "2017")],
        [("observer", "2013-01-01", "2016-01-01"), ("member", "2015-12-31", "2018")],
    ],
)
def test_statuses_that_surely_overlap_are_refused(member, statuses):
    with pytest.raises(StatusesOverlap):
        member(*statuses)

    assert Membership.objects.count() == 0


@pytest.mark.parametrize(
    "statuses",
    [
        [("observer", "2013", "2016"), ("member", "2016", None)],
        [("observer", "2013", None), ("member", "2016", None)],
        [("observer", "", "2016"), ("member", "2015", None)],
        [("observer", "2013-01-01", "2016-01-01"), ("member", "2016-01-01", "2018")],
        [("observer", "2013/..", "2016"), ("member", "2015", None)],
    ],
)
def test_statuses_that_may_follow_one_another_pass(member, statuses):
    assert len(periods(member(*statuses))) == 2


def test_a_membership_says_what_the_member_is(member):
    with pytest.raises(NoStatus):
        member()


def test_a_network_is_no_member_of_itself(member):
    with pytest.raises(MemberOfItself):
        member(("member", "2013", None), member="al-las")


def test_a_member_has_one_record_in_a_network(member):
    member(("member", "2013", None))

    with pytest.raises(InvalidContent) as refused:
        member(("observer", "2010", "2013"), key="again")

    assert [str(problem) for problem in refused.value.problems] == [
        "This member's standing in this network is recorded already: amend it."
    ]


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (("member", "2016", "2015"), "statuses.0: A status begins before it ends."),
        (
            ("left", "2015", "2016"),
            "statuses.0: One does not leave until a day: give the status that follows instead.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(member, status, sentence):
    with pytest.raises(InvalidContent) as refused:
        member(status)

    assert [str(problem) for problem in refused.value.problems] == [sentence]


def test_statuses_that_are_no_list_are_refused_in_words(enter, subject):
    subject("paris", noun="place")
    enter("network", "c40")

    with pytest.raises(InvalidContent):
        enter("membership", "odd", network="c40", member="paris", statuses="member")
    with pytest.raises(InvalidContent):
        enter("membership", "odd", network="c40", member="paris", statuses=["member"])


def test_amending_replaces_the_statuses(member, amend):
    membership = member(("member", "2013", None))

    amend(
        membership,
        network="al-las",
        member="paris",
        statuses=[{"status": "observer", "valid_from": "2014"}],
    )

    assert periods(membership) == [("observer", "2014", "")]


def test_a_network_is_amended_and_a_body_stands_behind_one(enter, amend, subject):
    subject("c40-body")
    network = enter("network", "c40", body="c40-body", founded="2005")

    amended = amend(network, body="c40-body", founded="2005-10")
    with pytest.raises(InvalidContent):
        enter("network", "other", body="c40-body")

    assert amended.founded == "2005-10"
