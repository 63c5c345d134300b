from dataclasses import replace

from parvis.observatory.maps.globe import distance, globe
from tests.observatory.towns import paris, subject


def town(key):
    return next(one for one in subject("en").towns if one.key == key)


def test_the_distance_is_that_of_the_ellipsoid_and_rounded():
    assert distance(paris(), town("mexico-city")) == 9200
    assert distance(paris(), town("london")) == 340


def test_a_globe_says_that_its_distance_is_computed():
    drawing = globe(subject("en"), town("mexico-city"))

    assert drawing.title == "Mexico City, 9,200 km from Paris"
    assert (drawing.meta()["computed"], drawing.meta()["distance_km"]) == (True, 9200)
    assert drawing.table.rows == (("Paris", "Mexico City", 9200),)


def test_both_names_are_on_every_globe():
    seen = subject("fr")

    silent = [one.name for one in seen.towns if globe(seen, one).svg.count("</text>") != 2]

    assert silent == []


def test_a_globe_is_light():
    seen = subject("fr")

    assert max(len(globe(seen, one).svg) for one in seen.towns) < 8_000


def test_a_partner_on_the_other_side_of_the_earth_is_drawn():
    antipode = replace(paris(), key="far", name="Far", lon=-177.6, lat=-48.8, tie="other")

    assert globe(subject("fr"), antipode).meta()["distance_km"] == 20_000
