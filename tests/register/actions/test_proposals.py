from datetime import UTC, datetime

import pytest

from parvis.register.actions import accept_proposal, amend_record, propose, refuse_proposal
from parvis.register.content import content_of
from parvis.register.entry import take_apart
from parvis.register.errors import AlreadyDecided, ChangedMeanwhile, ReasonMissing
from parvis.register.models import Proposal, Source

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def proposal(source, clerk):
    content = {**content_of(source), "date": "2021"}
    return propose(noun="source", key="city-page", content=content, seen_revision=1, origin="a file", by=clerk, at=NOON)


def writing(clerk):
    def write(proposal):
        record = Source.objects.get(subject__key=proposal.key)
        taken = take_apart(Source, proposal.content)
        return amend_record(
            record,
            entry=taken.entry,
            facts=taken.facts,
            seen_revision=proposal.seen_revision,
            by=clerk,
            at=NOON,
        )

    return write


def test_nothing_changes_until_a_person_accepts(proposal, clerk):
    assert Source.objects.get().date == "2022-09-19"

    accept_proposal(proposal=proposal, write=writing(clerk), by=clerk, at=NOON)

    assert Source.objects.get().date == "2021"
    assert Proposal.objects.values_list("state", "decided_by").get() == ("accepted", clerk.pk)


def test_a_refused_proposal_stays_with_its_reason(proposal, clerk):
    with pytest.raises(ReasonMissing):
        refuse_proposal(proposal=proposal, reason="", by=clerk, at=NOON)

    refuse_proposal(proposal=proposal, reason="The page says 2022", by=clerk, at=NOON)

    assert Source.objects.get().date == "2022-09-19"
    assert Proposal.objects.values_list("state", "reason").get() == ("refused", "The page says 2022")


def test_a_proposal_is_decided_once(proposal, clerk):
    refuse_proposal(proposal=proposal, reason="No", by=clerk, at=NOON)

    with pytest.raises(AlreadyDecided):
        accept_proposal(proposal=proposal, write=writing(clerk), by=clerk, at=NOON)
    with pytest.raises(AlreadyDecided):
        refuse_proposal(proposal=proposal, reason="No", by=clerk, at=NOON)


def test_a_proposal_made_before_a_change_still_waits_when_it_cannot_be_written(proposal, source, clerk):
    taken = take_apart(Source, content_of(source))
    amend_record(source, entry=taken.entry, facts=taken.facts, seen_revision=1, by=clerk, at=NOON)

    with pytest.raises(ChangedMeanwhile):
        accept_proposal(proposal=proposal, write=writing(clerk), by=clerk, at=NOON)

    assert Proposal.objects.get().state == "waiting"
