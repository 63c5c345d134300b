"""The page of what would be published: prepared once, waited for in view, published by who may."""

import fcntl

import pytest
from django.urls import reverse

from parvis.foundation.accounts.models import Role
from parvis.foundation.journal.models import Line
from parvis.publication.bake import actions, preparing
from parvis.register.models import Subject
from tests.doors.desk.views.test_records import WRITTEN

PREVIEW = "/bureau/publier/"


@pytest.fixture
def house(settings, tmp_path, source):
    settings.VAR_DIR, settings.PARVIS_CITY = tmp_path, "riviera"


def test_a_preview_of_an_unchanged_register_is_answered_from_the_last(house, at_desk, monkeypatch):
    first = at_desk(Role.PUBLISHER).get(PREVIEW)
    monkeypatch.setattr(actions, "preview", lambda **_told: pytest.fail("prepared twice"))

    again = at_desk(Role.READER).get(PREVIEW)

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.context["prepared"] == first.context["prepared"]


def test_while_it_is_made_the_page_says_how_far_it_is(house, at_desk):
    told = {"kind": "publish", "mark": "", "asked": 0.0, "step": "Drawing the maps", "part": 3, "parts": 24}
    preparing._write("work.json", told)
    with (preparing._folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        page = at_desk(Role.READER).get(PREVIEW).content.decode()
        refused = at_desk(Role.PUBLISHER).post(PREVIEW, {"removals": "0"}, follow=True).content.decode()

    assert "Drawing the maps" in page
    assert "3 of 24" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "look at the preview again" in refused
    assert Line.objects.filter(verb="release published").count() == 0


def test_the_page_that_waited_is_told_that_it_need_not(house, at_desk):
    assert at_desk(Role.READER).get(PREVIEW, headers={"x-parvis-progress": "1"}).status_code == 204


def test_publishing_tells_once_what_came_of_it_and_only_to_who_asked(house, at_desk):
    desk = at_desk(Role.PUBLISHER)

    answer = desk.post(PREVIEW, {"removals": "0"})
    shown = desk.get(reverse("desk:releases")).content.decode()

    assert (answer.status_code, answer["Location"]) == (302, "/bureau/versions/")
    assert "the public site shows it now" in shown
    assert preparing.last() is None
    assert actions.archive().in_force == 1


def test_what_is_refused_is_said_on_the_preview(house, at_desk):
    desk = at_desk(Role.PUBLISHER)
    desk.post(PREVIEW, {"removals": "0"})

    answer = desk.post(PREVIEW, {"removals": "7"}, follow=True)

    assert "Nothing has changed since release 1" in answer.content.decode()
    assert actions.archive().numbers == [1]


def written(desk, key, **changed):
    """A source as its sheet has it: entered, or changed where it stands."""
    held = Subject.objects.filter(key=key).first()
    sheet = WRITTEN | {"key": key} | changed | ({"seen_revision": str(held.revision)} if held else {})
    there = {"plural": "sources"} | ({"key": key} if held else {})
    assert desk.post(reverse("desk:record" if held else "desk:enter", kwargs=there), sheet).status_code == 302


@pytest.mark.parametrize(("counts", "told"), [
    ((1, 0, 2), "1 nouvelle, 0 changée, 2 disparues"), ((5, 3, 1), "5 nouvelles, 3 changées, 1 disparue"),
])  # fmt: skip
def test_the_list_of_releases_counts_as_french_does(house, at_desk, counts, told):
    added, changed, removed = counts
    desk = at_desk(Role.PUBLISHER)
    for place in range(changed + removed):
        written(desk, f"minutes-{place}")
    desk.post(PREVIEW, {"removals": "0"})
    for place in range(changed):
        written(desk, f"minutes-{place}", date="2016-07-05")
    for place in range(changed, changed + removed):
        written(desk, f"minutes-{place}", visibility="internal")
    for place in range(added):
        written(desk, f"page-{place}")
    desk.post(PREVIEW, {"removals": str(removed)})

    listed = desk.get(reverse("desk:releases"), headers={"accept-language": "fr"}).content.decode()

    assert actions.archive().in_force == 2
    assert told in " ".join(listed.split())


def test_a_release_damaged_on_disk_is_told_on_today_and_among_the_releases(house, at_desk, tmp_path):
    desk = at_desk(Role.PUBLISHER)
    desk.post(PREVIEW, {"removals": "0"})
    (tmp_path / "releases-checked.json").write_text('{"faults": {"1": "site.sqlite is not as it was written"}}')

    today, listed = (desk.get(address).content.decode() for address in ("/bureau/", "/bureau/versions/"))

    assert "A release is damaged on disk" in today
    assert "site.sqlite is not as it was written" in listed
