"""The places the mission's facts name are all recorded by Paris, under the names the facts use."""

from pathlib import Path

import pytest
import yaml

from parvis.domain.directory.queries import records_named
from parvis.foundation.vocabulary import load

ROOT = Path(__file__).parents[3]
FACTS = ROOT.parent / "shared/mission/facts.yaml"


@pytest.fixture
def facts():
    if not FACTS.exists():
        pytest.skip("the facts (../shared/mission/facts.yaml) are not beside the checkout")
    return yaml.safe_load(FACTS.read_text(encoding="utf-8"))


@pytest.fixture
def paris(enter):
    """The places of Paris as its files give them, without their sources."""
    head = ("key", "kind", "title", "names", "level", "country", "geoname", "latitude", "longitude")
    for file in sorted((ROOT / "data/paris/records/directory").glob("places*.yaml")):
        for place in yaml.safe_load(file.read_text(encoding="utf-8"))["places"]:
            enter("place", **{name: place[name] for name in head if name in place})


def test_every_city_territory_and_country_of_the_facts_is_a_place_of_paris(facts, paris):
    towns = [name for city in facts["partner_cities"] for name in [city["name"], *city.get("aliases", [])]]
    territories = [territory["name"] for territory in facts["partner_territories"]]
    codes = {code for named in facts["countries_named"] for code in named["countries"]}
    countries = [load().countries.label(code, language) for code in sorted(codes) for language in ("fr", "en")]

    assert [name for name in (*towns, *territories, *countries) if not records_named(name, "place")] == []
