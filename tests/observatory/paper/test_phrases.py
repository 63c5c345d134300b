from importlib.resources import files

import pytest
import yaml

from parvis.observatory.paper.phrases import compact, country_words, day_words, figure, percent, say


def test_the_plural_follows_the_language():
    assert say("fr", "world.title", count=1, city="Paris") == "1 ville en lien avec Paris"
    assert say("fr", "world.title", count=0, city="Paris") == "0 ville en lien avec Paris"
    assert say("en", "world.title", count=0, city="Paris") == "0 cities tied to Paris"


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", "6,5\u00a0M€"), ("en", "€6.5M"), ("es", "6,5\u00a0M€"), ("pt", "6,5\u00a0M€")]
)
def test_money_is_compact_on_a_label(lang, said):
    assert compact(6_500_000, lang, "EUR") == said


def test_a_compact_amount_stays_exact_to_the_thousand():
    assert compact(1_075_000, "fr", "EUR") == "1,075\u00a0M€"


def test_thousands_are_apart_as_each_language_wants():
    assert [figure(500_000, lang) for lang in ("fr", "en", "es", "pt")] == [
        "500\u202f000",
        "500,000",
        "500.000",
        "500\u00a0000",
    ]


def test_a_ratio_is_a_percentage():
    assert (percent(0.6667, "fr"), percent(0.9, "en")) == ("66,7\u00a0%", "90%")


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ("2022-09-19", "19 September 2022"),
        ("2015-05", "May 2015"),
        ("2015", "2015"),
        ("2019/2020", "2019\u20132020"),
        ("../2016-07", "…\u2013July 2016"),
        ("", "no date"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(known, said):
    assert day_words(known, "en") == said


def test_a_country_is_named_in_the_language():
    assert (country_words("DE", "fr"), country_words("DE", "es")) == ("Allemagne", "Alemania")


def _leaves(node, path=""):
    if "fr" in node:
        yield path, node
        return
    for name, inside in node.items():
        yield from _leaves(inside, f"{path}.{name}".strip("."))


def test_every_phrase_is_said_in_four_languages():
    content = yaml.safe_load(files("parvis.observatory.paper").joinpath("phrases.yml").read_text("utf-8"))

    assert [path for path, phrase in _leaves(content) if set(phrase) != {"fr", "en", "es", "pt"}] == []
