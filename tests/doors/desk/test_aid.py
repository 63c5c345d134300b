"""The declaration of aid at the desk: what it says, what was filed, and why the two differ."""

import csv
import io
import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from parvis.domain.funding import actions
from parvis.domain.funding.models import AidDeclaration, Grant, ReviewerTie
from parvis.doors.desk.reminders import reminders
from parvis.foundation.accounts.models import Role
from parvis.register.content import content_of
from parvis.register.entry import take_apart
from parvis.register.models import Subject, Text
from tests.doors.desk.conftest import NOON

pytestmark = pytest.mark.django_db
YEAR = "/bureau/argent/aide/2024/"


@pytest.fixture
def grants(people, source):
    """Two grants of 2024 in Mali: one paid, one of which no payment is known."""
    by = people[Role.FINANCE]
    moments = {"entered_at": NOON, "amended_at": NOON, "entered_by": by, "amended_by": by}
    Subject.objects.create(key="aid-ngo", noun="body", visibility="public", kind="ngo", **moments)

    def given(key, **facts):
        told = {"key": key, "title": {"en": key.capitalize(), "fr": key}, "kind": "call", "visibility": "public",
                "beneficiary": "aid-ngo", "currency": "EUR", "year": 2024, "country": "ML",
                "state": "awarded", "amount_voted": "1000", "cites": [{"source": source.key, "lines": "1"}],
                **facts}  # fmt: skip
        taken = take_apart(Grant, told)
        return actions.enter_grant(entry=taken.entry, facts=taken.facts, by=by, at=NOON)

    given("wells", amount_paid="600")
    given("pumps")
    return given


def words_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " ").split())


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def file_it(client):
    return client.post(YEAR, {"do": "file", "reference": "DS-77", "note": ""})


def test_a_year_says_what_was_paid_and_of_what_nobody_knows(grants, at_desk):
    client = at_desk(Role.READER)

    said = words_of(client.get(YEAR))
    (row,) = rows_of(client.get(f"{YEAR}declaration.csv"))

    assert "Paid: €600.00. Voted: €2,000.00. Of 1 grant, no payment is known." in said
    assert "No declaration was kept yet" in said
    assert (row["part"], row["country"], row["paid"], row["voted"], row["grants"], row["records"]) == (
        "projects", "ML", "600.00", "2000.00", "2", "pumps wells",
    )  # fmt: skip
    assert "2024 €600.00 €2,000.00 1 of 2 never" in words_of(client.get("/bureau/argent/aide/"))


def test_what_is_filed_is_kept_with_its_digest_and_compared_line_by_line(grants, at_desk, people):
    client = at_desk(Role.FINANCE)
    assert file_it(client).status_code == 302
    assert "Nothing has changed since." in words_of(client.get(YEAR))

    pumps = Grant.objects.select_related("subject").get(subject__key="pumps")
    taken = take_apart(Grant, content_of(pumps) | {"amount_paid": "250"})
    actions.amend_grant(record=pumps, entry=taken.entry, facts=taken.facts, seen_revision=1,
                        by=people[Role.FINANCE], at=timezone.now())  # fmt: skip
    grants("school", amount_paid="40")
    grants("road", country="TG", amount_paid="10")

    said = words_of(client.get(YEAR))
    gaps = {row["country"]: row for row in rows_of(client.get(f"{YEAR}ecarts.csv"))}
    assert "Pumps: its payment is known now" in said
    assert "School: not declared before" in said
    assert (gaps["ML"]["before"], gaps["ML"]["after"], gaps["ML"]["difference"]) == ("600.00", "890.00", "290.00")
    assert (gaps["TG"]["before"], gaps["TG"]["after"]) == ("", "10.00")
    kept = AidDeclaration.objects.get()
    assert (kept.number, kept.reference, len(kept.digest)) == (1, "DS-77", 64)
    (as_filed,) = rows_of(client.get(f"/bureau/argent/aide/declarations/{kept.pk}.csv"))
    assert as_filed["paid"] == "600.00"


def test_aid_that_is_no_grant_is_a_line_of_its_own_and_can_be_taken_back(grants, at_desk):
    client = at_desk(Role.FINANCE)
    client.post(YEAR, {"do": "cost", "part": "staff", "amount": "1 200,50", "what": "Two officers", "told_by": "Pay"})

    staff = next(row for row in rows_of(client.get(f"{YEAR}declaration.csv")) if row["part"] == "staff")
    code = re.search(r'value="(drop-\d+)"', client.get(YEAR).content.decode())[1]
    client.post(YEAR, {"do": code})

    assert (staff["sector"], staff["channel"], staff["paid"], staff["voted"]) == ("91010", "11002", "1200.50", "")
    assert [row["part"] for row in rows_of(client.get(f"{YEAR}declaration.csv"))] == ["projects"]


def test_a_declaration_is_whole_and_names_no_grant_that_concerns_who_reads_it(grants, at_desk, people):
    finance = at_desk(Role.FINANCE)
    file_it(finance)
    kept = AidDeclaration.objects.get()
    grants("school", amount_paid="40")
    ReviewerTie.objects.create(person=people[Role.READER], kind="employer", name="aid-ngo", declared_at=NOON)
    tied = at_desk(Role.READER)
    Text.objects.create(subject=Subject.objects.get(key="aid-ngo"), field="title", language="en", body="aid-ngo")

    page = tied.get(YEAR).content.decode()
    names = [name for name in ("wells", "Wells", "pumps", "school", "School") if name in page]
    taken = [tied.get(f"{YEAR}{one}.csv").content.decode() for one in ("declaration", "ecarts")]
    taken.append(tied.get(f"/bureau/argent/aide/declarations/{kept.pk}.csv").content.decode())
    judged = words_of(tied.get(f"{YEAR}norme/"))

    assert (names, [name for name in ("wells", "pumps", "school") for one in taken if name in one]) == ([], [])
    assert (rows_of(tied.get(f"{YEAR}declaration.csv"))[0]["paid"], "Paid: €640.00" in words_of(tied.get(YEAR))) == (
        "640.00", True,
    )  # fmt: skip
    assert ("Wells" in judged, "Wells" in words_of(finance.get(f"{YEAR}norme/"))) == (False, True)


def test_a_workbook_holds_amounts_as_numbers(grants, at_desk):
    held = io.BytesIO(at_desk(Role.READER).get(f"{YEAR}declaration.xlsx").content)

    _about, heads, row = CalamineWorkbook.from_filelike(held).get_sheet_by_index(0).to_python()
    assert row[heads.index("Paid")] == 600


@pytest.mark.parametrize("path", ["autre.csv", "declaration.pdf"])
def test_what_is_not_offered_is_not_here(at_desk, path):
    assert at_desk(Role.READER).get(f"{YEAR}{path}").status_code == 404


def test_a_refusal_is_said_in_words(grants, at_desk):
    client = at_desk(Role.FINANCE)
    file_it(client)

    again = file_it(client)

    assert again.status_code == 422
    assert "Nothing has changed since declaration 1 was kept." in words_of(again)


def test_a_year_as_iati_tells_it_names_each_record_with_what_is_wrong_and_what_could_be_told(grants, at_desk):
    grants("ended", starts="2024-09-01", ends="2024-10-01")
    grants("old", year=2020)

    answer = at_desk(Role.READER).get(f"{YEAR}norme/")
    said = words_of(answer)

    assert "3 activities." in said
    assert said.count("Its sector: give it a theme, or the levy that pays for it.") == 3
    assert said.count("A number of who receives it: SIRET, RNA or org-id.") == 3
    linked = re.findall(r"fiches/grants/(\w+)/", answer.content.decode())
    assert sorted(linked) == ["ended", "pumps", "wells"]


def test_the_day_of_the_declaration_is_told_with_its_law_and_asked_for_on_today(grants, people, at_desk):
    actions.record_aid_cost(
        year=2024, part="staff", amount=Decimal(1200), currency="EUR", words="Two officers", told_by="Payroll",
        by=people[Role.FINANCE], at=NOON,
    )  # fmt: skip
    told = {
        day: [line for title, _count, lines in reminders(day) if title == "Aid to declare" for line in lines]
        for day in (date(2025, 3, 30), date(2025, 4, 15), date(2025, 6, 1))
    }

    page = " ".join(re.sub(r"<[^>]+>", " ", at_desk(Role.READER).get(YEAR).content.decode()).split())

    assert [[" ".join(line.why.split()) for line in lines] for lines in told.values()] == [
        [],
        ["what was paid in 2024 is to be declared by 31 May 2025"],
        ["what was paid in 2024 was to be declared by 31 May 2025: no declaration is kept"],
    ]
    assert told[date(2025, 6, 1)][0].address == YEAR
    assert "To be declared by 31 May 2025: no declaration is kept yet. Code général des collectivités" in page
