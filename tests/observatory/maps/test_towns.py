import re
import xml.etree.ElementTree as ET

import pytest

from parvis.observatory.maps.towns import MOST_NAMED, Subject, Town, accords, europe, world, world_narrow
from tests.observatory.towns import paris, subject

SVG = "{http://www.w3.org/2000/svg}"


def texts(drawing):
    root = ET.fromstring(drawing.svg)
    return [" ".join(node.itertext()).replace("\u00a0", " ") for node in root.iter(f"{SVG}text")]


def test_the_world_names_every_town_of_paris_in_both_languages():
    for lang in ("fr", "en"):
        seen = subject(lang)
        said = " ".join(texts(world(seen)))

        assert [town.name for town in seen.towns if town.name not in said] == []


def test_the_title_counts_the_rows_of_the_list():
    drawing = world(subject("en"))

    assert drawing.title == "51 cities tied to Paris"
    assert len(drawing.table.rows) == len(drawing.meta()["points"]) == 51
    assert drawing.meta()["counts"] == {"agreement": 26, "project": 17, "other": 8}


def test_the_plate_of_europe_names_every_town_wide_and_narrow():
    for narrow in (False, True):
        assert europe(subject("fr"), narrow=narrow).meta()["unnamed"] == []


def test_the_accords_are_a_plate_of_their_own():
    seen = subject("fr")
    bound = [town for town in seen.towns if town.tie == "agreement"][:3]

    drawing = accords(seen, bound)

    assert drawing.title == "3 villes liées à Paris par un accord européen"


@pytest.mark.parametrize("draw", [world, world_narrow, europe])
def test_a_plate_has_no_link_no_style_and_no_border(draw):
    svg = draw(subject("fr")).svg

    assert re.findall(r"<a[ >]|style=|<script|href", svg) == []
    assert svg.count('class="land"') == (2 if draw is world else 1)


def test_what_a_plate_weighs_is_held():
    assert len(world(subject("fr")).svg) < 27_000
    assert len(world_narrow(subject("fr")).svg) < 9_000


def test_a_town_called_in_markup_is_only_text():
    drawing = world(Subject(paris(), "fr", "", [Town("x", "<script>", 100, 10, "other", "KH")]))

    assert "<script>" not in drawing.svg
    assert "&lt;script&gt;" in drawing.svg


def test_thousands_of_towns_are_drawn_and_only_those_of_a_sparse_plate_named():
    many = [Town(f"{n}", f"Town {n}", (n % 340) - 165, (n % 110) - 45, "other", "FR") for n in range(3000)]

    drawing = world(Subject(paris(), "fr", "", many))

    assert len(texts(drawing)) < MOST_NAMED
    assert len(drawing.svg) < 200_000


def test_a_city_without_partner_still_has_a_map():
    assert world(Subject(paris(), "fr", "", [])).title == "0 ville en lien avec Paris"
