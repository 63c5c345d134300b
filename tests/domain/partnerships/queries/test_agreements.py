from datetime import date, timedelta

import pytest

from parvis.domain.partnerships import queries
from parvis.domain.partnerships.enums import AgreementState
from parvis.foundation.values.certainty import Certainty

DAY = date(2022, 9, 19)
A_YEAR = timedelta(days=365)


def keys(records):
    return [record.key for record in records]


@pytest.fixture
def ties(pact):
    """One agreement of each sort."""
    pact(("signed", "2014-10"), key="evergreen", renewal="evergreen")
    pact(("signed", "2014-10"), key="unknown-end", parties=("paris", "lima"))
    pact(("signed", "2014-10"), ("ended", "2016"), key="ended")
    pact(("prospect", "2015-05"), key="prospect", parties=("paris", "seoul"))
    pact(("signed", "2023"), key="later")


def test_agreements_in_force_on_a_day(ties, cities):
    assert keys(queries.agreements_in_force(DAY)) == ["evergreen"]


def test_agreements_in_force_when_all_were_signed(ties):
    assert keys(queries.agreements_in_force(date(2014, 10, 31))) == ["ended", "evergreen", "unknown-end"]


def test_agreements_perhaps_in_force_are_those_no_source_follows(ties):
    assert keys(queries.agreements_perhaps_in_force(DAY)) == ["unknown-end"]
    assert keys(queries.agreements_perhaps_in_force(date(2014, 10, 1))) == []


def test_agreements_signed_by_a_day_whether_they_still_bind_or_not(ties, cities):
    assert keys(queries.agreements_signed(DAY)) == ["ended", "evergreen", "unknown-end"]
    assert keys(queries.agreements_signed(DAY, party=cities["lima"])) == ["unknown-end"]


def test_european_accords_are_counted_from_records(pact):
    pact(("listed", "2022-09-19"), key="accord-rome", kind="european_accord")
    pact(("listed", "2022-09-19"), ("ended", "2024"), key="accord-old", kind="european_accord")
    pact(("listed", "2022-09-19"), key="no-accord", kind="framework")

    counts = {
        day: [(row.agreement.key, row.answer) for row in queries.european_accords(day)]
        for day in (date(2010, 1, 1), DAY, date(2026, 1, 1))
    }

    assert counts == {
        date(2010, 1, 1): [],
        DAY: [("accord-old", Certainty.YES), ("accord-rome", Certainty.YES)],
        date(2026, 1, 1): [("accord-rome", Certainty.NOT_KNOWN)],
    }


@pytest.mark.parametrize(
    ("steps", "facts", "state"),
    [
        ([("draft", "2014"), ("signed", "2015"), ("listed", "2022")], {}, AgreementState.SIGNED),
        ([("listed", "2022")], {}, AgreementState.LISTED),
        ([("voted", "2014")], {"signed": "2015"}, AgreementState.SIGNED),
        ([("ended", "2016")], {"signed": "2015"}, AgreementState.ENDED),
        ([], {}, None),
    ],
)
def test_the_latest_state_is_that_of_the_last_step_that_moves_it(pact, steps, facts, state):
    assert queries.latest_state(pact(*steps, **facts)) == state


def test_a_step_without_a_day_is_known_by_the_day_of_its_source(enter, cities, source):
    source("minutes", date="2016-07-04")
    source("undated", date="")
    steps = [{"state": "signed", "source": "minutes", "lines": "3"}]
    agreement = enter("agreement", "pact", parties=["paris", "rome"], steps=steps)
    vague = enter(
        "agreement",
        "vague",
        parties=["paris", "lima"],
        steps=[{"state": "signed", "source": "undated", "lines": "3"}],
    )

    found = {row.agreement.key: row.answer for row in queries.standings(date(2016, 7, 4))}

    assert found == {"pact": Certainty.YES, "vague": Certainty.NOT_KNOWN}
    assert [str(step.when) for step in queries.life_of(agreement).steps] == ["../2016-07-04"]
    assert [step.when for step in queries.life_of(vague).steps] == [None]


def test_expiring_agreements_warn_before_the_end_and_before_the_notice(pact):
    on = date(2025, 1, 1)
    pact(("signed", "2020"), key="ends-soon", until="2025-06-01", renewal="fixed")
    pact(("signed", "2020"), key="ends-that-year", until="2025", renewal="fixed")
    pact(("signed", "2020"), key="notice-soon", until="2026-06-30", renewal="tacit", notice_months=12)
    pact(("signed", "2020"), key="ends-later", until="2030", renewal="fixed")
    pact(("signed", "2020"), key="over", until="2024", renewal="fixed")
    pact(("signed", "2020"), key="evergreen", renewal="evergreen")
    pact(("signed", "2020"), key="no-end")

    found = queries.expiring_agreements(on, within=A_YEAR)

    assert [(row.agreement.key, str(row.end), row.notice_by) for row in found] == [
        ("ends-that-year", "2025", None),
        ("ends-soon", "2025-06-01", None),
        ("notice-soon", "2026-06-30", date(2025, 6, 30)),
    ]


def test_the_day_of_notice_stays_in_its_month(pact):
    pact(("signed", "2020"), until="2025-08-31", renewal="tacit", notice_months=6)

    found = queries.expiring_agreements(date(2025, 1, 1), within=A_YEAR)

    assert [row.notice_by for row in found] == [date(2025, 2, 28)]


def test_stalled_prospects_are_ties_nothing_was_heard_of_for_a_year(pact, enter, subject):
    on = date(2016, 7, 1)
    pact(("prospect", "2015-05"), key="old-prospect", parties=("paris", "seoul"))
    pact(("voted", "2016-06"), key="fresh-vote", parties=("paris", "seoul"))
    pact(("signed", "2010"), key="signed", parties=("paris", "rome"))
    for key in ("abidjan", "bogota", "shanghai", "tunis"):
        subject(key, noun="place")
    enter("relation", "to-abidjan", partner="abidjan", stage="under_way", as_of="2014")
    enter("relation", "to-bogota", partner="bogota", stage="under_way", as_of="2016-06", review_on="2016-06-30")
    enter("relation", "to-shanghai", partner="shanghai", stage="promising", as_of="2016-06", review_on="2017")
    enter("relation", "to-rome", partner="rome", stage="under_way", as_of="2009")
    enter("relation", "to-tunis", partner="tunis", stage="asked")
    enter("relation", "to-lima", partner="lima", stage="active", as_of="2009")

    found = queries.stalled_prospects(on)

    assert [(row.record.key, str(row.since) if row.since else None) for row in found] == [
        ("to-tunis", None),
        ("to-abidjan", "2014"),
        ("old-prospect", "2015-05"),
        ("to-bogota", "2016-06"),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_saying_what_binds_takes_three_queries(pact, count, django_assert_num_queries):
    for number in range(count):
        pact(("signed", "2014"), key=f"pact-{number}")

    with django_assert_num_queries(3):
        queries.agreements_in_force(DAY)
