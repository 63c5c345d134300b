from datetime import UTC, date, datetime

import pytest

from parvis.register.actions import record_statement, retract_statement
from parvis.register.models import Statement, Text
from parvis.register.queries import about, conflicts_about, disagreeing, stale_texts

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def figure(source, clerk, number, scope="all"):
    return Statement.objects.create(
        subject=source.subject, property="value", number=number, unit="cities", scope={"en": scope}, as_of="2022",
        source=source, recorded_at=NOON, recorded_by=clerk,
    )  # fmt: skip


def text(source, body, until=""):
    return Text(subject=source.subject, field="summary", language="en", body=body, future_until=until)


def test_statements_about_a_record_are_found_by_its_key(source, clerk):
    said = {"property": "observation", "words": {"en": "x"}, "source": "city-page", "lines": "1"}
    statement = record_statement(about=source.subject, content=said, by=clerk, at=NOON)

    assert list(about("city-page", "observation").known_at(NOON)) == [statement]
    assert list(about("city-page", "value")) == []


def test_only_figures_that_differ_disagree(source, clerk):
    first, second = figure(source, clerk, 94), figure(source, clerk, 90)
    assert set(disagreeing()) == {first, second}

    retract_statement(statement=second, reason="Misread", by=clerk, at=NOON)

    assert list(disagreeing()) == []


def test_the_conflicts_about_a_record_are_listed(source, conflict):
    assert list(conflicts_about(source.subject)) == [conflict]


@pytest.mark.parametrize(
    ("body", "until", "found"),
    [
        ("The forum is announced.", "2017-04", True),
        ("The forum is announced.", "2026-04", False),
        ("EUR 10 million will be spent by 2020.", "", True),
        ("La somme sera dépensée d’ici à 2020.", "", True),
        ("La suma será gastada para 2020.", "", True),
        ("It will be spent by 2040.", "", False),
        ("It was spent by 2020.", "", False),
        ("Members will meet.", "", False),
    ],
)
def test_a_text_that_speaks_of_the_past_as_future_is_found(source, body, until, found):
    stale = list(stale_texts(date(2026, 3, 1), [text(source, body, until)]))

    assert [one.declared for one in stale] == ([bool(until)] if found else [])


def test_texts_on_record_are_looked_through(source):
    text(source, "It will be spent by 2020.").save()

    assert [stale.until for stale in stale_texts(date(2026, 3, 1))] == [date(2020, 12, 31)]
