import pytest

from parvis.domain.accountability.actions import dispute_promise, keep_promise, pass_deadline, record_step
from parvis.domain.accountability.errors import (
    DeadlineNotPassed,
    DisputedByNobody,
    EvidenceIsItself,
    KeptWithoutEvidence,
    NoDeadline,
    PromiseMoveRefused,
    StepsOutOfOrder,
    TargetUnmeasured,
)
from parvis.domain.accountability.models import Promise
from parvis.foundation.journal.models import Line
from parvis.register.errors import InvalidContent
from parvis.register.past import revisions

EVIDENCE = {"evidence": ["stele"]}


def steps_of(promise):
    return [(step.state, step.day, [line.record.key for line in step.evidence.all()]) for step in promise.steps.all()]


def test_kept_without_evidence_is_refused_and_says_why(promise, act):
    made = promise(("said", "2014"))

    with pytest.raises(KeptWithoutEvidence) as refused:
        act(keep_promise, promise=made, day="2019", evidence=[])

    assert str(refused.value) == (
        "“Kept” needs evidence: name a record that shows it. Without one, write “said to be kept”, and who says so."
    )
    assert steps_of(made) == [("said", "2014", [])]


def test_kept_without_evidence_is_refused_on_entering_too(promise):
    with pytest.raises(KeptWithoutEvidence):
        promise(("said", "2014"), ("kept", "2019"))

    assert Promise.objects.count() == 0


def test_kept_with_evidence_is_kept(promise, act):
    made = promise(("said", "2014"))

    kept = act(keep_promise, promise=made, day="2019", evidence=["stele"], words={"en": "A stele stands"})

    assert steps_of(kept) == [("said", "2014", []), ("kept", "2019", ["stele"])]
    assert Line.objects.last().verb == "promise promise kept"


def test_said_to_be_kept_needs_no_evidence(promise):
    assert steps_of(promise(("said", "2014"), ("claimed_kept", "2019"))) == [
        ("said", "2014", []),
        ("claimed_kept", "2019", []),
    ]


def test_evidence_that_does_not_exist_is_refused(promise, act):
    made = promise(("said", "2014"))

    with pytest.raises(InvalidContent) as refused:
        act(keep_promise, promise=made, day="2019", evidence=["nowhere"])

    assert [str(problem) for problem in refused.value.problems] == [
        "steps.1.evidence.0.record: No record has the key “nowhere”."
    ]
    assert steps_of(made) == [("said", "2014", [])]


def test_a_promise_is_no_evidence_of_itself(promise, act):
    with pytest.raises(EvidenceIsItself):
        act(keep_promise, promise=promise(("said", "2014")), day="2019", evidence=["refuge"])


@pytest.mark.parametrize("settled", ["kept", "not_kept"])
def test_a_settled_promise_opens_again_only_by_a_dispute(promise, act, settled):
    made = promise(("said", "2014"), (settled, "2019", EVIDENCE))

    with pytest.raises(PromiseMoveRefused) as refused:
        act(record_step, promise=made, step={"state": "in_progress", "day": "2020"})
    act(dispute_promise, promise=made, day="2020", words={"en": "Not so"}, said_by="mayor")
    again = act(record_step, promise=made, step={"state": "in_progress", "day": "2021"})

    assert str(refused.value).endswith("cannot become “In progress”.")
    assert [state for state, _day, _evidence in steps_of(again)] == [
        "said",
        settled,
        "disputed",
        "in_progress",
    ]


def test_a_dispute_has_an_author_or_a_source(promise, act):
    made = promise(("said", "2014"), ("claimed_kept", "2019"))

    with pytest.raises(DisputedByNobody):
        act(dispute_promise, promise=made, day="2020", words={"en": "Not so"})
    told = act(
        dispute_promise,
        promise=made,
        day="2020",
        words={"en": "Not so"},
        source="page",
        lines="27",
        seen_revision=1,
    )

    assert [step.source.key for step in told.steps.filter(state="disputed")] == ["page"]


def test_a_deadline_passes_on_its_day_and_not_before(promise, act):
    past = promise(("said", "2014"), deadline="2016")
    today = promise(("said", "2014"), deadline="2026-03-01", key="today")
    none = promise(("said", "2014"), key="none")

    passed = act(pass_deadline, promise=past)
    with pytest.raises(DeadlineNotPassed) as refused:
        act(pass_deadline, promise=today)
    with pytest.raises(NoDeadline):
        act(pass_deadline, promise=none)

    assert steps_of(passed)[-1] == ("deadline_passed", "2026-03-01", [])
    assert str(refused.value) == "Its deadline (2026-03-01) has not passed on 2026-03-01."


def test_a_deadline_does_not_pass_twice(promise, act):
    made = promise(("said", "2014"), deadline="2016")
    act(pass_deadline, promise=made)

    with pytest.raises(PromiseMoveRefused):
        act(pass_deadline, promise=made)


def test_an_open_deadline_or_an_undated_step_proves_nothing(promise):
    assert promise(("said", "2014"), ("deadline_passed", ""), deadline="2016").steps.count() == 2
    assert promise(("said", "2014"), ("deadline_passed", "2015"), deadline="2014/..", key="open").steps.count() == 2


def test_a_step_dated_before_the_one_it_follows_is_refused(promise):
    with pytest.raises(StepsOutOfOrder) as refused:
        promise(("said", "2015-05"), ("in_progress", "2014"))

    assert str(refused.value) == ("The step “In progress” (2014) comes before the one it follows, “Made” (2015-05).")


def test_nothing_goes_back_to_being_said(promise):
    with pytest.raises(PromiseMoveRefused):
        promise(("in_progress", "2014"), ("said", "2015"))


def test_two_sources_may_tell_the_same_step(promise):
    told = promise(("said", "2014", {"source": "page", "lines": "3"}), ("said", "2014"))

    assert len(steps_of(told)) == 2


def test_evidence_is_named_once(promise):
    with pytest.raises(InvalidContent) as refused:
        promise(("kept", "2019", {"evidence": ["stele", "stele"]}))

    assert [str(problem.sentence) for problem in refused.value.problems] == ["This evidence is named twice."]


def test_the_history_of_a_promise_is_never_erased(promise, act, amend):
    made = promise(("said", "2014"))
    act(keep_promise, promise=made, day="2019", evidence=["stele"])

    amend(made, seen_revision=2, made_by="mayor", made="2014", steps=[{"state": "said", "day": "2014"}])

    assert [row["revision"] for row in revisions(made)] == [3, 2, 1]
    assert steps_of(made) == [("said", "2014", [])]


@pytest.mark.parametrize("missing", ["measure", "deadline"])
def test_a_target_needs_a_measure_and_a_deadline_or_is_an_aspiration(promise, subject, missing):
    subject("space", noun="indicator")
    facts = {"measure": "space", "deadline": "2020"} | {missing: ""}

    with pytest.raises(TargetUnmeasured):
        promise(("said", "2014"), kind="target", **facts)

    assert Promise.objects.count() == 0
    assert promise(("said", "2014"), kind="aspiration", **facts).subject.kind == "aspiration"


def test_a_target_with_its_measure_and_its_deadline_is_kept_as_one(promise, subject):
    subject("space", noun="indicator")

    made = promise(("said", "2014"), kind="target", measure="space", deadline="2020")

    assert (made.subject.kind, made.measure.key, made.deadline) == ("target", "space", "2020")
