"""An officer's day at the desk in a real browser, and what axe says of every page of it."""

from __future__ import annotations

import re
import shutil
import threading
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Page, expect, sync_playwright

from parvis.foundation.accounts.actions import one_time_link
from parvis.foundation.accounts.models import Role, User
from parvis.publication import reader
from tests.support.axe import AXE, COLOURS, refused_by_axe

# A busy machine is slow, and how slow is no business of these tests.
expect.set_options(timeout=30_000)

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="NO BROWSER: install Debian's chromium to test the desk"),
    pytest.mark.skipif(not AXE.exists(), reason="NO AXE: run npm ci in judges/"),
]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_said: object) -> None:
        pass


class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Office(StaticFilesHandler):
    """The office as it is served; each answer closes the connection its thread opened."""

    def get_response(self, request):
        try:
            return super().get_response(request)
        finally:
            connections.close_all()


@pytest.fixture(scope="module")
def browser():
    """Its driver runs a loop in this thread, where Django would refuse the database."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def office(browser, own_database, settings, tmp_path, serving):
    """The office on a database and a folder of its own, and an administrator at its door."""
    settings.VAR_DIR = tmp_path
    serving(tmp_path)
    server = make_server("127.0.0.1", 0, Office(get_wsgi_application()), server_class=Threads, handler_class=Quiet)
    address = f"http://127.0.0.1:{server.server_port}"
    settings.CSRF_TRUSTED_ORIGINS = [address]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield address
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(browser, office):
    """Somebody who came in by a one-time link."""
    someone = User.objects.create_user("anne@ville.example", role=Role.ADMINISTRATOR)
    context = browser.new_context(base_url=office, reduced_motion="reduce", locale="en-GB")
    page = context.new_page()
    page.faults = []
    page.on("console", lambda said: page.faults.append(said.text) if "Content Security" in said.text else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.goto(f"/entree/{one_time_link(someone)}")
    yield page
    assert page.faults == []
    context.close()


def write(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        field = page.locator(f'main [name="{name.replace("__", ".")}"]').first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.evaluate("field => field.closest('details:not([open])')?.setAttribute('open', '')")
            field.fill(value)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def enter(page: Page, plural: str, **fields: str) -> None:
    page.goto(f"/bureau/fiches/{plural}/nouvelle/")
    write(page, visibility="public", **fields)
    save(page)
    expect(page.locator(".note-box.saved")).to_be_visible()


def publish(page: Page, *, removals: int = 0) -> None:
    page.goto("/bureau/publier/")
    if removals:
        page.locator("[name=removals]").fill(str(removals))
    page.get_by_role("button", name="Publish release").click()
    expect(page.locator(".note-box.success")).to_contain_text("Published", timeout=90_000)


def source_and_parties(page: Page) -> None:
    enter(
        page,
        "sources",
        title__fr="Compte rendu",
        key="minutes",
        kind="minutes",
        language="fr",
        date="2015",
        speaks="self_reported",
    )
    enter(page, "bodies", title__fr="Ville de Paris", key="city-of-paris", kind="city")
    enter(page, "bodies", title__fr="Ville de Porto", key="city-of-porto", kind="city")


def public_summary() -> str:
    found = reader.current().record("waters")
    return found["texts"]["summary"]["fr"] if found else ""


def test_from_a_source_to_the_public_page_and_back(page):
    source_and_parties(page)

    page.goto("/bureau/fiches/agreements/nouvelle/")
    write(
        page,
        title__fr="Accord des eaux",
        key="waters",
        visibility="public",
        signed="soon",
        summary__fr="Deux villes, un fleuve.",
        parties__0__party="Ville de Paris",
        cites__0__source="Compte rendu",
        cites__0__lines="3",
    )
    save(page)

    refusals = page.locator(".refusals")
    expect(refusals).to_be_focused()
    expect(refusals).to_contain_text("Signed")
    expect(page.locator('[name="signed"]')).to_have_value("soon")
    expect(page.locator('[name="summary.fr"]')).to_have_value("Deux villes, un fleuve.")

    write(page, signed="2015-05-09")
    save(page)
    expect(page.locator("#parties .section-error")).to_contain_text("two parties")

    write(page, parties__1__party="Ville de Porto")
    save(page)
    expect(page.locator(".record-name")).to_have_text("Accord des eaux")

    page.goto("/bureau/publier/")
    expect(page.locator(".told.new")).to_contain_text("Accord des eaux")
    publish(page)
    assert public_summary() == "Deux villes, un fleuve."

    page.goto("/bureau/fiches/agreements/waters/")
    write(page, summary__fr="Trois villes, un fleuve.")
    save(page)
    page.goto("/bureau/fiches/agreements/waters/histoire/")
    expect(page.locator(".changes ins").first).to_have_text("Trois villes, un fleuve.")
    publish(page)
    assert public_summary() == "Trois villes, un fleuve."

    page.goto("/bureau/fiches/agreements/waters/histoire/")
    page.get_by_role("button", name="Bring revision 1 back").click()
    expect(page.locator(".note-box")).to_contain_text("Revision 1 is back")

    page.goto("/bureau/versions/")
    page.get_by_role("button", name="Put back in force").click()
    expect(page.locator(".note-box")).to_contain_text("in force again")
    assert public_summary() == "Deux villes, un fleuve."

    page.goto("/bureau/retraits/waters/")
    page.get_by_label("Why").fill("Told too soon")
    page.get_by_label("Type the key").fill("waters")
    page.get_by_role("button", name="Withdraw it everywhere").click()
    hidden = page.locator(".note-box", has_text="hidden in every release")
    expect(hidden).to_be_visible(timeout=60_000)
    assert public_summary() == ""


def test_a_lost_session_loses_no_word(page):
    source_and_parties(page)
    page.goto("/bureau/fiches/bodies/city-of-paris/")
    write(page, summary__fr="Des mots longs à trouver.")

    page.context.clear_cookies(name="parvis_session")
    save(page)
    expect(page).to_have_url(re.compile("/compte/login/"))
    someone = User.objects.get(email="anne@ville.example")
    page.goto(f"/entree/{one_time_link(someone)}")
    page.goto("/bureau/fiches/bodies/city-of-paris/")
    page.get_by_role("button", name="Take them back").click()
    save(page)

    expect(page.locator('[name="summary.fr"]')).to_have_value("Des mots longs à trouver.")
    expect(page.locator("[data-parvis-offer]")).to_be_hidden()


def test_a_record_is_chosen_by_its_title_and_all_is_done_by_keyboard(page):
    source_and_parties(page)

    page.goto("/bureau/fiches/relations/nouvelle/")
    partner = page.get_by_role("combobox", name="Partner")
    partner.focus()
    page.keyboard.type("porto")
    expect(page.locator(".choices:not([hidden]) [role=option]")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(partner).to_have_value("Ville de Porto (city-of-porto)")

    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#desk-search")).to_be_focused()


PAGES = [
    "/bureau/",
    "/bureau/recherche/?q=ville",
    "/bureau/propositions/",
    "/bureau/doubles/",
    "/bureau/versions/",
    "/bureau/publier/",
    "/bureau/retraits/",
    "/bureau/retraits/city-of-paris/",
    "/bureau/comptes/",
    "/bureau/fiches/bodies/",
    "/bureau/fiches/bodies/city-of-paris/",
    "/bureau/fiches/bodies/city-of-paris/histoire/",
    "/bureau/fiches/bodies/city-of-paris/enonce/",
    "/bureau/fiches/agreements/nouvelle/",
    "/bureau/fiches/promises/nouvelle/",
    "/bureau/fiches/nowhere/",
    "/compte/2fa/",
    "/compte/2fa/webauthn/",
    "/compte/2fa/webauthn/add/",
    "/compte/2fa/totp/activate/",
    "/compte/password/set/",
    "/compte/logout/",
]


def test_a_refusal_takes_the_focus_from_where_the_skip_link_led(page):
    page.goto("/bureau/argent/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#content$"))
    page.locator("main form").evaluate("form => { form.noValidate = true; form.closest('details').open = true; }")
    page.locator('main [name="base"]').fill("1.234")
    page.keyboard.press("Enter")

    expect(page.locator(".refusals")).to_contain_text("This can be read as")
    page.wait_for_load_state("load")
    expect(page.locator(".refusals")).to_be_focused()


def test_axe_refuses_nothing_at_the_desk(page):
    source_and_parties(page)
    refused = {}
    for path in PAGES:
        page.emulate_media(color_scheme="light")
        page.goto(path)
        refused[path] = refused_by_axe(page)
        page.emulate_media(color_scheme="dark")
        refused[f"{path} in the dark"] = refused_by_axe(page, COLOURS)
        page.set_viewport_size({"width": 320, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            refused[f"{path} at 320"] = "wider than the screen"
        page.set_viewport_size({"width": 1280, "height": 900})
    page.context.clear_cookies()
    page.goto("/compte/login/?next=/bureau/comptes/")
    refused["/compte/login/"] = refused_by_axe(page)

    assert {where: what for where, what in refused.items() if what} == {}
