"""Limits that money obeys: the house's, and a city's over them."""

from datetime import date
from decimal import Decimal

import pytest

from parvis.foundation.vocabulary import BrokenVocabulary
from parvis.foundation.vocabulary.funding_rules import funding_rule, funding_rules


@pytest.fixture
def own(tmp_path):
    def write(text):
        file = tmp_path / "funding_rules.yaml"
        file.write_text(text)
        return file

    return write


def test_a_city_replaces_the_rules_it_names_and_keeps_the_others(own):
    file = own(
        'emergency_highest:\n  - {since: "2025-01-01", value: "9000", law: "no", said: "B"}\n'
        '  - {since: "2024-01-01", value: "7000", law: "no", said: "A"}\n'
    )

    highest = [funding_rule("emergency_highest", date(year, 6, 1), file).value for year in (2020, 2024, 2026)]
    assert highest == [7000, 7000, 9000]
    assert funding_rule("emergency_lowest", date(2026, 1, 1), file) == funding_rule(
        "emergency_lowest", date(2026, 1, 1)
    )
    assert funding_rule("emergency_highest", date(2026, 1, 1)).value == Decimal(100_000)


def test_without_a_file_the_rules_are_those_of_the_house(tmp_path):
    assert funding_rules(tmp_path / "none.yaml") == funding_rules()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('emergncy: [{since: "2024-01-01", value: "1", law: "no", said: "A"}]', "there is no such rule"),
        ('warn_at: [{since: "soon", value: "1", law: "no", said: "A"}]', "a day and a number are expected"),
        ('warn_at: [{since: "2024-01-01", value: "much", law: "no", said: "A"}]', "a day and a number are expected"),
        ('warn_at: [{since: "2024-01-01", value: "NaN", law: "no", said: "A"}]', "zero or more"),
        ('warn_at: [{since: "2024-01-01", value: "-1", law: "no", said: "A"}]', "zero or more"),
        ('warn_at: [{since: "2024-01-01", value: "1"}]', "since, value, law and said are expected"),
        ("warn_at: 1", "a list of dated values is expected"),
        ("warn_at: []", "a list of dated values is expected"),
    ],
)
def test_a_limit_that_cannot_be_read_is_refused_and_never_becomes_no_limit(own, text, told):
    with pytest.raises(BrokenVocabulary, match=told):
        funding_rules(own(text))
