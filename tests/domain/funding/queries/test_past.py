"""What those who ask won before."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from parvis.domain.funding.queries import wins_of
from parvis.register.actions.links import judge
from parvis.register.enums import Verdict
from tests.support import calls

FANAK = "73282932000074"
WHILE_OPEN = datetime(2023, 6, 1, tzinfo=UTC)


@pytest.fixture
def call(clerk):
    return calls.opened_call(clerk, opens_at="2023-01-02 12:00", closes_at="2023-12-31 12:00")


@pytest.fixture
def file(call):
    person = calls.applicant()
    return calls.begun(call, calls.body_of(person, FANAK), person, WHILE_OPEN)


@pytest.fixture
def body(enter):
    """A body whose record names another establishment of the same legal body."""
    return enter("body", "fanak", kind="foundation", identifiers={"siret": "73282932000017"})


@pytest.fixture
def won(enter, source):
    source("minutes")

    def entered(year, beneficiary="fanak", discipline="dance", **more):
        facts = {"beneficiary": beneficiary, "year": year, "currency": "EUR", "state": "awarded"}
        facts |= {"amount_voted": "8000", **more}
        facts["cites"] = [{"source": "minutes", "lines": "3"}]
        return enter("grant", f"grant-{beneficiary}-{year}", discipline=discipline, **facts)

    return entered


def told(call, file, discipline="dance"):
    wins = wins_of(call, {str(file.pk): discipline}).get(str(file.pk))
    return wins and (wins.years, wins.amount("EUR"), wins.alike, wins.repeated)


def test_a_body_is_found_by_its_legal_number_and_two_wins_are_a_repetition(call, file, body, won):
    won(2020)
    won(2021, discipline="music")

    assert told(call, file) == ([2020, 2021], Decimal(16_000), 1, True)


def test_one_win_is_told_and_warns_of_nothing(call, file, body, won):
    won(2022)

    assert told(call, file) == ([2022], Decimal(8_000), 1, False)


def test_what_is_too_old_refused_or_without_a_discipline_does_not_count(call, file, body, won):
    won(2017)
    won(2021, state="refused", amount_voted="0")
    won(2022, discipline="")

    assert told(call, file) is None


def test_records_judged_the_same_are_one_body(call, file, body, enter, won, clerk, noon):
    twin = enter("body", "fanak-fund", kind="foundation")
    won(2021, beneficiary="fanak-fund")
    assert told(call, file) is None

    judge(one=body.subject, other=twin.subject, verdict=Verdict.SAME, reason="One fund.", by=clerk, at=noon)

    assert told(call, file) == ([2021], Decimal(8_000), 1, False)


def test_without_a_discipline_asked_only_the_same_programme_counts(call, file, body, won):
    won(2021)

    assert wins_of(call, {}) == {}
