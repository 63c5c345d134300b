"""Files of orders handed over to finance: listed at the desk, each taken again to the byte; answers read as written."""

from hashlib import sha256

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from parvis.domain.funding.enums import TieKind
from parvis.domain.funding.models import PaymentFile, PaymentOrder
from parvis.foundation.accounts.models import Role
from parvis.register.models import Text
from tests.doors.desk.conftest import NOON
from tests.doors.desk.test_money import _answers, awarded, does, money, ordered, words_of  # noqa: F401

HAND_OVER = "/bureau/argent/versements/transmettre/"
LIST = "/bureau/argent/versements/"


def named(order, name):
    Text.objects.create(subject=order.instalment.grant.beneficiary, field="title", language="en", body=name)


@pytest.mark.django_db
def test_a_file_handed_over_is_taken_again_to_the_byte_and_says_that_it_is_a_copy(ordered, at_desk):  # noqa: F811
    desk = at_desk(Role.FINANCE)
    handed = desk.post(HAND_OVER)
    named(ordered, "Renamed since")
    kept = PaymentFile.objects.get()

    copy, page = desk.get(f"{LIST}fichiers/{kept.pk}/"), words_of(desk.get(LIST))

    assert copy.content == handed.content
    assert (kept.sha256, kept.orders) == (sha256(handed.content).hexdigest(), [ordered.number])
    assert copy["Content-Disposition"] == f'attachment; filename="copy-payments-{kept.day}-{kept.pk}.csv"'
    assert "Each is taken again as it was, to the byte" in page
    assert "Take a copy (CSV)" in page


@pytest.mark.django_db
def test_the_same_file_is_kept_once_and_stays_as_it_was(ordered, at_desk):  # noqa: F811
    desk = at_desk(Role.FINANCE)
    first, second = desk.post(HAND_OVER), desk.post(HAND_OVER)

    assert (first.content, PaymentFile.objects.count()) == (second.content, 1)
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        PaymentFile.objects.update(content=b"")


@pytest.mark.django_db
def test_who_is_tied_to_a_body_takes_no_file_that_pays_it_and_an_officer_sees_none(ordered, at_desk, people):  # noqa: F811
    named(ordered, "Aid for all")
    at_desk(Role.FINANCE).post(HAND_OVER)
    kept = PaymentFile.objects.get()
    people[Role.FINANCE].ties.create(kind=TieKind.EMPLOYER, name="Aid for all", declared_at=NOON)

    answer = at_desk(Role.FINANCE).get(f"{LIST}fichiers/{kept.pk}/", follow=True)
    officer = at_desk(Role.OFFICER)

    assert "This file pays a body you have a tie to: a colleague takes it again." in words_of(answer)
    assert officer.get(f"{LIST}fichiers/{kept.pk}/").status_code == 403
    assert "Files handed over" not in words_of(officer.get(LIST))


@pytest.mark.django_db
def test_where_no_order_waits_nothing_is_handed_over_and_no_empty_file_is_given(awarded, at_desk):  # noqa: F811
    desk = at_desk(Role.FINANCE)

    page, answer = words_of(desk.get(LIST)), desk.post(HAND_OVER, follow=True)

    assert "File for the finance system (CSV)" not in page
    assert answer.redirect_chain == [(LIST, 302)]
    assert "No order waits to be handed over. A file handed over is taken again below." in words_of(answer)
    assert PaymentFile.objects.count() == 0


@pytest.mark.django_db
def test_a_file_handed_over_has_a_name_of_its_own(ordered, at_desk):  # noqa: F811
    desk = at_desk(Role.FINANCE)
    before, handed = words_of(desk.get(LIST)), desk.post(HAND_OVER)

    kept = PaymentFile.objects.get()
    assert "File for the finance system (CSV) Once you have it, its orders are handed over" in before
    assert handed["Content-Disposition"] == f'attachment; filename="payments-{kept.day}-{kept.pk}.csv"'


@pytest.mark.django_db
def test_each_column_of_the_answers_is_told_in_the_reader_s_language(people):
    desk = Client(headers={"accept-language": "fr"})
    desk.force_login(people[Role.FINANCE])

    page = words_of(desk.get(LIST))

    assert (
        "order (numéro de l’ordre), paid_on (jour du paiement), amount (montant payé), reference (numéro donné par les"
        " finances au paiement), refused (motif du refus), sent_back_on (jour du rejet par la banque), sent_back_why"
        " (motif du rejet par la banque)"
    ) in page


@pytest.mark.django_db
def test_a_file_a_spreadsheet_wrote_in_french_is_read_days_and_amounts(ordered, at_desk):  # noqa: F811
    desk, columns = at_desk(Role.FINANCE), "order;paid_on;amount;sent_back_on;sent_back_why\n"
    desk.post("/bureau/argent/versements/transmettre/")
    today = timezone.localdate()
    day = f"{today:%d/%m/%Y}"

    paid = words_of(_answers(desk, f"{columns}{ordered.number};{day};40 000,00 €;;\n"))
    back = words_of(_answers(desk, f"{columns}{ordered.number};;40 000,00;{day};Wrong IBAN\n"))
    month_first = words_of(_answers(desk, f"{columns}{ordered.number};12/31/2026;40 000,00;;\n"))

    order = PaymentOrder.objects.get()
    assert ("1 row taken" in paid, "1 row taken" in back) == (True, True)
    assert (order.paid, order.returned, order.state) == (today, today, "returned")
    assert f"line 2 · {ordered.number} · “12/31/2026”" in month_first
