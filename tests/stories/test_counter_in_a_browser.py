"""A form that never loses a word, in a real browser: each accident is made to happen, and the words are looked for."""

from __future__ import annotations

import re
import shutil

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect, sync_playwright

from parvis.domain.funding import queries
from parvis.domain.funding.enums import MemberRole
from parvis.domain.funding.models import OtherText
from parvis.foundation.accounts.actions import one_time_link
from parvis.foundation.accounts.models import Role, User
from tests.support import calls
from tests.support.axe import AXE, WCAG, refused_by_axe
from tests.support.office_server import OfficeServer

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SAVED = re.compile(r"Saved on the server at \d\d:\d\d:\d\d")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="NO BROWSER: install Debian's chromium to test the counter"),
]


@pytest.fixture(scope="module")
def browser():
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def server(browser, own_database, settings, tmp_path):
    settings.VAULT_DIR = tmp_path / "vault"
    office = OfficeServer()
    settings.CSRF_TRUSTED_ORIGINS = [office.address]
    yield office
    office.stop()


@pytest.fixture
def file(server):
    from tests.doors.counter.conftest import dates_around_now

    officer = User.objects.create_user("officer@ville.example", role=Role.OFFICER)
    call = calls.opened_call(officer, **dates_around_now())
    ana = calls.applicant("ana@assoc.example", first_name="Ana", last_name="Lima")
    bruno = calls.applicant("bruno@assoc.example", first_name="Bruno", last_name="Roy")
    body = calls.body_of(ana)
    body.members.create(person=bruno, role=MemberRole.WRITER, since=calls.OPENS)
    return calls.begun(call, body, ana, timezone.now())


@pytest.fixture
def come_in(browser, server):
    contexts = []

    def enter(email: str) -> Page:
        context = browser.new_context(base_url=server.address, locale="en-GB", reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda said: page.faults.append(said.text) if "Content Security" in said.text else None)
        page.goto(f"/entree/{one_time_link(User.objects.get(email=email))}")
        return page

    yield enter
    for context in contexts:
        assert [fault for page in context.pages for fault in getattr(page, "faults", [])] == []
        context.close()


def opened(page: Page, file, section: str = "project") -> Page:
    page.goto(f"/guichet/dossiers/{file.pk}/page/{section}/")
    return page


def status(page: Page):
    return page.locator("[data-parvis-status]")


def test_words_outlive_a_cut_network_a_restarted_server_a_closed_tab_and_a_lost_session(come_in, file, server):
    page = opened(come_in("ana@assoc.example"), file)

    page.get_by_label("Title of the project").fill("Un quai")
    expect(status(page)).to_have_text(SAVED)

    # The network is cut while one writes, then comes back.
    page.context.set_offline(True)
    page.get_by_label("Summary").fill("Written with no network")
    expect(status(page)).to_contain_text("Offline. Your words stay in this browser")
    page.context.set_offline(False)
    expect(status(page)).to_have_text(SAVED)

    # The server stops, and comes back.
    server.stop()
    page.get_by_label("Which need does it answer?").fill("Written while the server was down")
    expect(status(page)).to_contain_text("Offline")
    server.start()
    expect(status(page)).to_have_text(SAVED, timeout=20_000)

    # The tab is closed at once after a word, with no pause and no network.
    page.context.set_offline(True)
    page.get_by_label("People who benefit").fill("1 250")
    context = page.context
    page.close()
    context.set_offline(False)
    page = context.new_page()
    opened(page, file)
    expect(page.get_by_label("People who benefit")).to_have_value("1 250")
    expect(status(page)).to_have_text(SAVED)

    # The session ends; the words wait for a new one, begun in another tab.
    page.context.clear_cookies()
    page.get_by_label("Starts").fill("01/06/2027")
    expect(status(page)).to_contain_text("Your session has ended. Your words are kept in this browser.")
    other = page.context.new_page()
    other.goto(f"/entree/{one_time_link(User.objects.get(email='ana@assoc.example'))}")
    other.close()
    page.reload()
    expect(page.get_by_label("Starts")).to_have_value("01/06/2027")
    expect(status(page)).to_have_text(SAVED)

    # The laptop sleeps between a word and its pause.
    page.get_by_label("Ends").fill("31 mai 2028")
    sleeper = page.context.new_cdp_session(page)
    sleeper.send("Page.setWebLifecycleState", {"state": "frozen"})
    sleeper.send("Page.setWebLifecycleState", {"state": "active"})
    expect(status(page)).to_have_text(SAVED)

    assert queries.answers_of(file) == {
        "title": "Un quai",
        "summary": "Written with no network",
        "need": "Written while the server was down",
        "people": "1 250",
        "starts": "01/06/2027",
        "ends": "31 mai 2028",
    }


def test_two_people_in_one_form_lose_nothing(come_in, file):
    ana, bruno = come_in("ana@assoc.example"), come_in("bruno@assoc.example")
    opened(ana, file), opened(bruno, file)

    ana.get_by_label("Summary").fill("Ana's summary")
    expect(status(ana)).to_have_text(SAVED)
    bruno.get_by_label("Title of the project").fill("Bruno's title")
    bruno.get_by_label("Summary").fill("Bruno's summary")

    box = bruno.locator(".two-texts")
    expect(box).to_contain_text("Ana Lima changed this field at")
    expect(box.locator("blockquote")).to_have_text(["Ana's summary", "Bruno's summary"])
    bruno.get_by_label("Summary").fill("Bruno's summary, and more")
    expect(box.locator("blockquote")).to_have_text(["Ana's summary", "Bruno's summary, and more"])
    box.get_by_role("button", name="This one").nth(0).click()

    expect(box).to_have_count(0)
    expect(bruno.get_by_label("Summary")).to_have_value("Ana's summary")
    assert queries.answers_of(file) == {"summary": "Ana's summary", "title": "Bruno's title"}
    assert sorted(OtherText.objects.values_list("value", flat=True)) == ["Bruno's summary, and more"]

    # A tab that is doubled is another window, and does not write over the first.
    with bruno.expect_popup() as doubled:
        bruno.evaluate("window.open(location.href)")
    names = [page.locator("[name='-window']") for page in (bruno, doubled.value)]
    expect(names[1]).not_to_have_value("")
    assert names[0].input_value() != names[1].input_value()
    doubled.value.close()

    # A line that one adds appears to the other; one that is taken out while it is written in says so.
    opened(ana, file, "where"), opened(bruno, file, "where")
    names = [page.locator("[data-parvis-lines=partners] input:not([type=hidden])[name$=name]") for page in (ana, bruno)]

    ana.locator("[data-parvis-lines=partners] > button").click()
    names[0].fill("A cooperative")
    expect(status(ana)).to_have_text(SAVED)
    bruno.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(names[1]).to_have_value("A cooperative")
    bruno.get_by_label("Take this line out").and_(bruno.locator(":visible")).check()
    expect(status(bruno)).to_have_text(SAVED)
    names[0].fill("A cooperative of fishers")

    expect(ana.locator("[data-parvis-taken]:not(:empty)")).to_contain_text("Bruno Roy took this line out at")
    ana.get_by_label("Take this line out").and_(ana.locator(":visible")).uncheck()
    expect(ana.locator("[data-parvis-taken]:not(:empty)")).to_have_count(0)
    expect(status(ana)).to_have_text(SAVED)
    assert [value for path, value in queries.answers_of(file).items() if "." in path] == [
        "A cooperative of fishers", "",
    ]  # fmt: skip


def test_the_gap_of_a_budget_is_told_while_it_is_typed(come_in, file):
    page = opened(come_in("ana@assoc.example"), file, "money")
    expect(page.locator("[data-parvis-gap]")).to_have_text("Nothing is entered yet.")

    page.get_by_label("60 Purchases").fill("12 500,50")
    page.get_by_label("74 Grant asked of the City").fill("10.000,00")

    expect(page.locator("[data-parvis-gap]")).to_have_text("Gap of 2,500.50: costs exceed income. You may go on.")
    page.get_by_label("86 Use of contributions in kind").fill("1 500")
    expect(page.locator("[data-parvis-gap]")).to_have_text(
        "Gap of 2,500.50: costs exceed income. You may go on. "
        "Contributions in kind (86 and 87) do not balance: gap of 1,500.00."
    )
    page.get_by_label("87 Contributions in kind received").fill("1.500,00")
    page.get_by_label("75 Fees, gifts, own funds").fill("2 500,50")
    expect(page.locator("[data-parvis-gap]")).to_have_text("The budget balances.")
    expect(status(page)).to_have_text(SAVED)


def test_a_refusal_at_the_counter_takes_the_focus(come_in, file):
    page = come_in("ana@assoc.example")
    page.goto(f"/guichet/dossiers/{file.pk}/verifier/#content")

    page.get_by_role("button", name="Send the file").click()

    expect(page.locator(".said.error")).to_be_visible()
    page.wait_for_load_state("load")
    expect(page.locator(".said.error")).to_be_focused()


@pytest.mark.skipif(not AXE.exists(), reason="NO AXE: run npm ci in judges/")
def test_every_page_of_the_counter_is_accessible(come_in, file):
    page = come_in("ana@assoc.example")
    base = f"/guichet/dossiers/{file.pk}"
    pages = ["/guichet/", f"/guichet/organismes/{file.body_id}/", "/guichet/organismes/nouveau/"]
    pages += [f"/guichet/appels/{file.call.key}/", f"{base}/", f"{base}/verifier/", f"{base}/pieces/"]
    pages += [f"{base}/page/{section}/" for section in ("project", "where", "money", "duties")]
    found = {}
    for address in pages:
        page.goto(address)
        found[address] = refused_by_axe(page, WCAG)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, f"{address} scrolls sideways"

    assert found == {address: {} for address in pages}
