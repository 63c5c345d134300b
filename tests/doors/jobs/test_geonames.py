from itertools import islice

from parvis.domain.directory.actions import Town
from parvis.doors.jobs.geonames import fingerprint, town_of, towns


def test_a_town_is_read_from_the_package_s_own_row():
    row = {
        "geonameid": 2988507,
        "name": "Paris",
        "alternatenames": ["Lutèce", "París"],
        "countrycode": "FR",
        "admin1code": "11",
        "latitude": 48.85341,
        "longitude": 2.3488,
        "population": 2138551,
        "timezone": "Europe/Paris",
    }

    assert town_of(row) == Town(
        2988507, "Paris", ("Lutèce", "París"), "FR", "11", 48.85341, 2.3488, 2138551, "Europe/Paris"
    )


def test_the_package_still_gives_its_towns_in_this_shape():
    assert all(isinstance(town, Town) and town.country for town in islice(towns(), 50))


def test_the_fingerprint_is_the_same_until_the_towns_change(monkeypatch):
    before = fingerprint()

    assert (fingerprint(), len(before)) == (before, 64)
    monkeypatch.setattr("parvis.doors.jobs.geonames._FOLDING", "2")
    assert fingerprint() != before
