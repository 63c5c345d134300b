import json
from pathlib import Path

import pytest
import yaml

from parvis.foundation.vocabulary import LANGUAGES, BrokenVocabulary, UnknownCode, load

HOUSE = load()
SHARED = Path(__file__).parents[4] / "shared"
LISTS = {
    name: getattr(HOUSE, name)
    for name in (
        "languages", "countries", "currencies", "sdg_goals", "sdg_targets", "themes", "priorities", "areas",
        "units", "qualifiers", "amount_kinds", "nouns",
    )
}  # fmt: skip


@pytest.fixture
def city(tmp_path):
    def write(text):
        file = tmp_path / "vocabulary.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.mark.parametrize("name", [*LISTS, *(f"kinds.{n}" for n in HOUSE.kinds), *(f"states.{n}" for n in HOUSE.states)])
def test_every_term_of_the_house_has_a_label_in_every_language(name):
    group, _dot, rest = name.partition(".")
    terms = LISTS[name] if name in LISTS else getattr(HOUSE, group)[rest]

    assert {term.code: [lang for lang in LANGUAGES if not term.label.get(lang)] for term in terms} == {
        term.code: [] for term in terms
    }


def test_there_are_eight_themes_each_with_its_token():
    assert [(theme.code, theme.trait("token")) for theme in HOUSE.themes] == [
        (code, f"theme-{code}")
        for code in (
            "cooperation", "solidarity", "climate", "rights", "remembrance", "culture", "europe",
            "innovation",
        )
    ]  # fmt: skip


def test_units_say_one_and_several_unless_they_are_no_count():
    assert [unit.code for unit in HOUSE.units if not unit.trait("one")] == [
        "ratio", "rank", "rank_world", "rank_europe", "unstated",
    ]  # fmt: skip


def test_goals_and_targets_are_all_there():
    assert (len(HOUSE.sdg_goals), len(HOUSE.sdg_targets)) == (17, 169)
    assert {target.trait("goal") for target in HOUSE.sdg_targets} == set(HOUSE.sdg_goals.codes)


def test_goals_and_targets_are_those_of_the_united_nations():
    file = SHARED / "standards/sdg/sdg_goals_targets.json"
    if not file.exists():
        pytest.skip("the official list (../shared/standards/sdg) is not beside the checkout")
    official = json.loads(file.read_text(encoding="utf-8"))

    assert set(HOUSE.sdg_targets.codes) == {target["code"].lower() for target in official["targets"]}


def test_every_noun_that_has_kinds_or_states_is_named():
    nouns = {*HOUSE.kinds, *(name.partition(".")[0] for name in HOUSE.states)}

    assert sorted(nouns - set(HOUSE.nouns.codes)) == [
        "aid", "applicant", "application", "budget", "contact", "convention", "edition", "import", "judgement",
        "ledger", "name", "payment", "post", "proposal", "result", "reviews", "statement", "subject", "text", "tie",
        "user",
    ]  # fmt: skip


def test_units_and_qualifiers_of_the_mission_facts_are_declared():
    file = SHARED / "mission/facts.yaml"
    if not file.exists():
        pytest.skip("the facts (../shared/mission) are not beside the checkout")
    figures = yaml.safe_load(file.read_text(encoding="utf-8"))["key_figures"]

    assert {f["unit"] for f in figures} - set(HOUSE.units.codes) == {"missing in the text (millions likely)"}
    assert {f["qualifier"] for f in figures if "qualifier" in f} - set(HOUSE.qualifiers.codes) == set()


def test_a_country_takes_the_name_the_house_prefers():
    assert (HOUSE.countries.label("PS", "en"), HOUSE.countries.label("CG", "fr")) == ("Palestine", "Congo")


def test_kinds_and_states_are_found_or_refused():
    assert HOUSE.kind("agreement", "twinning").code == "twinning"
    assert HOUSE.state("promise", "state", "kept").in_language("en") == "Kept"
    with pytest.raises(UnknownCode, match="city_cooperation"):
        HOUSE.kind("agreement", "city_coop")
    with pytest.raises(UnknownCode, match=r"Known: agreement, body"):
        HOUSE.kind("treaty", "x")
    with pytest.raises(UnknownCode, match="kept"):
        HOUSE.state("promise", "state", "keptt")


def test_labels_never_fail_for_a_page():
    assert HOUSE.kind_label("agreement", "twinning", "fr") == "Jumelage"
    assert (HOUSE.kind_label("agreement", "pact", "fr"), HOUSE.kind_label("treaty", "x", "fr")) == (
        "pact",
        "x",
    )
    assert HOUSE.state_label("promise", "state", "kept", "fr") == "Tenue"
    assert HOUSE.state_label("promise", "mood", "kept", "fr") == "kept"


def test_no_city_file_is_the_house_vocabulary(tmp_path):
    assert load(tmp_path / "absent.yaml") is HOUSE


def test_a_city_changes_adds_and_leaves_out(city):
    changed = load(
        city("""
themes: {sea: {label: {fr: Mer, en: Sea}, token: theme-9}}
priorities: {attractiveness: off}
countries: {GB: {label: {en: Britain}}}
kinds: {agreement: {pact: {label: {fr: Pacte, en: Pact}}}}
states: {promise.state: {kept: {label: {en: Honoured}}}}
""")
    )

    assert changed.themes.codes == (*HOUSE.themes.codes, "sea")
    assert changed.priorities.codes == HOUSE.priorities.codes[1:]
    assert (changed.countries.label("GB", "en"), changed.countries.label("GB", "fr")) == (
        "Britain",
        "Royaume-Uni",
    )
    assert changed.kind_label("agreement", "pact", "fr") == "Pacte"
    assert (
        changed.state_label("promise", "state", "kept", "en"),
        changed.state_label("promise", "state", "kept", "fr"),
    ) == (
        "Honoured",
        "Tenue",
    )
    assert changed.themes.take("europe").trait("token") == "theme-europe"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("colours: {}", "vocabulary.yaml, colours: there is no such list"),
        (
            "kinds: {agrements: {}}",
            "vocabulary.yaml, kinds.agrements: there is no such list (near: agreement)",
        ),
        ("states: {zzz: {}}", "vocabulary.yaml, states.zzz: there is no such list"),
        ("kinds: []", "vocabulary.yaml, kinds: a mapping is expected"),
        ("priorities: {harbour: off}", "vocabulary.yaml, priorities.harbour: a mapping is expected"),
    ],
)
def test_a_city_file_that_does_not_hold_is_refused(city, text, sentence):
    with pytest.raises(BrokenVocabulary) as refusal:
        load(city(text))

    assert str(refusal.value) == sentence
