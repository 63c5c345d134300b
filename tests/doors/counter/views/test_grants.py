"""A grant after its award at the counter: the convention put up at the desk, read and signed by its beneficiary."""

import hashlib
import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone
from pypdf import PdfReader

from parvis.domain.funding import queries
from parvis.domain.funding.enums import MemberRole
from parvis.domain.funding.models import ConventionPaper, ConventionSignature, Grant, OutgoingEmail
from parvis.foundation.journal.models import Line
from tests.doors.counter.test_uploads import PDF
from tests.support import calls

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
