"""Words of records that are not public are found on no page, in no feed, no file, no error and no log line."""

import logging

import pytest

from parvis.doors.feeds.sections import SECTIONS, VIEWS
from parvis.foundation.vocabulary.addresses import address, address_of, addresses
from parvis.publication import reader
from parvis.publication.bake import actions
from tests.doors.feeds.conftest import body_of
from tests.publication.canaries import CANARIES, MOMENT, leaked

_FORMATS = ("json", "csv", "geojson", "ics", "atom", "rss")


@pytest.fixture
def site(register, house, publisher, public_site):
    actions.publish(removals=0, by=publisher, at=MOMENT)
    reader.serve_from(house)
    return public_site


def every_address() -> list[str]:
    """Pages and feeds of each section, of each record, of the release's files."""
    release = reader.current()
    keys = [row["key"] for row in release.each(tuple(release.nouns()), lang="en")]
    nouns = {row["key"]: row["noun"] for row in release.each(tuple(release.nouns()), lang="en")}
    pages = [address(section, "en") for section in ("", *addresses().sections)]
    pages += [address(section, "fr", view=view) for section, view in VIEWS]
    pages += [address_of(nouns[key], key, "en") for key in keys]
    feeds = [f"{page}.{suffix}" for page in pages for suffix in _FORMATS]
    files = [f"/data/1/{file['path'].removeprefix('content/')}" for file in release.files]
    asked = ["/en/search?q=pact", "/en/search.json?q=pact", "/data/1/release.json", "/data/dictionary.json"]
    wrong = ["/en/agreements?on=2015-02-31", "/en/nothing", "/xx", "/r/9/en", "/en/agreements?page=999999"]
    return [*pages, *feeds, *files, *asked, *wrong, *(f"/id/{key}.json" for key in keys)]


def test_no_page_feed_file_or_error_tells_a_secret(site, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    found = {}
    answered = 0

    for path in every_address():
        response = site.get(path)
        answered += response.status_code == 200
        if words := leaked(body_of(response) + repr(dict(response.headers)).encode()):
            found[path] = words
        response.close()

    assert found == {}
    assert answered > 100
    assert leaked((caplog.text + "".join(capfd.readouterr())).encode()) == []


def test_no_list_counts_a_secret(site):
    totals = {section: site.get(address(section, "en") + ".json").json()["total"] for section in SECTIONS}

    shown = {"partners": 1, "map": 1, "agreements": 1, "agenda": 1, "sources": 1, "offices": 1, "bodies": 2}
    assert totals == {section: shown.get(section, 0) for section in SECTIONS}


def test_what_is_secret_answers_like_what_does_not_exist(site):
    nothing = [_answered(site, f"/{path}no-such-thing.json") for path in ("id/", "en/agreements/")]

    secret = [
        [_answered(site, f"/{path}{kind}-{word}.json") for path in ("id/", "en/agreements/")]
        for kind in ("draft-pact", "inner-pact", "kept-pact", "unsaid")
        for word in CANARIES
    ]

    assert secret == [nothing] * len(secret)
    assert [site.get("/en/search.json", {"q": word}).json()["total"] for word in CANARIES] == [0] * len(CANARIES)


def _answered(site, path):
    response = site.get(path)
    return response.status_code, response.content, dict(response.headers)
