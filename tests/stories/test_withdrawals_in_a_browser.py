"""A record withdrawn at the desk in a real browser: somebody goes on typing while its releases are made again."""

from __future__ import annotations

import pytest
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import expect

from parvis.foundation.accounts.models import User
from parvis.publication.bake import preparing
from tests.stories import test_desk_in_a_browser as desk

pytestmark = desk.pytestmark
browser, office, page = desk.browser, desk.office, desk.page


@pytest.fixture
def published(page):
    """A release of a source and two bodies."""
    desk.source_and_parties(page)
    desk.publish(page)
    return page


def test_what_is_being_typed_stays_while_releases_are_made_again_and_once_they_are(published, settings):
    page = published
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    page.goto("/bureau/retraits/city-of-porto/")
    desk.write(page, reason="Asked by the person", typed="city-of-porto")
    page.get_by_role("button", name="Withdraw it everywhere").click()
    expect(page.locator("[data-parvis-progress]")).to_be_visible()

    page.locator("#withdraw-key").fill("city-of-pa")
    assert DBTaskResult.objects.count() == 1
    preparing.make_again.func(User.objects.get().pk, "en")

    expect(page.locator(".note-box.success")).to_have_text(
        "These releases were made again without what was hidden or withdrawn: 1."
    )
    expect(page.locator("[data-parvis-progress]")).to_have_count(0)
    expect(page.locator("#withdraw-key")).to_have_value("city-of-pa")
    expect(page.locator("#withdraw-key")).to_be_focused()
    expect(page.locator("#withdrawn")).to_contain_text("Asked by the person")
