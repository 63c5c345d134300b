"""What is poured stands as if it had been saved row by row, and costs what differs from row to row."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import models, transaction
from django.utils import translation

from parvis.foundation.accounts.models import User
from parvis.foundation.journal.models import Line
from parvis.foundation.journal.pouring import NoNumber, pour

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TOLD = [{}, {"a": "é – \u2028 \\ \t"}, {"deep": [1, 2.5, None, True, {"": []}]}, {"tuple": (1, 2)}, {"wide": 2**70}]


@pytest.fixture
def clerk(db):
    return User.objects.create_user("clerk@ville.example")


def _lines(clerk, told):
    return [Line(verb="entered", about="a\tb", actor=clerk, at=NOON, digests=one) for one in told]


def _held():
    return list(Line.objects.order_by("pk").values_list("verb", "about", "actor", "at", "digests"))


def test_rows_poured_are_as_rows_saved(clerk):
    pour(_lines(clerk, TOLD))
    poured = _held()
    for one in _lines(clerk, TOLD):
        one.save()

    assert _held() == [*poured, *poured]


def test_what_every_row_says_alike_is_made_ready_once(clerk, monkeypatch):
    asked = []
    prepare = models.DateTimeField.get_db_prep_value

    def counted(self, value, *args, **kwargs):
        asked.append(value)
        return prepare(self, value, *args, **kwargs)

    monkeypatch.setattr(models.DateTimeField, "get_db_prep_value", counted)

    pour(_lines(clerk, [{"n": n} for n in range(20)]))

    assert asked == [NOON]


@pytest.mark.parametrize(
    "no_number", [float("nan"), float("inf"), [1, {"deep": -float("inf")}], ({"a": float("nan")},)]
)
def test_what_is_no_number_is_refused_in_words_and_nothing_is_written(clerk, no_number):
    with pytest.raises(NoNumber) as refused, transaction.atomic():
        pour(_lines(clerk, [{"n": 1, "none": None}, {"n": no_number}]))

    with translation.override("en"):
        assert str(refused.value).startswith("A figure of “digests” is no number")
    assert not Line.objects.exists()


def test_what_json_cannot_say_is_refused_as_when_saved(clerk):
    with pytest.raises(TypeError, match="Decimal"):
        pour(_lines(clerk, [{"n": Decimal(1)}]))
