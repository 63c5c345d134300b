from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.register.actions import doubt_statement, prefer_statement, record_statement, retract_statement
from parvis.register.errors import AlreadyRetracted, InvalidContent, ReasonMissing, UnknownProperty
from parvis.register.models import Statement

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)

SAID = {
    "property": "observation",
    "words": {"en": "Dense"},
    "as_of": "2016",
    "source": "city-page",
    "lines": "12-13",
}


def said(about, by, at=NOON, **more):
    return record_statement(about=about.subject, content={**SAID, **more}, by=by, at=at)


def test_a_statement_keeps_its_source_and_its_lines(source, clerk):
    statement = said(source, clerk, fact="st-dense")

    assert (statement.source, statement.line_from, statement.line_to, statement.fact) == (
        source,
        12,
        13,
        "st-dense",
    )
    assert statement.recorded_at == NOON


def test_an_unknown_property_is_refused_by_name(source, clerk):
    with pytest.raises(UnknownProperty, match="weather"):
        said(source, clerk, property="weather")


@pytest.mark.parametrize(
    ("spoilt", "path"),
    [
        ({"source": "nowhere"}, "source"),
        ({"source": ""}, "source"),
        ({"words": {}}, ""),
        ({"number": 3}, ""),
        ({"words": {}, "number": 3, "unit": "cities", "scope": {"en": "all"}}, "number"),
        ({"as_of": "2016-99"}, "as_of"),
        ({"lines": "9-2"}, "lines"),
        ({"said_by": "nobody"}, "said_by"),
    ],
)
def test_a_statement_that_does_not_hold_is_refused_at_its_place(source, clerk, spoilt, path):
    with pytest.raises(InvalidContent) as refusal:
        said(source, clerk, **spoilt)

    assert path in [problem.path for problem in refusal.value.problems]
    assert Statement.objects.count() == 0


def test_the_database_itself_refuses_a_figure_without_unit_scope_or_date(source, clerk):
    for missing in ("unit", "scope", "as_of"):
        figure = {
            "unit": "cities",
            "scope": {"en": "all"},
            "as_of": "2022",
            missing: "" if missing != "scope" else {},
        }
        with pytest.raises(IntegrityError, match="figure_has_unit_scope_and_date"), transaction.atomic():
            Statement.objects.create(
                subject=source.subject,
                property="value",
                number=3,
                source=source,
                recorded_at=NOON,
                recorded_by=clerk,
                **figure,
            )


def test_the_database_itself_refuses_a_statement_without_source(source, clerk):
    with pytest.raises(IntegrityError, match="source_id"), transaction.atomic():
        Statement.objects.create(
            subject=source.subject, property="value", words={"en": "x"}, recorded_at=NOON, recorded_by=clerk
        )


def test_the_database_itself_keeps_every_statement(source, clerk):
    statement = said(source, clerk)

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        statement.delete()


def test_retracting_stops_holding_and_keeps_what_was_known(source, clerk):
    statement = said(source, clerk)

    retract_statement(statement=statement, reason="Misread", by=clerk, at=NOON + DAY)

    assert list(Statement.objects.held()) == []
    assert list(Statement.objects.known_at(NOON)) == [statement]
    assert list(Statement.objects.known_at(NOON + DAY)) == []
    assert list(Statement.objects.known_at(NOON - DAY)) == []


def test_a_retraction_says_why_and_happens_once(source, clerk):
    statement = said(source, clerk)

    with pytest.raises(ReasonMissing):
        retract_statement(statement=statement, reason=" ", by=clerk, at=NOON)
    retract_statement(statement=statement, reason="Misread", by=clerk, at=NOON)
    with pytest.raises(AlreadyRetracted):
        retract_statement(statement=statement, reason="Again", by=clerk, at=NOON)
    with pytest.raises(AlreadyRetracted):
        doubt_statement(statement=statement, reason={"en": "Late"}, by=clerk, at=NOON)


def test_one_statement_is_shown_first_and_the_other_steps_down(source, clerk):
    first, second = said(source, clerk), said(source, clerk, words={"en": "Denser"})
    prefer_statement(statement=first, reason={"en": "Earlier"}, by=clerk, at=NOON)

    prefer_statement(statement=second, reason={"en": "Later"}, by=clerk, at=NOON + DAY)

    ranks = dict(Statement.objects.values_list("pk", "rank"))
    assert ranks == {first.pk: "normal", second.pk: "preferred"}


def test_a_statement_recorded_as_preferred_needs_its_reason(source, clerk):
    with pytest.raises(InvalidContent):
        said(source, clerk, rank="preferred")

    said(source, clerk, rank="preferred", reason={"en": "Exact"})
    assert Statement.objects.get().ranked_by == clerk


def test_a_doubtful_statement_stays_in_view_and_leaves_the_totals(source, clerk):
    statement = said(source, clerk)

    doubt_statement(statement=statement, reason={"en": "No unit"}, by=clerk, at=NOON)

    assert list(Statement.objects.held()) == [statement]
    assert list(Statement.objects.to_add_up()) == []


def test_a_choice_without_a_reason_is_refused(source, clerk):
    with pytest.raises(ReasonMissing):
        prefer_statement(statement=said(source, clerk), reason={"en": " "}, by=clerk, at=NOON)


def test_a_range_keeps_both_its_ends(source, clerk):
    Statement.objects.create(
        subject=source.subject,
        property="value",
        number=Decimal(4000),
        number_to=Decimal(5000),
        unit="people",
        scope={"en": "each month"},
        as_of="2017",
        source=source,
        recorded_at=NOON,
        recorded_by=clerk,
    )

    assert Statement.objects.values_list("number", "number_to").get() == (Decimal(4000), Decimal(5000))


days = st.dates(min_value=date(2000, 1, 1), max_value=date(2030, 1, 1))
moments = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bounds=st.lists(days, min_size=2, max_size=2, unique=True), day=days, learned=moments, asked=moments)
def test_two_times_are_asked_together(source, clerk, bounds, day, learned, asked):
    start, end = sorted(bounds)
    with transaction.atomic():
        statement = Statement.objects.create(
            subject=source.subject,
            property="observation",
            words={"en": "x"},
            valid_from=start,
            valid_to=end,
            source=source,
            recorded_at=learned,
            recorded_by=clerk,
        )

        found = Statement.objects.filter(pk=statement.pk).known_at(asked).true_on(day).exists()

        transaction.set_rollback(True)
    assert found == (learned <= asked and start <= day < end)
