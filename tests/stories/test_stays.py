"""Stays of researchers and students: rows ATT-10 and ATT-12 of the inventory."""

from __future__ import annotations

import pytest

from parvis.domain.funding import actions
from parvis.domain.funding.models import Application
from parvis.register.entry import Entry
from tests.support import calls


@pytest.fixture
def stays(house):
    """Twelve research stays of 2025 and four of 2026, each given to a person, from the files of one call."""
    call = calls.opened_call(house.by, kind="research_stay", visibility="public")
    person = calls.applicant("ines@lab.example", first_name="Inês", last_name="Confidencial")
    own = actions.open_in_own_name(country="PT", by=person, at=calls.OPENS)
    files = [(2025, "PT", "humanities")] * 6 + [(2025, "BR", "engineering")] * 5 + [(2025, "IT", "humanities")]
    files += [(2026, "PT", "humanities")] * 4
    cites = ({"source": "minutes", "lines": "3"},)
    for number, (year, country, field) in enumerate(files):
        file = Application.objects.create(
            call=call, form=call.forms.get(), body=own, begun_at=calls.OPENS, begun_by=person, state="awarded",
            number=f"STAY-{number}", submitted_at=calls.OPENS,
        )  # fmt: skip
        facts = {
            "natural_person": True,
            "state": "awarded",
            "year": year,
            "currency": "EUR",
            "amount_voted": "3000",
            "file": file.number,
        }
        titled = {"title": {"en": file.number}}
        entry = Entry(f"grant-stay-{number}", "call", visibility="internal", texts=titled, cites=cites)
        facts |= {"country": country, "discipline": field}
        actions.enter_grant(entry=entry, facts=facts, by=house.by, at=calls.OPENS)
    return house.publish()


def test_stays_are_counted_by_country_and_by_field_and_small_numbers_point_at_nobody(stays):
    page = "/en/money/stays"

    countries, fields = stays.part(page, r"<tbody>(.*?)</tbody>")

    assert countries == "Portugal 6 6 All others 6 6"
    assert fields == "Humanities 7 7 Engineering and technology 5 5"
    assert stays.part(page, r'<th scope="col" class="number">(.*?)</th>') == ["2025", "Total"] * 2
    assert "Confidencial" not in stays.source(page)
