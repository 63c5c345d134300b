"""What the law asks of a grant, and what an envelope gave beyond its scope."""

from datetime import date
from decimal import Decimal

import pytest

from parvis.domain.funding import queries
from parvis.foundation.vocabulary.funding_rules import funding_rule, funding_rules


def test_the_share_given_beyond_the_scope_is_counted(envelope, asked, award):
    nothing = queries.exceptions_of(envelope)
    award(asked(), envelope, 30_000)
    award(asked("b", exception=True, out_of_scope={"en": "The only hospital."}), envelope, 10_000)

    found = queries.exceptions_of(envelope)

    assert (nothing.count, nothing.amount, nothing.share) == (0, 0, None)
    assert (found.count, found.amount, found.share) == (1, 10_000, Decimal("0.250"))


def test_a_grant_is_tied_to_the_file_it_was_asked_in_where_there_is_one(asked):
    assert queries.application_of(asked()) is None
    assert queries.application_of(asked("b", file="R-0001")) is None


def test_a_rule_holds_from_its_day_and_says_whether_it_is_law():
    rule = funding_rule("convention_above", date(2026, 1, 1))

    assert (rule.value, rule.law) == (23_000, True)
    assert funding_rule("convention_above", date(1990, 1, 1)) == rule  # before the first, the first
    assert [name for name, rules in funding_rules().items() if not rules[-1].law] == [
        "emergency_lowest",
        "emergency_highest",
        "repayment_months",
        "warn_at",
        "interest_years",
        "repeat_wins",
        "repeat_years",
        "personal_months",
        "council_vote",
        "regrant_accounts",
        "use_of_money",
        "accounts_published_above",
        "levy_base",
    ]


@pytest.mark.parametrize(
    ("ends", "due"), [("2026", date(2028, 2, 29)), ("2027", date(2029, 2, 28)), ("2028-02-29", date(2030, 2, 28))]
)
def test_a_report_due_in_february_is_due_on_its_last_day(envelope, asked, award, settings, tmp_path, ends, due):
    rule = 'report_months: [{since: "2000-01-01", value: "14", law: "no", said: "Fourteen months here"}]'
    (tmp_path / "funding_rules.yaml").write_text(rule)
    settings.PARVIS_CITY = str(tmp_path)

    assert queries.report_due(award(asked(ends=ends), envelope, 10)) == due
