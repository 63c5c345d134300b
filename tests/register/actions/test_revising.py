import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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


def test_a_record_is_read_once_and_all_it_names_at_once(conflict, clerk, noon, asked_of_subjects):
    def write_note(content):
        content["note"] = {"en": "Checked"}

    asked = asked_of_subjects(lambda: revise_record(conflict, change=write_note, verb="checked", by=clerk, at=noon))

    assert asked == {"FOR UPDATE": 1, "by number": 1, "by key": 0, "texts": 1, "lines": 1}


def test_lines_that_changed_take_the_place_of_those_there_were(conflict, clerk, noon):
    def leave_one(content):
        content["sides"] = content["sides"][1:]

    def leave_none(content):
        del content["sides"]

    one = content_of(revise_record(conflict, change=leave_one, verb="read", by=clerk, at=noon))
    none = content_of(revise_record(conflict, change=leave_none, verb="read", by=clerk, at=noon))

    assert ([side["lines"] for side in one["sides"]], none.get("sides")) == (["87-88"], None)


@pytest.fixture
def asked_of_subjects():
    """How often a revision asks for its head, for what it names, for its words and for its lines."""

    def counted(act):
        with CaptureQueriesContext(connection) as held:
            act()
        said = [query["sql"] for query in held.captured_queries if query["sql"].startswith("SELECT")]
        heads = [one for one in said if 'FROM "register_subject"' in one]
        return {
            "FOR UPDATE": sum("FOR UPDATE" in one for one in heads),
            "by number": sum("FOR UPDATE" not in one and '"register_subject"."id" IN' in one for one in heads),
            "by key": sum('WHERE "register_subject"."key"' in one for one in heads),
            "texts": sum('FROM "register_text"' in one for one in said),
            "lines": sum('FROM "register_conflictside"' in one for one in said),
        }

    return counted


@pytest.fixture
def noon(conflict):
    return conflict.subject.amended_at
