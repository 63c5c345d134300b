"""Any sequence of steps on a promise: nobody can call it kept without showing it."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from parvis.domain.accountability import actions, queries
from parvis.domain.accountability.enums import PromiseState
from parvis.domain.accountability.models import Promise
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.values.certainty import Certainty
from parvis.foundation.values.refusal import Refusal
from parvis.register.entry import Entry
from parvis.register.models import Subject

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class LifeOfAPromise(RuleBasedStateMachine):
    """Everything is tried, with evidence and without."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.day = date(2015, 1, 1)
        self.taken = []

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @initialize()
    def begin(self):
        self.clerk = User.objects.create_user("clerk@ville.example", role=Role.PUBLISHER)
        moments = {"entered_at": NOON, "amended_at": NOON, "entered_by": self.clerk, "amended_by": self.clerk}
        for key, noun in (("mayor", "office"), ("stele", "memorial")):
            Subject.objects.create(key=key, noun=noun, **moments)
        facts = {
            "made_by": "mayor",
            "deadline": "2015-06-30",
            "steps": [{"state": "said", "day": self.day.isoformat()}],
        }
        entry = Entry(key="promise", texts={"title": {"en": "Promise"}})
        actions.enter_promise(entry=entry, facts=facts, by=self.clerk, at=NOON)
        self.taken = [("said", False)]

    def promise(self):
        return Promise.objects.get(subject__key="promise")

    @rule(
        state=st.sampled_from(PromiseState),
        evidence=st.booleans(),
        said_by=st.booleans(),
        days=st.integers(1, 120),
    )
    def say(self, state, evidence, said_by, days):
        day = self.day + timedelta(days=days)
        step = {"state": state.value, "day": day.isoformat()}
        step |= {"evidence": ["stele"]} if evidence else {}
        step |= {"by": "mayor"} if said_by else {}
        try:
            with transaction.atomic():
                actions.record_step(promise=self.promise(), step=step, by=self.clerk, at=NOON)
        except Refusal:
            assert self.promise().steps.count() == len(self.taken)
        else:
            self.taken.append((state.value, evidence))
            self.day = day

    @invariant()
    def what_was_refused_left_no_trace(self):
        if self.taken:
            steps = self.promise().steps.all()
            assert [(step.state, step.evidence.exists()) for step in steps] == self.taken

    @invariant()
    def kept_is_always_shown(self):
        assert ("kept", False) not in self.taken

    @invariant()
    def what_is_settled_opens_only_by_a_dispute(self):
        states = [state for state, _evidence in self.taken]
        for now, then in pairwise(states):
            assert now not in {"kept", "not_kept"} or then == "disputed"

    @invariant()
    def its_state_on_the_last_day_is_its_last_step(self):
        if self.taken:
            assert queries.state_on(self.promise(), self.day) == (
                PromiseState(self.taken[-1][0]),
                Certainty.YES,
            )


def test_any_life_of_a_promise(db):
    run_state_machine_as_test(
        LifeOfAPromise,
        settings=settings(max_examples=20, stateful_step_count=8, deadline=None, database=None),
    )
