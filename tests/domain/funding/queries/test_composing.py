"""A call recomposed part by part: moved, doubled, taken out, written anew, and refused where it would break."""

import pytest

from parvis.domain.funding.enums import ReportKind
from parvis.domain.funding.errors import PartHeld
from parvis.domain.funding.queries import composing


def question(code, section="one", **more):
    return {"code": code, "section": section, "type": "text", "words": {"en": code.title()}} | more


@pytest.fixture
def content():
    return {
        "key": "call",
        "sections": [{"code": "one", "words": {"en": "One"}}, {"code": "two", "words": {"en": "Two"}}],
        "fields": [
            question("title"),
            question("help", type="yes_no"),
            question("whose", shown_if="help", shown_value="yes"),
            question("partners", "two", type="rows"),
            question("name", "two", within="partners"),
            question("part", "two", within="partners"),
            question("last", "two"),
        ],
        "criteria": [{"code": "a", "words": {"en": "A"}, "weight": 60}, {"code": "b", "words": {"en": "B"}}],
    }


def codes(content, name="fields", report=""):
    return [row["code"] for row in composing.rows_of(content, name, report)]


def test_a_question_moves_within_its_page_and_on_to_the_next(content):
    up = composing.moved(content, "fields", "", "whose", -1)
    over = composing.moved(content, "fields", "", "whose", 1)
    first = composing.moved(content, "fields", "", "title", -1)

    assert codes(up) == ["title", "whose", "help", "partners", "name", "part", "last"]
    assert codes(over) == ["title", "help", "whose", "partners", "name", "part", "last"]
    assert composing.row_of(over, "fields", "", "whose")["section"] == "two"
    assert codes(first) == codes(content)


def test_lines_move_with_their_columns_and_columns_among_themselves(content):
    back = composing.moved(content, "fields", "", "partners", -1)
    column = composing.moved(content, "fields", "", "part", -1)

    assert codes(back) == ["title", "help", "whose", "partners", "name", "part", "last"]
    assert [composing.row_of(back, "fields", "", code)["section"] for code in ("partners", "name")] == ["one", "one"]
    assert codes(column) == ["title", "help", "whose", "partners", "part", "name", "last"]
    with pytest.raises(PartHeld):
        composing.placed(content, "fields", "", "name", "title", after=True)


def test_a_part_is_dragged_beside_another_on_its_page(content):
    put = composing.placed(content, "fields", "", "last", "title", after=False)
    criteria = composing.placed(content, "criteria", "", "b", "a", after=False)

    assert codes(put) == ["last", "title", "help", "whose", "partners", "name", "part"]
    assert composing.row_of(put, "fields", "", "last")["section"] == "one"
    assert codes(criteria, "criteria") == ["b", "a"]


def test_a_copy_has_its_own_code_and_lines_are_copied_with_their_columns(content):
    put, twin = composing.doubled(content, "fields", "", "partners")

    assert twin == "partners-2"
    assert codes(put)[3:9] == ["partners", "name", "part", "partners-2", "name-2", "part-2"]
    assert composing.row_of(put, "fields", "", "part-2")["within"] == "partners-2"


def test_what_is_taken_out_takes_what_it_holds_and_nothing_that_others_need(content):
    without = composing.removed(content, "sections", "", "two")

    assert (codes(without, "sections"), codes(without)) == (["one"], ["title", "help", "whose"])
    assert codes(composing.removed(content, "fields", "", "partners")) == ["title", "help", "whose", "last"]
    with pytest.raises(PartHeld) as waited:
        composing.removed(content, "fields", "", "help")
    with pytest.raises(PartHeld) as named:
        composing.removed(content, "fields", "", "title")
    with pytest.raises(PartHeld):
        composing.removed(content, "fields", "", "gone")
    assert "Whose" in str(waited.value)
    assert "Title" in str(named.value)


def test_a_short_text_that_asks_for_a_title_names_its_files(content):
    empty = content | {"fields": []}
    row = {"words": {"en": "What is your project's title?"}, "section": "one", "type": "text"}

    put, code = composing.written(empty, "fields", "", row)
    _again, second = composing.written(put, "fields", "", row | {"words": {"fr": "Titre de la personne"}})

    assert (code, second) == ("title", "title-2")


def test_a_new_question_takes_its_code_from_its_words_and_keeps_it(content):
    row = {"words": {"en": "How many wells?"}, "section": "one", "type": "count", "least": 0}

    put, code = composing.written(content, "fields", "", row)
    again, kept = composing.written(put, "fields", "", row | {"words": {"en": "Wells"}, "section": "two"}, code)

    assert (code, kept) == ("how-many-wells", "how-many-wells")
    assert composing.row_of(put, "fields", "", code) == row | {"code": code}
    assert composing.row_of(again, "fields", "", code)["section"] == "two"


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("", {"words": {"en": " "}}),
        ("", {"type": "poem"}),
        ("", {"section": "nine"}),
        ("", {"least": 3, "most": 2}),
        ("", {"type": "choice", "options": {"a": {"en": "A"}}}),
        ("", {"within": "title"}),
        ("", {"within": "partners", "type": "rows"}),
        ("title", {"type": "area"}),
        ("help", {"type": "yes_no", "shown_if": "whose"}),
        ("help", {"type": "choice", "options": {"a": {"en": "A"}, "b": {"en": "B"}}}),
        ("partners", {"section": "two"}),
    ],
    ids=str,
)
def test_what_would_break_the_form_is_refused_in_a_sentence(content, code, changes):
    row = {"words": {"en": "Words"}, "section": "one", "type": "text"} | changes

    with pytest.raises(PartHeld) as refused:
        composing.written(content, "fields", "", row, code)

    assert str(refused.value).startswith("Not changed: ")


def test_a_condition_is_told_in_the_words_of_the_form(content):
    waits = composing.row_of(content, "fields", "", "whose")

    assert composing.condition_said(content, "", waits) == "Shown when “Help” is “Yes”."
    assert composing.condition_said(content, "", content["fields"][0]) == ""
    assert [row["code"] for row, _answers in composing.waited_for(content, "")] == ["help"]


def test_a_report_becomes_the_call_s_own_and_goes_back(content):
    own = composing.with_house_form(content, ReportKind.FINANCIAL)

    assert codes(own, "fields", "financial") == ["actual", "why", "shared", "unspent", "signatory"]
    assert codes(own) == codes(content)
    assert composing.without_form(own, ReportKind.FINANCIAL) == content
    with pytest.raises(PartHeld):
        composing.removed(own, "fields", "financial", "unspent")
