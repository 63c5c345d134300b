import csv
import io
import xml.etree.ElementTree as ET

import pytest

from parvis.publication import reader
from tests.doors.feeds.conftest import body_of


def keys(response) -> list[str]:
    return [row["key"] for row in response.json()["rows"]]


def rows_of_csv(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body_of(response).decode(), newline="")))


def test_a_record_is_read_by_its_key_and_by_its_page(site):
    by_key = site.get("/id/pact-tbilisi.json")
    by_page = site.get("/fr/accords/pact-tbilisi.json")

    assert by_key.json() == by_page.json() == reader.current().record("pact-tbilisi")
    assert by_key["Content-Type"] == "application/json"
    assert by_key["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path",
    [
        "/id/secret-draft.json", "/en/agreements/secret-draft.json", "/en/nothing.json", "/en/nothing/forum.json",
        "/xx/agreements.json",
        "/r/9/en/agreements.json", "/r/99999999999999/en/agreements.json", "/en/sources.geojson", "/en/agreements.ics",
        "/en/agreements/pact-tbilisi.xlsx",
        "/en.csv", "/en/versions.csv", "/en/search.csv", "/data/9/tables/places.csv",
        "/data/1/tables/../../release.json", "/data/1/content/site.sqlite", "/data/1/changes.json", "/data/1/nothing",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_there_in_the_same_words(site, path):
    response = site.get(path)

    assert response.status_code == 404
    assert response.json() == {"error": "This page does not exist, or is not public."}


def test_a_list_comes_with_its_counts_and_what_was_left_aside(site):
    response = site.get("/en/agreements.json?kind=accord&kind=what&sort=colour&page=x&size=y&from=z&tint=blue")

    told = response.json()
    assert keys(response) == ["accord-undated", "accord-cordoba"]
    assert told["facets"]["kind"] == [["accord", 2], ["pact", 1]]
    assert (told["total"], told["page"], told["pages"], told["next"], told["release"]) == (2, 1, 1, None, 1)
    assert told["left_aside"] == ["tint=", "kind=what", "from=z", "sort=colour", "page=x", "size=y"]


def test_pages_lead_to_the_next(site):
    first = site.get("/en/agreements.json?size=2&theme=culture&size=1")
    second = site.get(first.json()["next"])
    past = site.get("/en/agreements.json?page=999999999999")

    assert (keys(first), keys(second)) == (["accord-cordoba"], ["pact-tbilisi"])
    assert past.json()["left_aside"] == ["page=999999999999"]
    assert keys(site.get("/en/agreements.json?page=50")) == []


def test_a_day_is_described_and_a_day_that_cannot_be_is_refused(site):
    told = site.get("/en/agreements.json?on=2016").json()

    assert told["on"] == "2016-12-31"
    assert [(row["key"], row["state"]) for row in told["rows"]] == [
        ("accord-undated", None),
        ("pact-tbilisi", "signed"),
    ]
    for day in ("2015-02-31", "soon", "2014/2016", "../2016", "2099"):
        refused = site.get("/en/agreements.json", {"on": day})
        assert (refused.status_code, refused.json()["latest"]) == (404, "2026-11-22")


def test_a_view_is_the_same_list_narrowed(site):
    assert keys(site.get("/en/agreements/europe.json")) == []
    assert keys(site.get("/en/agreements/europe.json?kind=pact")) == ["pact-tbilisi"]


def test_a_list_as_csv_holds_every_row_and_where_people_read_it(site):
    response = site.get("/fr/accords.csv?size=1")

    rows = rows_of_csv(response)
    assert [row["key"] for row in rows] == ["accord-undated", "accord-cordoba", "pact-tbilisi"]
    assert rows[2]["themes"] == "climate culture"
    assert rows[2]["title"] == "Pacte avec Tbilissi"
    assert rows[2]["address"] == "http://testserver/fr/accords/pact-tbilisi"


def test_a_list_as_a_map_holds_what_has_a_place_and_says_how_many_have_none(site):
    import orjson

    told = orjson.loads(body_of(site.get("/en/agreements.geojson")))
    none = orjson.loads(body_of(site.get("/en/agreements.geojson?kind=none&q=nothing")))

    assert [(one["id"], one["geometry"]["coordinates"]) for one in told["features"]] == [
        ("accord-cordoba", [-4.77, 37.88]), ("pact-tbilisi", [44.83, 41.69]),
    ]  # fmt: skip
    assert (told["rows"], told["without_point"]) == (3, 1)
    assert none == {"type": "FeatureCollection", "features": [], "rows": 0, "without_point": 0}


@pytest.mark.parametrize("word", ["partners", "map"])
def test_partners_are_the_towns_the_city_is_tied_to(site, word):
    response = site.get(f"/en/{word}.json")

    told = response.json()
    assert [(row["key"], row["kind"], row["ties"]) for row in told["rows"]] == [
        ("cordoba-spain", "agreement", 1), ("cordoba-argentina", "project", 1), ("tbilisi", "agreement", 2),
    ]  # fmt: skip
    assert told["facets"]["kind"] == [["agreement", 2], ["project", 1]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=project", ["cordoba-argentina"]),
        ("kind=agreement&country=GE", ["tbilisi"]),
        ("kind=friendship", ["cordoba-spain", "cordoba-argentina", "tbilisi"]),
        ("theme=climate", ["cordoba-spain", "cordoba-argentina", "tbilisi"]),
        ("from=2018", ["cordoba-spain"]),
        ("to=2014", ["tbilisi"]),
        ("on=2015", ["cordoba-argentina", "tbilisi"]),
        ("q=tblissi", ["tbilisi"]),
        ("sort=country", ["cordoba-argentina", "cordoba-spain", "tbilisi"]),
        ("sort=kind", ["cordoba-spain", "tbilisi", "cordoba-argentina"]),
        ("sort=oldest", ["tbilisi", "cordoba-spain", "cordoba-argentina"]),
        ("sort=date", ["cordoba-argentina", "cordoba-spain", "tbilisi"]),
        ("page=2&size=2", ["tbilisi"]),
    ],
)
def test_partners_are_narrowed_and_sorted_like_their_page(site, query, expected):
    assert keys(site.get(f"/en/partners.json?{query}")) == expected


def test_partners_say_which_tie_they_do_not_know(site):
    assert site.get("/en/partners.json?kind=friendship").json()["left_aside"] == ["kind=friendship"]
    assert [row["key"] for row in rows_of_csv(site.get("/en/partners.csv?kind=project"))] == ["cordoba-argentina"]


def test_search_answers_machines_too(site):
    told = site.get("/en/search.json?q=tblissi&page=x&noun=refuge").json()

    assert told["exact"]["key"] == "tbilisi"
    assert told["matched"] == {"tbilisi": "Tblissi"}
    assert site.get("/en/search.json?q=tbilisi&noun=agreement").json()["total"] == 1
    assert site.get("/en/search.json?q=NEAR(%22").json()["total"] == 0


def test_home_says_what_there_is(site):
    told = site.get("/en.json").json()

    assert told["records"]["agreement"] == 3
    assert told["dictionary"] == "http://testserver/data/dictionary.json"


def test_an_answer_that_has_not_changed_is_not_sent_again(site):
    first = site.get("/en/agreements.json")

    again = site.get("/en/agreements.json", headers={"If-None-Match": f'"x", W/{first["ETag"]}'})
    other = site.get("/en/agreements.json?kind=pact", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert other.status_code == 200


def test_an_earlier_release_answers_under_its_number(own_site):
    hand, folder, site = own_site
    hand.forget("forum")
    hand.publish(folder, removals=1)

    assert site.get("/en/agenda/forum.json").status_code == 404
    assert site.get("/r/1/en/agenda/forum.json").json()["key"] == "forum"
    assert site.get("/en/versions.json").json()[0]["changes"] == {"added": 0, "changed": 0, "removed": 1}


def test_without_a_release_it_says_so(public_site, tmp_path):
    reader.serve_from(tmp_path)

    response = public_site.get("/en/agreements.json")

    assert (response.status_code, response.json()) == (503, {"error": "Nothing has been published yet."})


def test_nothing_is_written_through_a_feed(site):
    assert site.post("/en/agreements.json").status_code == 405


def test_feeds_of_news_are_well_formed_and_tell_the_latest_first(site):
    items = ET.fromstring(site.get("/en/agenda.rss").content).findall("./channel/item")

    assert items[0].findtext("title") == "Festival"
    assert items[0].findtext("link") == "http://testserver/en/agenda/festival"
    assert items[0].findtext("description") == "Music < words & dance"
    assert items[0].findtext("pubDate") == "Fri, 20 Nov 2026 00:00:00 +0000"


def test_news_of_everything_and_of_releases(own_site):
    hand, folder, site = own_site
    hand.record("event", "summit", title={"en": "Summit"})
    hand.publish(folder)

    everything = ET.fromstring(site.get("/en.rss").content).findall("./channel/item/title")
    earlier = ET.fromstring(site.get("/r/1/en.rss").content).findall("./channel/item/title")
    releases = ET.fromstring(site.get("/fr/versions.rss").content).findall("./channel/item")

    assert everything[0].text == "Summit"
    assert "Summit" not in [title.text for title in earlier]
    assert [item.findtext("title") for item in releases] == ["Version 2", "Version 1"]
    assert releases[0].findtext("description") == "Fiches nouvelles : 1 ; changées : 0 ; retirées : 0"
