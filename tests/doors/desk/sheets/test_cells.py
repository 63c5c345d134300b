"""The terms a sheet offers: in the order of their list, under the headings of their families."""

import re

from django.utils import translation

from parvis.doors.desk.sheets import cells
from parvis.doors.desk.words import vocabulary
from parvis.foundation.vocabulary import Term, Terms


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
