"""What calls of each kind begin with is data: whole for each kind, put over by a city, refused where it is broken."""

import pytest

from parvis.foundation.vocabulary import BrokenVocabulary, load
from parvis.foundation.vocabulary.call_kinds import call_kind, call_kinds, call_workflow

WORDS = load()


@pytest.fixture
def own(tmp_path):
    def write(text):
        file = tmp_path / "call_kinds.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_each_kind_of_call_of_the_house_says_what_it_begins_with():
    assert call_kinds() == set(WORDS.kinds["call"].codes)


@pytest.mark.parametrize("kind", sorted(call_kinds()))
def test_every_word_of_a_kind_is_in_the_four_languages_and_every_code_is_known(kind):
    content = call_kind(kind, WORDS).content

    parts = [part for name in ("sections", "fields", "documents", "criteria") for part in content[name]]
    words = [part["words"] for part in parts] + [said for part in parts for said in part.get("options", {}).values()]
    assert {frozenset(said) for said in words} == {frozenset({"fr", "en", "es", "pt"})}
    assert [code for code in content.get("themes", ()) if code not in WORDS.themes] == []
    assert [code for code in content["applicants"] if code not in WORDS.kinds["body"]] == []
    assert [code for part in parts for code in part.get("groups", ()) if code not in WORDS.target_groups] == []
    for name in ("sections", "fields", "documents", "criteria"):
        codes = [part["code"] for part in content[name]]
        assert codes == list(dict.fromkeys(codes))


def test_amounts_and_bodies_are_those_that_a_text_gives_and_no_others():
    said = {kind: call_kind(kind, WORDS).content for kind in call_kinds()}

    amounts = {kind: (one["amount_rule"], one["amount"]) for kind, one in said.items() if "amount" in one}
    assert amounts == {
        "water": ("flat", "200000"), "waste": ("flat", "75000"),
    }  # fmt: skip
    assert {kind: one["applicants"] for kind, one in said.items()} == {
        "water": ["association"], "waste": ["association"], "health": ["association", "ngo"],
        "project": ["association"], "label": ["association", "school", "university"],
        "cultural_tour": ["association"],
        "research_stay": ["natural_person"], "student_mobility": ["natural_person"],
    }  # fmt: skip
    telling = {row["code"] for one in said.values() for row in one["fields"] if row.get("names_asker")}
    assert telling == {"helped-when", "label-when", "received-by", "signatory", "contact"}
    assert [kind for kind, one in said.items() if any(row.get("weight") for row in one["criteria"])] == []
    assert [kind for kind in said if set(call_kind(kind, WORDS).said) != {"fr", "en", "es", "pt"}] == ["project"]


def test_a_city_changes_a_kind_adds_one_with_a_question_of_its_own_and_keeps_the_others(own):
    file = own(
        """
        kinds:
          water: {applicants: [ngo], sections: [project], fields: [title, budget], amount: "9000"}
          reefs: {sections: [project], fields: [title, depth, budget], criteria: [need]}
        fields:
          depth: {type: count, least: "1", required: "yes", words: {en: How deep?}}
        """
    )

    water, reefs = (call_kind(kind, WORDS, file).content for kind in ("water", "reefs"))

    assert (water["applicants"], water["amount"], [row["code"] for row in water["fields"]]) == (
        ["ngo"], "9000", ["title", "budget"],
    )  # fmt: skip
    assert reefs["fields"][1] == {
        "code": "depth", "section": "project", "type": "count", "least": 1, "required": True,
        "words": {"en": "How deep?"},
    }  # fmt: skip
    assert call_kind("waste", WORDS, file).content == call_kind("waste", WORDS).content
    assert call_kind("nothing", WORDS, file) is None
    assert call_workflow(file) == call_workflow()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kinds: {reefs: {fields: [title, depth]}}", "call_kinds.yaml, kinds.reefs.fields: not written: depth"),
        ("kinds: {reefs: {colour: red}}", "call_kinds.yaml, kinds.reefs: unknown field colour"),
        ("kinds: {reefs: red}", "call_kinds.yaml, kinds.reefs: a mapping is expected"),
        ("fields: {depth: deep}", "call_kinds.yaml, fields.depth: a mapping is expected"),
        ("fields: {depth: {most: ten}}", "call_kinds.yaml, fields.depth.most: a whole number is expected"),
        ("criteria: {need: {weight: '2.5'}}", "call_kinds.yaml, criteria.need.weight: a whole number is expected"),
        (
            "kinds: {reefs: {label_months: two}}",
            "call_kinds.yaml, kinds.reefs.label_months: a whole number is expected",
        ),
        ("fields: {depth: {options: deep}}", "call_kinds.yaml, fields.depth.options: a mapping is expected"),
        (
            "fields: {depth: {options: {from: reefs, codes: [a]}}}",
            (
                "call_kinds.yaml, fields.depth.options: from one of areas, countries, disciplines, priorities, "
                "target_groups, themes, units, with its codes"
            ),
        ),
        ("kind: {}", "call_kinds.yaml, kind: known: criteria, documents, fields, kinds, sections, workflow"),
    ],
)
def test_a_kind_that_names_what_is_not_there_is_refused_with_its_place(own, text, told):
    with pytest.raises(BrokenVocabulary) as refused:
        call_kinds(own(text))

    assert str(refused.value) == told


@pytest.mark.parametrize("kind", ["water", "waste", "health", "project"])
def test_a_kind_for_associations_asks_what_the_state_s_own_form_asks(kind):
    asked = {row["code"]: row.get("type") for row in call_kind(kind, WORDS).content["fields"]}

    assert {code: asked.get(code) for code in ("renewal", "spans", "in-order", "de-minimis")} == {
        "renewal": "choice",
        "spans": "choice",
        "in-order": "yes_no",
        "de-minimis": "amount",
    }
