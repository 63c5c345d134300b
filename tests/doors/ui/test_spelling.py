"""Numbers, money and dates as each language writes them."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.doors.ui import spelling

N, B = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("language", "exact", "compact"),
    [
        ("fr", f"1{N}234{N}567,50{B}€", f"6,5{B}M€"),
        ("en", "€1,234,567.50", "€6.5M"),
        ("es", f"1.234.567,50{B}€", f"6,5{B}M€"),
        ("pt", f"1{B}234{B}567,50{B}€", f"6,5{B}M€"),
    ],
)
def test_money_is_exact_in_tables_and_compact_in_figures(language, exact, compact):
    assert spelling.money(Decimal("1234567.50"), "EUR", language) == exact
    assert spelling.money(Decimal(6500000), "EUR", language, compact=True) == compact


@pytest.mark.parametrize("nothing", ["-0", "0", "-0.00", "0.0"])
def test_nothing_has_no_sign(nothing):
    assert spelling.money(Decimal(nothing), "EUR", "en") == "€0.00"


def test_a_compact_amount_never_hides_a_digit():
    assert spelling.money(Decimal(6543210), "EUR", "fr", compact=True) == f"6{N}543{N}210{B}€"
    assert spelling.money(Decimal("0.6"), "EUR", "fr", compact=True) == f"0,60{B}€"


@pytest.mark.parametrize(
    ("language", "written"), [("fr", f"500{N}000"), ("en", "500,000"), ("es", "500.000"), ("pt", f"500{B}000")]
)
def test_a_count_is_grouped_as_the_language_does(language, written):
    assert spelling.number(500000, language) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(600_000_000, f"600{B}millions"), (1_200_000, f"1,2{B}million"), (2_000_000_000, f"2{B}milliards"), (23, "23")],
)
def test_large_counts_are_said_in_words(value, written):
    assert spelling.large(value, "fr") == written


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("fr", "19 septembre 2022", "mai 2015"),
        ("en", "19 September 2022", "May 2015"),
        ("es", "19 de septiembre de 2022", "mayo de 2015"),
        ("pt", "19 de setembro de 2022", "maio de 2015"),
    ],
)
def test_a_date_keeps_the_precision_it_is_known_with(language, day, month):
    said = [spelling.day(text, language).replace(B, " ") for text in ("2022-09-19", "2015-05", "2015", "")]

    assert said == [day, month, "2015", ""]


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("2019/2020", "2019 ou 2020", "2019 or 2020"),
        ("2013/2016", "entre 2013 et 2016", "between 2013 and 2016"),
        ("../2016-07", "au plus tard juillet 2016", "by July 2016"),
        ("../2016-07-04", "au plus tard le 4 juillet 2016", "by 4 July 2016"),
        ("2016-06-27/2016-07", "entre le 27 juin 2016 et juillet 2016", "between 27 June 2016 and July 2016"),
        ("2016/..", "2016 ou après", "2016 or later"),
        ("--05", "mai", "May"),
        ("--09-26", "26 septembre", "26 September"),
        ("2014-12-01", "1er décembre 2014", "1 December 2014"),
    ],
)
def test_a_date_between_two_others_is_said_so(text, french, english):
    assert spelling.day(text, "fr").replace(B, " ") == french
    assert spelling.day(text, "en").replace(B, " ") == english


def test_a_span_may_lack_either_end():
    told = [spelling.span(*ends, "en").replace(B, " ") for ends in (("2007", "2011-05"), ("2005", ""), ("", "2016"))]

    assert told == ["2007 to May 2011", "since 2005", "until 2016"]


@pytest.mark.parametrize(
    ("ends", "french", "spanish"),
    [
        (("2015-05-04", "2015-05-06"), "du 4 mai 2015 au 6 mai 2015", "del 4 may 2015 al 6 may 2015"),
        (("2015-05", "2015-06"), "de mai 2015 à juin 2015", "de mayo de 2015 a junio de 2015"),
        (("2015-05-04", ""), "depuis le 4 mai 2015", "desde el 4 may 2015"),
        (("", "2015-05-04"), "jusqu'au 4 mai 2015", "hasta el 4 may 2015"),
    ],
)
def test_a_day_of_a_span_takes_its_article(ends, french, spanish):
    assert [spelling.span(*ends, language).replace(B, " ") for language in ("fr", "es")] == [french, spanish]


def test_a_zone_is_told_by_its_city_in_the_reader_s_language():
    assert [spelling.place_of_zone("Europe/London", one) for one in ("fr", "en", "pt")] == [
        "Londres", "London", "Londres",
    ]  # fmt: skip


def test_a_moment_is_told_in_the_city_s_own_time():
    moment = datetime(2027, 3, 31, 15, 0, tzinfo=UTC)

    assert spelling.moment(moment, "en", "Europe/Paris").replace(B, " ") == "31 March 2027, 17:00"


@pytest.mark.parametrize("language", ["fr", "es", "pt"])
def test_a_percentage_keeps_its_sign_close(language):
    assert spelling.percent(Decimal("0.01"), language) == f"1{B}%"
    assert spelling.percent(Decimal("0.6667"), "en") == "66.7%"


@pytest.mark.parametrize(
    ("share", "en", "other"), [("0.010000", "1%", "1"), ("0.0025", "0.25%", "0,25"), ("0.000001", "0.0001%", "0,0001")]
)
def test_a_rate_of_the_law_is_spelt_to_its_last_figure(share, en, other):
    assert spelling.rate(Decimal(share), "en") == en
    assert [spelling.rate(Decimal(share), language) for language in ("fr", "es", "pt")] == [f"{other}{B}%"] * 3


def test_an_amount_to_type_is_grouped_and_pointed_as_its_reader_writes_it():
    said = [spelling.amount(Decimal("15000.5"), language) for language in ("fr", "en", "es", "pt")]

    assert said == [f"15{N}000,50", "15,000.50", "15.000,50", f"15{B}000,50"]


def test_french_punctuation_gets_its_narrow_spaces_and_nothing_else_does():
    assert spelling.spaced("Quoi ? « Oui » : 5 %", "fr") == f"Quoi{N}? «{B}Oui{N}»{B}: 5{N}%"
    assert spelling.spaced("Ce que %(city)s fait", "fr") == "Ce que %(city)s fait"
    assert spelling.spaced("What ? 5 %", "en") == "What ? 5 %"


@given(st.text(max_size=60))
def test_spacing_twice_changes_nothing_more(text):
    once = spelling.spaced(text, "fr")

    assert spelling.spaced(once, "fr") == once


def test_a_list_is_said_aloud():
    assert spelling.joined(["Madrid", "Rome", "Lisbon"], "en") == "Madrid, Rome and Lisbon"
    assert spelling.joined(["Madrid"], "fr") == "Madrid"
