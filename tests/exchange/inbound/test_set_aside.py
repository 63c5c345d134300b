"""Our own files that hold no record, and files that only show records: told for what they are, and nothing is kept."""

import pytest
from django.utils import translation

from parvis.exchange.inbound.errors import NothingToTakeIn
from parvis.exchange.inbound.models import Import
from tests.exchange.outbound.money import ORIGIN, content_of

_SHORT = {
    "iCalendar": "c’est un calendrier (iCalendar)",
    "feed": "c’est un fil de nouvelles (Atom ou RSS)",
    "Parquet": "c’est un tableau pour programmes (Parquet)",
    "SQLite": "c’est une publication entière (SQLite)",
    "map": "c’est une carte (GeoJSON)",
    "calls": "ce sont des appels à projets (CommonGrants)",
    "index": "c’est la liste des fichiers ou des colonnes d’une publication",
    "declared": "c’est une déclaration d’aide",
    "differences": "c’est la comparaison de deux déclarations d’aide",
    "lacking": "c’est la liste des subventions que 360Giving ne peut pas contenir",
}


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    return content_of(tmp_path_factory.mktemp("aside"))


@pytest.mark.parametrize("target", ["recognise", "grants"])
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("tables/grants.parquet", "Parquet"),
        ("site.sqlite", "SQLite"),
        ("standards/aid-2024.csv", "declared"),
        ("standards/aid-2025-differences.csv", "differences"),
        ("standards/360giving-others.csv", "lacking"),
    ],
)
def test_a_file_of_ours_that_is_worked_out_is_told_whatever_it_is_said_to_hold(name, kind, target, content, receive):
    assert _refusal(receive, (content / name).read_bytes(), name, target) == _SHORT[kind]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("map/places.geojson", "map"),
        ("standards/opportunities.json", "calls"),
        ("standards/index.json", "index"),
        ("dictionary.json", "index"),
    ],
)
def test_a_tree_of_ours_is_told_where_nobody_says_what_it_holds(name, kind, content, receive, kept):
    assert _refusal(receive, (content / name).read_bytes(), name, "recognise") == _SHORT[kind]
    assert (list((kept / "imports").iterdir()), Import.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "iCalendar"),
        ('<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"/>', "feed"),
        ('<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "feed"),
    ],
)
def test_a_calendar_or_a_feed_is_told_whatever_it_is_said_to_hold(data, kind, receive):
    assert {_refusal(receive, data, "f", target) for target in ("recognise", "events")} == {_SHORT[kind]}


def test_a_map_said_to_hold_places_is_read_as_a_table(content, receive):
    imported = receive((content / "map/places.geojson").read_bytes(), "places", name="places.geojson")

    assert imported.target == "places"


@pytest.mark.parametrize("name", ["catalogue.ttl", "catalogue.jsonld", "catalogue.rdf"])
def test_our_own_catalogue_brings_no_source(name, content, receive, judge, settings):
    """A release of ours as a source of the register would be its own source."""
    settings.PARVIS_PUBLIC_ORIGIN = ORIGIN

    imported = judge(receive((content / "standards" / name).read_bytes(), "recognise", name=name))

    met = {count for verdict, count in imported.tallies["verdicts"].items() if verdict != "same"}
    assert met == {0}
    assert {tuple(one["sentence"] for one in row.problems) for row in imported.rows.all()} == {
        ("We publish this ourselves, from the register.",)
    }


def _refusal(receive, data, name, target):
    """The first words of what is said, in French: enough to tell which file it was taken for."""
    with translation.override("fr"), pytest.raises(NothingToTakeIn) as refused:
        receive(data, target, name=name)
    with translation.override("fr"):
        said = str(refused.value)
    return said.partition(": ")[2].partition(". ")[0].partition(", ")[0]
