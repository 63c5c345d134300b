"""Any sequence of acts on an agreement: what may happen happens, what may not leaves no trace."""

from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from parvis.domain.partnerships import actions, queries
from parvis.domain.partnerships.enums import PIPELINE, AgreementState
from parvis.domain.partnerships.models import Agreement
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.values.certainty import Certainty
from parvis.foundation.values.refusal import Refusal
from parvis.register.entry import Entry
from parvis.register.models import Subject

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class LifeOfAnAgreement(RuleBasedStateMachine):
    """The clerk tries everything, day after day."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.day = date(2015, 1, 1)
        self.taken = []

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @initialize(first=st.sampled_from(["wished", "prospect", "draft"]))
    def begin(self, first):
        self.clerk = User.objects.create_user("clerk@ville.example", role=Role.PUBLISHER)
        moments = {"entered_at": NOON, "amended_at": NOON, "entered_by": self.clerk, "amended_by": self.clerk}
        for key in ("paris", "rome"):
            Subject.objects.create(key=key, noun="place", **moments)
        facts = {"parties": ["paris", "rome"], "steps": [{"state": first, "day": self.day.isoformat()}]}
        entry = Entry(key="pact", texts={"title": {"en": "Pact"}})
        actions.enter_agreement(entry=entry, facts=facts, by=self.clerk, at=NOON)
        self.taken = [first]

    def agreement(self):
        return Agreement.objects.get(subject__key="pact")

    def try_to(self, verb, state, **facts):
        self.day += timedelta(days=30)
        before = self.agreement().subject.revision
        try:
            with transaction.atomic():
                verb(agreement=self.agreement(), by=self.clerk, at=NOON, **facts)
        except Refusal:
            assert self.agreement().subject.revision == before
        else:
            self.taken.append(state)
            self.taken_on = self.day
            assert self.agreement().subject.revision == before + 1

    @rule()
    def draft(self):
        self.try_to(actions.draft_agreement, "draft", day=(self.day + timedelta(days=30)).isoformat())

    @rule(term=st.none() | st.integers(1, 2), renewal=st.sampled_from(["fixed", "tacit", "unknown"]))
    def sign(self, term, renewal):
        terms = {"renewal": renewal} | ({"term_years": term} if term else {})
        signed = (self.day + timedelta(days=30)).isoformat()
        self.try_to(actions.sign_agreement, "signed", signed=signed, term=terms)

    @rule()
    def suspend(self):
        self.try_to(actions.suspend_agreement, "suspended", day=(self.day + timedelta(days=30)).isoformat())

    @rule()
    def resume(self):
        self.try_to(actions.resume_agreement, "in_force", day=(self.day + timedelta(days=30)).isoformat())

    @rule()
    def renew(self):
        self.try_to(actions.renew_agreement, "renewed", day=(self.day + timedelta(days=30)).isoformat())

    @precondition(lambda self: len(self.taken) > 2)
    @rule()
    def end(self):
        self.try_to(actions.end_agreement, "ended", day=(self.day + timedelta(days=30)).isoformat())

    @invariant()
    def the_steps_are_those_that_were_taken(self):
        if self.taken:
            assert [step.state for step in self.agreement().steps.all()] == self.taken

    @invariant()
    def nothing_follows_the_end(self):
        assert "ended" not in self.taken[:-1]

    @invariant()
    def nothing_is_suspended_or_renewed_before_it_is_signed_or_in_force(self):
        for place, state in enumerate(self.taken):
            if state in {"suspended", "renewed"}:
                assert {"signed", "in_force"} & set(self.taken[:place])

    @invariant()
    def it_binds_only_after_a_signature_and_before_the_end(self):
        if not self.taken:
            return
        life = queries.life_of(self.agreement())
        later = queries.standing_on(life, self.day + timedelta(days=1))
        if self.taken[-1] in {"ended", "suspended"} or AgreementState(self.taken[-1]) in PIPELINE:
            assert later == Certainty.NO
        assert queries.standing_on(life, date(2014, 12, 31)) == Certainty.NO
        if self.taken[-1] == "signed":
            assert queries.standing_on(life, self.taken_on) == Certainty.YES


def test_any_life_of_an_agreement(db):
    run_state_machine_as_test(
        LifeOfAnAgreement,
        settings=settings(max_examples=15, stateful_step_count=8, deadline=None, database=None),
    )
