"""Paris in a real browser: nothing axe refuses, nothing wider than the screen, everything by keyboard, light enough."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import sync_playwright

from parvis.config.settings.security import policy_text
from parvis.foundation.vocabulary.addresses import address, addresses
from parvis.publication import reader
from tests.support.axe import AXE, COLOURS, refused_by_axe

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
    pytest.mark.skipif(not CHROMIUM, reason="NO BROWSER: install Debian's chromium to test the portal"),
    pytest.mark.skipif(not AXE.exists(), reason="NO AXE: run npm ci in judges/"),
]

SECTIONS = [address(section, "fr") for section in ("", *addresses().sections)]
RECORDS = {
    "/en/partners/mexico-city",
    "/fr/partenaires/tbilisi",
    "/en/agreements/agreement-kinshasa",
    "/fr/accords/europe",
    "/en/networks/c40",
    "/fr/projets/amman-transport",
    "/en/programmes/one-percent-water",
    "/fr/promesses/not-look-away",
    "/en/figures/aimf-members",
    "/fr/affirmations/c40-largest-network",
    "/en/sources/city-page-2022",
    "/fr/accords?q=zzzz",
    "/en/nowhere",
    "/en/partners?on=2015-06",
    "/r/1/en",
    "/es/mapa",
    "/pt/promessas",
}
PAGES = [*SECTIONS, *sorted(RECORDS)]
#: Weight of the design, compressed, in bytes: HTML, then all of a first visit.
MAP = (30_000, 150_000)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        chromium.visitors = {}
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def origin(paris_folder, tmp_path_factory):
    """The public site of Paris as it is served: its own process, its own settings, its hashed files."""
    from tests.support.public_server import serving_public

    with serving_public(paris_folder, tmp_path_factory.mktemp("static")) as address_:
        yield address_


def opened(browser, origin, path, **how):
    """A page of its own. Visitors who come alike share a browser's cache, as one who goes from page to page does."""
    alike = repr(sorted(how.items()))
    if alike not in browser.visitors:
        browser.visitors[alike] = browser.new_context(reduced_motion="reduce", **how)
    page = browser.visitors[alike].new_page()
    page.faults = []
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.goto(origin + path, wait_until="load")
    return page


@pytest.fixture(scope="module")
def walker(browser):
    """One tab that goes from page to page."""
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_axe_refuses_nothing_and_a_narrow_screen_needs_no_sideways_scrolling(walker, origin, path):
    """One page, opened once, by day, in the dark, and narrow."""
    walker.emulate_media(color_scheme="light")
    walker.set_viewport_size({"width": 1280, "height": 900})
    walker.goto(origin + path, wait_until="load")

    by_day = refused_by_axe(walker)
    walker.emulate_media(color_scheme="dark")
    by_night = refused_by_axe(walker, COLOURS)
    walker.set_viewport_size({"width": 320, "height": 800})
    width = walker.evaluate("document.documentElement.scrollWidth")

    assert (by_day, by_night) == ({}, {})
    assert width == 320


@pytest.mark.parametrize("path", ["/fr", "/en/map", "/en/partners/mexico-city", "/en/agreements"])
def test_everything_is_reached_by_keyboard(browser, origin, path):
    page = opened(browser, origin, path, viewport={"width": 1280, "height": 900})
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href],button:not([hidden]),input:not([type=hidden]),summary')]"
        ".filter(e => e.checkVisibility()).length"
    )

    reached, hidden = 0, []
    for _ in range(wanted + 30):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "(() => { const e = document.activeElement; if (!e || e === document.body) return null;"
            " const first = !e.dataset.reached; e.dataset.reached = 1; const r = e.getBoundingClientRect();"
            " const s = getComputedStyle(e); return [first, e.matches('a,button,input,summary'),"
            " s.outlineStyle !== 'none' || e.matches('.skip'), r.top >= 0 && r.bottom <= innerHeight + 1,"
            " e.outerHTML.slice(0, 90)]; })()"
        )
        if seen is None:
            continue
        first, control, outlined, in_view, what = seen
        reached += first and control
        hidden += [] if outlined and (in_view or not control) else [what]

    page.close()
    assert reached == wanted
    assert hidden == []


def test_the_skip_link_is_first_and_leads_to_the_content(browser, origin):
    page = opened(browser, origin, "/fr", viewport={"width": 1280, "height": 900})

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    focused = page.evaluate("document.activeElement.id")
    page.close()
    assert focused == "content"


@pytest.mark.parametrize("path", ["/fr", "/en/map", "/en/partners/mexico-city", "/en/figures/aimf-members"])
def test_the_policy_is_strict_and_nothing_breaks_it(browser, origin, path):
    page = opened(browser, origin, path)
    page.wait_for_load_state("networkidle")

    faults = page.faults
    page.close()
    assert faults == []
    assert "unsafe" not in policy_text()


@pytest.mark.parametrize("path", ["/fr", "/en/partners/mexico-city", "/fr/promesses", "/en/search?q=tblissi"])
def test_a_page_reads_the_same_without_scripts(browser, origin, path):
    with_scripts = opened(browser, origin, path)
    without = opened(browser, origin, path, java_script_enabled=False)

    told = [page.locator("main").inner_text() for page in (with_scripts, without)]
    for page in (with_scripts, without):
        page.close()
    assert told[0] == told[1]


def test_nothing_is_asked_of_anyone_else_and_nothing_is_kept(browser, origin):
    page = opened(browser, origin, "/fr")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/fr/carte", "/en/partners/mexico-city"):
        page.goto(origin + path, wait_until="networkidle")

    kept = page.context.cookies(), page.evaluate("localStorage.length + sessionStorage.length")
    page.close()
    assert [url for url in asked if not url.startswith(origin)] == []
    assert kept == ([], 0)


def test_a_first_visit_of_the_map_weighs_no_more_than_it_may(browser, origin):
    """Home, lists and records are weighed by ``make weights``, the heaviest of each."""
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    weights = {}
    session.on("Network.responseReceived", lambda told: weights.setdefault(told["requestId"], [told["type"], 0]))
    session.on(
        "Network.loadingFinished",
        lambda told: weights.get(told["requestId"], [0, 0]).__setitem__(1, told["encodedDataLength"]),
    )
    page.goto(origin + "/fr/carte", wait_until="networkidle")

    document = sum(size for kind, size in weights.values() if kind == "Document")
    context.close()
    assert document <= MAP[0]
    assert sum(size for _kind, size in weights.values()) <= MAP[1]


def test_paper_shows_day_release_and_address_and_no_menu(browser, origin):
    page = opened(browser, origin, "/en/partners/mexico-city")
    page.emulate_media(media="print")

    frame = page.locator(".print-frame").inner_text()
    shown = [
        page.locator(selector).first.is_visible()
        for selector in (".site-header", ".site-footer", ".as-of", ".timeline")
    ]
    page.close()
    assert "22 November 2026" in frame.replace("\u00a0", " ")
    assert "/en/partners/mexico-city" in frame
    assert shown == [False, False, False, True]


def test_the_release_read_is_that_of_paris(paris_folder):
    reader.serve_from(paris_folder)

    assert reader.current().city["key"] == "paris"


@pytest.mark.parametrize("path", ["/fr/carte", "/pt/mapa?theme=europe"])
def test_the_moving_map_shows_the_towns_of_the_list(browser, origin, path):
    """French and Portuguese write coordinates with a comma; the map must not read them so."""
    page = opened(browser, origin, path)

    rows, unread = page.evaluate(
        "(() => { const rows = [...document.querySelectorAll('[data-point]')];"
        " return [rows.length, rows.filter(e => !Number.isFinite(Number(e.dataset.lon) + Number(e.dataset.lat)))"
        " .map(e => e.dataset.key)]; })()"
    )
    page.close()
    assert rows
    assert unread == []


def test_other_languages_are_named_by_whole_addresses(browser, origin):
    page = opened(browser, origin, "/fr/carte")

    told = page.evaluate("[...document.querySelectorAll('link[hreflang]')].map(e => e.getAttribute('href'))")
    page.close()
    assert told == [f"{origin}{path}" for path in ("/fr/carte", "/en/map", "/es/mapa", "/pt/mapa")]
