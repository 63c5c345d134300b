"""What is pressed twice is done once."""

import pytest
from django.contrib.sessions.models import Session

from parvis.foundation.accounts.actions import note_done
from parvis.foundation.accounts.once import new_mark, was_done
from parvis.foundation.accounts.sessions import SessionStore


@pytest.fixture
def session(db):
    held = SessionStore()
    held.create()
    return held


def test_a_mark_is_spent_by_what_was_done_and_no_other_is(session):
    mark, other = new_mark(), new_mark()
    before = was_done(session, mark)

    note_done(session=session, mark=mark)

    at_the_other_worker = SessionStore(session.session_key)
    assert (before, was_done(at_the_other_worker, mark), was_done(at_the_other_worker, other)) == (False, True, False)


def test_a_form_without_a_mark_is_done_each_time(session):
    note_done(session=session, mark="")

    assert was_done(session, "") is False
    assert "forms_done" not in Session.objects.get().get_decoded()


def test_the_latest_marks_alone_are_kept(session):
    for number in range(210):
        note_done(session=session, mark=f"mark-{number}")

    kept = Session.objects.get().get_decoded()["forms_done"]
    assert (len(kept), kept[0], kept[-1]) == (200, "mark-10", "mark-209")
