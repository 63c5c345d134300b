"""A grant beyond the usual scope: its reason stands wherever its money is read."""

import pytest

from parvis.domain.funding import actions
from parvis.domain.funding.models import Grant
from parvis.foundation.accounts.models import Role
from tests.doors.desk.test_money import ENVELOPE, TODAY, YEAR, does, money, words_of  # noqa: F401

SCHOOL = "subventions/school"


@pytest.mark.django_db
def test_the_reason_of_an_exception_stands_on_the_grant_its_trail_and_its_envelope(money, does, at_desk):  # noqa: F811
    facts = {"beneficiary": "aid-ngo", "currency": "EUR", "state": "asked", "year": 2026, "amount_asked": "1000"}
    why = {"en": "The only school of the valley"}
    money(Grant, actions.enter_grant, "school", kind="direct", exception=True, out_of_scope=why, **facts)
    does(YEAR, "vote", amount="400000")
    does(ENVELOPE, "allot", amount="300000")
    does(SCHOOL, "standing", contract_signed="2026-01-01")
    done = does(SCHOOL, "award", amount="1000", envelope="solidae", day=TODAY)

    desk = at_desk(Role.FINANCE)
    pages = [words_of(desk.get(f"/bureau/argent/{each}/")) for each in (SCHOOL, f"{SCHOOL}/piste", ENVELOPE)]
    assert done == "done"
    assert [page.count("The only school of the valley") for page in pages] == [1, 1, 1]


@pytest.mark.django_db
def test_the_only_envelope_of_the_year_is_chosen_beforehand_at_an_award(money, at_desk):  # noqa: F811
    page = at_desk(Role.FINANCE).get("/bureau/argent/subventions/wells/")

    chosen = {deed.code: deed.first.get("envelope") for deed in page.context["deeds"] if "envelope" in deed.asks}
    assert chosen == {"award": "solidae", "reserve": "solidae"}
