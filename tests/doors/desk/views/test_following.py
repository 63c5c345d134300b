"""A file followed at the desk: what it lacks, which rules it meets, what came back when it was asked for."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from parvis.domain.funding import actions
from parvis.domain.funding.enums import Side
from parvis.domain.funding.errors import StepHeldBack
from parvis.domain.funding.models import Attachment, OutgoingEmail, VaultDocument
from parvis.foundation.accounts.models import Role
from tests.support import calls


@pytest.fixture
def call(people):
    return calls.opened_call(people[Role.OFFICER])


@pytest.fixture
def ana(db):
    return calls.applicant()


@pytest.fixture
def file(call, ana):
    return calls.sent(call, calls.body_of(ana), ana)


def page(at_desk, file):
    return at_desk(Role.OFFICER).get(reverse("desk:file", args=[file.pk]))


def test_a_whole_file_lacks_nothing_and_meets_each_rule_of_its_form(file, at_desk):
    answer = page(at_desk, file)

    assert answer.context["lacks"] == []
    assert [(met, sentence, known) for met, sentence, known in answer.context["rules"]] == [
        (True, "This call is for: Association, Non-governmental organisation.", "Association"),
        (True, "The body exists for 2 years at least.", "2010"),
        (True, "It was received before the call closed.", ""),
        (True, "The amount asked is one that the call gives.", ""),
        (True, "The budget balances.", ""),
    ]


def test_a_document_that_expired_since_is_told_and_ready_to_be_asked_for_in_the_language_of_the_file(file, at_desk):
    VaultDocument.objects.filter(title="statutes").update(valid_until=date(2020, 1, 2))

    answer = page(at_desk, file)

    assert answer.context["lacks"] == [("Statutes", "This document expired on 2 January 2020.")]
    assert answer.context["to_ask"] == "– Statuts : Cette pièce a expiré le 2 janvier 2020."
    assert f">{answer.context['to_ask']}</textarea>" in answer.content.decode()


def test_each_document_asked_for_is_told_given_or_not(file, at_desk):
    Attachment.objects.filter(code="accounts").delete()

    papers = page(at_desk, file).context["papers"]

    assert [(one["label"], bool(one["given"]), one["required"]) for one in papers] == [
        ("Statutes", True, True),
        ("Accounts of the last year", False, True),
        ("Letter of the local partner", False, False),
    ]


def test_a_rule_that_is_not_met_says_what_the_file_says(file, at_desk):
    file.body.kind, file.body.founded = "city", None
    file.body.save()

    told = [(met, known) for met, _sentence, known in page(at_desk, file).context["rules"]]

    assert told[:2] == [(False, "City authority"), (None, "year of foundation not said")]


def test_the_loop_of_corrections_is_followed_until_the_file_comes_back(file, ana, at_desk, people):
    asked = calls.WHILE_OPEN + timedelta(days=1)
    actions.take_step(application=file.pk, code="ask", by=people[Role.OFFICER], at=asked, reason="Say who signs.")
    waiting = page(at_desk, file)

    calls.write(file, ana, {"signatory": "B. Trésorière", "budget.60": "11 000", "budget.64": "9 000"}, at=asked)
    actions.send_file(application=file.pk, by=ana, at=asked + timedelta(days=2), language="fr")
    back = page(at_desk, file)

    assert (waiting.context["waiting"].reason, back.context["waiting"]) == ("Say who signs.", None)
    assert "The applicant was asked to correct it on" in waiting.content.decode()
    first, second = (
        [(one.label, one.before, one.after) for one in all_] for _sent, all_, _papers in back.context["turns"]
    )
    assert (first, second) == (
        [],
        [
            (
                "Budget of the project",
                "60 Purchases: 12 000,00\n64 Staff: 8.000,00",
                "60 Purchases: 11 000\n64 Staff: 9 000",
            ),
            ("Name and office of the person who signs", "A. Présidente", "B. Trésorière"),
        ],
    )
    assert "<del>A. Présidente</del>" in back.content.decode()


def test_words_of_the_office_that_are_refused_are_never_cut_and_stand_in_the_page_again(file, at_desk):
    too_long = "é" * 8001
    client = at_desk(Role.OFFICER)
    code = page(at_desk, file).context["open"][0]["code"]

    message = client.post(reverse("desk:write_to_applicant", args=[file.pk]), {"words": too_long})
    step = client.post(reverse("desk:take_step", args=[file.pk, code]), {"reason": too_long})

    assert (message.status_code, step.status_code) == (422, 422)
    assert f">{too_long}</textarea>" in message.content.decode()
    assert f">{too_long}</textarea>" in step.content.decode()
    assert list(file.messages.all()) == []


def test_what_each_side_writes_reaches_the_other(file, ana, at_desk, people, client):
    told = "1 message, since"
    actions.write_message(file=file, side=Side.APPLICANT, words="Here it is.", by=ana, at=calls.WHILE_OPEN)
    actions.look_at_arrivals(by=people[Role.OFFICER], at=calls.WHILE_OPEN)  # as the outbox's clock does
    before = [at_desk(role).get("/bureau/").content.decode() for role in (Role.OFFICER, Role.READER)]
    at_desk(Role.OFFICER).post(reverse("desk:write_to_applicant", args=[file.pk]), {"words": "Thank you."})
    page(at_desk, file)
    after = at_desk(Role.OFFICER).get("/bureau/").content.decode()

    email = OutgoingEmail.objects.get(subject__contains="le service vous a écrit")
    assert [told in one for one in (*before, after)] == [True, False, False]
    assert (email.to, email.application, "Thank you." in email.body) == (ana, file, True)


def test_a_draft_is_read_by_no_office_and_its_writer_is_led_to_the_questions_of_the_call(call, ana):
    draft = calls.begun(call, calls.body_of(ana), ana)

    with pytest.raises(StepHeldBack, match="The office reads a file once it is sent"):
        actions.write_message(file=draft, side=Side.APPLICANT, words="Is this right?", by=ana, at=calls.WHILE_OPEN)
