"""A person's whole name is found however it is written, and nothing that is not one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.foundation.values.naming import Finder, Found, name_of, spellings, spellings_of, visible
from parvis.foundation.values.text import fold, folded_words

DUPONT = Finder(spellings("Marie Dupont-Élan"))


@pytest.mark.parametrize(
    "written",
    [
        "séjour de Marie Dupont-Élan à Lima",
        "SÉJOUR DE DUPONT ELAN MARIE",
        "stay (Dupont\u2010Elan, Marie)",
        "https://example.org/stay-of-marie_dupont-elan.html",
        "Ma\u00adrie Du\u200bpont-Élan\ufeff",
        "Marie\u00a0DUPONT\u202fE\u0301LAN\u2019s stay",
    ],
)
def test_a_name_is_found_under_other_accents_capitals_hyphens_and_order(written):
    assert DUPONT.names(written) == {("dupont", "elan", "marie")}


@pytest.mark.parametrize("written", ["Marie Dupont", "Marie-Élan Dupont", "Dupont-Élan", "Mariette Dupont-Élan", ""])
def test_part_of_a_name_or_another_name_is_not_found(written):
    assert DUPONT.names(written) == set()


@pytest.mark.parametrize(
    ("typed", "known_as"),
    [
        ("Mme Marie DUPONT, présidente de l'association", {"dupont marie", "marie dupont"}),
        ("Dr. Ana", set()),
        ("M. Dupont", set()),
        ("J. Dupont", set()),
        ("La Présidente", set()),
        ("Le 12 mai", {"le 12 mai", "12 mai le", "mai le 12"}),
        ("", set()),
    ],
)
def test_a_name_typed_as_one_text_is_known_by_its_words_without_title_nor_what_follows(typed, known_as):
    found = {" ".join(words) for words in spellings(typed)}

    assert {said for said in found if "presidente" not in said} == known_as


@pytest.mark.parametrize(
    "typed",
    [
        "Ana Lima - présidente", "Ana LIMA présidente de l'association", "Présidente : Ana Lima",
        "Ana Lima: treasurer", "Ana Lima, Les Amis du Port", "Mme Ana Lima – Directrice générale",
    ],
)  # fmt: skip
def test_a_name_typed_with_an_office_however_parted_is_known_alone(typed):
    assert Finder(spellings(typed)).names("le séjour d'Ana Lima") == {("ana", "lima")}


def test_a_name_of_seven_words_is_looked_for():
    name = "José António da Silva Pereira dos Santos"

    assert len(Finder(spellings(name)).names(f"Estadia de {name}, 2024")) == 1


def test_a_family_name_that_is_an_office_too_is_kept():
    assert Finder(spellings("Ana Mayor, présidente")).names("Ana Mayor") == {("ana", "mayor")}


def test_the_words_after_an_office_are_no_name():
    assert not Finder(spellings("Présidence, Les Amis du Port")).names("Les amis du port")


def test_a_name_in_two_parts_is_known_under_the_first_given_name_too():
    found = {" ".join(words) for words in spellings_of("Marie-Claude", "de la Tour")}

    assert found == {
        "marie claude de la tour", "de la tour marie claude", "marie de la tour", "de la tour marie",
    }  # fmt: skip
    assert spellings_of("", "Marie Dupont") == {("marie", "dupont"), ("dupont", "marie")}
    assert spellings_of("", "") == set()


def test_where_a_name_stands_is_told_in_the_text_as_it_is_written():
    text = "Séjours : E\u0301lan Marie DUPONT, puis Ana Lima (deux fois Ana Lima)"
    finder = Finder(spellings("Marie Dupont Élan") | spellings("Ana LIMA"))

    found = finder.find(text)

    assert [(one.name, text[one.start : one.end]) for one in found] == [
        (("dupont", "elan", "marie"), "E\u0301lan Marie DUPONT"),
        (("ana", "lima"), "Ana Lima"),
    ]
    assert Found(("ana", "lima"), found[1].start, found[1].start + 8) == found[1]


@given(st.text(max_size=60))
def test_the_words_of_a_text_with_their_places_are_those_of_its_folding(text):
    words = list(folded_words(text))

    assert [word for word, _start, _end in words] == fold(text).split()
    assert all(0 <= start < end <= len(text) for _word, start, end in words)
    assert all(fold(text[start:end]).replace(" ", "").find(word) >= 0 for word, start, end in words)


_PARTS = st.lists(st.text("bkxzéàçœÉÀ", min_size=2, max_size=6), min_size=2, max_size=4)


@given(_PARTS, st.sampled_from([" ", "-", ", ", "\u00a0", "_"]), st.booleans(), st.integers(0, 3))
def test_any_name_is_found_in_any_spelling_of_it(parts, between, capitals, turned):
    name, place = " ".join(parts), turned % len(parts)
    written = between.join(parts[place:] + parts[:place])
    text = f"le séjour de {written.upper() if capitals else written} en 2024"

    assert name_of(fold(name).split()) in Finder(spellings(name)).names(text)


@pytest.mark.parametrize(
    "text",
    [
        "M\u0430rie Dup\u043ent", "\u039carie Dupont", "ᴍᴀʀɪᴇ ᴅᴜᴘᴏɴᴛ", "Mɑrie Dupont", "Ma\u034frie Du\ufe0fpont",
        "Ma\u3164rie Dupont", "Ma\U000e0061rie Dupont", "Ma\u180erie Dupont", "Marie%20Dupont", "Marie&nbsp;Dupont",
        "Marie&#160;Dupont",
    ],
)  # fmt: skip
def test_a_name_is_read_as_it_is_seen_whatever_letters_and_signs_write_it(text):
    assert fold(visible(text)) == "marie dupont"


@pytest.mark.parametrize("text", ["Київ і Львів", "Ελλάδα", "5 μm", "50 % de l’eau", "R&D", "서울", "Œuvre d’été"])
def test_words_of_another_script_and_plain_words_are_left_as_they_are(text):
    assert visible(text) == text
