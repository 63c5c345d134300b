from pathlib import Path

import pytest

from parvis.register import properties
from parvis.register.properties import Property, properties_of

FILES = sorted(Path(properties.__file__).parent.glob("*.yml"))


def problems_of(kind, **content):
    told = []
    Property("x", {}, kind).check(content, lambda path, _sentence: told.append(path))
    return told


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_property_is_called_something_in_four_languages(path):
    for known in properties_of(path.stem).values():
        assert set(known.label) == {"fr", "en", "es", "pt"}, known.name


@pytest.mark.parametrize(
    ("kind", "content", "paths"),
    [
        ("count", {"number": 3}, []),
        ("count", {}, [""]),
        ("count", {"number": 3, "words": {"en": "x"}}, [""]),
        ("count", {"words": {"en": "x"}}, ["words"]),
        ("words", {"number": 3}, ["number"]),
        ("terms", {"terms": [{"en": "x"}]}, []),
        ("any", {"words": {"en": "x"}}, []),
        ("money", {"number": 3}, ["currency"]),
        ("money", {"number": 3, "currency": "EUR"}, []),
        ("ratio", {"number": 25}, ["number"]),
        ("ratio", {"number": [0.25, 0.5]}, []),
    ],
)
def test_a_value_is_of_the_type_its_property_declares(kind, content, paths):
    assert problems_of(kind, **content) == paths


def test_an_unknown_type_is_found_when_the_file_is_read(tmp_path):
    path = tmp_path / "place.yml"
    path.write_text("x: {label: {fr: x}, type: colour}")

    with pytest.raises(ValueError, match="colour"):
        properties._read(path)
