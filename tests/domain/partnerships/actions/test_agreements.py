import pytest

from parvis.domain.partnerships import actions
from parvis.domain.partnerships.errors import (
    AgreementMoveRefused,
    AlreadyEnded,
    AlreadySigned,
    DayMissing,
    NotYetSigned,
    SignedTwice,
    StepsOutOfOrder,
    TooFewParties,
)
from parvis.domain.partnerships.models import Agreement
from parvis.foundation.journal.models import Line
from parvis.register.entry import Entry
from parvis.register.errors import ChangedMeanwhile, InvalidContent
from parvis.register.past import content_at


def steps_of(agreement):
    return [(step.state, step.day) for step in agreement.steps.all()]


@pytest.mark.parametrize("parties", [[], ["paris"]])
def test_an_agreement_has_two_parties_at_least(enter, cities, parties):
    with pytest.raises(TooFewParties) as refused:
        enter("agreement", "lonely", parties=parties)

    assert str(refused.value) == "An agreement has two parties at least."
    assert Agreement.objects.count() == 0


def test_amending_an_agreement_holds_it_to_the_same(pact, amend):
    agreement = pact(("signed", "2014"))

    with pytest.raises(TooFewParties):
        amend(agreement, parties=["paris"])
    amended = amend(agreement, parties=["paris", "lima"], steps=[{"state": "signed", "day": "2015"}])

    assert [line.party.key for line in amended.parties.all()] == ["paris", "lima"]
    assert steps_of(amended) == [("signed", "2015")]


def test_a_party_is_named_once(enter, cities):
    with pytest.raises(InvalidContent) as refused:
        enter("agreement", "double", parties=["paris", "paris"])

    assert [str(problem) for problem in refused.value.problems] == ["parties.1: This party is named twice."]


def test_a_party_may_have_a_role(enter, cities):
    agreement = enter("agreement", "aid", parties=[{"party": "paris", "role": "funder"}, "lima"])

    assert [(line.party.key, line.role) for line in agreement.parties.all()] == [
        ("paris", "funder"),
        ("lima", ""),
    ]


def test_an_agreement_lives_from_prospect_to_end(pact, act):
    agreement = pact(("prospect", "2014"))

    act(actions.draft_agreement, agreement=agreement, day="2014-06")
    act(actions.record_step, agreement=agreement, step={"state": "voted", "day": "2014-09"})
    act(
        actions.sign_agreement,
        agreement=agreement,
        signed="2014-10",
        term={"term_years": 3, "renewal": "fixed"},
    )
    act(actions.resume_agreement, agreement=agreement, day="2015")
    act(actions.suspend_agreement, agreement=agreement, day="2016")
    act(actions.resume_agreement, agreement=agreement, day="2016-09")
    act(actions.renew_agreement, agreement=agreement, day="2017-10", until="2020-10")
    ended = act(actions.end_agreement, agreement=agreement, day="2019-01-15")

    assert steps_of(ended) == [
        ("prospect", "2014"),
        ("draft", "2014-06"),
        ("voted", "2014-09"),
        ("signed", "2014-10"),
        ("in_force", "2015"),
        ("suspended", "2016"),
        ("in_force", "2016-09"),
        ("renewed", "2017-10"),
        ("ended", "2019-01-15"),
    ]
    assert (ended.signed, ended.term_years, ended.renewal, ended.until) == ("2014-10", 3, "fixed", "2020-10")
    assert [line.verb for line in Line.objects.filter(about="pact")] == [
        "agreement entered",
        "agreement drafted",
        "agreement step voted",
        "agreement signed",
        "agreement put in force",
        "agreement suspended",
        "agreement put in force",
        "agreement renewed",
        "agreement ended",
    ]


@pytest.mark.parametrize(
    ("verb", "facts"),
    [
        (actions.end_agreement, {"day": "2020"}),
        (actions.suspend_agreement, {"day": "2020"}),
        (actions.renew_agreement, {"day": "2020"}),
        (actions.draft_agreement, {"day": "2020"}),
    ],
)
def test_nothing_follows_the_end(pact, act, verb, facts):
    agreement = pact(("signed", "2014"), ("ended", "2015"))

    with pytest.raises(AlreadyEnded) as refused:
        act(verb, agreement=agreement, **facts)

    assert str(refused.value) == "This agreement is already ended."
    assert steps_of(agreement) == [("signed", "2014"), ("ended", "2015")]


def test_an_agreement_is_signed_once(pact, act):
    agreement = pact(("signed", "2014"))

    with pytest.raises(AlreadySigned):
        act(actions.sign_agreement, agreement=agreement, signed="2015")


@pytest.mark.parametrize("verb", [actions.suspend_agreement, actions.renew_agreement])
def test_what_is_not_signed_is_neither_suspended_nor_renewed(pact, act, verb):
    agreement = pact(("draft", "2014"))

    with pytest.raises(NotYetSigned):
        act(verb, agreement=agreement, day="2015")


def test_an_agreement_in_force_does_not_become_a_draft(pact, act):
    agreement = pact(("in_force", "2014"))

    with pytest.raises(AgreementMoveRefused) as refused:
        act(actions.draft_agreement, agreement=agreement, day="2015")

    assert str(refused.value) == "An agreement that is “In force” cannot become “Drafted”."


@pytest.mark.parametrize(
    "verb",
    [
        actions.draft_agreement,
        actions.suspend_agreement,
        actions.resume_agreement,
        actions.renew_agreement,
        actions.end_agreement,
    ],
)
def test_an_act_has_a_day(pact, act, verb):
    agreement = pact(("signed", "2014"))

    with pytest.raises(DayMissing):
        act(verb, agreement=agreement, day="")


def test_a_signature_has_a_day(pact, act):
    with pytest.raises(DayMissing):
        act(actions.sign_agreement, agreement=pact(("draft", "2014")), signed="")


def test_a_step_dated_before_the_one_it_follows_is_refused(pact):
    with pytest.raises(StepsOutOfOrder) as refused:
        pact(("signed", "2015-05"), ("ended", "2014"))

    assert str(refused.value) == ("The step “Ended” (2014) comes before the one it follows, “Signed” (2015-05).")


def test_a_step_of_the_same_year_may_follow(pact):
    assert steps_of(pact(("signed", "2015-05"), ("ended", "2015"))) == [
        ("signed", "2015-05"),
        ("ended", "2015"),
    ]


def test_steps_entered_in_a_wrong_sequence_are_refused(pact):
    with pytest.raises(AgreementMoveRefused):
        pact(("signed", "2014"), ("draft", "2015"))
    with pytest.raises(AlreadyEnded):
        pact(("ended", "2014"), ("signed", "2015"))


def test_the_day_of_signature_agrees_with_its_step(pact):
    with pytest.raises(SignedTwice):
        pact(("signed", "2014-10"), signed="2015")
    with pytest.raises(SignedTwice):
        pact(("signed", "2015"), signed="2014-10")

    assert pact(("signed", "2014-10"), signed="2014").signed == "2014"


def test_two_sources_may_give_two_days_of_signature(enter, cities, source):
    source("one", date="2015")
    source("two", date="2016")
    steps = [
        {"state": "signed", "day": "2014", "source": "one", "lines": "1"},
        {"state": "signed", "day": "2013", "source": "two", "lines": "2"},
    ]

    agreement = enter("agreement", "pact", parties=["paris", "rome"], signed="2014", steps=steps)

    assert steps_of(agreement) == [("signed", "2014"), ("signed", "2013")]


def test_one_source_does_not_sign_twice(pact):
    with pytest.raises(AgreementMoveRefused):
        pact(("signed", "2014"), ("signed", "2015"))


def test_a_listing_may_come_at_any_time_but_after_the_end(pact, act):
    agreement = pact(("listed", "2013"), ("signed", "2014"), ("listed", "2013-06"))
    act(actions.record_step, agreement=agreement, step={"state": "listed", "day": "2015"})
    act(actions.end_agreement, agreement=agreement, day="2016")

    with pytest.raises(AlreadyEnded):
        act(actions.record_step, agreement=agreement, step={"state": "listed", "day": "2017"})

    assert [state for state, _day in steps_of(agreement)] == ["listed", "signed", "listed", "listed", "ended"]


def test_a_relation_that_ripens_becomes_an_agreement_without_retyping(enter, cities, act):
    relation = enter("relation", "relation-rome", partner="rome", stage="promising", as_of="2015-05")
    entry = Entry(key="pact-rome", texts={"title": {"en": "Pact with Rome"}})

    agreement = act(actions.open_agreement, relation=relation, the_city="paris", entry=entry)

    assert [line.party.key for line in agreement.parties.all()] == ["paris", "rome"]
    assert steps_of(agreement) == [("prospect", "2015-05")]


def test_two_clerks_who_sign_at_once_do_not_sign_twice(pact, act):
    agreement = pact(("voted", "2014"))
    act(actions.sign_agreement, agreement=agreement, signed="2015", seen_revision=1)

    with pytest.raises(ChangedMeanwhile):
        act(actions.end_agreement, agreement=agreement, day="2016", seen_revision=1)


def test_a_verb_keeps_everything_else_and_the_past_can_be_read_again(enter, cities, source, act, noon):
    source()
    agreement = enter(
        "agreement",
        "pact",
        kind="city_cooperation",
        title={"fr": "Pacte", "en": "Pact"},
        visibility="public",
        themes=["climate"],
        parties=["paris", "rome"],
        clauses=[{"kind": "equality", "words": {"en": "Equality"}, "source": "city-page", "lines": "3"}],
        steps=[{"state": "draft", "day": "2014"}],
        cites=[{"source": "city-page", "lines": "3-4", "fact": "agr-1"}],
        names=[{"text": "The pact", "lang": "en"}],
    )
    subject = agreement.subject
    before = content_at(agreement, agreement.pgh_event_model.objects.latest("pgh_id").pgh_created_at)

    signed = act(actions.sign_agreement, agreement=agreement, signed="2015")

    signed.subject.refresh_from_db()
    assert (signed.subject.kind, signed.subject.themes, signed.subject.revision) == (
        "city_cooperation",
        ["climate"],
        2,
    )
    assert [(text.language, text.body) for text in subject.texts.all()] == [("en", "Pact"), ("fr", "Pacte")]
    assert [(clause.kind, clause.line_from) for clause in signed.clauses.all()] == [("equality", 3)]
    assert [(cite.line_from, cite.fact) for cite in subject.citations.all()] == [(3, "agr-1")]
    assert [name.text for name in subject.names.all()] == ["The pact"]
    assert before["steps"] == [{"state": "draft", "day": "2014"}]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"signed": "2016", "until": "2015"}, "An agreement is signed before it ends."),
        ({"in_force_from": "2016", "until": "2015"}, "An agreement starts before it ends."),
        ({"term_years": 0}, "A term is counted in whole years, from one."),
        ({"renewal": "evergreen", "until": "2015"}, "An agreement without end has no end and no term."),
        ({"clauses": [{"kind": "review"}]}, "Say what the clause says."),
    ],
)
def test_what_cannot_be_is_refused_in_words(pact, facts, sentence):
    with pytest.raises(InvalidContent) as refused:
        pact(**facts)

    assert [str(problem.sentence) for problem in refused.value.problems] == [sentence]
