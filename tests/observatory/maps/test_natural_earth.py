import pytest
import shapely

from parvis.observatory.maps import natural_earth
from parvis.observatory.maps.natural_earth import NaturalEarthMissing, Topology, land, topology

#: Two square countries side by side, told by three lines: the left side, the shared one, the right side.
SQUARES = {
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "arcs": [
        [[1, 0], [-1, 0], [0, 1], [1, 0]],
        [[1, 0], [0, 1]],
        [[1, 0], [1, 0], [0, 1], [-1, 0]],
    ],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "arcs": [[0, -2]], "properties": {"name": "West"}, "id": "001"},
                {"type": "Polygon", "arcs": [[1, -3]], "properties": {"name": "East"}},
            ]
        },
        "land": {"geometries": [{"type": "Polygon", "arcs": [[0, -3]]}]},
    },
}


def test_a_line_two_countries_share_is_a_border_and_a_coast_is_none():
    ((line, sharing),) = Topology(SQUARES).shared_lines()

    assert list(line.coords) == [(1, 0), (1, 1)]
    assert [(country.name, country.number) for country in sharing] == [("West", "001"), ("East", "")]


def test_land_is_made_of_lines_followed_either_way():
    assert Topology(SQUARES).land().equals(shapely.box(0, 0, 2, 1))


def test_no_land_is_smeared_across_the_180th_meridian():
    wide = [part.bounds for part in land("50m").geoms if part.bounds[2] - part.bounds[0] > 300]

    assert [round(bounds[3]) for bounds in wide] == [-63]  # Antarctica alone goes all the way round


def test_the_land_is_valid_and_as_large_as_the_earth_s():
    whole = land("50m")

    assert whole.is_valid
    assert abs(sum(country.name == "France" for country in topology("50m").countries()) - 1) == 0


def test_without_the_npm_packages_a_sentence_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(natural_earth, "__file__", str(tmp_path / "a" / "b.py"))

    with pytest.raises(NaturalEarthMissing, match="npm ci"):
        natural_earth.atlas_folder()
