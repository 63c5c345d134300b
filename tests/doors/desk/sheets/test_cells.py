"""The terms a sheet offers: in the order of their list, under the headings of their families."""

import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.directory.models import Place
from parvis.domain.funding.models import Call, CallBand, FormField, LevyRule
from parvis.doors.desk.sheets import cells
from parvis.doors.desk.words import vocabulary
from parvis.foundation.vocabulary import Term, Terms

B, N = "\u00a0", "\u202f"


def test_kinds_of_body_stand_under_the_heading_of_their_family_each_once():
    with translation.override("en"):
        choices = cells.term_choices(vocabulary().kinds["body"])

    families = {heading: [code for code, _label in kinds] for heading, kinds in choices}
    codes = [code for kinds in families.values() for code in kinds]
    assert next(iter(families)) == "Associations and civil society"
    assert families["The City and its bodies"] == ["city_unit", "city_body"]
    assert (sorted(codes), len(families)) == (sorted(vocabulary().kinds["body"].codes), 10)


def test_a_kind_of_the_city_s_own_that_names_no_family_stands_with_the_others():
    own = Terms("kinds.body", {"guild": Term("guild", {"en": "guild"})})

    with translation.override("en"):
        assert cells.term_choices(own) == [("Persons and others", [("guild", "Guild")])]


def test_the_boxes_are_grouped_under_legends_and_what_was_chosen_stays_ticked_and_readable():
    with translation.override("en"):
        cell = cells.TermsCell(vocabulary().kinds["body"], label="Applicants")
        cell.admit(["ngo", "lost-kind"])
        html = cell.widget.render("applicants", ["ngo"], {"id": "id_applicants"})

    assert re.findall(r"<legend>(.*?)</legend>", html)[0] == "Associations and civil society"
    assert re.findall(r'value="([^"]+)"[^>]*checked', html) == ["ngo"]
    assert (cell.clean(["ngo", "lost-kind"]), dict(cells.pairs(cell))["ngo"]) == (
        ["ngo", "lost-kind"], "Non-governmental organisation",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("model", "name", "typed", "held"),
    [
        (Call, "amount", "45 000,00", "45000.00"),
        (Call, "amount", "45000.5", "45000.5"),
        (Call, "amount", "€12,500.00", "12500.00"),
        (Call, "most_rate", "62,5", "62.50"),
        (Call, "least_years", "1 250", "1250"),
        (Place, "latitude", "48,85661", "48.85661"),
        (Place, "longitude", "-2,35222", "-2.35222"),
        (Call, "amount", "", ""),
    ],
)
def test_a_number_is_read_as_people_write_it(model, name, typed, held):
    cell = cells.cells_of(model._meta.get_field(name), name)[name]

    assert cell.clean(typed) == held


def test_an_amount_with_two_meanings_is_asked_again():
    cell = cells.cells_of(Call._meta.get_field("amount"), "amount")["amount"]

    with translation.override("en"), pytest.raises(ValidationError, match="12 500"):
        cell.clean("12,500")


@pytest.mark.parametrize("language", ["fr", "en", "es", "pt"])
@pytest.mark.parametrize(
    ("model", "name"), [(Call, "amount"), (Call, "most_rate"), (LevyRule, "rate"), (CallBand, "share")]
)
@given(data=st.data())
def test_a_number_sent_back_as_it_is_shown_is_the_same_number(language, model, name, data):
    field = model._meta.get_field(name)
    most = Decimal(10) ** (field.max_digits - field.decimal_places) - Decimal(10) ** -field.decimal_places
    held = str(data.draw(st.decimals(min_value=0, max_value=most, places=field.decimal_places)))
    cell = cells.cells_of(field, name)[name]

    with translation.override(language):
        assert cell.clean(cell.prepare_value(held)) == held


@pytest.mark.parametrize(
    ("model", "name", "held", "shown"),
    [
        (Call, "amount", "15000.00", f"15{N}000,00"),
        (Call, "most_rate", "62.50", "62,50"),
        (LevyRule, "rate", "0.010000", f"1{B}%"),
        (LevyRule, "rate", "0.0025", "0.0025"),
        (LevyRule, "rate", "0.002500", f"0,25{B}%"),
        (Call, "amount", "about five", "about five"),
        (Call, "amount", "1.000", "1.000"),
        (Call, "amount", None, None),
        (Call, "least_years", "2027", "2027"),
        (Place, "latitude", "48.85661", "48.85661"),
    ],
)
def test_a_number_is_shown_as_a_french_clerk_writes_it(model, name, held, shown):
    cell = cells.cells_of(model._meta.get_field(name), name)[name]

    with translation.override("fr"):
        assert cell.prepare_value(held) == shown


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("1 %", "0.010000"), ("1%", "0.010000"), ("0,25 %", "0.002500"), ("0.01", "0.01"), ("0,01", "0.01"),
        ("0.000001", "0.000001"), ("0,00001 %", "0.0000001"), ("2", "2"), ("", ""), ("one", "one"), ("1 % 2", "1%2"),
    ],
)  # fmt: skip
def test_a_rate_is_read_with_its_sign_or_as_a_share(typed, held):
    cell = cells.cells_of(LevyRule._meta.get_field("rate"), "rate")["rate"]

    assert cell.clean(typed) == held


@pytest.mark.parametrize("typed", ["0.5", "0,5", "0.10", "1"])
def test_a_rate_that_may_mean_per_cent_is_asked_again(typed):
    cell = cells.cells_of(LevyRule._meta.get_field("rate"), "rate")["rate"]

    with translation.override("fr"), pytest.raises(ValidationError, match="On peut lire"):
        cell.clean(typed)


def test_answers_to_choose_from_come_back_from_a_sheet_as_they_stood():
    field = FormField._meta.get_field("options")
    held = {"asked": {"fr": "Demandé", "en": "Asked for"}, "paid": {"en": "Paid", "pt": "Pago"}}

    shown = cells.written(field, held)

    assert shown == "asked: Demandé | Asked for\npaid:  | Paid |  | Pago"
    assert cells.read(field, shown) == held


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("27 octobre 2026", "2026-10-27"),
        ("1er mars 2027", "2027-03-01"),
        ("31/12/2027", "2027-12-31"),
        ("2015", "2015"),
        ("2015-05", "2015-05"),
        ("2015-03/2015-05", "2015-03/2015-05"),
        (" ", ""),
    ],
)
def test_a_day_is_read_as_people_write_it_and_a_date_known_in_part_is_left_to_its_column(typed, held):
    assert cells.DayCell(required=False).clean(typed) == held


def test_a_day_that_is_none_is_told_by_what_is_wrong_with_it():
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        cells.DayCell(required=False).clean("31/02/2027")

    assert refused.value.messages == ["There is no such day."]
