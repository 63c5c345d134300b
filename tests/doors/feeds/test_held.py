"""What a calendar and a map file tell of an event, and what they cannot hold: a column whose change changes nothing."""

import orjson
from icalendar import Calendar

from parvis.domain.encounters.published import TABLES
from tests.publication.conftest import said_by_hand

EVENT = {
    "kind": "festival", "starts": "2016-06-21", "ends": "2016-06-23", "recurs": "no", "recurs_on": None,
    "place": "cordoba-spain", "state": "held", "state_as_of": "2016", "title": {"en": "Same", "fr": "Même"},
    "summary": {"en": "Music"}, "themes": ["climate"],
}  # fmt: skip
OTHERWISE = {
    "kind": "forum", "starts": "2016-06-20", "ends": "2016-06-24", "recurs": "yearly", "recurs_on": "--09-26",
    "place": "tbilisi", "state": "planned", "state_as_of": "2017", "title": {"en": "Other", "fr": "Autre"},
    "summary": {"en": "Dance"}, "themes": ["europe"],
}  # fmt: skip


def test_what_each_format_tells_of_an_event_and_what_it_cannot_hold(public_site, tmp_path):
    hand = said_by_hand()
    for name in ("nothing", *EVENT):
        hand.record("event", f"with-{name}", **EVENT | ({name: OTHERWISE[name]} if name in EVENT else {}))
    content = hand.publish(tmp_path).folder / "content"
    events = Calendar.from_ical(public_site.get("/en/agenda.ics").content).walk("VEVENT")
    said = ("summary", "dtstart", "dtend", "rrule")
    calendar = _by_change(
        (str(event["uid"]).partition("@")[0][:-11], [event.get(name) for name in said]) for event in events
    )
    places = _by_change(
        (one["id"], (one["properties"] | {"key": ""}, one["geometry"]))
        for one in orjson.loads((content / "map" / "events.geojson").read_bytes())["features"]
    )

    told = {"ICS": _told(calendar), "GeoJSON": _told(places)}

    assert told == {
        "ICS": {"ends", "recurs_on", "starts", "title"},
        "GeoJSON": {"ends", "kind", "place", "starts", "state", "title"},
    }
    assert {name: set(EVENT) - columns for name, columns in told.items()} == {
        "ICS": {"kind", "place", "recurs", "state", "state_as_of", "summary", "themes"},
        "GeoJSON": {"recurs", "recurs_on", "state_as_of", "summary", "themes"},
    }


def test_each_column_that_is_published_of_an_event_is_among_those_that_are_changed():
    (table,) = [one for one in TABLES if one.name == "events"]

    assert {column.name for column in table.columns} - {"key"} == set(EVENT) - {"title", "summary", "themes"}


def _by_change(told):
    return {key.removeprefix("with-"): said for key, said in told if key.startswith("with-")}


def _told(said):
    return {name for name in EVENT if said[name] != said["nothing"]}
