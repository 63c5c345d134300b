"""The page of open data lists every file with its size and digest; pages say to programs what they are about."""

from __future__ import annotations

import json
import re

from parvis.publication import reader
from parvis.publication.releases import withdrawals
from parvis.publication.releases.archive import Archive
from tests.exchange.outbound.money import CITY, MOMENT, giving_hand, pictures


def published(folder):
    release = giving_hand().publish(folder, city=CITY, moment=MOMENT, pictures=pictures())
    reader.serve_from(folder)
    return release


def linked_in(page):
    return [json.loads(found) for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)]


def test_every_file_is_listed_with_its_digest(public_site, tmp_path):
    release = published(tmp_path)

    page = public_site.get("/en/data").content.decode()

    shown = [one for one in release.files if one["path"].startswith(("content/tables/", "content/map/"))]
    assert [one["path"] for one in shown if one["sha256"] not in page] == []
    assert [one["file"] for one in release.standards if f"/data/1/standards/{one['file']}" not in page] == []


def test_a_table_is_found_by_a_word_of_its_dictionary(public_site, tmp_path):
    published(tmp_path)

    every = public_site.get("/en/data").content.decode()
    found = public_site.get("/en/data?q=gránt amount").content.decode()

    tables = re.compile(r"<br><code>(\w+)</code></th>")
    assert 0 < len(tables.findall(found)) < len(tables.findall(every))
    assert re.findall(r'<details class="fold"( open)?>', every).count(" open") == 0
    assert "answer" in found


def test_what_a_standard_cannot_hold_is_counted_beside_what_it_holds(public_site, tmp_path):
    published(tmp_path)

    page = public_site.get("/fr/donnees").content.decode()
    row = re.search(r"<tr>\s*<th[^>]*>Subventions \(SCDL\).*?</tr>", page, re.DOTALL)[0]

    assert re.findall(r'class="number[^"]*"[^>]*>(\d+)', row) == ["2", "3"]
    assert "les autres, et pourquoi" in row


def test_the_catalogue_comes_in_the_spelling_the_reader_likes(public_site, tmp_path):
    published(tmp_path)
    liked = {
        "text/turtle": "text/turtle; charset=utf-8",
        "application/ld+json, text/turtle;q=0.5": "application/ld+json",
        "application/rdf+xml": "application/rdf+xml",
        "text/html,*/*;q=0.8": "text/turtle; charset=utf-8",
        "": "text/turtle; charset=utf-8",
    }

    given = {accept: public_site.get("/data/catalogue", headers={"Accept": accept}) for accept in liked}

    assert {accept: answer["Content-Type"] for accept, answer in given.items()} == liked
    assert {answer["Vary"] for answer in given.values()} >= {"Accept, Accept-Encoding"}
    assert public_site.get("/data/catalogue", headers={"Accept": "image/png"}).status_code == 406
    assert public_site.get("/data/catalogue.rdf")["Content-Type"] == "application/rdf+xml"


def test_no_standard_is_given_while_it_holds_a_record_withdrawn_since(public_site, tmp_path):
    published(tmp_path)
    withdrawals.add(Archive(tmp_path), key="complete", reason="asked", by=1, at=MOMENT)

    assert public_site.get("/data/1/standards/iati-activities.xml").status_code == 503
    assert public_site.get("/data/catalogue.ttl").status_code == 503


def test_a_page_says_to_programs_what_it_is_about(public_site, tmp_path):
    published(tmp_path)

    (place,) = linked_in(public_site.get("/en/partners/dakar").content.decode())
    (catalogue,) = linked_in(public_site.get("/en/data").content.decode())

    assert (place["@type"], place["name"], place["geo"]["latitude"]) == ("Place", "Dakar", 14.69)
    assert catalogue["@type"] == "DataCatalog"
    assert "grants" in str(catalogue["dataset"])
    assert linked_in(public_site.get("/en/agreements").content.decode()) == []


def test_nothing_of_a_title_can_leave_the_block_of_data(public_site, tmp_path):
    hand = giving_hand()
    hand.record("body", "trap", title={"en": "</script><script>alert(1)</script>"}, kind="ngo", identifiers=[])
    hand.publish(tmp_path, city=CITY, moment=MOMENT, pictures=pictures())
    reader.serve_from(tmp_path)

    page = public_site.get("/en/bodies/trap").content.decode()

    assert "<script>alert" not in page
    assert linked_in(page)[0]["name"] == "</script><script>alert(1)</script>"
