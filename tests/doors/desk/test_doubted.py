"""An accepted report that accounts for a payment the bank sent back: told to finance, on Today and on the grant."""

import pytest

from parvis.domain.funding.models import PaymentOrder
from parvis.doors.desk.reminders import reminders
from parvis.foundation.accounts.models import Role
from tests.doors.desk.test_money import GRANT, TODAY, _answers, awarded, does, money, ordered, words_of

__all__ = ["awarded", "does", "money", "ordered"]


@pytest.mark.django_db
def test_a_row_of_finance_leaves_an_accepted_report_and_an_officer_asks_for_another(ordered, does, at_desk):
    desk, columns = at_desk(Role.FINANCE), "order,paid_on,amount,sent_back_on,sent_back_why\n"
    desk.post("/bureau/argent/versements/transmettre/")
    _answers(desk, f"{columns}{ordered.number},{TODAY},40000,,\n")
    does(GRANT, "report", kind="financial", signed_by="The president", lines="60; Pumps; 60000; 40000")
    report = ordered.instalment.grant.reports.get()
    does(GRANT, f"review-{report.pk}", verdict="yes")

    row = words_of(_answers(desk, f"{columns}{ordered.number},,40000,{TODAY},Wrong IBAN\n"))
    page = words_of(desk.get(f"/bureau/argent/{GRANT}/"))
    today = [line.act for _title, _count, lines in reminders(PaymentOrder.objects.get().returned) for line in lines]
    empty = does(GRANT, f"again-{report.pk}")
    again = does(GRANT, f"again-{report.pk}", reason="The money never came")

    report.refresh_from_db()
    assert "1 row taken" in row
    assert "which accounts for this payment, stays accepted." in row
    assert "It accounts for €40,000.00 that the bank sent back on" in page
    assert "Pay again, or ask for another report" in today
    assert (empty, again) == ("Why: This field is required.", "done")
    assert (report.state, report.remark) == ("returned", "The money never came")
