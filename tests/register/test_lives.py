"""Any sequence of acts on statements and judgements: what is known when, and what is the same as what."""

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

from parvis.foundation.accounts.models import Role, User
from parvis.foundation.values.refusal import Refusal
from parvis.register.actions import judge, record_statement, retract_statement, undo_judgement
from parvis.register.enums import Verdict
from parvis.register.models import Judgement, Source, Statement, Subject
from parvis.register.queries import about, same_as
from tests.register.conftest import entered, source_content

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
YEARS = st.none() | st.integers(2001, 2009)
KEYS = ("a", "b", "c", "d")


class InABlock(RuleBasedStateMachine):
    """Every example in a block of its own, undone at its end; an hour passes at each act."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.now = NOON

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def later(self):
        self.now += timedelta(hours=1)
        return self.now


class TwoTimes(InABlock):
    """Statements on one property, each true for a while and held for a while."""

    @initialize()
    def begin(self):
        self.clerk = User.objects.create_user("clerk@ville.example", role=Role.OFFICER)
        self.subject = entered(Source, source_content(), self.clerk).subject
        self.said = []  # number, from, to, recorded, retracted
        self.moments = [NOON]

    @rule(first=YEARS, last=YEARS)
    def record(self, first, last):
        content = {"property": "observation", "words": {"en": "x"}, "source": "city-page", "lines": "1"}
        content |= {"from": date(first, 1, 1)} if first else {}
        content |= {"to": date(last, 1, 1)} if last else {}
        at = self.later()
        try:
            with transaction.atomic():
                made = record_statement(about=self.subject, content=content, by=self.clerk, at=at)
        except Refusal:
            assert _backwards(first, last)
            return
        assert not _backwards(first, last)
        self.said.append([made.pk, first, last, at, None])
        self.moments.append(at)

    @precondition(lambda self: any(one[4] is None for one in self.said))
    @rule(data=st.data())
    def retract(self, data):
        one = data.draw(st.sampled_from([one for one in self.said if one[4] is None]))
        one[4] = self.later()
        self.moments.append(one[4])
        retract_statement(statement=Statement.objects.get(pk=one[0]), reason="Misread", by=self.clerk, at=one[4])

    @invariant()
    def each_moment_and_each_day_answer_as_by_hand(self):
        for moment in self.moments[-3:]:
            for year in (2000, 2003, 2009):
                known = about("city-page", "observation").known_at(moment).true_on(date(year, 1, 1))
                assert {one.pk for one in known} == {
                    pk
                    for pk, first, last, recorded, retracted in self.said
                    if recorded <= moment
                    and (retracted is None or retracted > moment)
                    and (first is None or first <= year)
                    and (last is None or last > year)
                }


def _backwards(first, last):
    return first is not None and last is not None and first >= last


class SameThings(InABlock):
    """Records judged the same, or not, and judgements taken back."""

    @initialize()
    def begin(self):
        self.clerk = User.objects.create_user("clerk@ville.example", role=Role.OFFICER)
        moments = {"entered_at": NOON, "amended_at": NOON, "entered_by": self.clerk, "amended_by": self.clerk}
        self.records = {key: Subject.objects.create(key=key, noun="place", **moments) for key in KEYS}
        self.standing = {}

    @rule(one=st.sampled_from(KEYS), other=st.sampled_from(KEYS), verdict=st.sampled_from(list(Verdict)))
    def judge_two(self, one, other, verdict):
        pair = frozenset((one, other))
        try:
            with transaction.atomic():
                made = judge(
                    one=self.records[one], other=self.records[other], verdict=verdict, reason="Seen",
                    by=self.clerk, at=self.later(),
                )  # fmt: skip
        except Refusal:
            assert len(pair) == 1 or pair in self.standing
            return
        assert len(pair) == 2
        self.standing[pair] = (made.pk, verdict)

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def undo(self, data):
        pair = data.draw(st.sampled_from(sorted(self.standing, key=sorted)))
        judgement = Judgement.objects.get(pk=self.standing.pop(pair)[0])
        undo_judgement(judgement=judgement, by=self.clerk, at=self.later())

    @invariant()
    def the_same_are_those_one_can_reach(self):
        alike = [pair for pair, (_pk, verdict) in self.standing.items() if verdict == Verdict.SAME]
        for key, record in self.records.items():
            reached = {key}
            for _step in KEYS:
                reached |= {one for pair in alike if pair & reached for one in pair}
            assert same_as(record) == reached - {key}


def _tried(machine):
    run_state_machine_as_test(
        machine, settings=settings(max_examples=10, stateful_step_count=6, deadline=None, database=None)
    )


def test_whatever_is_recorded_and_retracted_two_times_answer_as_by_hand(db):
    _tried(TwoTimes)


def test_whatever_is_judged_and_undone_the_same_are_those_one_can_reach(db):
    _tried(SameThings)
