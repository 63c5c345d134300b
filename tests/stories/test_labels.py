"""The labels the city gives: row EUR-06 of the inventory."""

from __future__ import annotations

from datetime import date

from tests.support import calls


def test_a_mark_has_its_days_and_one_that_has_ended_is_said_so_on_the_list_and_on_the_body(house):
    house.enter("programme", "label-europe", kind="label", cites=[{"source": "minutes", "lines": "1"}])
    for key, days in {
        "held": {"given": "2026-01-15", "until": "2027-01-14"},
        "past": {"given": "2024-01-15", "until": "2025-01-14"},
        "away": {"given": "2026-01-15", "until": "2027-01-14", "removed": "2026-06-01"},
        "silent": {},
    }.items():
        house.enter("body", f"body-{key}", kind="association", cites=[{"source": "minutes", "lines": "1"}])
        year = int(days.get("given", "2026")[:4])
        house.enter(
            "label", f"label-{key}", kind="project", holder=f"body-{key}", programme="label-europe", year=year,
            cites=[{"source": "minutes", "lines": "1"}], **days,
        )  # fmt: skip

    pages = house.publish()

    words = pages.words("/en/labels")
    assert "4 labels on record Held on this day: 1. Ended or taken away: 2. End not known: 1." in words.replace(
        "CSV JSON ", ""
    )
    assert pages.part("/en/bodies/body-past", r'aria-labelledby="marks".*?</section>')[0].endswith("Ended")
    assert pages.part("/en/bodies/body-held", r'aria-labelledby="marks".*?</section>')[0].endswith("Held")
    assert "Held on this day: 1. Ended" in pages.words("/en/labels?on=2024-06-01")


def test_a_yearly_call_gives_its_mark_with_the_decision_until_its_last_day(clerk):
    call = calls.opened_call(clerk, kind="label", label_months=12)
    body = calls.body_of(calls.applicant())
    given = calls.label_given(call, body, clerk, date(2027, 5, 31))

    assert (given.given, given.until, given.year, given.decision.key) == ("2027-05-31", "2028-05-31", 2027, "vote")
    assert given.subject.visibility == "internal"


def test_paris_shows_the_holders_of_its_label_by_year_beside_the_count_that_was_published(paris):
    page = "/en/labels"

    assert paris.part(page, r'<h2 id="year-\d+">(.*?)</h2>') == ["2022 2", "2021 8", "2020 3"]
    assert "Radio Activité" in paris.words(page)
    assert "Associations helped by the Paris Europe label" in paris.words(page)
    assert "End not known: 13." in paris.words(page)
