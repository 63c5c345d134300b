"""A grant after its award at the counter: the convention put up at the desk, read and signed by its beneficiary."""

import hashlib
import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone
from pypdf import PdfReader

from parvis.domain.directory.actions import enter_office, enter_person
from parvis.domain.directory.models import Office, Person
from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import MemberRole
from parvis.domain.funding.errors import PaperChanged, StepHeldBack
from parvis.domain.funding.models import (
    ApplicantBody,
    CitySignature,
    ConventionPaper,
    ConventionSignature,
    Grant,
    OutgoingEmail,
)
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.accounts.rules import BindsTheCity
from parvis.foundation.journal.models import Line
from parvis.register.models import Subject
from tests.doors.counter.conftest import dates_around_now
from tests.doors.counter.test_uploads import PDF
from tests.support import calls, grants

HERE, DESK = "/guichet/subventions/a-quay/", "/bureau/argent/subventions/a-quay/"
ANA = {"name": "Ana Lima", "capacity": "President", "agreed": "yes"}


@pytest.fixture
def put_up(grant, officer, at_counter, vault):
    """The convention, put up for signature by an officer."""
    assert at_counter(officer).post(DESK, {"do": "put_up"}).status_code == 302
    return ConventionPaper.objects.get()


def words_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def refused(answer):
    found = re.search(r'role="alert">(.*?)</p>', answer.content.decode())
    return answer.status_code, found[1] if found else ""


def signed(seat, **said):
    return seat.post(f"{HERE}signer/", {"seen": ConventionPaper.objects.get().sha256, **ANA, **said})


def test_the_beneficiary_signs_the_very_paper_that_the_desk_put_up(put_up, ana, officer, at_counter):
    seat = at_counter(ana)
    paper = b"".join(seat.get(f"{HERE}convention.pdf").streaming_content)

    answer = signed(seat)

    signature = ConventionSignature.objects.get()
    assert (answer.status_code, hashlib.sha256(paper).hexdigest()) == (302, signature.paper.sha256)
    assert (signature.person, signature.name, signature.capacity, signature.way) == (
        ana, "Ana Lima", "President", "electronic",
    )  # fmt: skip
    line = Line.objects.get(verb="convention signed by its beneficiary")
    assert (line.about, line.digests) == ("a-quay", {"content": put_up.sha256})
    assert "Signed for the beneficiary by Ana Lima, President" in words_of(at_counter(officer).get(DESK))
    proof = PdfReader(BytesIO(seat.get(f"{HERE}signature.pdf").content)).pages[0].extract_text()
    assert "Ana Lima, President" in proof
    assert put_up.sha256 in "".join(proof.split())


def test_those_who_may_sign_are_written_to_and_the_page_speaks_french(put_up, ana, bruno, at_counter):
    page = words_of(at_counter(ana, "fr").get(HERE))

    assert [(email.to, email.subject) for email in OutgoingEmail.objects.all()] == [
        (ana, "La convention 2026-DGRI-1 attend votre signature")
    ]
    assert "Signer la convention" in page


def test_a_copy_signed_by_hand_goes_into_the_vault_and_is_found_at_the_desk(put_up, ana, body, officer, at_counter):
    seat = at_counter(ana)

    answer = signed(seat, agreed="", document=SimpleUploadedFile("signed.pdf", PDF))

    copy = ConventionSignature.objects.get().copy
    assert (answer.status_code, copy.body, copy.file_name) == (302, body, "signed.pdf")
    assert b"".join(at_counter(officer).get(f"{DESK}signature/copie/").streaming_content) == PDF


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"agreed": ""}, "Tick that you have read the convention and sign it."),
        ({"capacity": " "}, "Write your name and your capacity: president, treasurer by delegation."),
        ({"seen": "0" * 64}, "Another paper was put up for signature meanwhile. Read it, then sign."),
    ],
)
def test_what_is_not_signed_says_why_and_keeps_what_was_typed(put_up, ana, at_counter, said, why):
    answer = signed(at_counter(ana), **said)

    assert refused(answer) == (409, why)
    assert 'value="Ana Lima"' in answer.content.decode()
    assert not ConventionSignature.objects.exists()


def test_who_may_only_write_or_read_does_not_sign_and_is_told_who_does(put_up, body, bruno, at_counter):
    seat = at_counter(bruno)
    as_writer = signed(seat).status_code
    body.members.filter(person=bruno).update(role=MemberRole.READER)

    page = words_of(seat.get(HERE))

    assert "waits for a person who may sign for the body" in page
    assert (as_writer, signed(seat).status_code) == (409, 409)
    assert not ConventionSignature.objects.exists()


def test_a_signature_is_given_once_and_nothing_of_it_is_altered(put_up, ana, officer, at_counter):
    signed(at_counter(ana))

    again = signed(at_counter(ana))

    assert refused(again) == (409, "This convention is signed already.")
    assert "its beneficiary has signed it." in words_of(at_counter(officer).get(DESK))
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        ConventionSignature.objects.update(name="Somebody else")


def test_a_new_paper_replaces_one_that_nobody_signed(put_up, grant, officer, ana, at_counter):
    grant.instalments.all().delete()

    at_counter(officer).post(DESK, {"do": "put_up"})

    latest = queries.paper_to_sign(grant)
    assert (latest.pk > put_up.pk, latest.sha256 != put_up.sha256) == (True, True)
    assert refused(at_counter(ana).post(f"{HERE}signer/", {"seen": put_up.sha256, **ANA}))[0] == 409


def test_what_the_desk_reads_is_the_paper_put_up_and_it_follows_the_instalments_until_it_is_signed(
    put_up, grant, ana, officer, at_counter
):
    desk = at_counter(officer)
    plan = {"do": "instalments", "envelope_1": "general-2026", "condition_1": "signature", "amount_1": "20000"}
    rest = {"envelope_2": "general-2026", "condition_2": "financial", "amount_2": "30000"}

    planned = desk.post(DESK, plan | rest).status_code
    paper = queries.paper_to_sign(grant)
    at_counter(ana).post(f"{HERE}signer/", {"seen": paper.sha256, **ANA})
    changed = words_of(desk.post(DESK, plan | {"amount_1": "50000"}))

    assert (planned, paper.pk > put_up.pk) == (302, True)
    assert "These instalments are in the convention that was signed" in changed
    assert hashlib.sha256(desk.get(f"{DESK}convention/").content).hexdigest() == paper.sha256


def test_a_grant_that_came_from_a_file_belongs_to_the_body_of_that_file_alone(grant, call, body, ana, at_counter):
    """Another account that the office knows under the same record does not see it."""
    stranger = calls.applicant("stranger@other.example")
    other = calls.body_of(stranger, "55210055400013")
    type(other).objects.filter(pk=other.pk).update(record=grant.beneficiary)
    seen_before = at_counter(stranger).get(HERE).status_code
    file = calls.sent(call, body, ana, timezone.now())
    Grant.objects.filter(pk=grant.pk).update(file=file.number)

    assert (seen_before, at_counter(stranger).get(HERE).status_code) == (200, 404)
    assert at_counter(ana).get(HERE).status_code == 200


CITY = {"do": "sign_city", "name": "Rosa Diaz", "capacity": "Director of international relations"}


def for_the_city(desk, **more):
    """Sign for the City the paper that the page shows."""
    seen = re.search(r'name="seen" value="(\w+)"', desk.get(DESK).content.decode())
    return desk.post(DESK, CITY | {"seen": seen[1] if seen else ""} | more)


@pytest.fixture
def publisher(db):
    return User.objects.create_user("publisher@ville.example", role=Role.PUBLISHER)


@pytest.fixture
def mayor(db):
    """An office somebody holds since 2020."""
    person = grants.enter(Person, enter_person, "m-silva", "office_holder")
    held = [{"person": person.subject.key, "valid_from": "2020-01-01"}]
    body = Subject.objects.filter(noun="body").first()
    return grants.enter(Office, enter_office, "mayor", "mayor", body=body.key, holdings=held)


def test_the_city_signs_the_very_paper_its_beneficiary_signed_and_both_are_shown(
    put_up, ana, publisher, officer, at_counter
):
    seat, desk = at_counter(ana), at_counter(publisher)
    before = for_the_city(desk)
    signed(seat)

    unread = desk.post(DESK, CITY).status_code
    answer = for_the_city(desk)

    signature = CitySignature.objects.get()
    assert (before.status_code, unread, answer.status_code) == (422, 422, 302)
    assert (signature.paper, signature.sha256, signature.person) == (put_up, put_up.sha256, publisher)
    line = Line.objects.get(verb="convention signed for the city")
    assert (line.about, line.actor, line.digests) == ("a-quay", publisher, {"content": put_up.sha256})
    assert Grant.objects.get().convention.signed == timezone.localdate()
    told = "Rosa Diaz, Director of international relations"
    proof = " ".join(PdfReader(BytesIO(seat.get(f"{HERE}signature.pdf").content)).pages[0].extract_text().split())
    for page in (words_of(desk.get(DESK)), words_of(desk.get(f"{DESK}piste/")), words_of(seat.get(HERE)), proof):
        assert told in page
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        CitySignature.objects.update(name="Somebody else")


def test_an_officer_does_not_sign_for_the_city_nor_record_another_signature_in_its_place(
    put_up, grant, ana, officer, at_counter
):
    signed(at_counter(ana))

    page = at_counter(officer).post(DESK, CITY)

    assert "a publisher signs for the City." in words_of(page)
    with pytest.raises(BindsTheCity):
        actions.sign_for_city(grant=grant, seen=put_up.sha256, name="R", capacity="D", by=officer, at=timezone.now())
    with pytest.raises(StepHeldBack, match="the City signs that same paper"):
        actions.sign_convention(grant=grant, signed=timezone.localdate(), by=officer, at=timezone.now())
    assert not CitySignature.objects.exists()


def test_in_the_place_of_an_office_one_signs_by_the_decision_that_delegates(
    put_up, grant, ana, publisher, mayor, at_counter
):
    signed(at_counter(ana))
    desk = at_counter(publisher)

    without = words_of(for_the_city(desk, office="mayor"))
    for_the_city(desk, office="mayor", delegation="vote-2026")

    signature = CitySignature.objects.get()
    assert "Name the decision that delegates the signature of this office." in without
    assert (signature.office.key, signature.delegation.key) == ("mayor", "vote-2026")
    assert "By delegation of Mayor, vote-2026" in words_of(desk.get(DESK))


def test_an_office_or_a_decision_that_is_not_on_record_is_named_and_nothing_is_signed(
    put_up, ana, publisher, mayor, at_counter
):
    signed(at_counter(ana))
    desk = at_counter(publisher)

    office = words_of(for_the_city(desk, office="the-mayer", delegation="vote-2026"))
    decision = words_of(for_the_city(desk, delegation="vote-2062"))

    assert "No record has the key “the-mayer”." in office
    assert "No decision has the key “vote-2062”." in decision
    assert not CitySignature.objects.exists()


def test_another_paper_than_the_one_signed_is_not_signed_for_the_city(put_up, grant, ana, publisher, at_counter):
    signed(at_counter(ana))

    with pytest.raises(PaperChanged):
        actions.sign_for_city(grant=grant, seen="0" * 64, name="R", capacity="D", by=publisher, at=timezone.now())


def test_a_beneficiary_reads_that_the_bank_sent_its_transfer_back(grant, ana, at_counter):
    order = grants.paid(grant).instalments.get().orders.get()
    before = words_of(at_counter(ana).get(HERE))
    told = {"on": order.paid, "why": "Wrong IBAN", "by": grants.finance(), "at": timezone.now()}
    actions.return_payment(order=order, **told)

    after = words_of(at_counter(ana).get(HERE))

    assert "paid on 4 May 2026" in before
    assert "The bank sent the transfer back on 4 May 2026 (Wrong IBAN): tell the City which account to pay." in after
    assert "paid on" not in after


def test_a_beneficiary_who_has_signed_reads_that_it_is_the_city_s_turn(put_up, ana, at_counter):
    seat = at_counter(ana)
    before = words_of(seat.get(HERE))

    signed(seat)

    after = words_of(seat.get(HERE))
    waits = "The beneficiary has signed the convention, and the City has not yet."
    assert [waits in before, waits in after] == [False, True]
    assert ["A signed convention is needed." in before, "A signed convention is needed." in after] == [True, False]
    assert ["it is the City’s turn" in before, "it is the City’s turn" in after] == [False, True]


def test_a_beneficiary_reads_what_the_law_asks_and_where_it_is_said(grant, ana, at_counter):
    page = words_of(at_counter(ana).get(HERE))

    law = page.partition("What the law asks of your body")[2]
    assert "The contract of republican commitment, signed by your body before the decision. done Loi 2000-321" in law
    assert "art. L1611-4 · as the City applies it" in law


def test_a_report_shows_its_day_once_a_sum_is_paid_and_before_that_what_it_counts_from(grant, ana, at_counter):
    actions.sign_convention(grant=grant, signed=grants.DAY, by=grants.finance(), at=grants.AT)
    before = words_of(at_counter(ana).get(HERE)).partition(" Reports ")[2]

    grants.paid(grant)

    after = words_of(at_counter(ana).get(HERE)).partition(" Reports ")[2]
    waits, due = "due within 6 months of the end of 2026, once a sum is paid", "30 June 2027"
    assert [waits in before, waits in after] == [True, False]
    assert [due in before, due in after] == [False, True]


def test_the_page_of_a_call_and_the_first_page_of_its_form_say_what_the_law_will_ask(file, call, ana, at_counter):
    seat = at_counter(ana)

    pages = [words_of(seat.get(f"/guichet/appels/{call.key}/"))]
    pages += [words_of(seat.get(f"/guichet/dossiers/{file.pk}/page/{code}/")) for code in ("project", "money")]

    told = "if the City gives your body more than €23,000.00 in the year"
    assert [told in page for page in pages] == [True, True, False]


CONTRACT = "From an association or a foundation: the contract of republican commitment"


@pytest.mark.parametrize(
    ("applicants", "told"),
    [(["association"], [True, True]), (["university"], [False, True]), (["city"], [False, False])],
)
def test_the_page_of_a_call_says_what_is_asked_of_those_it_is_for_and_no_more(
    officer, ana, at_counter, applicants, told
):
    call = calls.opened_call(officer, applicants=applicants, **dates_around_now())

    page = words_of(at_counter(ana).get(f"/guichet/appels/{call.key}/"))

    assert [CONTRACT in page, "A written convention, signed by both" in page] == told


@pytest.mark.parametrize(
    ("kind", "told"), [("association", [True, True]), ("university", [False, True]), ("city", [False, False])]
)
def test_the_first_page_of_a_form_says_what_is_asked_of_a_body_of_this_kind_and_no_more(
    file, body, ana, at_counter, kind, told
):
    ApplicantBody.objects.filter(pk=body.pk).update(kind=kind)

    page = words_of(at_counter(ana).get(f"/guichet/dossiers/{file.pk}/page/project/"))

    assert [CONTRACT in page, "A written convention, signed by both" in page] == told
