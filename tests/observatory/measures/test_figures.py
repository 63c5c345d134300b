"""What sources say of a number followed over time."""

from parvis.observatory.measures.figures import figures, first_of
from tests.observatory.drawn import drawn

indicators = drawn("""
    key    | about | unit
    aimf   | aimf  | cities
    budget |       | EUR
    alone  |       | cities
""")

statements = drawn("""
    subject | property | number | unit | currency | amount_kind | as_of     | rank
    aimf    | value    | 221    |      |          |             | 2022      | normal
    aimf    | value    | 250    |      |          |             | 2015-05   | normal
    aimf    | value    | 999    |      |          |             | 2016      | doubtful
    aimf    | aim      |        |      |          |             |           | normal
    budget  | value    | 1000   | EUR  |          | yearly      | 2015      | preferred
    budget  | value    | 2000   | EUR  | EUR      | yearly      | 2016      | normal
    budget  | value    | 9000   |      |          | cumulative  | 2016      | normal
    alone   | value    | 70     |      |          |             | 2022      | normal
    alone   | value    | 70     |      |          |             | 2022      | normal
""")

TABLES = {"indicators": indicators, "statements": statements}


def test_values_come_in_order_of_their_date_and_doubtful_ones_are_left_out():
    aimf = next(figure for figure in figures(TABLES) if figure.key == "aimf")

    assert [said["number"] for said in aimf.statements] == ["250", "221"]


def test_kinds_of_amounts_make_figures_apart():
    told = [(figure.key, figure.amount_kind, len(figure.statements)) for figure in figures(TABLES)]

    assert told == [("aimf", "", 2), ("alone", "", 2), ("budget", "yearly", 2), ("budget", "cumulative", 1)]


def test_a_currency_told_as_a_unit_is_the_same_currency():
    yearly = next(figure for figure in figures(TABLES) if figure.amount_kind == "yearly")

    assert (yearly.unit, yearly.currency) == ("", "EUR")


def test_the_same_number_said_twice_of_one_day_is_no_difference():
    assert {figure.key: figure.several for figure in figures(TABLES)}["alone"] is False


def test_the_value_shown_first_is_preferred_else_the_latest():
    by_key = {(figure.key, figure.amount_kind): figure.statements for figure in figures(TABLES)}

    assert first_of(by_key["budget", "yearly"])["number"] == "1000"
    assert first_of(by_key["aimf", ""])["number"] == "221"
    assert first_of([]) is None
