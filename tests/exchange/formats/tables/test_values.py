"""Numbers, days and answers as offices write them."""

from decimal import Decimal

import pytest

from parvis.exchange.formats.tables.values import NotSo, Writing, answer, day, is_nothing, number, period, writing_of

FRENCH, ENGLISH = Writing(), Writing(".", "mdy")


@pytest.mark.parametrize(
    ("text", "writing", "found"),
    [
        ("1 234,56", FRENCH, "1234.56"),
        ("1\u202f234\u00a0567 €", FRENCH, "1234567"),
        ("1.234,56", FRENCH, "1234.56"),
        ("1,234.56", FRENCH, "1234.56"),
        ("1,234", FRENCH, "1.234"),
        ("1,234", ENGLISH, "1234"),
        ("1.234", FRENCH, "1234"),
        ("1.234.567", FRENCH, "1234567"),
        ("24000.0", FRENCH, "24000.0"),
        ("(1 200,00)", FRENCH, "-1200.00"),
        ("-5%", FRENCH, "-5"),
        ("12 k€", FRENCH, "12000"),
        ("1,5 M€", FRENCH, "1500000"),
        ("655 957 FCFA", FRENCH, "655957"),
    ],
)
def test_amounts_are_read_as_they_are_written(text, writing, found):
    assert number(text, writing) == Decimal(found)


@pytest.mark.parametrize(
    "text", ["douze", "1,2,3", "NaN", "1e400", "1e99999999", "1e-99999999", "12-13", "1" * 30, "inf"]
)
def test_what_is_no_number_is_said(text):
    with pytest.raises(NotSo, match="is not a number"):
        number(text, FRENCH)


@pytest.mark.parametrize(
    ("text", "writing", "found"),
    [
        ("24/07/2014", FRENCH, "2014-07-24"),
        ("03/04/2024", FRENCH, "2024-04-03"),
        ("03/04/2024", ENGLISH, "2024-03-04"),
        ("24/07/2014", ENGLISH, "2014-07-24"),
        ("2024-07-24T10:00:00", FRENCH, "2024-07-24"),
        ("2024/7/4", FRENCH, "2024-07-04"),
        ("1er mars 2015", FRENCH, "2015-03-01"),
        ("9 de mayo de 2015", FRENCH, "2015-05-09"),
        ("July 14, 2014", FRENCH, "2014-07-14"),
        ("décembre 2015", FRENCH, "2015-12"),
        ("05/2015", FRENCH, "2015-05"),
        ("2015", FRENCH, "2015"),
    ],
)
def test_days_are_read_as_precise_as_they_are_written(text, writing, found):
    assert day(text, writing) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("24/07/14", "four digits"),
        ("31/02/2024", "no such day"),
        ("0000-00-00", "no such day"),
        ("45127", "the number of a day in a spreadsheet"),
        ("bientôt", "is not a date"),
    ],
)
def test_what_is_no_day_is_said(text, said):
    with pytest.raises(NotSo, match=said):
        day(text, FRENCH)


def test_a_period_is_written_in_several_ways():
    found = {
        period(text, FRENCH) for text in ("2019-10-01/2021-12-31", "2019-10-01_2021-12-31", "01/10/2019 au 31/12/2021")
    }

    assert found == {("2019-10-01", "2021-12-31")}


def test_a_column_says_how_it_writes_or_leaves_a_doubt():
    assert writing_of(["1 234,5", "12"], "en") == Writing(",", "dmy", sure=True)
    assert writing_of(["12/31/2024", "01/02/2024"], "fr") == Writing(",", "mdy", sure=True)
    assert writing_of(["1,234", "5,678"], "fr") == Writing(",", "dmy", sure=False)
    assert writing_of(["01/02/2024"], "fr").sure is False


def test_answers_and_nothing():
    assert [answer(text) for text in ("Oui", "NON", "sí", "não", "x")] == [True, False, True, False, True]
    assert [is_nothing(text) for text in ("", "-", "N/A", "sans objet", "Néant", "0")] == [True] * 5 + [False]
