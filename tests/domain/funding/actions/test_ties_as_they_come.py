"""Ties found as they come: of a past grant, of who came to the office, of files that arrive by the thousand."""

import pytest

from parvis.domain.funding import actions
from parvis.domain.funding.actions.ties import declare_ties, look_at_arrivals, look_at_past
from parvis.domain.funding.enums import InterestGround, LookOccasion, TieKind
from parvis.domain.funding.models import Grant
from parvis.domain.funding.queries import Tie
from parvis.domain.funding.queries.files import files_received
from parvis.domain.funding.queries.reviews import interests_of, looks_at
from parvis.foundation.accounts.models import Role, User
from parvis.register.entry import take_apart
from tests.support import calls, reviews
from tests.support.reviews import READING as LATER
from tests.support.reviews import SIRETS


@pytest.fixture
def call(clerk, envelope):
    return calls.opened_call(clerk, envelope=envelope.key)


@pytest.fixture
def ranked(call, clerk):
    """Three files, each read by rosa and sami."""
    return reviews.ranked(call, clerk)


def had_a_grant(said):
    """Rosa declares a grant of the past."""
    declare_ties(person=User.objects.get(email="rosa@readers.example"), ties=[Tie(TieKind.PAST_GRANT, said)], at=LATER)


def test_who_came_to_the_office_is_looked_at_before_their_first_page_and_once(call, clerk):
    ana = calls.applicant("ana@assoc.example")
    file = calls.sent(call, calls.body_of(ana), ana)
    look_at_arrivals(by=clerk, at=LATER)
    leo = User.objects.create_user("leo@assoc.example", role=Role.OFFICER)

    looks = [actions.look_at_newcomers(at=LATER) for _turn in range(2)]

    assert (looks, [(one.application, one.person) for one in interests_of(call)]) == ([2, 0], [(file, leo)])


def test_a_past_grant_loaded_or_corrected_closes_the_files_it_ties_at_once(call, ranked, enter, amend, source):
    source("minutes")
    for key, siret in (("harbour-friends", SIRETS[1]), ("quay-friends", SIRETS[2])):
        enter("body", key, kind="association", identifiers={"siret": siret})
    had_a_grant("un puits a mopti")

    told = {"kind": "call", "title": {"fr": "Un puits à Mopti"}, "year": 2021, "currency": "EUR",
            "state": "awarded", "amount_voted": "50000", "cites": [{"source": "minutes", "lines": "3"}]}  # fmt: skip
    grant = enter("grant", "grant-2021-well", beneficiary="harbour-friends", **told)
    first = {one.application_id for one in interests_of(call)}
    amend(grant, beneficiary="quay-friends", **told)

    assert (first, {one.application_id for one in interests_of(call)}) == (
        {ranked[1].pk},
        {ranked[1].pk, ranked[2].pk},
    )
    assert {look.occasion for look in looks_at(call)} >= {LookOccasion.HISTORY}


def test_a_grant_that_is_only_asked_for_is_no_past_and_nothing_is_looked_at(
    call, ranked, enter, django_assert_num_queries
):
    enter("body", "harbour-friends", kind="association", identifiers={"siret": SIRETS[1]})
    had_a_grant("grant-2027-well")
    asked = enter("grant", "grant-2027-well", beneficiary="harbour-friends", kind="call", state="asked", year=2027,
                  currency="EUR", title={"fr": "Un puits"})  # fmt: skip

    with django_assert_num_queries(0):
        look_at_past(grants=[asked], by=asked.subject.entered_by, at=LATER)

    assert list(interests_of(call)) == []


def test_grants_of_history_loaded_by_the_thousand_close_files_too(call, ranked, enter, source, clerk):
    source("minutes")
    enter("body", "harbour-friends", kind="association", identifiers={"siret": SIRETS[1]})
    had_a_grant("grant-2021-well")
    told = {"key": "grant-2021-well", "kind": "call", "title": {"fr": "Un puits"}, "year": 2021,
            "beneficiary": "harbour-friends", "currency": "EUR", "state": "awarded", "amount_voted": "5",
            "cites": [{"source": "minutes", "lines": "3"}]}  # fmt: skip

    actions.ENTRANCES_OF_MANY["grant"]([take_apart(Grant, told)], by=clerk, at=LATER)

    assert [(one.application, one.ground) for one in interests_of(call)] == [(ranked[1], InterestGround.PAST_GRANT)]


def test_a_page_looks_at_some_of_what_arrived_and_nobody_is_shown_the_rest_before_it_was_looked_at(call, clerk):
    people = {siret: calls.applicant(f"ana@{siret}.example") for siret in SIRETS[:2]}
    files = [calls.sent(call, calls.body_of(ana, siret), ana) for siret, ana in people.items()]

    unseen = list(files_received(call, clerk))
    looked = look_at_arrivals(by=clerk, at=LATER, most=1)
    some = len(files_received(call, clerk))
    look_at_arrivals(by=clerk, at=LATER)

    assert (unseen, looked, some) == ([], 1, 1)
    assert {one.pk for one in files_received(call, clerk)} == {file.pk for file in files}
