import base64
import hashlib
import io
import zipfile

import pytest

from parvis.publication import reader
from parvis.publication.releases import withdrawals
from parvis.publication.releases.archive import Archive
from tests.doors.feeds.conftest import body_of
from tests.publication.hand_made import NOON


def test_every_file_named_is_given_with_its_sha256(site):
    told = site.get("/data/1/release.json").json()

    assert "tables/places.parquet" in {file["path"] for file in told["files"]}
    for file in told["files"]:
        response = site.get(f"/data/1/{file['path']}")
        digest = hashlib.sha256(body_of(response)).digest()
        assert digest.hex() == file["sha256"]
        assert response["Repr-Digest"] == f"sha-256=:{base64.b64encode(digest).decode()}:"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("tables/places.csv", "text/csv; charset=utf-8"),
        ("tables/places.parquet", "application/vnd.apache.parquet"),
        ("map/places.geojson", "application/geo+json"),
        ("site.sqlite", "application/vnd.sqlite3"),
        ("parvis-paris-1.zip", "application/zip"),
        ("dictionary.json", "application/json"),
    ],
)
def test_a_file_says_what_it_is(site, path, kind):
    response = site.get(f"/data/1/{path}")

    assert response["Content-Type"] == kind
    assert response["Content-Disposition"] == f'attachment; filename="{path.rpartition("/")[2]}"'
    response.close()


def test_what_is_packed_already_is_not_packed_again(site):
    packed = site.get("/data/1/site.sqlite", headers={"Accept-Encoding": "gzip"})
    text = site.get("/data/1/dictionary.json", headers={"Accept-Encoding": "gzip"})

    assert (packed["Content-Encoding"], text["Content-Encoding"]) == ("identity", "gzip")
    packed.close()
    text.close()


def test_the_package_its_standard_does_not_let_be_empty_leads_to_the_page_that_says_why(site):
    """360Giving has no empty package: its address stays, and a release that holds no such grant says so."""
    to_the_release = site.get("/data/current/standards/360giving.json")

    page = site.get(to_the_release["Location"], headers={"accept": "text/html,*/*;q=0.8"})
    told = site.get(to_the_release["Location"], headers={"accept": "*/*", "accept-language": "fr"})

    assert (page.status_code, page["Location"]) == (303, "/fr/data#standards")
    assert (told.status_code, told["Content-Type"]) == (404, "application/problem+json")
    assert "360giving-others.csv" in told.json()["detail"]
    assert told["Access-Control-Allow-Origin"] == "*"


def test_a_file_held_already_is_not_sent_again(site):
    first = site.get("/data/1/tables/places.csv")
    first.close()

    again = site.get("/data/1/tables/places.csv", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304


def test_an_address_that_stays_leads_to_the_release_in_force(site):
    response = site.get("/data/current/tables/places.csv")

    assert (response.status_code, response["Location"]) == (302, "/data/1/tables/places.csv")


def test_the_whole_release_can_be_taken_away(site):
    response = site.get("/data/1/parvis-paris-1.zip")

    with zipfile.ZipFile(io.BytesIO(body_of(response))) as packed:
        assert packed.testzip() is None
        assert "parvis-paris-1/content/tables/places.csv" in packed.namelist()


def test_the_dictionary_says_what_each_column_means(site):
    told = site.get("/data/dictionary.json").json()

    assert told["licence"] == "Licence Ouverte 2.0"
    assert "places" in {table["name"] for table in told["tables"]}


def test_no_file_is_given_while_it_holds_a_record_withdrawn_since(own_site):
    _hand, folder, site = own_site
    withdrawals.add(Archive(folder), key="forum", reason="asked", by=1, at=NOON)

    refused = site.get("/data/1/site.sqlite")

    assert (refused.status_code, refused["Retry-After"]) == (503, "300")
    assert b"forum" not in refused.content
    assert site.get("/data/1/release.json").json()["records"]["event"] == 4
    assert reader.current().hides_something
    assert site.get("/id/forum.json").status_code == 404
    assert b"Forum" not in body_of(site.get("/en/agenda.csv"))
    assert b"Forum" not in site.get("/en/agenda.ics").content
    assert b"Forum" not in site.get("/en.rss").content
