"""Texts of official papers: places for facts in plain words, and a city's texts over those of the house."""

import re
from pathlib import Path

import pytest

from parvis.foundation.vocabulary import BrokenVocabulary
from parvis.foundation.vocabulary.paper_texts import (
    Block,
    PaperText,
    filled,
    paper_texts,
    places_in,
    places_of,
    unknown_in,
)
from parvis.foundation.vocabulary.reading import LANGUAGES

FACTS = {"body": "Amis des ports", "voted": "15 000 €", "asked": "20 000 €"}


def test_places_are_read_in_the_words_of_any_language_whatever_their_accents():
    said = PaperText("Pour {Organisme}", "{amount voted} sur {montant  demandé}")

    assert filled("letter_award", said, FACTS) == [
        Block("title", "Pour Amis des ports"), Block("paragraph", "15 000 € sur 20 000 €"),
    ]  # fmt: skip


def test_a_paragraph_whose_places_hold_nothing_is_left_out_and_so_is_its_heading():
    said = PaperText("T", "Begin\n\n# Reasons\n\nReasons: {reasons}\n\n# End\n\nFor {body}, {reasons}")

    assert filled("letter_refusal", said, FACTS)[1:] == [
        Block("paragraph", "Begin"), Block("heading", "End"), Block("paragraph", "For Amis des ports, "),
    ]  # fmt: skip


def test_the_place_of_a_table_stands_alone():
    said = PaperText("T", "# Instalments\n\n{instalments}")

    blocks = filled("convention", said, {"instalments": "1"}, frozenset({"instalments"}))

    assert blocks[1:] == [Block("heading", "Instalments"), Block("table", "instalments")]


def test_what_is_no_place_is_told_and_so_is_a_brace_alone():
    assert unknown_in("letter_award", "{montant accordé} {solde}", "{body") == ["{solde}", "{"]


@pytest.mark.parametrize("paper", sorted(paper_texts()))
def test_every_paper_of_the_house_is_written_in_every_language_with_the_same_places(paper):
    texts = paper_texts()[paper]

    assert sorted(texts) == sorted(LANGUAGES)
    assert len({frozenset(places_in(paper, f"{said.title}\n{said.text}")) for said in texts.values()}) == 1


@pytest.mark.parametrize("paper", ["letter_award", "convention", "amendment"])
def test_every_place_has_its_words_in_every_language(paper):
    assert {code: sorted(words) for code, words in places_of(paper).items()} == {
        code: sorted(LANGUAGES) for code in places_of(paper)
    }


def test_a_city_writes_its_own_in_the_languages_it_names(tmp_path):
    own = tmp_path / "paper_texts.yaml"
    own.write_text('letter_award: {fr: {title: "A", text: "{montant accordé}"}}')

    texts = paper_texts(own)["letter_award"]

    assert texts["fr"] == PaperText("A", "{montant accordé}")
    assert texts["en"] == paper_texts()["letter_award"]["en"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("letter_prize: {fr: {title: A, text: B}}", "there is no such paper"),
        ("letter_award: {de: {title: A, text: B}}", "languages are expected"),
        ("letter_award: {fr: {title: A}}", "title and text are expected"),
        ('letter_award: {fr: {title: A, text: "{solde}"}}', "unknown between braces: {solde}"),
    ],
)
def test_a_text_that_cannot_be_filled_is_refused_with_its_place(tmp_path, text, told):
    own = tmp_path / "paper_texts.yaml"
    own.write_text(text)

    with pytest.raises(BrokenVocabulary, match=told):
        paper_texts(own)


@pytest.mark.parametrize("paper", ["letter_partial", "letter_refusal"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_paris_refuses_reads_before_which_court_and_by_when_in_the_language_of_the_letter(paper, language):
    own = Path(__file__).parents[3] / "data" / "paris" / "paper_texts.yaml"

    said = paper_texts(own)[paper][language]

    assert re.findall(r"R\. 421-\d", said.text) == ["R. 421-1", "R. 421-7"]
    assert places_in(paper, said.text) == places_in(paper, paper_texts()[paper][language].text) | {"city"}


@pytest.mark.parametrize("paper", ["letter_award", "letter_partial", "letter_refusal", "letter_waiting"])
@pytest.mark.parametrize("own", [None, "paris", "riviera"])
def test_every_letter_ends_with_a_closing_formula_and_who_signs(paper, own):
    file = Path(__file__).parents[3] / "data" / own / "paper_texts.yaml" if own else None

    for said in paper_texts(file)[paper].values():
        closing, signatory = said.text.strip().split("\n\n")[-2:]

        assert (places_in(paper, closing), places_in(paper, signatory)) == (set(), {"signatory"})
