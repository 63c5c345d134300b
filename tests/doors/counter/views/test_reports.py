"""A report written at the counter: saved per field, compared with the budget sent, sent once with a receipt."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import orjson
import pytest
from django.utils import timezone
from pypdf import PdfReader

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import ReportKind
from parvis.domain.funding.models import Grant, OutgoingEmail, Report, ReportEntry, ReportSheet
from parvis.domain.funding.queries import composing
from tests.support import calls, grants

HERE = "/guichet/subventions/a-quay/"
FINANCIAL, NARRATIVE = f"{HERE}rapport/financial/", f"{HERE}rapport/narrative/"
ACCOUNTS = {
    "actual.60": "11 500,00", "actual.64": "8 000", "actual.74-city": "15 000", "actual.75": "5 000",
    "unspent": "500", "signatory": "Ana Lima, president",
}  # fmt: skip


@pytest.fixture
def paid(call, body, ana):
    """A grant that came from a file with its budget, under convention, wholly paid."""
    file = calls.sent(call, body, ana, timezone.now())
    return grants.paid(grants.under_convention(grants.awarded(body, file=file, amount=15_000)))


@pytest.fixture
def seat(paid, ana, at_counter):
    return at_counter(ana)


def saved(seat, address, fields, window="one", base=0):
    saves = [{"field": name, "value": value, "base": base} for name, value in fields.items()]
    body = orjson.dumps({"window": window, "saves": saves})
    return seat.post(f"{address}enregistrer/", body, content_type="application/json")


def begun(seat, address=FINANCIAL):
    assert seat.post(address, {"begin": "1"}).status_code == 302
    return ReportSheet.objects.latest("begun_at")


def words_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def row_of(page, label):
    found = re.search(rf"<th scope=\"row\">(?:<label[^>]*>)?{label}.*?</tr>", page.content.decode(), re.DOTALL)
    return [re.sub(r"<[^>]+>", "", part).strip() for part in re.findall(r"<output[^>]*>(.*?)</output>", found[0])]


def test_the_accounts_stand_beside_the_budget_that_was_sent_with_the_gap_in_money_and_per_cent(seat):
    begun(seat)
    answer = saved(seat, FINANCIAL, ACCOUNTS)

    page = seat.get(FINANCIAL)

    assert answer.json()["revisions"] == dict.fromkeys(ACCOUNTS, 1)
    assert row_of(page, "60 Purchases") == ["-€500.00", "-4.2"]
    assert row_of(page, "Total") == ["€20,000.00", "€19,500.00", "-€500.00", "-2.5"]
    assert "due on 30 June 2027" in words_of(page)


def test_a_report_is_received_at_the_desk_as_it_was_written_with_a_receipt(seat, paid, officer, at_counter):
    sheet = begun(seat)
    saved(seat, FINANCIAL, ACCOUNTS)

    answer = seat.post(f"{FINANCIAL}envoyer/")

    report, sheet = Report.objects.get(), ReportSheet.objects.get(pk=sheet.pk)
    assert (answer.status_code, report.kind, report.state, report.unspent) == (302, "financial", "received", 500)
    assert [(one.code, one.label, one.budget, one.actual) for one in report.lines.all()] == [
        ("60", "Purchases", 12_000, 11_500), ("64", "Staff", 8_000, 8_000),
        ("74", "Grant asked of the City", 15_000, 15_000), ("75", "Fees, gifts, own funds", 5_000, 5_000),
    ]  # fmt: skip
    assert "Purchases" in words_of(at_counter(officer).get("/bureau/argent/subventions/a-quay/"))
    receipt = "".join(
        page.extract_text() for page in PdfReader(BytesIO(seat.get(f"{FINANCIAL}recu/1.pdf").content)).pages
    )
    assert sheet.digest in "".join(receipt.split())
    assert "60 Purchases" in receipt
    assert OutgoingEmail.objects.filter(subject__startswith="Financial report received").count() == 1
    assert queries.awaited_reports(timezone.localdate()) == []


def test_whoever_sends_one_report_is_told_of_the_other_while_it_is_awaited(seat):
    told = []
    for address, fields in (
        (FINANCIAL, ACCOUNTS),
        (NARRATIVE, {"done": "Wells", "results": "Three", "signatory": "Ana Lima"}),
    ):
        begun(seat, address)
        saved(seat, address, fields)
        told += re.findall(
            r"Your report is received[^<]*", seat.post(f"{address}envoyer/", follow=True).content.decode()
        )

    assert told == [
        "Your report is received. Still awaited: narrative report.",
        "Your report is received. Nothing else to do.",
    ]


def test_a_report_sent_twice_is_received_once(seat):
    begun(seat)
    saved(seat, FINANCIAL, ACCOUNTS)

    answers = [seat.post(f"{FINANCIAL}envoyer/").status_code for _turn in range(2)]

    assert (answers, Report.objects.count()) == ([302, 302], 1)
    assert saved(seat, FINANCIAL, {"why": "Too late"}).status_code == 404


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"unspent": ""}, "To mend before sending (1): An answer is required here."),
        ({"actual.60": "many"}, "To mend before sending (1): This is not an amount: write digits, as in 12,500.50."),
        ({"unspent": "15 000,01"}, "€15,000.01 cannot be left of the €15,000.00 paid."),
        ({name: "" for name in ACCOUNTS if name.startswith("actual")}, "Write what was spent: the accounts are empty."),
    ],
)
def test_a_report_that_cannot_be_sent_says_why_and_keeps_every_word(seat, changed, why):
    begun(seat)
    saved(seat, FINANCIAL, ACCOUNTS | {"why": "Cheaper pumps"} | changed)

    answer = seat.post(f"{FINANCIAL}envoyer/")

    assert answer.status_code == 409
    assert why in words_of(answer)
    assert "Cheaper pumps" in answer.content.decode()
    assert not Report.objects.exists()


def test_each_field_a_report_lacks_is_named_with_its_place_on_the_page(seat):
    begun(seat)
    saved(seat, FINANCIAL, ACCOUNTS | {"actual.60": "many", "signatory": ""})

    page = seat.post(f"{FINANCIAL}envoyer/").content.decode()

    listed = page.partition('<ul class="wrongs">')[2].partition("</ul>")[0]
    places = re.findall(r'href="#([^"]+)">([^<]+)<', listed)
    assert places == [
        ("f-actual-60", "60 Purchases"),
        ("f-signatory", "Who certifies these accounts, and in what capacity"),
    ]
    assert all(f'id="{place}"' in page for place, _label in places)


def test_words_typed_since_the_last_pause_are_sent_too(seat):
    begun(seat)
    saved(seat, FINANCIAL, ACCOUNTS)

    seat.post(f"{FINANCIAL}envoyer/", {"r:why": "0", "why": "Cheaper pumps"})

    assert "Cheaper pumps" in Report.objects.get().words


def test_two_people_in_one_field_lose_nothing_and_one_of_them_chooses(seat, bruno, at_counter):
    begun(seat, NARRATIVE)
    saved(seat, NARRATIVE, {"done": "Wells"}, window="ana")

    told = saved(at_counter(bruno), NARRATIVE, {"done": "Pumps"}, window="bruno").json()

    other = told["others"]["done"]
    assert (told["revisions"], other["held"], other["who"]) == ({}, "Wells", "Ana Lima")
    chosen = seat.post(f"{NARRATIVE}choisir/", {"choice": f"{other['id']}:other", "window": "ana"}).json()
    entry = ReportEntry.objects.get()
    assert (chosen["value"], entry.value, [one["value"] for one in entry.others]) == (
        "Pumps", "Pumps", ["Pumps", "Wells"],
    )  # fmt: skip


def test_without_a_script_the_page_saves_and_shows_what_is_wrong(seat):
    begun(seat)

    page = seat.post(FINANCIAL, {"r:actual.60": "0", "actual.60": "douze", "r:why": "0", "why": "Dearer"})

    assert "Saved on the server at" in words_of(page)
    assert "This is not an amount: write digits" in words_of(page)
    assert {row.field: row.value for row in ReportEntry.objects.all()} == {"actual.60": "douze", "why": "Dearer"}


def test_a_report_sent_back_is_begun_anew_with_its_words_in_it(seat, paid, officer):
    begun(seat)
    saved(seat, FINANCIAL, ACCOUNTS)
    seat.post(f"{FINANCIAL}envoyer/")
    today = timezone.localdate()
    actions.review_report(
        report=Report.objects.get(), accepted=False, on=today, remark="Line 64 lacks its slips.", by=officer,
        at=timezone.now(),
    )  # fmt: skip

    page = words_of(seat.get(HERE))
    again = begun(seat)

    assert "Line 64 lacks its slips. Write it again" in page
    assert "The City sent your report back: Line 64 lacks its slips." in words_of(seat.get(FINANCIAL))
    assert again.turn == 2
    assert {row.field: row.value for row in again.entries.all()} == ACCOUNTS


def test_a_grant_without_a_file_types_what_was_foreseen(body, ana, at_counter):
    grants.paid(grants.under_convention(grants.awarded(body, kind="direct")))
    seat = at_counter(ana)
    begun(seat)

    saved(seat, FINANCIAL, {"foreseen.60": "50 000", "actual.60": "48 000"})

    assert row_of(seat.get(FINANCIAL), "60 Purchases") == ["-€2,000.00", "-4"]


def test_nothing_is_reported_before_the_convention_is_signed(grant, ana, at_counter):
    seat = at_counter(ana)

    seat.post(FINANCIAL, {"begin": "1"})

    assert "A report is written once the convention is signed" in words_of(seat.get(HERE))
    assert not ReportSheet.objects.exists()


def test_who_may_only_write_does_not_send_and_a_stranger_finds_nothing(seat, bruno, at_counter):
    begun(seat)
    saved(seat, FINANCIAL, ACCOUNTS)
    stranger = at_counter(calls.applicant("stranger@other.example"))

    assert "Only a person who may sign for the body can send it." in words_of(
        at_counter(bruno).post(f"{FINANCIAL}envoyer/")
    )
    assert [stranger.get(FINANCIAL).status_code, saved(stranger, FINANCIAL, {"why": "x"}).status_code] == [404, 404]
    assert Grant.objects.get().reports.count() == 0


def with_own_report(call, officer):
    """Another version of the call, whose report asks one more question."""
    content = composing.with_house_form(calls.content_now(call), ReportKind.NARRATIVE)
    row = {"words": {"en": "Schools reached"}, "section": "done", "type": "yes_no", "required": True}
    calls.amend(call, composing.written(content, "fields", "narrative", row)[0], officer)
    return actions.open_form(call=call, by=officer, at=timezone.now())


def test_a_report_is_written_on_the_form_its_convention_was_drawn_up_with(call, body, ana, officer, at_counter):
    with_own_report(call, officer)
    file = calls.sent(call, body, ana, timezone.now())
    held = grants.paid(grants.under_convention(grants.awarded(body, file=file, amount=15_000)))

    sheet = begun(at_counter(ana), NARRATIVE)
    page = at_counter(ana).get(NARRATIVE).content.decode()

    assert held.convention.form.version == 2
    assert [row["code"] for row in sheet.form["fields"]][-3:] == ["troubles", "after", "signatory"]
    assert "schools-reached" in {row["code"] for row in sheet.form["fields"]}
    assert '<input type="radio" name="schools-reached" value="yes">' in page


def test_a_convention_already_drawn_up_keeps_the_report_it_had(paid, seat, call, officer):
    with_own_report(call, officer)

    sheet = begun(seat, NARRATIVE)

    assert paid.convention.form.version == 1
    assert "schools-reached" not in {row["code"] for row in sheet.form["fields"]}


def test_a_report_that_came_on_paper_and_was_sent_back_is_told_with_what_it_lacks(seat, paid, officer):
    received = timezone.localdate()
    report = actions.receive_report(
        grant=paid, kind=ReportKind.NARRATIVE, received=received, words="Three wells.", by=officer, at=timezone.now()
    )
    actions.review_report(
        report=report, accepted=False, remark="Say where.", on=received, by=officer, at=timezone.now()
    )  # fmt: skip

    page = words_of(seat.get("/guichet/subventions/a-quay/"))

    assert "Sent back" in page
    assert "Say where." in page


def test_a_late_report_holds_back_nothing_of_a_grant_that_is_paid_whole(paid):
    (late,) = queries.awaited_reports(date(2999, 1, 1))

    assert (late.late, late.holds_back) == (True, False)
    paid.amount_paid = 1
    assert replace(late, grant=paid).holds_back
