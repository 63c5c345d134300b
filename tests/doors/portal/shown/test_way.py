"""The way of the money: what it says of what was paid and came back."""

from types import SimpleNamespace

from django.utils.translation import override

from parvis.doors.portal.shown import way

TABLES = {
    "grants": [("wells", "1000.00", "EUR"), ("pumps", "500.00", "USD"), ("taps", None, "EUR")],
    "grant_payments": [("wells", "pay", "1000.00"), ("wells", "recover", "100.00"), ("pumps", "recover", "300.00")],
}


def test_what_came_back_is_counted_of_the_grants_whose_payments_are_counted_and_of_no_other_currency():
    release = SimpleNamespace(city={"currency": "EUR"}, columns=lambda table, *_names: iter(TABLES[table]))
    page = SimpleNamespace(release=release, language="en", to=lambda section: f"/en/{section}")

    with override("en"):
        step = way._paid(page)

    assert step["value"]["exact"] == "1000.00"
    assert "less €100.00 that came back" in step["note"]
