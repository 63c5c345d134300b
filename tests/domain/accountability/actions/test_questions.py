import pytest

from parvis.domain.accountability.actions import answer_question
from parvis.domain.accountability.errors import AlreadyAnswered, AnsweredWithoutAnswer, EvidenceIsItself
from parvis.domain.accountability.models import Question
from parvis.register.errors import InvalidContent

ASKED = {"asked_by": {"en": "A resident"}, "asked": "2015"}


@pytest.fixture
def question(enter, subject):
    subject("title", noun="honour")
    return enter("question", "what-use", **ASKED)


def test_a_question_is_answered_with_its_evidence(question, act):
    answered = act(
        answer_question,
        question=question,
        answer={"en": "Three were freed after."},
        answered="2019",
        evidence=["title"],
    )

    assert (answered.state, answered.answered) == ("answered", "2019")
    assert [(text.language, text.body) for text in answered.subject.texts.filter(field="answer")] == [
        ("en", "Three were freed after.")
    ]
    assert [line.record.key for line in answered.evidence.all()] == ["title"]


def test_a_question_is_answered_once(question, act):
    act(answer_question, question=question, answer={"en": "Yes"}, answered="2019")

    with pytest.raises(AlreadyAnswered):
        act(answer_question, question=question, answer={"en": "No"}, answered="2020")


@pytest.mark.parametrize("answer", [{}, {"en": "  "}])
def test_an_answer_is_written(question, act, answer):
    with pytest.raises(AnsweredWithoutAnswer):
        act(answer_question, question=question, answer=answer, answered="2019")

    assert Question.objects.get().state == "open"


def test_an_answer_is_amended_not_answered_again(question, act, amend):
    act(answer_question, question=question, answer={"en": "Yes"}, answered="2019")

    amended = amend(question, 2, **ASKED, state="answered", answered="2019", answer={"en": "Yes, mostly"})

    assert [text.body for text in amended.subject.texts.filter(field="answer")] == ["Yes, mostly"]


def test_a_question_is_no_evidence_of_its_answer(question, act):
    with pytest.raises(EvidenceIsItself):
        act(answer_question, question=question, answer={"en": "Yes"}, answered="2019", evidence=["what-use"])


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"asked_by": {}}, "Say who asks, by their role."),
        ({"answered": "2016"}, "An open question has no day of answer."),
        (
            {"answered": "2014", "state": "answered", "answer": {"en": "Yes"}},
            "A question is asked before it is answered.",
        ),
        ({"evidence": ["title", "title"]}, "This evidence is named twice."),
    ],
)
def test_what_cannot_be_is_refused_in_words(question, enter, facts, sentence):
    with pytest.raises(InvalidContent) as refused:
        enter("question", "odd", **{**ASKED, **facts})

    assert [str(problem.sentence) for problem in refused.value.problems] == [sentence]
