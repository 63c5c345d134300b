from datetime import date

import pytest

from parvis.domain.council import queries
from parvis.domain.council.actions import adopt_legal_basis, repeal_legal_basis
from parvis.domain.council.enums import LegalState
from parvis.foundation.values.certainty import Certainty
from parvis.register.actions import tie_records

MAY = date(2016, 5, 1)


def keys(records):
    return [record.key for record in records]


def test_legal_bases_are_sorted_by_how_far_each_has_come(enter):
    enter("legal_basis", "law", level="national", state="in_force")
    enter("legal_basis", "draft", level="municipal", state="proposed")

    found = queries.legal_bases_by_state()

    assert {state: keys(bases) for state, bases in found.items() if bases} == {
        LegalState.IN_FORCE: ["law"],
        LegalState.PROPOSED: ["draft"],
    }


def test_a_late_milestone_is_one_expected_by_a_day_gone_by_and_not_met(enter):
    milestones = [
        {"words": {"en": "Vote"}, "expected": "2016-02"},
        {"words": {"en": "Debate"}, "expected": "2016-01", "actual": "2016-01-20"},
        {"words": {"en": "Adoption"}, "expected": "2017"},
        {"words": {"en": "Some day"}, "expected": "2015/.."},
        {"words": {"en": "First"}, "expected": "2015-12"},
    ]
    enter("legal_basis", "draft", level="municipal", state="proposed", milestones=milestones)
    enter("legal_basis", "law", level="national", state="adopted", milestones=milestones[:1])

    late = queries.late_milestones(MAY)

    assert [row.milestone.words["en"] for row in late] == ["First", "Vote"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2016, 1, 1), (None, Certainty.NOT_KNOWN)),
        (date(2017, 5, 1), (LegalState.ADOPTED, Certainty.NOT_KNOWN)),
        (date(2018, 1, 1), (LegalState.ADOPTED, Certainty.YES)),
        (date(2019, 1, 1), (LegalState.IN_FORCE, Certainty.YES)),
        (date(2020, 6, 1), (LegalState.REPEALED, Certainty.YES)),
    ],
)
def test_what_a_text_was_on_a_day(enter, day, expected):
    basis = enter(
        "legal_basis",
        "law",
        level="national",
        state="repealed",
        adopted="2017",
        in_force_from="2018-09-17",
        repealed="2020-06-01",
    )
    bare = enter("legal_basis", "bare", level="national", state="in_force")

    assert queries.state_on(basis, day) == expected
    assert queries.state_on(bare, day) == (None, Certainty.NOT_KNOWN)


def test_what_a_repealed_text_led_to_should_be_looked_at_again(enter, subject, source, act):
    levy, grant = subject("levy", noun="programme"), subject("grant", noun="project")
    law = enter("legal_basis", "law", level="national", state="in_force")
    source()
    content = {"key": "levy", "source": "city-page", "lines": "3"}
    act(tie_records, cause=law.subject, content=content)

    before = queries.resting_on_repealed()
    act(repeal_legal_basis, basis=law, day="2020")
    after = queries.resting_on_repealed()

    assert before == []
    assert [(found.key, basis.key) for found, basis in after] == [("levy", "law")]
    assert [found.key for found in queries.resting_on_none([levy, grant])] == ["grant"]


def test_a_record_a_decision_concerns_rests_on_it(enter, subject):
    subject("paris-council")
    agreement, other = subject("pact", noun="agreement"), subject("other", noun="agreement")
    enter("decision", "vote", body="paris-council", concerns=["pact"], day="2015-02")
    enter("decision", "later", body="paris-council", day="2016")

    assert queries.resting_on_none([agreement, other]) == [other]
    assert keys(queries.decisions_concerning(agreement)) == ["vote"]
    assert keys(queries.decisions()) == ["later", "vote"]


def test_only_settled_texts_can_be_rested_on(enter, act):
    draft = enter("legal_basis", "draft", level="municipal", state="expected")
    enter("legal_basis", "law", level="national", state="declared")

    assert keys(queries.legal_bases().standing()) == ["law"]
    act(adopt_legal_basis, basis=draft, adopted="2017")
    assert keys(queries.legal_bases().standing()) == ["draft", "law"]
