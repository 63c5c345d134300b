"""The words on the screens and the words in the code and the data are the same."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps

from parvis.exchange.inbound.entrances import NOUNS
from parvis.foundation.vocabulary import load

ROOT = Path(__file__).parents[2]
CITIES = sorted(folder for folder in (ROOT / "data").iterdir() if folder.is_dir())
HOUSE = load()


def fields_with_choices():
    """Every field of the house whose value is one of a few codes."""
    return [
        (f"{model._meta.label}.{field.name}", frozenset(code for code, _label in field.choices if code))
        for model in apps.get_models()
        if model.__module__.startswith("parvis.") and not hasattr(model, "pgh_tracked_model")
        for field in model._meta.concrete_fields
        if field.choices
    ]


LISTS = (HOUSE.qualifiers, HOUSE.amount_kinds, *HOUSE.states.values())


@pytest.mark.parametrize(
    ("field", "codes"), fields_with_choices(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_state_a_field_may_hold_has_its_words_in_every_language(field, codes):
    assert codes in {frozenset(terms.codes) for terms in LISTS}, f"no list of labels for {field}"


def undeclared(value: Any, vocabulary: Any) -> list[str]:
    """Codes used somewhere in a content that no list declares."""
    if isinstance(value, list):
        return [code for item in value for code in undeclared(item, vocabulary)]
    if not isinstance(value, dict):
        return []
    lists = {"themes": vocabulary.themes, "priorities": vocabulary.priorities, "areas": vocabulary.areas}
    one_of = {
        "unit": vocabulary.units,
        "qualifier": vocabulary.qualifiers,
        "amount_kind": vocabulary.amount_kinds,
        "currency": vocabulary.currencies,
        "country": vocabulary.countries,
    }
    found = [f"{name}: {code}" for name, terms in lists.items() for code in value.get(name) or [] if code not in terms]
    found += [
        f"{name}: {value[name]}" for name, terms in one_of.items() if value.get(name) and value[name] not in terms
    ]
    return found + [code for inner in value.values() for code in undeclared(inner, vocabulary)]


@pytest.mark.parametrize("city", CITIES, ids=lambda folder: folder.name)
def test_every_code_a_city_uses_is_declared(city):
    vocabulary = load(city / "vocabulary.yaml")
    odd = set()
    for file in sorted((city / "records").rglob("*.yaml")):
        for plural, records in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).items():
            kinds = vocabulary.kinds.get(NOUNS.get(plural, ""), ())
            for record in records or []:
                kind = record.get("kind")
                odd |= {f"{file.name}: {code}" for code in undeclared(record, vocabulary)}
                odd |= (
                    {f"{file.name}: {plural} of kind {kind}"}
                    if kind and plural in NOUNS and kind not in kinds
                    else set()
                )

    assert sorted(odd) == []
