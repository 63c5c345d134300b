"""A workflow tried: its guards are run on a real file, or on one an officer invents, and nothing moves."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from parvis.domain.funding import actions
from parvis.domain.funding.actions.ties import declare_interest
from parvis.domain.funding.enums import Guard
from parvis.domain.funding.errors import FormNotReady, StepHeldBack
from parvis.domain.funding.models import Application, ApplicationStep, Workflow
from parvis.domain.funding.queries.files import steps_read
from parvis.domain.funding.queries.trying import Invented, Real, run, tried
from parvis.domain.funding.queries.workflows import Step
from parvis.register.content import content_of
from parvis.register.entry import take_apart
from tests.support import calls, reviews

CLOSED = "The call closed at 17:00:00. Yours arrived at 17:00:00: it stays here as a draft."


@pytest.fixture
def call(clerk, envelope):
    return calls.opened_call(clerk, envelope=envelope.key)


@pytest.fixture
def file(call, clerk):
    """A file read by rosa and sami, who signed."""
    return reviews.ranked(call, clerk, marks=(4,))[0]


def step(*guards, start="ranked", **more):
    return Step("go", {"en": "Go"}, start, "proposed", "officer", tuple(guards), **more)


def why(ran):
    return [said for _guard, said in ran.guards]


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (step(Guard.REVIEWS), ""),
        (step(Guard.REVIEWS, least_reviews=3), "Signed reviews: 2; this step waits for 3."),
        (step(Guard.TWO_REVIEWS), ""),
        (step(Guard.ELIGIBLE), ""),
        (step(Guard.DOCUMENTS_GIVEN), ""),
        (step(Guard.BUDGET_BALANCED), ""),
        (step(Guard.WITHIN_ENVELOPE), ""),
        (step(Guard.REASON_GIVEN), "Give the reason."),
        (step(Guard.CALL_CLOSED), ""),
        (step(Guard.CALL_OPEN, start="draft"), CLOSED),
        (step(Guard.IN_ITS_TIME, not_before="2027-05-01 09:00"), "This step opens on 1 May 2027, 09:00."),
        (step(Guard.IN_ITS_TIME, not_after="2027-04-01 09:00"), "This step closed on 1 April 2027, 09:00."),
        (step(Guard.NO_CONFLICT), ""),
    ],
    ids=lambda value: value.guards[0] if isinstance(value, Step) else "",
)  # fmt: skip
def test_each_guard_says_of_a_real_file_why_it_holds_it_back(file, clerk, made, said):
    assert why(run(made, Real(file, clerk, reviews.READING if made.comes_from != "draft" else calls.CLOSES))) == [said]


def test_a_conflict_without_another_reader_and_one_of_ones_own_are_told(file, clerk):
    review = reviews.readings_of(file)[0]
    declare_interest(application=file, words="Ma sœur.", by=review.reviewer, at=reviews.READING)

    theirs = why(run(step(Guard.NO_CONFLICT), Real(file, clerk, reviews.READING)))
    own = why(run(step(Guard.NO_CONFLICT), Real(file, review.reviewer, reviews.READING)))

    assert (theirs, own) == (
        ["A reading was set aside for a conflict of interest, and nobody has taken its place."],
        ["This file concerns you."],
    )


def test_a_trial_begins_where_the_file_stands_stops_at_what_is_held_back_and_moves_nothing(file, clerk):
    steps_before = ApplicationStep.objects.count()

    done = tried(steps_read(file.form_id), ["propose", "award"], Real(file, clerk, reviews.READING))
    held = tried(steps_read(file.form_id), ["refuse"], Real(file, clerk, reviews.READING))

    assert (done.trial.state, held.trial.state) == ("awarded", "ranked")
    assert (Application.objects.get(pk=file.pk).state, ApplicationStep.objects.count()) == ("ranked", steps_before)


WELL = Invented(reviews.READING, reviews=2, asked=Decimal(10_000))


@pytest.mark.parametrize(
    ("guard", "worse", "said"),
    [
        (Guard.FORM_COMPLETE, {"complete": False}, "A required answer is missing."),
        (Guard.BUDGET_BALANCED, {"balanced": False}, "The budget does not balance."),
        (Guard.DOCUMENTS_GIVEN, {"documents": False}, "A required document is missing or expired."),
        (Guard.ELIGIBLE, {"eligible": False}, "A rule of eligibility is not met."),
        (Guard.SIGNATORY, {"signatory": False}, "Only a person who may sign for the body can send it."),
        (Guard.REASON_GIVEN, {"reason": False}, "Give the reason."),
        (
            Guard.NO_CONFLICT,
            {"conflict": True},
            "A reading was set aside for a conflict of interest, and nobody has taken its place.",
        ),
        (Guard.REVIEWS, {"reviews": 1}, "Signed reviews: 1; this step waits for 2."),
        (Guard.TWO_REVIEWS, {"reviews": 0}, "Signed reviews: 0; this step waits for 2."),
        (Guard.WITHIN_ENVELOPE, {"asked": Decimal(500_001)}, "Asked: €500,001.00; the envelope has €500,000.00 left."),
        (Guard.AMOUNT_ALLOWED, {"asked": Decimal(45_000)}, "This call gives €40,000.00 at most; you ask €45,000.00."),
        (Guard.CALL_CLOSED, {"at": calls.CLOSES - timedelta(seconds=1)}, "The call closes on 31 March 2027, 17:00."),
        (
            Guard.CALL_OPEN,
            {"at": calls.CLOSES},
            CLOSED,
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, Guard) else "",
)  # fmt: skip
def test_each_guard_is_run_on_an_invented_file_both_ways(call, guard, worse, said):
    well = replace(WELL, call=call, at=calls.WHILE_OPEN if guard == Guard.CALL_OPEN else WELL.at)
    made = step(guard, start="draft")

    assert (why(run(made, well)), why(run(made, replace(well, **worse)))) == ([""], [said])


def test_the_amounts_of_a_call_are_tried_before_its_form_is_open(call, clerk):
    later = calls.enter_call(clerk, key="call-later", code="LAT")
    asking = replace(WELL, call=later, asked=Decimal(45_000))

    assert why(run(step(Guard.AMOUNT_ALLOWED, start="draft"), asking)) == [
        "This call gives €40,000.00 at most; you ask €45,000.00."
    ]


def test_a_guard_that_looks_at_a_call_asks_for_one():
    assert why(run(step(Guard.WITHIN_ENVELOPE), WELL)) == [
        "Choose a call: this guard looks at its dates, its amounts or its envelope."
    ]


def amended(call, clerk, change):
    """The call with a workflow whose transitions are changed, not opened yet."""
    record = Workflow.objects.select_related("subject").get()
    content = content_of(record)
    content["transitions"] = [change(row) for row in content["transitions"]]
    taken = take_apart(Workflow, content)
    actions.amend_workflow(
        record=record, entry=taken.entry, facts=taken.facts, seen_revision=record.subject.revision, by=clerk,
        at=calls.WHILE_OPEN,
    )  # fmt: skip
    return call


def test_parameters_are_versioned_with_the_form_and_hold_the_step_back(call, clerk):
    def three(row):
        return row | {"guards": ["reviews"], "least_reviews": 3} if row["code"] == "rank" else row

    amended(call, clerk, three)
    second = actions.open_form(call=call, by=clerk, at=calls.WHILE_OPEN)
    for name in ("rosa", "sami"):
        reviews.reviewer(call, clerk, name)
    ana = calls.applicant()
    file = reviews.eligible(calls.sent(call, calls.body_of(ana), ana), clerk)
    actions.share_files(call=call, by=clerk, at=reviews.READING)
    for review in reviews.readings_of(file):
        reviews.signed(review, {code: actions.Given(3) for code in reviews.CRITERIA})
    with pytest.raises(StepHeldBack, match="this step waits for 3"):
        actions.rank_files(call=call, by=clerk, at=reviews.READING)

    assert second.version == 2


def test_a_workflow_that_would_hold_files_for_good_is_refused_when_a_form_is_opened(call, clerk):
    def shut(row):
        if row["comes_from"] != "under_review":
            return row
        return row | {"guards": ["in_its_time"], "not_after": "2027-06-30 18:00"}

    amended(call, clerk, shut)

    with pytest.raises(FormNotReady, match="Under review"):
        actions.open_form(call=call, by=clerk, at=calls.WHILE_OPEN)
