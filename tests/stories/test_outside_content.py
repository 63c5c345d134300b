"""What others hold waits for its reader: row POR-09 of the inventory."""

from __future__ import annotations

from pathlib import Path

import pytest

from parvis.publication.bake import BakeFault
from parvis.publication.bake.collecting import read_city

CITY = (Path(__file__).resolve().parents[2] / "data/paris/city.yaml").read_text(encoding="utf-8")
FILM = """
outside:
  - record: quays
    title: {fr: Les quais, en: The quays}
    provider: Films
    address: https://films.example/quays
    terms: https://films.example/terms
"""


@pytest.fixture
def site(house, tmp_path, settings):
    """The public site of a city that names a film on the page of a project."""
    (tmp_path / "city").mkdir()
    (tmp_path / "city/city.yaml").write_text(CITY + FILM, encoding="utf-8")
    house.enter("project", "quays", kind="water", cites=[{"source": "minutes", "lines": "3"}])
    settings.PARVIS_CITY = str(tmp_path / "city")
    return house.publish()


def test_what_others_hold_waits_for_the_reader_s_consent_and_is_let_in_for_one_look(site):
    page = "/en/projects/quays"
    before, asked, other = (site.client.get(page + query) for query in ("", "?outside=1", "?outside=2"))

    for answer in (before, other):
        assert "<iframe" not in answer.content.decode()
        assert "frame-src" not in answer["Content-Security-Policy"]
    assert "This is held by Films, not by us." in site.words(page)
    assert f"{page}?outside=1#outside-1" in site.links(page)
    assert '<iframe src="https://films.example/quays"' in asked.content.decode()
    assert asked["Content-Security-Policy"] == before["Content-Security-Policy"] + "; frame-src https://films.example"
    assert (asked["Cache-Control"], asked.has_header("ETag"), asked.cookies) == ("no-store", False, {})


def test_the_notice_on_privacy_says_what_is_so(site):
    assert "Nothing of it is loaded before you ask for it there" in site.words("/en/privacy")


def test_paris_names_nothing_that_others_hold(paris):
    assert "Nothing is loaded from outside" in paris.words("/en/privacy")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (FILM.replace("    terms: https://films.example/terms\n", ""), "each names its address, provider"),
        (FILM.replace("https://films.example/quays", "http://films.example/quays"), "is not an https:// address"),
        (FILM.replace("https://films.example/quays", "https://a.example; script-src *"), "is not an https:// address"),
        (FILM.replace("https://films.example/quays", "https://a.example*"), "is not an https:// address"),
    ],
)
def test_outside_content_that_hides_what_its_reader_must_know_stops_the_bake(tmp_path, told, said):
    (tmp_path / "city.yaml").write_text(CITY + told, encoding="utf-8")

    with pytest.raises(BakeFault, match=said):
        read_city(tmp_path)
