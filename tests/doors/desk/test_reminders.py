"""Grants among the reasons to act, and among the entries of a year, are told apart by their body."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.domain.funding import actions
from parvis.domain.funding.enums import TieKind
from parvis.domain.funding.models import Grant, Report
from parvis.doors.desk.reminders import reminders
from parvis.foundation.accounts.models import Role
from parvis.register.models import Subject, Text
from tests.doors.desk.conftest import NOON
from tests.doors.desk.test_money import ENVELOPE, YEAR, does, money, words_of  # noqa: F401

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 1)


@pytest.fixture
def several(money, does, people):  # noqa: F811
    """Grants called alike, each to a body of its own, awarded, each with a report to read."""
    does(YEAR, "vote", amount="400 000")
    does(ENVELOPE, "allot", amount="300 000")
    by = people[Role.FINANCE]

    def given(*names):
        for name in names:
            moments = {"entered_at": NOON, "amended_at": NOON, "entered_by": by, "amended_by": by, "revision": 1}
            body = Subject.objects.create(key=name.lower(), noun="body", kind="un_body", visibility="public", **moments)
            Text.objects.create(subject=body, field="title", language="en", body=name)
            key = f"quay-{name.lower()}"
            facts = {"beneficiary": body.key, "currency": "EUR", "state": "asked", "year": 2026}
            money(Grant, actions.enter_grant, key, title={"en": "A quay"}, kind="call", **facts)
            assert does(f"subventions/{key}", "award", amount="1000", envelope="solidae") == "done"
            grant = Grant.objects.get(subject__key=key)
            Report.objects.create(grant=grant, kind="financial", received=ON, state="received")

    return given


def of_reports(person):
    found = {title: lines for title, _count, lines in reminders(ON, person)}
    return sorted((line.what, line.whom) for line in found.get("Reports on grants", ()))


def test_today_names_the_body_under_each_grant(several, people, at_desk):
    several("Oasis", "Delta")

    page = words_of(at_desk(Role.OFFICER).get("/bureau/"))

    assert of_reports(people[Role.OFFICER]) == [("A quay", "Delta"), ("A quay", "Oasis")]
    assert re.findall(r"A quay (\w+) · Financial report", page) == ["Oasis", "Delta"]


def test_the_body_of_a_grant_that_is_closed_to_somebody_is_not_named_to_them(several, people):
    several("Oasis", "Delta")
    officer = people[Role.OFFICER]
    officer.ties.create(kind=TieKind.EMPLOYER, name="Delta", declared_at=NOON)

    assert of_reports(officer) == [("A quay", "Oasis")]


@pytest.mark.parametrize("address", ["/bureau/", "/bureau/argent/water/2026/", "/bureau/argent/enveloppes/solidae/"])
def test_a_page_asks_as_much_for_three_grants_as_for_one(several, at_desk, address):
    desk, asked = at_desk(Role.OFFICER), []
    for names in (["Oasis"], ["Delta", "Lagoon"]):
        several(*names)
        desk.get(address)
        with CaptureQueriesContext(connection) as held:
            page = words_of(desk.get(address))
        asked.append(len(held))

    assert asked[0] == asked[1]
    assert [name in page for name in ("Oasis", "Delta", "Lagoon")] == [True] * 3


def test_the_entries_of_a_year_name_the_body_under_each_grant(several, at_desk):
    several("Oasis", "Delta")

    page = words_of(at_desk(Role.READER).get("/bureau/argent/water/2026/"))

    assert re.findall(r"A quay (\w+) Solidae", page) == ["Oasis", "Delta"]
