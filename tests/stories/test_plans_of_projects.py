"""The plan of a project, as the office and the public follow it: row COOP-02 of the inventory."""

from __future__ import annotations

from datetime import date


def test_a_plan_balances_says_what_is_confirmed_and_late_and_counts_city_money_once(house):
    for key in ("aimf", "afd"):
        house.enter("body", key, kind="agency")
    house.enter(
        "project", "quay", stage="study", stage_as_of="2026", cost="100000", currency="EUR",
        cites=[{"source": "minutes", "lines": "1"}],
        funding=[
            {"body": "city-of-paris", "amount_asked": "60000", "amount_confirmed": "60000", "confirmed": "2026-02"},
            {"body": "afd", "amount_asked": "25000", "deadline": "2026-06-30", "condition": {"en": "A study first"}},
            {"body": "aimf", "form": "in_kind", "amount_asked": "5000", "internal": True},
        ],
        milestones=[
            {"words": {"en": "Survey"}, "due": "2026-03", "done": "2026-03-12", "who": "aimf"},
            {"words": {"en": "Works"}, "due": "2026-10"},
        ],
    )  # fmt: skip
    grant = {
        "beneficiary": "aimf",
        "state": "awarded",
        "year": 2026,
        "currency": "EUR",
        "amount_voted": "20000",
        "project": "quay",
    }
    house.enter("grant", "grant-quay", visibility="public", cites=[{"source": "minutes", "lines": "1"}], **grant)

    desk = house.desk().words("/bureau/fiches/projects/quay/")
    due = house.reminders(date(2026, 11, 22))["Plans of projects"]
    public = house.publish().words("/en/projects/quay")

    assert "€100,000.00 in all · €60,000.00 confirmed" in public
    assert "All, each counted once €85,000.00 €60,000.00 €0.00" in public
    assert "Grants of the City to this project: €20,000.00. They are a part of the City's line" in public
    assert "answer awaited since 30 June 2026 · A study first" in public
    assert "Nobody is asked for €10,000.00 of the cost." in desk
    assert "€30,000.00 is not confirmed." in desk
    assert [what for what, _why in due] == ["quay", "quay"]
    assert due[0][1] == "“Works” was to be done by October 2026"
