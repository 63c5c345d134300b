import os
import subprocess
import sys

import pytest
from shapely.geometry import Polygon

from parvis.observatory.maps.plates import EUROPE, EUROPE_LENS, EUROPE_NARROW, WORLD, WORLD_NARROW, path_of


def test_a_path_tells_each_point_from_the_last_in_half_units():
    square = Polygon([(0, 0), (2, 0), (2, 2), (0, 2)])

    assert path_of([square]) == "M0 0l4 0 0 4-4 0z"


def test_what_is_too_small_to_have_three_corners_is_left_out():
    assert path_of([Polygon([(0, 0), (0.1, 0), (0, 0.1)])]) == ""


@pytest.mark.parametrize(
    ("plate", "most"),
    [(WORLD, 26_000), (WORLD_NARROW, 6_000), (EUROPE, 12_000), (EUROPE_NARROW, 6_000), (EUROPE_LENS, 5_000)],
)
def test_the_land_of_a_plate_is_light(plate, most):
    assert 2_000 < len(plate.land_path()) < most


def test_the_world_is_centred_on_eleven_degrees_east():
    inside = (WORLD.width - WORLD.margins[0] - WORLD.margins[2]) / 2 + WORLD.margins[0]

    assert abs(WORLD.at(11, 0)[0] - inside) < 15


def test_east_and_west_of_the_seam_are_at_opposite_ends():
    assert WORLD.at(-165, 60)[0] < 300
    assert WORLD.at(179, 67)[0] > 900


@pytest.mark.parametrize(("lon", "lat"), [(-9.15, 38.73), (44.51, 40.18), (30.31, 59.94), (23.73, 37.98)])
def test_europe_holds_lisbon_yerevan_petersburg_and_athens(lon, lat):
    assert EUROPE.holds(lon, lat, inside=4)


def test_the_same_land_is_drawn_whatever_the_machine_s_whims():
    script = (
        "import hashlib; from parvis.observatory.maps.plates import EUROPE_LENS;"
        "print(hashlib.sha256(EUROPE_LENS.land_path().encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONPATH": "src", "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }

    assert len(seen) == 1
