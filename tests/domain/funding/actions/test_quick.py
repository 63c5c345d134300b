"""What is written at once is what the longer way would have written: the same words, revisions and heads."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.domain.funding import actions
from parvis.domain.funding.actions import Save, quick
from parvis.domain.funding.errors import FieldUnknown, FileClosed, NotMember
from parvis.domain.funding.models import Answer, Application, OtherText
from tests.support import calls

PATHS = ("title", "need", "people", "budget.74-city", "places.a1.country", "places.a1.name")
VALUES = (None, "", "15 000", "12,500", "pt", "É\u0301té", ["a"], True)
saves = st.lists(
    st.tuples(
        st.lists(
            st.builds(Save, st.sampled_from(PATHS), st.sampled_from(VALUES), st.integers(0, 3)), min_size=1, max_size=3
        ),
        st.sampled_from(["tab-a", "tab-b"]),
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture
def ana(db):
    return calls.applicant()


@pytest.fixture
def begun(ana):
    from parvis.foundation.accounts.models import Role, User

    officer = User.objects.create_user("officer@ville.example", role=Role.OFFICER)
    call, body = calls.opened_call(officer), calls.body_of(ana)
    return lambda: calls.begun(call, body, ana)


def held(file):
    """All that stands of a file, whatever the way it was written."""
    head = Application.objects.filter(pk=file.pk).values_list("title", "asked", "country").get()
    rows = Answer.objects.filter(application=file).values_list("field", "value", "revision", "window", "saved_at")
    beside = OtherText.objects.filter(application=file).values_list("field", "value", "window", "written_at")
    return head, sorted(rows, key=str), sorted(beside, key=str)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=saves)
def test_both_ways_leave_the_same_file(begun, ana, turns):
    at_once, settled = begun(), begun()

    told = [_saved(at_once, turn, ana, number) for number, turn in enumerate(turns)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quick, "form_held", lambda _file: None)
        expected = [_saved(settled, turn, ana, number) for number, turn in enumerate(turns)]

    assert told == expected
    assert held(at_once) == held(settled)


def _saved(file, turn, by, number):
    saves, window = turn
    at = calls.WHILE_OPEN + timedelta(seconds=number)
    saved = actions.save_answers(application=file.pk, saves=saves, by=by, at=at, window=window)
    balance = saved.balance.sentence() if saved.balance else None
    return saved.revisions, sorted(saved.others), saved.notes, balance


def test_a_save_in_service_asks_the_database_for_one_thing(begun, ana, django_assert_num_queries):
    file = begun()
    actions.save_answers(application=file.pk, saves=[Save("need", "One")], by=ana, at=calls.WHILE_OPEN, window="a")

    with django_assert_num_queries(0):  # one statement, which Django neither spells nor counts
        saved = actions.save_answers(
            application=file.pk, saves=[Save("need", "Two", 1)], by=ana, at=calls.WHILE_OPEN, window="a"
        )

    assert saved.revisions == {"need": 2}


def test_what_may_not_be_written_is_refused_by_the_longer_way(begun, ana):
    file = begun()
    stranger = calls.applicant("other@assoc.example")

    for by, save, refusal in (
        (stranger, Save("need", "x"), NotMember),
        (stranger, Save("nothing", "x"), NotMember),
        (ana, Save("nothing", "x"), FieldUnknown),
        (ana, Save("need", "\0"), FieldUnknown),
    ):
        with pytest.raises(refusal):
            actions.save_answers(application=file.pk, saves=[save], by=by, at=calls.WHILE_OPEN, window="a")
    Application.objects.filter(pk=file.pk).update(state="withdrawn")
    with pytest.raises(FileClosed):
        actions.save_answers(application=file.pk, saves=[Save("need", "x")], by=ana, at=calls.WHILE_OPEN, window="a")

    assert not Answer.objects.filter(application=file).exists()
