import gzip
import json
from itertools import pairwise

from parvis.observatory.maps.files import map_files


def test_the_shapes_of_the_map_weigh_what_its_page_allows():
    packed = sum(len(gzip.compress(content, 9)) for content in map_files().values())

    assert packed < 230_000


def test_land_and_borders_are_geojson():
    files = {name: json.loads(content) for name, content in map_files().items()}

    assert {name: content["type"] for name, content in files.items()} == {
        "land.geojson": "FeatureCollection",
        "borders.geojson": "FeatureCollection",
    }


def test_disputed_lines_are_apart_so_that_they_can_be_dashed():
    features = json.loads(map_files()["borders.geojson"])["features"]
    lines = {feature["properties"]["disputed"]: feature["geometry"]["coordinates"] for feature in features}

    assert len(lines[True]) < len(lines[False])
    assert any(33 < x < 35 and 45 < y < 47 for line in lines[True] for x, y in line)  # Crimea


def test_no_line_crosses_the_map_from_one_end_to_the_other():
    features = json.loads(map_files()["borders.geojson"])["features"]
    lines = [line for feature in features for line in feature["geometry"]["coordinates"]]

    assert max(abs(a[0] - b[0]) for line in lines for a, b in pairwise(line)) < 30
