from pathlib import Path

import pytest
import yaml

from parvis.domain.directory.actions import load_gazetteer
from parvis.domain.directory.enums import Because, Match, Outcome
from parvis.domain.directory.queries import gazetteer, gazetteer_place, resolve
from parvis.domain.directory.queries.gazetteer import _one_slip_from
from parvis.doors.jobs import geonames
from parvis.foundation.values.text import squeeze

FACTS = Path(__file__).parents[5] / "shared/mission/facts.yaml"


def taken(name, country=None):
    found = resolve(name, country=country)
    assert found.outcome == Outcome.ONE
    return found.place.geoname, found.because


def candidates(name, country=None):
    found = resolve(name, country=country)
    assert (found.outcome, found.place, found.because) == (Outcome.SEVERAL, None, None)
    return [one.place.geoname for one in found.candidates]


@pytest.mark.parametrize("name", ["N'Djamena", "ndjamena", "N\u2019DJAMENA", "N Djamena"])
def test_a_name_borne_by_one_place_is_that_place_however_it_is_written(world, name):
    assert taken(name) == (2427123, Because.ALONE)


@pytest.mark.parametrize("name", ["Tiflis", "თბილისი", "tbilisi"])
def test_every_name_in_every_script_counts(world, name):
    assert taken(name) == (611717, Because.ALONE)


@pytest.mark.parametrize(
    ("name", "geonames"),
    [
        ("Córdoba", [3860259, 2519240]),
        ("cordoba", [3860259, 2519240]),
        ("León", [3998655, 3618028, 3118532]),
        ("Saint-Denis", [935264, 2980916, 2980815]),
        ("saint denis", [935264, 2980916, 2980815]),
        ("Valencia", [3625549, 2509954]),
    ],
)
def test_a_name_with_several_places_gives_candidates_never_a_choice(world, name, geonames):
    assert candidates(name) == geonames


def test_a_stated_country_leaves_one(world):
    assert taken("Valencia", "ES") == (2509954, Because.ALONE)


def test_in_a_stated_country_its_own_name_wins_over_other_names(world):
    assert taken("Saint-Denis", "FR") == (2980916, Because.OWN_NAME_IN_COUNTRY)


def test_a_far_larger_place_is_taken_and_the_reason_said(world):
    assert taken("Paris") == (2988507, Because.FAR_LARGER)


def test_an_own_name_needs_only_be_larger_than_those_of_other_names(world):
    assert taken("Rome") == (3169070, Because.FAR_LARGER)


def test_a_small_place_is_never_far_larger(world):
    assert candidates("Solo") == [1001, 1002]


def test_without_a_country_a_small_place_is_not_taken_for_its_own_name_alone(world):
    assert candidates("Aster") == [1003, 1004]


def test_a_name_in_a_country_where_nobody_bears_it_is_not_found(world):
    assert resolve("Paris", country="SN").outcome == Outcome.NONE


@pytest.mark.parametrize("name", ["", "-", "Nowhere at all"])
def test_what_is_no_name_is_not_found(world, name):
    assert resolve(name).outcome == Outcome.NONE


@pytest.mark.parametrize("name", ["Tblissi", "Tbilsi", "Tbiilisi", "Tbilisy", "bTilisi"])
def test_a_slip_of_the_pen_gives_a_candidate_even_alone(world, name):
    assert candidates(name) == [611717]
    assert [one.match for one in resolve(name).candidates] == [Match.NEAR]


def test_a_short_name_is_not_guessed_at(world):
    assert resolve("Roms").outcome == Outcome.NONE


def test_slips_in_another_script_stay_in_it():
    assert set("".join(_one_slip_from("париж"))) == set("париж")


def test_a_misspelling_the_city_recorded_is_a_name_of_the_place(world, enter):
    enter("place", "tbilisi", level="city", country="GE", names=[{"text": "Tblissi", "kind": "misspelt"}])

    assert taken("TBLISSI") == (611717, Because.ALONE)


def test_a_recorded_name_does_not_hide_how_the_gazetteer_answers(world, enter):
    enter("place", "tbilisi", level="city", country="GE", names=["Tbilisi"])

    assert [one.match for one in resolve("Tbilisi").candidates] == [Match.OWN_NAME]


def test_the_gazetteer_says_what_it_holds(world):
    assert (gazetteer().fingerprint, gazetteer_place(611717).name, gazetteer_place(1)) == (
        "small",
        "Tbilisi",
        None,
    )


@pytest.fixture(scope="module")
def cities():
    """Every city of the mission's facts, under every spelling: (name, country)."""
    if not FACTS.exists():
        pytest.skip("the facts (../shared/mission/facts.yaml) are not beside the checkout")
    listed = yaml.safe_load(FACTS.read_text(encoding="utf-8"))["partner_cities"]
    return [(name, city["country"], city["id"]) for city in listed for name in [city["name"], *city.get("aliases", [])]]


@pytest.fixture(scope="module")
def answering(cities):
    """The towns of the whole gazetteer that answer to one of these names, or nearly so."""
    keys = {slip for name, _country, _id in cities for slip in {squeeze(name), *_one_slip_from(squeeze(name))}}
    return [town for town in geonames.towns() if not keys.isdisjoint(map(squeeze, (town.name, *town.other_names)))]


@pytest.fixture
def all_bearers(answering, clerk):
    return load_gazetteer(towns=answering, fingerprint="facts", by=clerk, at=clerk.date_joined)


#: The right place of each city, by its GeoNames number.
RIGHT = Path(__file__).with_name("right_places.yaml")


def test_every_city_of_the_facts_is_found_under_every_spelling(cities, all_bearers):
    right = yaml.safe_load(RIGHT.read_text(encoding="utf-8"))
    found = {(name, city): resolve(name, country=country) for name, country, city in cities}

    assert {
        name: [one.place.geoname for one in got.candidates]
        for (name, city), got in found.items()
        if got.place is None or got.place.geoname != right[city]
    } == {"Tblissi": [611717]}


def test_without_its_country_a_city_is_never_taken_for_another(cities, all_bearers):
    right = yaml.safe_load(RIGHT.read_text(encoding="utf-8"))
    found = {(name, city): resolve(name) for name, _country, city in cities}

    assert {name for (name, city), got in found.items() if got.place and got.place.geoname != right[city]} == set()
    assert {
        name for (name, city), got in found.items() if right[city] not in [one.place.geoname for one in got.candidates]
    } == set()
