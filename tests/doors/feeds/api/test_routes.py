"""The interface answers programs: tables, records, features, as of any release."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile

import brotli
import orjson
import pytest
from pyarrow import parquet

from parvis.publication.releases import withdrawals
from parvis.publication.releases.archive import Archive
from tests.doors.feeds.conftest import body_of, pictures
from tests.publication.hand_made import NOON

RECORDS = "/api/v1/datasets/agreements/records"


def test_a_page_of_rows_says_how_many_there_are(site):
    answer = site.get(RECORDS, {"where": "year(signed) >= 2014", "select": "key, signed", "order_by": "signed desc"})

    assert answer.json() == {
        "release": 1,
        "total_count": 2,
        "results": [{"key": "accord-cordoba", "signed": "2018"}, {"key": "pact-tbilisi", "signed": "2014-10"}],
        "next_cursor": None,
    }
    assert answer["Content-Type"] == "application/json"


def test_pages_follow_one_another_by_cursor_to_the_last_row(site):
    asked, found = {"limit": 2, "select": "key"}, []
    while True:
        page = site.get(RECORDS, asked).json()
        found += [row["key"] for row in page["results"]]
        if page["next_cursor"] is None:
            break
        asked["cursor"] = page["next_cursor"]

    assert found == ["accord-cordoba", "accord-undated", "pact-tbilisi"]


def test_the_next_page_is_a_link_of_its_own(site):
    link = site.get(RECORDS, {"limit": 2, "select": "key"})["Link"]

    following = site.get(link.partition(">")[0].removeprefix("<http://testserver"))

    assert [row["key"] for row in following.json()["results"]] == ["pact-tbilisi"]


def test_a_page_refined_by_several_columns_is_followed_by_one_refined_alike(site):
    first = site.get(RECORDS, {"limit": 1, "select": "key", "exclude": ["key:accord-cordoba", "key:nobody"]})

    following = site.get(first["Link"].partition(">")[0].removeprefix("<http://testserver")).json()

    assert [row["key"] for row in (*first.json()["results"], *following["results"])] == [
        "accord-undated", "pact-tbilisi",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "asked", "status", "said"),
    [
        (RECORDS, {"where": "signed ="}, 400, "The question stops where “a value” was expected."),
        (RECORDS, {"limit": "many"}, 400, "The parameter “limit” is a whole number."),
        (RECORDS, {"limit": "1001"}, 400, "The parameter “limit” is 1000 or less."),
        (RECORDS, {"sort": "key"}, 400, "Nobody here knows the parameter “sort”."),
        (RECORDS, {"refine": "signed"}, 400, "“signed” names no column and value"),
        (RECORDS, {"where": "soundex(key) = 3"}, 400, "There is no function “soundex” here."),
        (RECORDS, {"cursor": "WzEsMCwiIl0"}, 400, "This cursor belongs to another question"),
        (RECORDS, {"cursor": "nonsense"}, 400, "This cursor was not given here."),
        (RECORDS, {"offset": "10000", "limit": "1000"}, 200, ""),
        (RECORDS, {"release": "9"}, 404, "There is no release 9."),
        ("/api/v1/datasets/nothing/records", {}, 404, "There is no table “nothing”."),
        ("/api/v1/datasets/agreements/exports/doc", {}, 404, "A table is given as csv, json, parquet, xlsx."),
        ("/api/v1/records/nothing", {}, 404, "There is no such record, or it is not public."),
        ("/api/v1/search", {}, 400, "The parameter “q” is missing."),
        ("/api/v1/search", {"q": "x", "noun": "ghost"}, 404, "There are no records of the noun “ghost”."),
        ("/api/v1/collections/ghost/items", {}, 404, "There is no collection “ghost”."),
        ("/api/v1/collections/place/items", {"bbox": "1,2,3"}, 400, "A box is four numbers"),
        ("/api/v1/collections/place/items", {"bbox": "1,9,3,2"}, 400, "A box is four numbers"),
        ("/api/v1/collections/place/items", {"datetime": "soon"}, 400, "A time is a moment"),
        ("/api/v1/collections/place/items/forum", {}, 404, "There is no such record"),
        ("/api/v1/nowhere", {}, 404, "There is no such address: begin at /api/v1/."),
    ],
)
def test_what_cannot_be_answered_is_a_problem_told_in_words(site, path, asked, status, said):
    answer = site.get(path, asked)

    assert answer.status_code == status
    if status != 200:
        problem = answer.json()
        assert answer["Content-Type"] == "application/problem+json"
        assert said in problem["detail"]
        assert (problem["status"], problem["instance"]) == (status, path)


def test_a_problem_speaks_the_readers_language(site):
    answer = site.get(RECORDS, {"where": "signed ="}, headers={"Accept-Language": "fr-FR,fr;q=0.9"})

    assert answer["Content-Language"] == "fr"
    said = answer.json()["detail"].replace("\xa0", " ").replace("\u202f", " ")
    assert said == "La question s’arrête là où « une valeur » était attendu."


def test_an_answer_held_already_is_not_sent_again(site):
    first = site.get(RECORDS)

    again = site.get(RECORDS, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(("coding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_answers_are_squeezed_as_the_reader_knows(site, coding, unpack):
    whole = "/api/v1/openapi.json"  # long enough for gzip to shorten it, whatever it adds to hide its length
    plain = site.get(whole)

    squeezed = site.get(whole, headers={"Accept-Encoding": coding})

    assert squeezed["Content-Encoding"] == coding
    assert unpack(squeezed.content) == plain.content


def test_programs_of_every_origin_may_ask_and_none_may_write(site):
    preflight = site.options(RECORDS)
    refused = site.post(RECORDS, "{}", content_type="application/json")
    headless = site.head(RECORDS)

    assert (preflight.status_code, preflight["Access-Control-Allow-Origin"]) == (204, "*")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert refused["Access-Control-Allow-Origin"] == "*"
    assert (headless.status_code, headless.content) == (200, b"")


def test_csv_is_safe_in_a_spreadsheet(public_site, tmp_path):
    from tests.publication.conftest import said_by_hand

    hand = said_by_hand()
    hand.record("agreement", "trap", title={"en": "Trap"}, signed="2020", code="=HYPERLINK(1)")
    hand.publish(tmp_path)

    body = body_of(public_site.get("/api/v1/datasets/agreements/exports/csv", {"where": "code is not null"}))

    rows = list(csv.DictReader(io.StringIO(body.decode())))
    assert [row["code"] for row in rows] == ["'=HYPERLINK(1)"]


def test_the_same_rows_come_as_json_csv_parquet_and_workbook(site):
    asked = {"where": "latitude > 0", "select": "key, latitude, areas"}
    path = "/api/v1/datasets/places/exports/"

    told = orjson.loads(body_of(site.get(f"{path}json", asked)))
    text = list(csv.DictReader(io.StringIO(body_of(site.get(f"{path}csv", asked)).decode())))
    packed = parquet.read_table(io.BytesIO(body_of(site.get(f"{path}parquet", asked)))).to_pylist()
    book = zipfile.ZipFile(io.BytesIO(body_of(site.get(f"{path}xlsx", asked))))

    assert told[0] == {"key": "cordoba-spain", "latitude": 37.88, "areas": ["europe"]}
    assert [row["key"] for row in text] == [row["key"] for row in packed] == [row["key"] for row in told]
    assert [float(row["latitude"]) for row in packed] == [row["latitude"] for row in told]
    assert book.testzip() is None


def test_a_table_is_told_with_the_meaning_of_its_columns(site):
    told = site.get("/api/v1/datasets/agreements").json()

    assert (told["dataset_id"], told["noun"], told["rows"]) == ("agreements", "agreement", 3)
    assert {"name": "signed", "type": "pdate", "meaning": {"fr": "dit dans les essais", "en": "said in tests"}} in told[
        "columns"
    ]


def test_any_release_can_be_asked(own_site):
    hand, folder, site = own_site
    hand.record("agreement", "newest", title={"en": "Newest"}, signed="2026")
    hand.publish(folder, pictures=pictures())

    now, then = (site.get(RECORDS, asked).json() for asked in ({}, {"release": 1}))

    assert [(now["release"], now["total_count"]), (then["release"], then["total_count"])] == [(2, 4), (1, 3)]


def test_a_record_withdrawn_is_in_no_row_count_feature_or_group(own_site):
    _hand, folder, site = own_site
    before = site.get(RECORDS, {"limit": 1}).json()
    withdrawals.add(Archive(folder), key="pact-tbilisi", reason="asked", by=1, at=NOON)

    page = site.get(RECORDS, {"select": "key"}).json()
    groups = site.get(RECORDS, {"group_by": "year(signed)"}).json()
    parties = site.get("/api/v1/datasets/agreement_parties/records").json()
    stale = site.get(RECORDS, {"limit": 1, "cursor": before["next_cursor"]})

    assert [row["key"] for row in page["results"]] == ["accord-cordoba", "accord-undated"]
    assert groups["results"] == [{"year_signed": None, "count": 1}, {"year_signed": 2018, "count": 1}]
    assert parties["total_count"] == 2
    assert site.get("/api/v1/records/pact-tbilisi").status_code == 404
    assert b"tbilisi" not in site.get("/api/v1/collections/agreement/items").content
    assert stale.status_code == 400


def test_features_are_found_within_a_box_and_a_time(site):
    def keys(**asked):
        answer = site.get("/api/v1/collections/event/items", asked).json()
        assert answer["numberMatched"] == answer["numberReturned"] == len(answer["features"])
        return [feature["id"] for feature in answer["features"]]

    assert keys() == ["festival", "forum"]
    assert keys(bbox="40,40,50,50") == ["forum"]
    assert keys(bbox="170,-90,-170,90") == []
    assert keys(datetime="2016-06-22T00:00:00Z") == ["festival"]
    assert keys(datetime="../2015-12-31") == ["forum"]


def test_features_link_to_the_next_page_and_back(site):
    first = site.get("/api/v1/collections/place/items", {"limit": 3}).json()
    links = {link["rel"]: link["href"] for link in first["links"]}

    second = site.get(links["next"].removeprefix("http://testserver")).json()

    assert [len(first["features"]), len(second["features"])] == [3, 1]
    assert {link["rel"] for link in second["links"]} == {"self", "collection", "prev"}


def test_collections_say_where_and_when_their_features_are(site):
    told = {one["id"]: one for one in site.get("/api/v1/collections").json()["collections"]}

    assert told["event"]["extent"]["spatial"]["bbox"] == [[-4.77, 37.88, 44.83, 41.69]]
    assert told["event"]["extent"]["temporal"]["interval"] == [["2015-05-09T00:00:00Z", "2016-06-23T00:00:00Z"]]


def test_every_link_of_the_start_leads_somewhere(site):
    start = site.get("/api/v1/").json()
    ours = [link["href"].removeprefix("http://testserver") for link in start["links"]]

    answers = {path: site.get(path).status_code for path in ours}

    assert set(answers.values()) <= {200, 302, 404}  # the catalogue is not there yet


def test_a_search_counts_by_noun(site):
    found = site.get("/api/v1/search", {"q": "cordoba"}).json()

    assert found["counts"]["place"] == 2
