"""Many statements recorded at once hold what they would one by one, and are told in the journal alike."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.foundation.journal.models import Line
from parvis.register.actions import record_statement, record_statements, retract_statement, retract_statements
from parvis.register.errors import ManyInvalid, UnknownProperty
from parvis.register.models import Statement

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CONTENTS = [
    {"property": "observation", "words": {"en": "Dense"}, "as_of": "2016", "source": "city-page", "lines": "12-13"},
    {"property": "observation", "words": {"en": "Dense"}, "as_of": "2016", "source": "city-page", "lines": "14"},
    {"property": "observation", "words": {"en": "Old"}, "source": "city-page", "fact": "st-old", "rank": "normal"},
]


def _rows():
    names = [field.attname for field in Statement._meta.concrete_fields if field.name != "id"]
    return list(Statement.objects.order_by("pk").values_list(*names))


def _journal():
    lines = Line.objects.filter(verb__startswith="statement").order_by("pk").values_list("verb", "about", "digests")
    return [(verb, about, digests.get("content")) for verb, about, digests in lines]


def test_many_at_once_are_as_many_one_by_one(source, clerk):
    for content in CONTENTS:
        record_statement(about=source.subject, content=content, by=clerk, at=NOON)
    rows, journal = _rows(), _journal()

    many = record_statements([(source.subject, content) for content in CONTENTS], by=clerk, at=NOON)

    assert (_rows(), _journal()) == ([*rows, *rows], [*journal, *journal])
    assert [one.pk for one in many] == list(Statement.objects.order_by("pk").values_list("pk", flat=True))[3:]
    told = Line.objects.filter(verb="statement recorded").order_by("pk").values_list("digests__statement", flat=True)
    assert list(told)[3:] == [one.pk for one in many]


def test_a_hundred_more_cost_no_more_queries(source, clerk):
    def queries(count):
        said = [
            (source.subject, CONTENTS[0] | {"words": {"en": f"Said {number}"}, "lines": str(number + 1)})
            for number in range(count)
        ]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            record_statements(said, by=clerk, at=NOON)
        return len(asked)

    assert queries(101) == queries(1)


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        ({"source": "nowhere"}, "source"), ({"words": {}}, ""), ({"words": {"xx": "Dense"}}, "words"),
        ({"as_of": "2016-99"}, "as_of"),
        ({"lines": "9-2"}, "lines"), ({"said_by": "nobody"}, "said_by"),
        ({"from": "2016-02-01", "to": "2016-01-01"}, ""),
    ],
)  # fmt: skip
def test_one_that_does_not_hold_is_told_by_its_place_and_nothing_is_recorded(source, clerk, spoilt, told):
    said = [(source.subject, CONTENTS[0]), (source.subject, CONTENTS[1] | spoilt)]

    with pytest.raises(ManyInvalid) as refusal:
        record_statements(said, by=clerk, at=NOON)

    assert {place: [problem.path for problem in problems] for place, problems in refusal.value.wrong.items()} == {
        1: [told]
    }
    assert (Statement.objects.count(), _journal()) == (0, [])


def test_an_unknown_property_among_many_is_refused_by_name(source, clerk):
    with pytest.raises(UnknownProperty, match="weather"):
        record_statements([(source.subject, CONTENTS[0] | {"property": "weather"})], by=clerk, at=NOON)


def test_many_are_retracted_at_once_and_those_retracted_before_keep_their_reason(source, clerk):
    many = record_statements([(source.subject, content) for content in CONTENTS], by=clerk, at=NOON)
    retract_statement(statement=many[0], reason="Wrong page", by=clerk, at=NOON)

    done = retract_statements([one.pk for one in many], reason="Undone", by=clerk, at=NOON)

    assert done == 2
    assert list(Statement.objects.order_by("pk").values_list("retraction_reason", flat=True)) == [
        "Wrong page", "Undone", "Undone",
    ]  # fmt: skip
    assert [verb for verb, _about, _digest in _journal()].count("statement retracted") == 3
