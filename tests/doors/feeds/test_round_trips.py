"""What leaves by the public site comes back: each form of a table and of a map, read by a reader that is not ours."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import feedparser
import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from pyarrow import parquet
from python_calamine import CalamineWorkbook

from parvis.doors.feeds.syndication import Entry, Feed, as_atom, as_rss
from tests.doors.feeds.conftest import body_of
from tests.publication.hand_made import Hand

#: One line as people write it; a spreadsheet's signs at its head are another test's matter.
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" "), min_size=1, max_size=40
).map(lambda text: "a" + " ".join(text.split()))
degrees = st.tuples(st.decimals(-89, 89, places=6), st.decimals(-179, 179, places=6))
towns = st.lists(st.tuples(texts, degrees, st.none() | st.dates(date(1900, 1, 1))), min_size=1, max_size=6)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(towns)
def test_records_come_back_from_each_form_of_a_table_and_of_a_map(public_site, found):
    """Titles are not in the table of a noun: the map and the page have them."""
    said = {f"town-{place}": one for place, one in enumerate(found)}
    hand = Hand()
    for key, (title, (latitude, longitude), founded) in said.items():
        hand.record("place", key, title={"fr": title, "en": title}, country="FR", latitude=str(latitude),
                    longitude=str(longitude), founded=founded.isoformat() if founded else None)  # fmt: skip
    told = {key: (one[1][0], one[1][1], one[2].isoformat() if one[2] else "") for key, one in said.items()}

    with TemporaryDirectory() as folder:
        kept = hand.publish(Path(folder)).folder / "content" / "tables"
        forms = {form: _export(public_site, form) for form in ("json", "csv", "parquet", "xlsx")}
        rows = csv.DictReader(io.StringIO((kept / "places.csv").read_text(encoding="utf-8-sig")))
        forms |= {"file.csv": list(rows), "file.parquet": parquet.read_table(kept / "places.parquet").to_pylist()}
        features = public_site.get("/api/v1/collections/place/items", {"limit": 100}).json()["features"]
        pages = {key: _linked(public_site, key) for key in said}

    for form, read in forms.items():
        assert {row["key"]: _row(row) for row in read} == told, form
    points = {one["id"]: (one["properties"]["title"], one["geometry"]["coordinates"]) for one in features}
    assert points == {key: (one[0], [float(one[1][1]), float(one[1][0])]) for key, one in said.items()}
    assert pages == {
        key: ("Place", one[0], float(one[1][0]), float(one[1][1])) for key, one in said.items()
    }  # fmt: skip


def _row(row):
    return (Decimal(str(row["latitude"])), Decimal(str(row["longitude"])), str(row["founded"] or ""))


def _export(site, form):
    body = body_of(site.get(f"/api/v1/datasets/places/exports/{form}", {"select": "key, latitude, longitude, founded"}))
    if form == "json":
        return orjson.loads(body)
    if form == "csv":
        return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    if form == "parquet":
        return parquet.read_table(io.BytesIO(body)).to_pylist()
    head, *lines = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    return [dict(zip(head, line, strict=True)) for line in lines]


def _linked(site, key):
    """What a program reads in the page of a place: schema.org, as JSON-LD."""
    page = html.fromstring(site.get(f"/id/{key}", follow=True).content)
    told = orjson.loads(page.xpath("//script[@type='application/ld+json']")[0].text)
    return told["@type"], told["name"], told["geo"]["latitude"], told["geo"]["longitude"]


moments = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001  # the zone follows
    lambda moment: moment.replace(microsecond=0)
)
entries = st.builds(
    Entry, st.integers(0, 10**6).map(lambda number: f"https://c.example.org/id/{number}"), texts,
    st.just("https://c.example.org/fr/a?b=1&c=2"), texts, moments,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(texts, st.lists(entries, max_size=4, unique_by=lambda one: one.mark), moments)
def test_news_come_back_from_atom_and_from_rss(title, news, made):
    feed = Feed(title, "fr", "https://c.example.org/a.atom", "https://c.example.org/", "Ville", "L", made, tuple(news))

    for spelt in (as_atom(feed), as_rss(feed)):
        read = feedparser.parse(spelt.encode())
        assert (read.bozo, read.feed.title) == (False, title)
        assert [
            (
                one.id,
                one.title,
                one.link,
                datetime(*one.get("updated_parsed", one.get("published_parsed"))[:6], tzinfo=UTC),
            )
            for one in read.entries
        ] == [(one.mark, one.title, one.address, one.at) for one in news]
