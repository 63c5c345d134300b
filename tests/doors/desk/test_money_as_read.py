"""What the pages of money say to whoever reads them, and the sign-in page to who comes to ask."""

import re

import pytest
from django.utils import translation

from parvis.domain.funding import actions
from parvis.domain.funding.models import Grant, LevyYear
from parvis.domain.partnerships.actions import enter_agreement
from parvis.domain.partnerships.models import Agreement
from parvis.doors.desk.money.deeds import AmountCell
from parvis.foundation.accounts.models import Role
from parvis.register.models import Subject
from tests.doors.desk.conftest import NOON
from tests.doors.desk.test_money import does, money, words_of  # noqa: F401


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "shown"), [("fr", "100\u202f000\u202f000,00"), ("en", "100,000,000.00"), ("es", "100.000.000,00")]
)
def test_an_amount_held_stands_in_its_cell_as_its_reader_writes_it_and_is_read_back(money, language, shown):  # noqa: F811

    base, cell = LevyYear.objects.get(year=2026).base, AmountCell(digits=14)

    with translation.override(language):
        assert cell.prepare_value(base) == shown
        assert cell.to_python(shown) == base
        assert cell.prepare_value("1.234") == "1.234"


@pytest.mark.django_db
def test_the_own_resources_of_a_year_are_corrected_from_what_the_page_shows(money, at_desk):  # noqa: F811
    page = at_desk(Role.FINANCE).get("/bureau/argent/water/2026/").content.decode()

    assert re.findall(r'name="base" value="([^"]*)"', page) == ["100,000,000.00"]


@pytest.mark.django_db
def test_a_grant_of_a_partner_city_names_the_agreement_it_stands_on(money, at_desk, people):  # noqa: F811
    by = people[Role.FINANCE]
    moments = {"entered_at": NOON, "amended_at": NOON, "entered_by": by, "amended_by": by}
    Subject.objects.create(key="kyoto", noun="place", visibility="public", **moments)
    money(Agreement, enter_agreement, "pact", title={"en": "The pact"}, parties=["aid-ngo", "kyoto"])
    facts = {"beneficiary": "aid-ngo", "currency": "EUR", "state": "asked", "year": 2026, "amount_asked": "1000"}
    money(Grant, actions.enter_grant, "taps", kind="city_project", agreement="pact", **facts)

    desk = at_desk(Role.FINANCE)
    told = {key: words_of(desk.get(f"/bureau/argent/subventions/{key}/")) for key in ("taps", "wells")}
    assert ("Agreement The pact" in told["taps"], "Agreement " in told["wells"]) == (True, False)


@pytest.mark.django_db
def test_each_amount_of_a_year_is_named_in_its_own_cell_for_a_narrow_screen(money, at_desk):  # noqa: F811
    page = at_desk(Role.FINANCE).get("/bureau/argent/water/2026/").content.decode()

    row = page.partition("money-table")[2].partition("</table>")[0].partition("<tbody>")[2]
    heads = re.findall(r'<th scope="col">(?:<i [^>]*></i>)?([^<]+)</th>', page.partition("money-table")[2])
    assert re.findall(r'<td data-label="([^"]+)">', row) == heads[:6]
    assert row.count("<td") == 6


@pytest.mark.django_db
@pytest.mark.parametrize(("way", "told"), [("/guichet/appels/wells/", False), ("/bureau/", True), ("", True)])
def test_who_comes_to_ask_is_not_told_that_only_an_administrator_opens_accounts(client, way, told):
    page = words_of(client.get("/compte/login/", {"next": way} if way else {}))

    assert ("L’administration ouvre votre compte" in page) is told
    assert "Ouvrez un compte au guichet" in page
