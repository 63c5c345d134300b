"""What may be done of a grant: what presses first, what has one answer is chosen, a paragraph keeps its lines."""

import re

import pytest

from parvis.domain.funding.models import Amendment, AmendmentRequest, Convention, Grant, PaymentOrder, Report
from parvis.foundation.accounts.models import Role
from tests.doors.desk.conftest import NOON
from tests.doors.desk.test_money import (  # noqa: F401
    FIRST,
    GRANT,
    SECOND,
    TODAY,
    _answers,
    awarded,
    does,
    money,
    ordered,
    words_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_of(at_desk):
    return lambda part="": at_desk(Role.FINANCE).get(f"/bureau/argent/{GRANT}/{part}").content.decode()


@pytest.fixture
def reported(ordered, does, at_desk):  # noqa: F811
    """The first instalment paid, and a narrative report received."""
    desk = at_desk(Role.FINANCE)
    desk.post("/bureau/argent/versements/transmettre/")
    _answers(desk, f"order,paid_on,amount\n{ordered.number},{TODAY},40000\n")
    does(GRANT, "report", kind="narrative", words="Twelve wells.")
    return Report.objects.get()


def test_a_report_is_examined_before_anything_else_that_may_be_done(reported, page_of):
    deeds = re.findall(r'name="do" value="([a-z_]+)', page_of())

    assert (deeds[0], "returned" in deeds) == ("review", True)


def test_what_a_report_lacks_is_a_paragraph_that_keeps_its_lines(reported, does, page_of):  # noqa: F811
    lacks = ["The list of wells.", "Who keeps them.", "x" * 960]
    cell = re.search(rf'<(\w+) name="remark"[^>]*id="review-{reported.pk}-remark"', page_of())[1]

    too_long = does(GRANT, f"review-{reported.pk}", verdict="no", remark="x" * 1001)
    done = does(GRANT, f"review-{reported.pk}", verdict="no", remark="\r\n".join(lacks))

    assert (cell, done) == ("textarea", "done")
    assert too_long.startswith("What it lacks: Ensure this value has at most 1000 characters")
    assert Report.objects.get().remark == "\n".join(lacks)
    assert ["<br>".join(lacks) in page_of(part) for part in ("", "piste/")] == [True, True]


def test_the_only_envelope_of_a_grant_is_chosen_for_its_amendment_and_for_the_answer_to_a_request(
    ordered,  # noqa: F811
    page_of,
    people,
):
    request = AmendmentRequest.objects.create(
        convention=Convention.objects.get(),
        reduction=500,
        reason="Cheaper",
        asked_by=people[Role.FINANCE],
        asked_at=NOON,
    )

    page = page_of()

    chosen = dict(re.findall(r'id="([a-z]+)-?\d*-envelope">.*?<option value="([\w-]*)" selected', page, re.DOTALL))
    assert request.state == "waiting"
    assert chosen == {"amend": "solidae", "answer": "solidae"}


def test_a_row_about_the_wrong_order_is_put_right_on_the_page_of_the_grant(reported, does, page_of):  # noqa: F811
    first = PaymentOrder.objects.get()
    back = does(GRANT, f"returned-{first.pk}", day=TODAY, reason="Wrong IBAN")

    unsaid = does(GRANT, f"restore-{first.pk}", reason="")
    done = does(GRANT, f"restore-{first.pk}", reason="The bank meant another order")

    page, trail = page_of(), page_of("piste/")
    assert (back, unsaid, done) == ("done", "Why: This field is required.", "done")
    assert ("was not sent back: it was paid" in page, "Order instalment 1" in page) == (False, False)
    assert [[order.number in one for order in PaymentOrder.objects.all()] for one in (page, trail)] == [[True] * 2] * 2
    assert ["The bank meant another order" in one for one in (page, trail)] == [True, True]
    assert Grant.objects.get().amount_paid == 40_000


def test_what_finance_refused_is_planned_again_and_stays_told_on_the_page_and_in_the_trail(
    ordered,  # noqa: F811
    does,  # noqa: F811
    at_desk,
    page_of,
):
    desk = at_desk(Role.FINANCE)
    desk.post("/bureau/argent/versements/transmettre/")
    _answers(desk, f"order,paid_on,amount,refused\n{ordered.number},,,Account closed\n")

    done = does(GRANT, "instalments", **FIRST, **SECOND)

    page, trail = page_of(), page_of("piste/")
    assert (done, page.count("replaced in the plan on")) == ("done", 1)
    assert [(f"Order instalment {number}" in page) for number in (1, 2)] == [False, True]
    assert [("Refused by finance" in one, "Account closed" in one) for one in (page, trail)] == [(True, True)] * 2
    assert f"Order {ordered.number} was not refused: it was paid" in page


def test_an_order_above_a_lowered_grant_says_why_it_cannot_be_noted_as_paid_and_what_to_do(
    ordered,  # noqa: F811
    does,  # noqa: F811
    at_desk,
):
    desk = at_desk(Role.FINANCE)
    desk.post("/bureau/argent/versements/transmettre/")
    _answers(desk, f"order,paid_on,amount,refused\n{ordered.number},,,Account closed\n")
    grant = Grant.objects.get()
    does(GRANT, "amend", change="-30000", envelope="solidae", reason="One well", day=TODAY)
    does(GRANT, f"sign-{Amendment.objects.get().pk}", day=TODAY)
    lowered = does(GRANT, "instalments", amount_1="30000", envelope_1="solidae", condition_1="signature")

    page = words_of(desk.get(f"/bureau/argent/{GRANT}/"))
    forced = does(GRANT, f"restore-{ordered.pk}", day=TODAY, reason="The bank paid it")

    assert lowered == "done"
    assert (
        f"Order {ordered.number} was not refused: it was paid not yet: only €30,000.00 of this grant is left to order,"
        " and this order was of €40,000.00. If it was paid indeed, raise the grant again first; what its beneficiary"
        " is not to keep is claimed back afterwards."
    ) in page
    assert (forced != "done", grant.instalments.in_plan().get().amount) == (True, 30_000)
