"""Every word of the domain has its French term and its sentence."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps

from parvis.exchange.inbound.entrances import NOUNS

GLOSSARY = Path(__file__).resolve().parents[2] / "GLOSSARY.md"


def entries():
    """Each row of the glossary: its words, its French term, its sentence."""
    rows = [line.strip("|").split("|") for line in GLOSSARY.read_text(encoding="utf-8").splitlines()]
    cells = [[cell.strip() for cell in row] for row in rows if len(row) == 3]
    return [row for row in cells if row[0] != "word" and not row[0].startswith("---")]


def explained():
    return {word.strip(" `") for row in entries() for word in row[0].split(",")}


def our_models():
    """The models of the house; the tables of history are made by the database library, not written by us."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("parvis.") and not hasattr(model, "pgh_tracked_model")
    ]


def test_every_model_is_explained():
    unexplained = sorted(model.__name__ for model in our_models() if model.__name__ not in explained())

    assert unexplained == []


def test_every_kind_of_record_is_explained():
    unexplained = [noun for noun in NOUNS.values() if noun not in explained()]

    assert unexplained == []


def test_no_class_is_explained_that_is_not_there():
    classes = {word for word in explained() if re.fullmatch(r"(?:[A-Z][a-z]+)+", word)}

    assert classes - {model.__name__ for model in our_models()} == set()


def test_every_word_has_its_french_term_and_one_sentence():
    bare = [row[0] for row in entries() if not row[1] or not row[2].endswith(".")]

    assert bare == []


def test_no_word_is_explained_twice():
    words = [word.strip(" `") for row in entries() for word in row[0].split(",")]

    assert sorted({word for word in words if words.count(word) > 1}) == []
