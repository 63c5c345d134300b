import pytest

from parvis.domain.accountability.actions import dispute_claim, prove_claim, supersede_claim
from parvis.domain.accountability.errors import (
    ClaimMoveRefused,
    EvidenceIsItself,
    ProvenWithoutEvidence,
    RankWithoutSet,
)
from parvis.domain.accountability.models import Claim
from parvis.register.errors import InvalidContent


def evidence_of(claim):
    return [line.record.key for line in claim.evidence.all()]


def test_a_claim_is_proven_by_a_record(claim, act):
    proven = act(prove_claim, claim=claim(), evidence=["stele"])

    assert (proven.state, evidence_of(proven)) == ("proven", ["stele"])


def test_proven_without_evidence_is_refused(claim, act):
    made = claim()

    with pytest.raises(ProvenWithoutEvidence) as refused:
        act(prove_claim, claim=made, evidence=[])
    with pytest.raises(ProvenWithoutEvidence):
        claim(key="other", state="proven")

    assert str(refused.value) == "“Proven” needs evidence: name a record that bears the claim out."
    assert [(row.key, row.state) for row in Claim.objects.all()] == [("first-city", "claimed")]


def test_evidence_given_already_is_kept_and_not_doubled(claim, act):
    made = claim(evidence=["stele"])

    proven = act(prove_claim, claim=made, evidence=["stele", "city-of-paris"])

    assert evidence_of(proven) == ["stele", "city-of-paris"]


def test_a_claim_is_no_evidence_of_itself(claim, act):
    with pytest.raises(EvidenceIsItself):
        act(prove_claim, claim=claim(), evidence=["first-city"])


def test_a_claim_is_disputed_then_laid_aside_for_good(claim, act):
    made = claim()
    act(dispute_claim, claim=made)
    act(supersede_claim, claim=made)

    with pytest.raises(ClaimMoveRefused) as refused:
        act(dispute_claim, claim=made)

    assert str(refused.value) == "A claim that is “Superseded” cannot become “Disputed”."


@pytest.mark.parametrize("facts", [{}, {"place_in_rank": 1}, {"set": {"en": "Europe"}}])
def test_a_rank_says_its_place_and_among_what(claim, facts):
    with pytest.raises((RankWithoutSet, InvalidContent)) as refused:
        claim(kind="rank", **facts)

    assert "among what" in str(refused.value)


def test_a_rank_with_its_place_and_set_passes(claim):
    assert claim(kind="rank", place_in_rank=6, set={"en": "Cities of the world"}).place_in_rank == 6


def test_a_first_needs_no_set(claim):
    assert claim(kind="first").set == {}


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"scope": {}}, "A claim says within what it holds, and when it was made."),
        ({"as_of": ""}, "A claim says within what it holds, and when it was made."),
        ({"place_in_rank": 0, "set": {"en": "Europe"}}, "A rank counts from one, and says among what."),
    ],
)
def test_what_cannot_be_is_refused_in_words(claim, facts, sentence):
    with pytest.raises(InvalidContent) as refused:
        claim(**facts)

    assert [str(problem) for problem in refused.value.problems] == [sentence]


def test_a_claim_is_amended_as_a_whole(claim, amend):
    amended = amend(claim(), publisher="city-of-paris", scope={"en": "France"}, as_of="2016", state="disputed")

    assert (amended.scope, amended.state) == ({"en": "France"}, "disputed")
