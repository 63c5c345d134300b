"""What people type is read as they mean it, or asked again."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.foundation.values.typed import Unread, Why, amount_typed, day_typed, moment_typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12 500,50 €", "12500.50"),
        ("€12,500.50", "12500.50"),
        ("12'500", "12500"),
        ("1.234.567,8", "1234567.80"),
        ("1,234,567", "1234567"),
        ("12\u202f500,5", "12500.50"),
        ("12000 euros", "12000"),
        ("+3", "3"),
        ("12,5", "12.5"),
        ("12 500.5", "12500.50"),
    ],
)
def test_an_amount_is_read_with_the_commas_spaces_and_signs_of_each_country(typed, meant):
    assert amount_typed(typed) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("12,500", Why.TWO_MEANINGS),
        ("12.500", Why.TWO_MEANINGS),
        ("-5", Why.NEGATIVE),
        ("(5)", Why.NEGATIVE),
        ("12 000 FCFA", Why.CURRENCY),
        ("$12", Why.CURRENCY),
        ("abc", Why.LETTERS),
        ("1e5", Why.LETTERS),
        ("1 2 3", Why.GROUPS),
        ("0,125", Why.TOO_FINE),
        ("1000000000000", Why.TOO_LARGE),
        ("", Why.EMPTY),
    ],
)
def test_an_amount_that_could_mean_two_things_or_none_is_asked_again(typed, why):
    with pytest.raises(Unread) as refused:
        amount_typed(typed)

    assert refused.value.why == why


@pytest.mark.parametrize(("typed", "meant"), [("1.500", ("1 500", "1,50")), ("12,340", ("12 340", "12,34"))])
def test_both_meanings_of_an_amount_are_told_in_one_way_of_writing(typed, meant):
    with pytest.raises(Unread) as refused:
        amount_typed(typed)

    assert (refused.value.facts["one"], refused.value.facts["other"]) == meant


@settings(max_examples=60, deadline=None)
@given(st.decimals(min_value=0, max_value=Decimal("9999999999.99"), places=2))
def test_every_amount_written_in_french_or_in_english_is_read_back(amount):
    french = f"{amount:,.2f}".replace(",", " ").replace(".", ",")

    assert amount_typed(french) == amount
    assert amount_typed(f"{amount:,.2f}") == amount


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=30))
def test_nothing_typed_makes_the_reading_fail(text):
    for read in (amount_typed, day_typed, lambda said: moment_typed(said, "Europe/Paris")):
        try:
            read(text)
        except Unread:
            continue


@pytest.mark.parametrize(
    "typed",
    [
        "2027-03-31",
        "31/03/2027",
        "31.3.2027",
        "31 mars 2027",
        "March 31, 2027",
        "31 de marzo de 2027",
        "31 de março de 2027",
    ],
)
def test_a_day_is_read_in_the_form_of_each_language(typed):
    assert day_typed(typed) == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("03/31/2027", Why.MONTH_FIRST),
        ("31/3/27", Why.SHORT_YEAR),
        ("30/02/2027", Why.NO_SUCH_DAY),
        ("demain", Why.NOT_A_DAY),
    ],
)
def test_a_day_that_is_none_is_asked_again(typed, why):
    with pytest.raises(Unread) as refused:
        day_typed(typed)

    assert refused.value.why == why


def test_an_hour_that_a_change_of_clocks_skips_or_doubles_is_asked_again():
    assert moment_typed("2027-03-31 17:00", "Europe/Paris").isoformat() == "2027-03-31T17:00:00+02:00"
    for typed, why in (("2027-03-28 02:30", Why.SKIPPED), ("2027-10-31 02:30", Why.TWICE), ("2027-03-31", Why.NO_HOUR)):
        with pytest.raises(Unread) as refused:
            moment_typed(typed, "Europe/Paris")
        assert refused.value.why == why


@pytest.mark.parametrize(
    ("typed", "zone"), [("0001-01-01 00:00", "Europe/Paris"), ("9999-12-31 23:59", "America/Mexico_City")]
)
def test_a_moment_that_no_other_clock_could_show_is_asked_again(typed, zone):
    with pytest.raises(Unread) as refused:
        moment_typed(typed, zone)

    assert refused.value.why == Why.NO_SUCH_DAY


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("01/01/2026 9h", "2026-01-01T09:00:00+01:00"),
        ("1er janvier 2026 à 9 h", "2026-01-01T09:00:00+01:00"),
        ("31 décembre 2026, 17 h 30", "2026-12-31T17:30:00+01:00"),
        ("31 December 2026 at 5 pm", "2026-12-31T17:00:00+01:00"),
        ("31 December 2026 5.30pm", "2026-12-31T17:30:00+01:00"),
        ("31/12/2026 17.30", "2026-12-31T17:30:00+01:00"),
        ("31.12.2026 17.30", "2026-12-31T17:30:00+01:00"),
        ("31 décembre 2026 à 17 heures 30", "2026-12-31T17:30:00+01:00"),
        ("31 décembre 2026 à midi", "2026-12-31T12:00:00+01:00"),
        ("31 December 2026, 12 noon", "2026-12-31T12:00:00+01:00"),
        ("31 de diciembre de 2026 a las 17:00", "2026-12-31T17:00:00+01:00"),
        ("2026-12-31T23:59:59", "2026-12-31T23:59:59+01:00"),
    ],
)
def test_a_moment_is_read_as_people_write_it(typed, read):
    assert moment_typed(typed, "Europe/Paris").isoformat() == read


@pytest.mark.parametrize(
    "typed", ["31 décembre 2026", "31/12/2026 soir", "31/12/2026 25:00", "31/12/2026 13 pm", "31/12/2026 minuit"]
)
def test_an_hour_that_is_missing_or_none_is_asked_for_and_the_day_is_not_blamed(typed):
    with pytest.raises(Unread) as refused:
        moment_typed(typed, "Europe/Paris")

    assert refused.value.why == Why.NO_HOUR
