"""The words of the portal's addresses."""

from __future__ import annotations

import re

import pytest

from parvis.foundation.vocabulary import load
from parvis.foundation.vocabulary.addresses import address, address_of, addresses

LANGUAGES = ("fr", "en", "es", "pt")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_has_a_word_that_needs_no_escaping(language):
    words = dict(addresses().words(language))

    assert [word for word in words.values() if not re.fullmatch(r"[a-z]+(/[a-z]+)?(-[a-z]+)*", word)] == []
    assert set(words) == set(addresses().sections)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_leads_back_to_its_section(language):
    found = {section: addresses().section_meant(word, language) for section, word in addresses().words(language)}

    assert found == {section: section for section in addresses().sections}


def test_a_word_of_another_language_is_understood():
    assert addresses().section_meant("partenaires", "en") == "partners"
    assert addresses().section_meant("nowhere", "en") is None


def test_every_noun_the_house_keeps_is_read_somewhere():
    assert {term.code for term in load().nouns} == set(addresses().nouns)
    assert set(addresses().nouns.values()) <= set(addresses().sections)


def test_an_address_says_language_section_and_key():
    assert address("partners", "fr", key="mexico-city") == "/fr/partenaires/mexico-city"
    assert address("agreements", "es", view="europe") == "/es/acuerdos/europa"
    assert address("", "pt") == "/pt"
    assert address("partners", "en", release=3) == "/r/3/en/partners"


def test_a_record_is_read_in_the_section_of_its_noun():
    assert address_of("commemoration", "srebrenica", "fr") == "/fr/memoire/srebrenica"
    assert address_of("never-heard-of", "x", "fr") == "/id/x"
