"""A person written short is found beside an initial or a title; a family name alone, and a word, are not."""

import pytest

from parvis.foundation.values.shortened import Shortened, announced, parts_of

LOOKED_FOR = Shortened([("Marie-Claire", "Dupont Élan"), ("Jean DURAND", ""), ("Mme Ana Lima, présidente", "")])


def found(text):
    return [(text[one.start : one.end], str(one.beside)) for one in LOOKED_FOR.find(text)]


@pytest.mark.parametrize(
    ("text", "words", "beside"),
    [
        ("séjour de J. Durand à Lima", "J. Durand", "initial"),
        ("SÉJOUR DE J DURAND", "J DURAND", "initial"),
        ("Durand J., peintre", "Durand J", "initial"),
        ("Durand, J.", "Durand, J", "initial"),
        ("(Durand J)", "Durand J", "initial"),
        ("M.-C. Dupont-Élan", "M.-C. Dupont-Élan", "initial"),
        ("MC Dupont Elan", "MC Dupont Elan", "initial"),
        ("A. Lima", "A. Lima", "initial"),
        ("aide à M. Durand", "M. Durand", "title"),
        ("aide à monsieur Durand", "monsieur Durand", "title"),
        ("Mme DUPONT-ELAN", "Mme DUPONT-ELAN", "title"),
        ("la famille Durand", "famille Durand", "title"),
        ("veuve Durand", "veuve Durand", "title"),
        ("Mme la présidente Lima", "présidente Lima", "title"),
        ("mme Lima", "mme Lima", "title"),
        ("Jean Paul Durand", "Jean Paul Durand", "given"),
        ("Ana R. Lima", "Ana R. Lima", "given"),
        ("Jean « Jo » Durand", "Jean « Jo » Durand", "given"),
        ("Jean et Ana Durand", "Jean et Ana Durand", "given"),
        ("séjour de Jean D.", "Jean D", "letter"),
        ("Mme Ana L., autrice", "Ana L", "letter"),
        ("Marie-Claire D.", "Marie-Claire D", "letter"),
    ],
)
def test_a_family_name_beside_an_initial_or_a_title_is_found(text, words, beside):
    assert found(text) == [(words, beside)]


@pytest.mark.parametrize(
    "text",
    [
        "rue Durand", "Durand", "K. Durand", "l'Élan de Dupont", "J'Durand", "j durand", "M. durand d'eau", "A Lima",
        "AIDE A LIMA", "Durand J a vu", "Durand. J. Martin", "M. Durand, maire de Lima", "la ministre Mme Durand",
        "Jean, Paul Durand", "Jean Martin. Paul Durand", "jean paul Durand", "Jean a vu hier Durand",
        "rue Jean Paul Durand", "avenue du Président Durand", "Jean\nPaul Durand",
        "Jean D", "jean D.", "Jean d.", "Jean D. C.", "Jean M.", "prix Jean D.", "Jean, D.", "J. D.", "Jean D.Durando",
        "Pr Durando", "pr Durand", "1 rue du docteur Durand", "Fondation J. Durand", "",
    ],
)  # fmt: skip
def test_a_family_name_alone_a_word_and_who_acts_in_a_public_office_are_not(text):
    assert found(text) == []


def test_a_name_kept_as_one_text_is_taken_apart_by_its_capitals_or_after_its_first_word():
    assert parts_of("DUPONT ELAN Marie", "") == {(("marie",), ("dupont", "elan"))}
    assert parts_of("Marie Dupont", "") == {(("marie",), ("dupont",))}
    assert parts_of("Présidente", "") == set()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Complément adulte relais (Mme Salazar)", ["Mme Salazar"]),
        ("suivi par Madame V. Castellano", ["Madame V. Castellano"]),
        ("stay of Mr Villermoz", ["Mr Villermoz"]),
        ("Madame DUBARRY, Adjointe au Maire", []),
        ("le maire de Lima, M. Ruiz", []),
        ("rue Jean Jaurès, Fondation Abbé Pierre, 3 M. de large", []),
    ],
)
def test_anybody_behind_a_title_is_guessed_but_for_public_offices(text, told):
    assert announced(text) == told
