from parvis.foundation.values.refusal import Refusal


class Closed(Refusal):
    message = "The call closed at %(moment)s."


def test_a_refusal_is_a_sentence_with_its_facts():
    assert str(Closed(moment="17:00:00")) == "The call closed at 17:00:00."


def test_a_refusal_keeps_its_facts_for_whoever_catches_it():
    assert Closed(moment="17:00:00").facts == {"moment": "17:00:00"}
