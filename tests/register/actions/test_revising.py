import pytest

from parvis.foundation.journal.models import Line
from parvis.register.actions.revising import revise_record
from parvis.register.content import content_of
from parvis.register.errors import ChangedMeanwhile, InvalidContent


def test_one_thing_changes_and_the_rest_stays(conflict, clerk, noon):
    before = content_of(conflict)

    def write_note(content):
        content["note"] = {"en": "Checked"}

    revised = revise_record(conflict, change=write_note, verb="checked", by=clerk, at=noon)

    assert content_of(revised) == before | {"note": {"en": "Checked"}}
    assert revised.subject.revision == 2
    assert Line.objects.last().verb == "conflict checked"


def test_the_second_of_two_is_told(conflict, clerk, noon):
    revise_record(conflict, change=lambda _content: None, verb="read", by=clerk, at=noon)

    with pytest.raises(ChangedMeanwhile):
        revise_record(conflict, change=lambda _content: None, verb="read", by=clerk, at=noon, seen_revision=1)


def test_a_change_that_does_not_hold_leaves_no_trace(conflict, clerk, noon):
    before = content_of(conflict)

    with pytest.raises(InvalidContent):
        revise_record(conflict, change=lambda content: content.pop("title"), verb="spoilt", by=clerk, at=noon)

    assert content_of(type(conflict).objects.get(pk=conflict.pk)) == before
    assert Line.objects.filter(verb="conflict spoilt").count() == 0


@pytest.fixture
def noon(conflict):
    return conflict.subject.amended_at
