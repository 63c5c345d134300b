"""The interface is said in every language, and no translation loses a fact."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from parvis.doors.ui import messages

FACT = re.compile(r"%\(\w+\)s")


def catalog(language):
    path = messages.LOCALE / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def forms(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.fixture(scope="module")
def used():
    return {(message.id, message.context) for message in messages.messages_used() if message.id}


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_message_is_translated(language, used):
    said = {
        (message.id, message.context) for message in catalog(language) if message.id and messages.translated(message)
    }

    assert sorted(str(message) for message, _ in used - said) == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_translation_invents_or_loses_a_fact(language):
    wrong = []
    for message in catalog(language):
        if not message.id or not messages.translated(message):
            continue
        asked = set(FACT.findall(" ".join(message.id) if isinstance(message.id, tuple) else message.id))
        for form in forms(message):
            told = set(FACT.findall(form))
            if told - asked or (asked - told and not isinstance(message.id, tuple)):
                wrong.append(message.id)

    assert wrong == []


def test_messages_of_templates_and_of_code_are_both_found(used):
    ids = {message for message, _ in used}

    assert "Skip to the content" in ids  # a template
    assert "There is no such day." in ids  # code
    assert ("%(n)s value by source", "%(n)s values by source") in ids  # a plural


def test_a_catalog_is_compiled_when_its_source_is_newer(tmp_path, monkeypatch):
    source = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "What?"\nmsgstr "Quoi ?"\n'
    )
    monkeypatch.setattr(messages, "LOCALE", tmp_path)

    assert messages.compile_stale() == ["fr"]
    assert messages.compile_stale() == []
    assert "Quoi\u202f?".encode() in source.with_suffix(".mo").read_bytes()
    assert [path.name for path in source.parent.iterdir() if path.suffix == ".part"] == []
