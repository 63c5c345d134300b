"""The interactive map in a real browser, under the policy of the public site."""

from __future__ import annotations

import re
import shutil

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.doors.ui.map_page import MapSite

# A busy machine is slow, and how slow is no business of these tests.
expect.set_options(timeout=30_000)

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="NO BROWSER: install Debian's chromium to test the map"),
]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def site():
    site = MapSite()
    yield site
    site.close()


@pytest.fixture
def page(browser, site):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.faults = []
    page.on("console", lambda said: page.faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.goto(site.address)
    yield page
    context.close()


def opened(page: Page) -> Page:
    page.get_by_role("button", name="Explore the map").click()
    expect(page.locator(".map[data-state=open] a.map-point").first).to_be_visible(timeout=30_000)
    return page


def test_nothing_of_the_map_is_fetched_before_the_first_gesture(page, site):
    page.wait_for_load_state("networkidle")

    assert [path for path in site.asked if path.startswith(("/vendor", "/map"))] == []
    expect(page.locator("svg.plate")).to_be_visible()


def test_the_map_opens_under_the_policy_without_a_fault(page, site):
    opened(page)
    page.wait_for_load_state("networkidle")

    assert page.faults == []
    assert {path for path in site.asked if path.startswith("/map")} == {
        "/map/land.geojson",
        "/map/borders.geojson",
    }
    expect(page.get_by_role("button", name="Explore the map")).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("The map is open.")


def test_the_canvas_is_out_of_the_tab_order_and_points_are_in_it(page):
    opened(page)

    assert page.evaluate("document.activeElement.className") == "map-stage"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('map-point')")
    assert page.locator("canvas").first.get_attribute("tabindex") == "-1"


def test_choosing_a_point_lights_its_row_and_says_it(page):
    opened(page).get_by_role("button", name="Europe").click()
    lisbon = page.locator("a.map-point[data-key=lisbon]")
    lisbon.click()

    expect(page.locator("#places .is-lit")).to_have_text("Lisbon")
    expect(page.get_by_role("status")).to_have_text("Lisbon, agreement")
    expect(lisbon).to_have_attribute("aria-current", "true")
    assert page.url.partition("#")[0].endswith("/")


def test_a_row_of_the_list_rings_its_point(page):
    opened(page).get_by_role("button", name="Europe").click()
    lisbon, berlin = (page.locator(f"a.map-point[data-key={key}]") for key in ("lisbon", "berlin"))
    page.get_by_role("link", name="Lisbon").last.focus()
    # The page has scrolled, and another row has come to lie under the pointer, which rests.
    expect(page.locator("#places [data-point]:hover")).to_have_count(1)

    expect(lisbon).to_have_attribute("aria-current", "true")
    page.locator("#places [data-key=berlin]").hover()
    expect(berlin).to_have_attribute("aria-current", "true")
    expect(lisbon).not_to_have_attribute("aria-current", "true")


def test_enter_on_a_point_opens_its_page(page):
    opened(page).get_by_role("button", name="Europe").click()
    page.locator("a.map-point[data-key=lisbon]").focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**/partners/lisbon")


def test_arrows_and_signs_move_the_map_and_the_address_remembers(page):
    opened(page).keyboard.press("+")
    expect(page).to_have_url(re.compile("#map="))
    before = page.url
    page.keyboard.press("ArrowRight")

    expect(page).not_to_have_url(before)


def test_a_disc_tells_how_many_it_holds_and_opens_on_them(page):
    opened(page)
    disc = page.locator(".map-cluster").first
    number = int(disc.inner_text())

    expect(disc).to_have_accessible_name(f"{number} places, show them")
    assert number > 2
    disc.press("Enter")

    expect(page).to_have_url(re.compile(r"#map=[3-9]"))


def test_towns_across_a_river_never_hide_each_other(page):
    opened(page)
    page.evaluate("location.hash = '#map=6/-4.3/15.3'")
    expect(page.locator("a.map-point[data-key=lisbon]")).to_have_count(0)  # the map has moved
    boxes = [page.locator(f"a.map-point[data-key={key}]") for key in ("kinshasa", "brazzaville")]
    expect(boxes[0]).to_be_visible()
    one, other = (box.bounding_box() for box in boxes)

    assert abs(one["x"] - other["x"]) + abs(one["y"] - other["y"]) > 14


def test_what_is_behind_the_globe_is_not_shown(page):
    opened(page)
    page.evaluate("location.hash = '#map=3/48/10'")
    expect(page.locator("a.map-point[data-key=warsaw]")).to_be_visible()

    assert page.locator("a.map-point[data-key=melbourne]").count() == 0


def test_without_webgl_the_plate_and_the_list_stay(page):
    page.evaluate("HTMLCanvasElement.prototype.getContext = () => null")
    page.get_by_role("button", name="Explore the map").click()

    expect(page.get_by_role("status")).to_contain_text("the list say the same")
    expect(page.locator("svg.plate")).to_be_visible()
    expect(page.get_by_role("button", name="Explore the map")).to_be_hidden()


def test_the_map_never_knows_more_than_the_list(page):
    page.evaluate("document.querySelectorAll('#places li:not([data-key=lisbon])').forEach((row) => row.remove())")
    opened(page)

    assert page.locator("a.map-point").count() == 1


def test_the_map_follows_the_theme_of_the_system(page):
    opened(page)
    page.emulate_media(color_scheme="dark")
    # A change of theme is told before the next drawing of the page.
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    assert page.faults == []
