"""A call from its readings to the letters, and a grant from its convention to the euro paid back, in a real browser."""

from __future__ import annotations

import io
import re
import shutil
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect, sync_playwright
from pypdf import PdfReader

from parvis.domain.council.models import Decision
from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Given, Slip
from parvis.domain.funding.models import Application, Envelope, Grant, PaymentOrder
from parvis.foundation.accounts.actions import one_time_link
from parvis.foundation.accounts.models import Role, User
from parvis.register.entry import Entry
from parvis.register.models import Subject
from tests.support import calls, reviews
from tests.support.axe import AXE, WCAG, refused_by_axe
from tests.support.office_server import OfficeServer

# A busy machine is slow, and how slow is no business of these tests.
expect.set_options(timeout=30_000)

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
TODAY = datetime.now(UTC).date()
#: The end of a convention that is under way, and a later one.
END, LATER = f"{TODAY.year + 1}-06-30", f"{TODAY.year + 2}-06-30"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="NO BROWSER: install Debian's chromium to test the desk"),
    pytest.mark.skipif(not AXE.exists(), reason="NO AXE: run npm ci in judges/"),
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
    settings.VAULT_DIR, settings.VAR_DIR = tmp_path / "vault", tmp_path
    office = OfficeServer()
    settings.CSRF_TRUSTED_ORIGINS = [office.address]
    yield office
    office.stop()


@pytest.fixture
def sit(browser, server):
    """A desk at which somebody sits; ``axe`` has looked at each page that was ``looked`` at."""
    contexts = []

    def seated(person: User) -> Page:
        context = browser.new_context(base_url=server.address, locale="en-GB", reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.goto(f"/entree/{one_time_link(person)}")
        return page

    yield seated
    for context in contexts:
        context.close()


def looked(page: Page) -> None:
    """Nothing on this page keeps anybody out, and it fits a phone."""
    wrong = refused_by_axe(page, WCAG)
    page.set_viewport_size({"width": 360, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.set_viewport_size({"width": 1280, "height": 900})

    assert (page.url, wrong, wide) == (page.url, {}, False)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def carried_out(desk: Page, decision: str, *, says: str) -> None:
    desk.get_by_label("Decision").select_option(decision)
    press(desk, "Carry out")
    expect(desk.locator("main")).to_contain_text(says)


@pytest.fixture
def publisher(server):
    return User.objects.create_user("publisher@ville.example", role=Role.PUBLISHER)


@pytest.fixture
def funded(publisher):
    """An envelope of 40,000 that a decision voted."""
    by, at = publisher, calls.OPENS
    moments = {"entered_at": at, "amended_at": at, "entered_by": by, "amended_by": by}
    vote = Subject.objects.create(key="vote-2027", noun="decision", **moments)
    council = Subject.objects.create(key="council", noun="body", **moments)
    Decision.objects.create(subject=vote, body=council, number="2027-DGRI-12", day="2026-09-02")
    levy = actions.enter_levy(
        entry=Entry("water", "water", texts={"title": {"en": "Water"}}),
        facts={"rules": [{"rate": "0.01"}]},
        by=by,
        at=at,
    )
    year = actions.open_levy_year(levy=levy, year=2027, currency="EUR", base=Decimal(10_000_000), by=by, at=at)
    head = Entry("harbours-2027", "call", texts={"title": {"en": "Harbours"}})
    envelope = actions.enter_envelope(entry=head, facts={"levy": "water", "year": 2027}, by=by, at=at)
    slip = Slip(decision=vote, day=date(2027, 1, 4), by=by, at=at)
    actions.vote_levy(levy_year=year, amount=Decimal(40_000), slip=slip)
    actions.allot(envelope=envelope, amount=Decimal(40_000), slip=slip)
    return Envelope.objects.get()


@pytest.fixture
def shared(publisher, funded):
    """Three files given to two readers; all is signed but what rosa thinks of the first."""
    call = calls.opened_call(publisher, envelope="harbours-2027")
    moments = {"entered_at": calls.OPENS, "amended_at": calls.OPENS, "entered_by": publisher, "amended_by": publisher}
    answer = Subject.objects.create(key="answer-2027", noun="decision", **moments)
    council = Subject.objects.get(key="council")
    Decision.objects.create(subject=answer, body=council, number="2027-DGRI-44", day=f"{timezone.localdate()}")
    for name in ("rosa", "sami"):
        reviews.reviewer(call, publisher, name)
    files = []
    for place in range(3):
        person = calls.applicant(f"person{place}@assoc{place}.example")
        file = calls.sent(call, calls.body_of(person, reviews.SIRETS[place]), person)
        files.append(reviews.eligible(file, publisher))
    reviews.under_contract(files, publisher)
    actions.share_files(call=call, by=publisher, at=reviews.READING)
    for file, mark in zip(files, (4, 3, 2), strict=True):
        for review in reviews.readings_of(file):
            if (file, review.reviewer.email) != (files[0], "rosa@readers.example"):
                reviews.signed(review, {code: Given(mark) for code in reviews.CRITERIA})
    return call


def test_a_call_goes_from_a_reading_without_names_to_the_letters(sit, shared, publisher):
    # A reader reads and marks a file whose body is never named.
    rosa = sit(User.objects.get(email="rosa@readers.example"))
    rosa.goto("/bureau/lectures/")
    looked(rosa)
    rosa.locator("main .blind-lines a").first.click()
    expect(rosa.locator("main")).not_to_contain_text("Amis des ports")
    looked(rosa)
    for group in rosa.locator("fieldset.mark").all():
        group.get_by_label("4", exact=True).check()
    press(rosa, "Sign")
    expect(rosa.locator("main")).to_contain_text("is signed")

    # The office sees every file, ranks, tries a scenario and puts it before the council.
    desk = sit(publisher)
    desk.goto("/bureau/dossiers/")
    looked(desk)
    desk.locator("main table a").first.click()
    expect(desk.get_by_role("heading", name="Is it complete?")).to_be_visible()
    looked(desk)
    desk.goto(f"/bureau/appels/{shared.key}/lecture/")
    looked(desk)
    press(desk, "Rank the files that are read")
    desk.goto(f"/bureau/appels/{shared.key}/selection/")
    desk.get_by_label("Threshold (of 100)").fill("50")
    desk.get_by_label("Keep as scenario").fill("A")
    press(desk, "Work out")
    expect(desk.locator(".envelope-bar")).to_contain_text("€30,000.00")
    looked(desk)
    press(desk, "Put before the council")
    with desk.expect_download() as taken:
        desk.get_by_role("link", name="Report (PDF)").click()
    report = "".join(page.extract_text() for page in PdfReader(io.BytesIO(taken.value.path().read_bytes())).pages)
    looked(desk)

    # The council decides; each letter is read, made, and waits in the outbox to be let go.
    carried_out(desk, "vote-2027", says="the council could not answer them yet")
    desk.locator("details.otherwise summary").first.click()
    desk.locator("[name^='voted-']").first.fill("12 000")
    desk.locator("[name^='reason-']").first.fill("Amendment 3")
    looked(desk)
    carried_out(desk, "answer-2027", says="2 grants are awarded")
    expect(desk.locator("main")).to_contain_text("The council decided otherwise on 1 file.")
    desk.get_by_role("link", name="Letters", exact=True).click()
    looked(desk)
    desk.get_by_role("link", name="Letter: refusal").click()
    looked(desk)
    desk.go_back()
    press(desk, "Make the letters")
    expect(desk.locator("main")).to_contain_text("3 letters are made")
    desk.goto("/bureau/boite-envoi/")
    looked(desk)

    assert [file.state for file in Application.objects.order_by("number")] == ["awarded", "awarded", "refused"]
    assert [number for number in ("2027-MAR-0001", "2027-MAR-0003") if number not in report] == []
    expect(desk.locator("main")).to_contain_text("(dossier 2027-MAR-0003)")


def deed(page: Page, label: str, **said: str) -> None:
    """Open one of the steps a grant may take, fill it, take it."""
    part = page.locator("details.deed", has=page.locator("summary", has_text=re.compile(f"^{label}")))
    part.locator("summary").click()
    for name, value in said.items():
        cell = part.locator(f"[name='{name}']")
        cell.select_option(value) if cell.evaluate("one => one.tagName") == "SELECT" else cell.fill(value)
    part.get_by_role("button", name=re.compile(f"^{label}")).click()
    page.wait_for_load_state("load")
    assert page.locator(".refusals").count() == 0, page.locator(".refusals").inner_text()


@pytest.fixture
def awarded(publisher, funded):
    """A grant of 30,000 to a body that signed its contract."""
    by, at = publisher, calls.OPENS
    moments = {"entered_at": at, "amended_at": at, "entered_by": by, "amended_by": by}
    body = Subject.objects.create(key="aid-ngo", noun="body", kind="ngo", **moments)
    actions.declare_standing(body=body, contract_signed=calls.OPENS.date(), by=by, at=at)
    facts = {"beneficiary": "aid-ngo", "currency": "EUR", "state": "asked", "year": 2027, "amount_asked": "30000"}
    grant = actions.enter_grant(
        entry=Entry("wells", "call", texts={"title": {"en": "Wells"}}), facts=facts, by=by, at=at
    )
    slip = Slip(decision=Subject.objects.get(key="vote-2027"), day=date(2027, 1, 5), by=by, at=at)
    actions.award_grant(grant=grant, sources=[actions.Source(funded, Decimal(30_000))], slip=slip)
    return Grant.objects.get()


def test_a_grant_goes_from_its_convention_to_the_euro_paid_back(sit, awarded):
    desk = sit(User.objects.create_user("finance@ville.example", role=Role.FINANCE))
    grant, day = "/bureau/argent/subventions/wells/", TODAY.isoformat()
    desk.goto(grant)
    looked(desk)
    deed(desk, "Plan the instalments", amount_1="30000", envelope_1="harbours-2027", condition_1="signature")
    deed(desk, "Draw up the convention", number="2027-1", starts="2026-01-01", ends=END, regranting="no")
    deed(desk, "Record the signature", day=day)
    deed(desk, "Order instalment 1", decision="vote-2027", day=day)

    # Orders go to finance, and its answer comes back.
    desk.goto("/bureau/argent/versements/")
    looked(desk)
    with desk.expect_download():
        desk.locator("form[action$='transmettre/'] button").click()
    order = PaymentOrder.objects.get()
    answer = f"order,paid_on,amount\n{order.number},{day},30000\n".encode()
    desk.locator("input[type=file]").set_input_files({"name": "answers.csv", "mimeType": "text/csv", "buffer": answer})
    desk.locator("form[action$='reponses/'] button").click()
    expect(desk.locator("main")).to_contain_text("1 row taken")

    # The report comes in with 2,500 not spent, of which 1,000 is carried to a later end by an amendment both sign.
    desk.goto(grant)
    deed(desk, "Receive a report", kind="financial", day=day, signed_by="The president", unspent="2500",
         lines="60; Pumps; 30000; 27500")  # fmt: skip
    deed(desk, "Review", verdict="yes")
    looked(desk)
    deed(desk, "Amend the convention", carried="1000", new_end=LATER, envelope="harbours-2027", reason="A late summer",
         decision="vote-2027", day=day)  # fmt: skip
    deed(desk, "Record the signature of amendment 1", day=day)

    # A new report leaves the 1,500: 1,200 comes back, the rest is given up by a decision, and the grant closes.
    deed(desk, "Receive a report", kind="financial", day=day, signed_by="The president", unspent="1500",
         lines="60; Pumps; 30000; 28500")  # fmt: skip
    deed(desk, "Review", verdict="yes")
    deed(desk, "Receive a report", kind="narrative", day=day, words="Two wells give water.")
    deed(desk, "Review", verdict="yes")
    deed(desk, "Claim", amount="1500", envelope="harbours-2027", reason="Not spent", decision="vote-2027", day=day)
    deed(desk, "Settle", settled="yes", came_back="1200", decision="vote-2027", day=day)
    deed(desk, "Settle", settled="no", decision="vote-2027", day=day)
    deed(desk, "Close", decision="vote-2027", day=day)
    desk.goto(f"{grant}piste/")
    looked(desk)

    expect(desk.locator("main")).to_contain_text("paid back €1,200.00, kept €28,800.00")
    expect(desk.locator("main")).to_contain_text("carried: €1,000.00")
    assert (Grant.objects.get().state, list(queries.ledger_faults())) == ("closed", [])
