"""A spreadsheet brought in at the desk in a real browser: its columns, its names, its rows, and undoing it all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from parvis.domain.directory.models import Body
from parvis.domain.partnerships.models import Agreement
from parvis.register.models import Subject
from tests.stories import test_desk_in_a_browser as desk
from tests.support.axe import refused_by_axe

pytestmark = desk.pytestmark
browser, office, page = desk.browser, desk.office, desk.page

PARTNERS = (
    "Nom du partenaire;N SIRET;Nature;Date de création;Remarque\n"
    "Sidaction;39894554300021;;14/03/1994;rien\n"
    "Maison des Cités;;;03/04/2001;\n"
    "Numéro faux;12345678901234;;2001;\n"
    "Total;;;;2\n"
)
PACTS = "Intitulé;Partenaire;Signature\nPacte de l’eau;Sidactoin;9 mai 2015\nPacte du pain;Maison des Cités;2016\n"


@pytest.fixture(autouse=True)
def at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def bring(page: Page, folder: Path, name: str, text: str, holds: str) -> None:
    (folder / name).write_bytes(text.encode("cp1252"))
    page.goto("/bureau/imports/")
    look(page, "list")
    page.get_by_label("The file").set_input_files(folder / name)
    page.get_by_label(holds, exact=True).check()
    page.get_by_label("Language of its words").select_option("fr")
    page.get_by_role("button", name="Look at its columns").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def look(page: Page, name: str) -> None:
    """Pictures, where somebody asks for them."""
    folder = os.environ.get("PARVIS_LOOK")
    for tongue in ("fr", "en") if folder else ():
        page.set_extra_http_headers({"accept-language": tongue})
        page.reload()
        for width in (360, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/{name}-{tongue}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})


def refused(page: Page) -> dict[str, object]:
    found: dict[str, object] = {f"{page.url} {rule}": places for rule, places in refused_by_axe(page).items()}
    page.set_viewport_size({"width": 320, "height": 800})
    if page.evaluate("document.documentElement.scrollWidth") > 320:
        found[f"{page.url} at 320"] = "wider than the screen"
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def test_a_spreadsheet_becomes_records_and_is_undone_as_one_act(page, tmp_path):
    faults = {}
    bring(page, tmp_path, "partenaires 2024.csv", PARTNERS, "Partners (bodies)")

    columns = page.locator(".import-column")
    expect(columns).to_have_count(5)
    expect(columns.nth(1).locator("select").first).to_have_value("siret")
    expect(columns.nth(4)).to_contain_text("nobody claims it")
    look(page, "columns")
    faults |= refused(page)
    page.get_by_label("Remember these columns as").fill("Fichier des partenaires")
    page.get_by_role("button", name="See what each row does").click()

    rows = page.locator(".import-row")
    expect(rows).to_have_count(4)
    expect(rows.nth(2).locator(".import-cell")).to_have_text("N SIRET")
    expect(rows.nth(3)).to_contain_text("row of totals")
    expect(page.locator(".import-totals")).to_contain_text("One column is left aside: Remarque.")
    look(page, "judged")
    faults |= refused(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take the refused rows away").click()
    assert taken.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("button", name="Write them in the register").click()

    expect(page.locator(".note-box").first).to_contain_text("2 rows are in the register")
    assert sorted(Body.objects.values_list("subject__key", flat=True)) == ["maison-des-cites", "sidaction"]
    look(page, "accepted")
    faults |= refused(page)

    bring(page, tmp_path, "accords.csv", PACTS, "Agreements")
    page.get_by_role("button", name="See what each row does").click()
    asked = page.locator(".import-name").filter(has_text="Sidactoin")
    look(page, "names")
    faults |= refused(page)
    asked.get_by_label("Sidaction").check()
    page.get_by_role("button", name="Read the rows again").click()
    expect(page.locator(".import-names")).to_have_count(0)
    assert Agreement.objects.count() == 0

    page.goto("/bureau/imports/")
    page.get_by_role("link", name="partenaires 2024.csv").click()
    page.get_by_role("button", name="Undo this import").click()
    expect(page.locator(".note-box").first).to_contain_text("undid this import")
    assert Subject.objects.filter(noun="body", revision__gte=1).count() == 0
    assert faults == {}
