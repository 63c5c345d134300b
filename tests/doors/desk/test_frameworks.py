"""Framework agreements: yearly allocations both ways, each on its vote, beside what grants took of them."""

import html
import importlib
import re
from decimal import Decimal

import pytest
from django.apps import apps
from django.utils import timezone

from parvis.domain.directory.actions import enter_body
from parvis.domain.directory.models import Body
from parvis.domain.funding import actions
from parvis.domain.funding.models import Allocation, Grant
from parvis.domain.funding.queries.frameworks import allocations_to_share
from parvis.domain.partnerships.actions import enter_agreement
from parvis.domain.partnerships.models import Agreement
from parvis.foundation.accounts.models import Role
from parvis.foundation.journal.models import Line
from parvis.register.models import Subject
from tests.support import grants

HERE = "/bureau/argent/cadres/frame/"


@pytest.fixture
def frame(people):
    """An agreement of 2026 to 2028 between the city's partner and a foundation."""
    grants.decision("vote-frame")
    for key in ("partner-agency", "foundation"):
        grants.enter(Body, enter_body, key, "agency", visibility="public")
    return grants.enter(
        Agreement, enter_agreement, "frame", "framework", parties=["partner-agency", "foundation"],
        signed="2026-02-01", until="2029-01-01", visibility="public", by=people[Role.PUBLISHER],
    )  # fmt: skip


@pytest.fixture
def vote(frame, at_desk):
    seat = at_desk(Role.FINANCE)

    def voted(**said):
        day = timezone.localdate().isoformat()
        facts = {"do": "vote", "year": "2026", "direction": "given", "party": "foundation", "amount": "60 000"}
        return seat.post(HERE, facts | {"decision": "vote-frame", "day": day} | said)

    return voted


def words_of(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def totals(seat):
    page = words_of(seat.get(HERE))
    return re.findall(
        r"(20\d\d) From the city (\S+) To the city (\S+) Given under it (\S+) Paid (\S+) Left to give (\S+)", page
    )


def test_each_year_is_voted_both_ways_and_its_totals_stand_beside_what_grants_took(vote, frame, source, at_desk):
    vote()
    vote(direction="received", party="partner-agency", amount="25 000,50")
    vote(year="2027", amount="70 000")
    facts = {"beneficiary": "foundation", "state": "awarded", "year": 2026, "currency": "EUR", "agreement": "frame"}
    facts["cites"] = [{"source": source.key, "lines": "1"}]
    grants.enter(Grant, actions.enter_grant, "given", "direct", amount_voted="40000", amount_paid="15000", **facts)

    assert totals(at_desk(Role.READER)) == [
        ("2027", "€70,000.00", "€0.00", "€0.00", "€0.00", "€70,000.00"),
        ("2026", "€60,000.00", "€25,000.50", "€40,000.00", "€15,000.00", "€20,000.00"),
    ]
    assert "Frame" in words_of(at_desk(Role.READER).get("/bureau/argent/cadres/"))


def test_a_later_vote_replaces_the_earlier_and_only_what_is_public_is_shared(vote, frame):
    vote()
    vote(amount="55 000")

    (row,) = list(allocations_to_share())
    Subject.objects.filter(key="vote-frame").update(visibility="internal")

    assert (row["agreement"], row["party"], row["year"], row["direction"], row["amount"], row["decision"]) == (
        "frame", "foundation", 2026, "given", Decimal(55_000), "vote-frame",
    )  # fmt: skip
    assert list(allocations_to_share()) == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"year": "2025"}, "The agreement does not bind in 2025."),
        ({"year": "2029"}, "The agreement does not bind in 2029."),
        ({"decision": ""}, "Name the decision this stands on."),
        ({"party": "somebody"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_voted_says_why(vote, said, why):
    answer = vote(**said)

    assert answer.status_code == 422
    assert why in words_of(answer)
    assert not Allocation.objects.exists()


def test_an_officer_reads_and_votes_nothing(frame, at_desk):
    officer = at_desk(Role.OFFICER)

    assert (officer.get(HERE).status_code, officer.post(HERE, {"do": "vote"}).status_code) == (200, 403)


def test_the_city_itself_is_no_party_that_money_goes_to_or_comes_from(frame, vote, monkeypatch):
    frameworks = importlib.import_module("parvis.domain.funding.queries.frameworks")
    monkeypatch.setattr(frameworks, "own_body", lambda: "foundation")

    answer = vote()

    assert (answer.status_code, Allocation.objects.count()) == (422, 0)
    assert [party.key for party in frameworks.others_of(frame)] == ["partner-agency"]


@pytest.fixture
def take_out(at_desk):
    seat = at_desk(Role.FINANCE)

    def taken(reason="Noted for the wrong year"):
        line = Allocation.objects.get(party__key="foundation")
        return seat.post(HERE, {"do": "take_out", "allocation": line.pk, "reason": reason})

    return taken


def test_an_allocation_noted_by_mistake_is_taken_out_for_a_reason_which_history_keeps(vote, take_out, frame):
    vote(year="2027", amount="70 000")

    unsaid = take_out(reason=" ")
    done = take_out()

    events = apps.get_model("funding", "AllocationEvent").objects.order_by("pgh_id")
    kept = [(each.pgh_label, each.note) for each in events]
    assert (unsaid.status_code, done.status_code, Allocation.objects.count()) == (422, 302, 0)
    assert kept[-1] == ("delete", "Noted for the wrong year")
    assert Line.objects.filter(verb="allocation taken out", about="frame").count() == 1


def test_an_allocation_that_something_is_given_under_stays(vote, take_out, frame, source):
    vote()
    facts = {"beneficiary": "foundation", "state": "awarded", "year": 2026, "currency": "EUR", "agreement": "frame"}
    facts["cites"] = [{"source": source.key, "lines": "1"}]
    grants.enter(Grant, actions.enter_grant, "given", "direct", amount_voted="40000", **facts)

    answer = take_out()

    why = "€40,000.00 is given under this agreement in 2026: note another vote, which replaces this one."
    assert (answer.status_code, why in words_of(answer), Allocation.objects.count()) == (422, True, 1)


def test_an_allocation_of_another_party_is_taken_out_while_the_rest_covers_what_is_given(vote, take_out, source):
    vote()
    vote(party="partner-agency", amount="40 000")
    facts = {"beneficiary": "partner-agency", "state": "awarded", "year": 2026, "currency": "EUR", "agreement": "frame"}
    facts["cites"] = [{"source": source.key, "lines": "1"}]
    grants.enter(Grant, actions.enter_grant, "given", "direct", amount_voted="40000", **facts)

    assert (take_out().status_code, Allocation.objects.get().party.key) == (302, "partner-agency")
