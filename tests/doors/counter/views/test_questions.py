"""A question sent at the counter: its number, its status, and what is published of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from parvis.domain.accountability.actions import answer_question
from parvis.exchange.inbound.entrances import write_proposal
from parvis.register.actions import accept_proposal, refuse_proposal
from parvis.register.models import Proposal, Subject

ASKED = {"words": "What did the water levy pay for in 2024?", "role": "A resident"}


def states(seat):
    page = seat.get("/guichet/questions/").content.decode()
    return re.findall(r'<span class="pill">(.*?)</span>', page)


def test_a_question_gets_a_number_and_a_status_and_is_published_by_role_alone(at_counter, ana, officer):
    seat, at = at_counter(ana), timezone.now()

    sent = seat.post("/guichet/questions/", ASKED, follow=True).content.decode()

    proposal = Proposal.objects.get(noun="question")
    assert f"Received under number Q-{at:%Y}-{proposal.pk:05}." in sent
    assert states(seat) == ["Received: nobody has read it yet"]
    assert "ana" not in str(proposal.content).lower()
    question = accept_proposal(
        proposal=proposal, write=lambda one: write_proposal(one, by=officer, at=at), by=officer, at=at
    )
    assert states(seat) == ["Accepted: the answer is being written"]
    answer_question(question=question, answer={"en": "Wells."}, answered=f"{at:%Y-%m-%d}", by=officer, at=at)
    assert states(seat) == ["Answered"]
    assert Subject.objects.get(key=proposal.key).visibility == "public"


def test_a_question_not_taken_up_keeps_its_reason(at_counter, ana, officer):
    seat = at_counter(ana)
    seat.post("/guichet/questions/", ASKED)

    refuse_proposal(
        proposal=Proposal.objects.get(), reason="Not about abroad.", by=officer, at=datetime(2026, 11, 25, tzinfo=UTC)
    )

    assert states(seat) == ["Not taken up"]
    assert "Not about abroad." in seat.get("/guichet/questions/").content.decode()


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"words": "Why?", "role": "A resident"}, "A question has between 10 and 300 characters."),
        ({"words": "x" * 301, "role": "A resident"}, "A question has between 10 and 300 characters."),
        ({"words": ASKED["words"], "role": " "}, "Say in a few words who asks"),
    ],
)
def test_a_question_that_cannot_be_taken_is_told_why_and_loses_no_word(at_counter, ana, said, refused):
    answer = at_counter(ana).post("/guichet/questions/", said)

    assert answer.status_code == 422
    assert refused in answer.content.decode()
    assert said["words"] in answer.content.decode()
    assert not Proposal.objects.exists()


def test_nobody_fills_the_table_of_the_office_alone_and_nobody_sees_another_s_questions(at_counter, ana, bruno):
    seat = at_counter(ana)
    for _turn in range(10):
        seat.post("/guichet/questions/", ASKED)

    told = seat.post("/guichet/questions/", ASKED).content.decode()

    assert "10 of your questions wait to be read." in told
    assert Proposal.objects.count() == 10
    assert states(at_counter(bruno)) == []
