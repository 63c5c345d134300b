import pytest

from parvis.foundation.vocabulary import BrokenVocabulary
from parvis.foundation.vocabulary.reading import Shelf, read


def written(tmp_path, text):
    file = tmp_path / "vocabulary.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_every_scalar_is_a_text_so_that_norway_is_norway(tmp_path):
    assert read(written(tmp_path, "NO: {label: {fr: on, en: 1.1}}")) == {"NO": {"label": {"fr": "on", "en": "1.1"}}}


def test_an_empty_file_says_nothing(tmp_path):
    assert read(written(tmp_path, "# nothing yet\n")) == {}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: {x: 1}\nb: {}\na: {}", "vocabulary.yaml, line 3: “a” stands twice"),
        ("a: [", "vocabulary.yaml, line 2: "),
        ("- a", "vocabulary.yaml, line 1: a mapping is expected"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path, text, sentence):
    with pytest.raises(BrokenVocabulary) as refusal:
        read(written(tmp_path, text))

    assert str(refusal.value).startswith(sentence)


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(BrokenVocabulary, match="whole file"):
        read(tmp_path / "absent.yaml")


@pytest.mark.parametrize(
    ("name", "raw", "fault"),
    [
        ("themes", [], "themes: a mapping is expected"),
        ("themes", {"sea": "Mer"}, "themes.sea: a mapping is expected"),
        ("themes", {"sea": {"label": {"fr": "Mer"}, "colour": "blue"}}, "themes.sea: unknown field colour"),
        ("themes", {"sea": {"label": {"de": "See"}}}, "themes.sea: unknown language de"),
        ("themes", {"sea": {"label": {"fr": " "}}}, "themes.sea: a label is a text"),
        ("themes", {"sea": {"token": "theme-9"}}, "themes.sea: a new code needs a label"),
        ("themes", {"sea": {"label": {"fr": "Mer"}, "token": []}}, "themes.sea.token: a text is expected"),
        ("units", {"boats": {"label": {"fr": "b"}, "one": "b"}}, "units.boats.one: a mapping is expected"),
        (
            "kinds.event",
            {"race": {"label": {"fr": "R"}, "roles": "crew"}},
            "kinds.event.race.roles: a list of codes",
        ),
        (
            "kinds.event",
            {"race": {"label": {"fr": "R"}, "roles": [{}]}},
            "kinds.event.race.roles: a list of codes",
        ),
    ],
)
def test_a_term_that_does_not_hold_is_refused_where_it_stands(name, raw, fault):
    with pytest.raises(BrokenVocabulary) as refusal:
        Shelf("v.yaml").terms(name, raw)

    assert str(refusal.value).startswith(f"v.yaml, {fault}")


def test_a_kind_declares_its_stages_roles_and_required_fields():
    terms = Shelf("v.yaml").terms(
        "kinds.event", {"race": {"label": {"fr": "Régate"}, "roles": ["crew"], "required": ["place"]}}
    )

    assert terms.take("race").traits == {"roles": ("crew",), "required": ("place",)}
