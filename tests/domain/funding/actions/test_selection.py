"""From ranked files to the council and back."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from parvis.domain.funding import actions
from parvis.domain.funding.enums import LeftOut, Proposed
from parvis.domain.funding.errors import FormNotReady, NotEnoughLeft
from parvis.domain.funding.errors.choosing import (
    AboveUnexplained,
    AnsweredBeforeItWasAsked,
    EnvelopeImagined,
    NoEnvelope,
    NothingRanked,
    ProposedWithoutSum,
    RefusalUnexplained,
    SelectionDecided,
    SelectionOpen,
)
from parvis.domain.funding.models import (
    Answer,
    Application,
    BodyStanding,
    Grant,
    Label,
    OutgoingEmail,
    Scenario,
    SelectionLine,
)
from parvis.domain.funding.queries.ledger import standing_of_envelope
from parvis.domain.funding.queries.selecting import Terms
from parvis.domain.funding.queries.selections import (
    as_terms,
    lines_shown,
    outcome_of,
    states_counted,
    terms_kept,
    without_contract,
)
from parvis.foundation.accounts.models import Role, User
from tests.support import calls, reviews
from tests.support.reviews import COUNCIL
from tests.support.reviews import READING as LATER


@pytest.fixture
def publisher(db):
    return User.objects.create_user("publisher@ville.example", role=Role.PUBLISHER)


@pytest.fixture
def call(clerk, envelope):
    return calls.opened_call(clerk, envelope=envelope.key)


@pytest.fixture
def ranked(call, clerk):
    """Three files, of 80, 60 and 40 points, each asking for 15,000, of bodies that signed their contract."""
    files = reviews.ranked(call, clerk)
    reviews.under_contract(files, clerk)
    return files


def kept(call, publisher, **terms):
    return actions.save_scenario(call=call, name="A", terms=Terms(**terms), by=publisher, at=LATER)


def closed(scenario, publisher, *, reasons=None, waiting=()):
    return actions.close_selection(
        scenario=scenario, reasons=reasons or {}, waiting=frozenset(waiting), by=publisher, at=LATER
    )


def states(files):
    return [Application.objects.get(pk=file.pk).state for file in files]


def test_terms_come_back_as_they_were_kept():
    terms = Terms(Decimal("65.5"), Decimal(90), 2, 1, {"a": Decimal("10.25")}, frozenset({"b"}), frozenset({"c"}))

    assert as_terms(terms_kept(terms)) == terms


def test_a_scenario_is_worked_out_on_what_the_envelope_has_left(call, ranked):
    outcome = outcome_of(call, Terms(threshold=Decimal(50)))

    assert [(line.candidate.score, line.chosen, line.why) for line in outcome.lines] == [
        (Decimal("80.00"), True, None),
        (Decimal("60.00"), True, None),
        (Decimal("40.00"), False, LeftOut.THRESHOLD),
    ]
    assert (outcome.total, outcome.left) == (Decimal(30_000), Decimal(470_000))


def test_a_scenario_of_the_same_name_is_replaced(call, publisher, ranked):
    kept(call, publisher, threshold=Decimal(50))
    kept(call, publisher, threshold=Decimal(70))

    assert [as_terms(one.terms).threshold for one in Scenario.objects.all()] == [Decimal(70)]


def test_what_is_chosen_goes_before_the_council_and_what_is_not_says_why(call, publisher, ranked):
    selection = closed(kept(call, publisher, threshold=Decimal(50)), publisher)

    assert [(line.rank, line.proposed, line.amount, line.reason) for line in selection.lines.all()] == [
        (1, Proposed.AWARD, Decimal(15_000), ""),
        (2, Proposed.AWARD, Decimal(15_000), ""),
        (3, Proposed.REFUSE, Decimal(0), "Score of 40.00 of 100, under the threshold."),
    ]
    assert states(ranked) == ["proposed", "proposed", "ranked"]
    assert states_counted(call, publisher) == [("Ranked", 1), ("Proposed to the council", 2)]


def test_what_is_left_out_by_hand_needs_words_and_nothing_is_kept_without_them(call, publisher, ranked):
    scenario = kept(call, publisher, out=frozenset({str(ranked[0].pk)}))

    with pytest.raises(RefusalUnexplained):
        closed(scenario, publisher)

    assert (states(ranked), SelectionLine.objects.count()) == (["ranked"] * 3, 0)


def test_a_file_may_wait_and_be_chosen_another_day(call, publisher, ranked):
    third = str(ranked[2].pk)
    closed(kept(call, publisher, threshold=Decimal(50)), publisher, waiting={third})

    assert states(ranked) == ["proposed", "proposed", "waiting"]
    assert [line.candidate.file for line in outcome_of(call, Terms()).lines] == [third]


def test_more_than_was_asked_is_proposed_with_its_reason_and_passes(call, publisher, ranked, vote):
    first = str(ranked[0].pk)
    scenario = kept(call, publisher, threshold=Decimal(70), amounts={first: Decimal(18_000)})
    with pytest.raises(AboveUnexplained):
        closed(scenario, publisher)

    selection = closed(scenario, publisher, reasons={first: "Travaux plus profonds que prévu."})
    grants = actions.record_answer(selection=selection, decision=vote, by=publisher, at=COUNCIL)

    assert [(grant.amount_asked, grant.amount_voted) for grant in grants] == [(Decimal(15_000), Decimal(18_000))]


def test_one_selection_waits_for_the_council_at_a_time(call, publisher, ranked):
    scenario = kept(call, publisher, threshold=Decimal(50))
    closed(scenario, publisher)

    with pytest.raises(SelectionOpen):
        closed(scenario, publisher)


def test_nothing_goes_before_the_council_that_nobody_ranked(call, publisher):
    with pytest.raises(NothingRanked):
        closed(kept(call, publisher), publisher)


def test_a_line_before_the_council_is_altered_by_nobody(call, publisher, ranked):
    selection = closed(kept(call, publisher, threshold=Decimal(50)), publisher)

    with pytest.raises(DatabaseError), transaction.atomic():
        selection.lines.update(amount=1)


def test_the_councils_answer_awards_refuses_and_writes_to_nobody(call, publisher, ranked, vote, envelope):
    selection = closed(kept(call, publisher, threshold=Decimal(50)), publisher)
    OutgoingEmail.objects.all().delete()

    grants = actions.record_answer(selection=selection, decision=vote, by=publisher, at=COUNCIL)

    assert states(ranked) == ["awarded", "awarded", "refused"]
    assert [(one.file, one.state, one.amount_voted, one.decision) for one in grants] == [
        (ranked[0].number, "awarded", Decimal(15_000), vote),
        (ranked[1].number, "awarded", Decimal(15_000), vote),
    ]
    assert standing_of_envelope(envelope).engaged == Decimal(30_000)
    assert not OutgoingEmail.objects.exists()  # each is told by its letter, once an officer has read it


def test_a_file_sent_at_half_past_midnight_is_asked_for_on_that_day(call, publisher, ranked, vote):
    sent = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    Application.objects.filter(pk=ranked[0].pk).update(submitted_at=sent)
    selection = closed(kept(call, publisher, threshold=Decimal(70)), publisher)

    (grant,) = actions.record_answer(selection=selection, decision=vote, by=publisher, at=COUNCIL)

    assert grant.asked_on == "2027-01-01"


def test_a_call_that_gives_a_label_gives_it_with_each_grant_from_the_decision_until_its_last_day(
    call, publisher, clerk, ranked, vote
):
    calls.amend(call, calls.content_now(call) | {"label_months": 12}, clerk)
    selection = closed(kept(call, publisher, threshold=Decimal(70)), publisher)

    (grant,) = actions.record_answer(selection=selection, decision=vote, by=publisher, at=COUNCIL)

    mark = Label.objects.get()
    until = COUNCIL.date().replace(year=COUNCIL.year + 1).isoformat()
    assert (mark.holder, mark.grant, mark.decision) == (grant.beneficiary, grant.subject, vote)
    assert (mark.given, mark.until) == (COUNCIL.date().isoformat(), until)


def test_a_body_without_its_contract_is_named_before_the_council_decides(call, publisher, ranked):
    BodyStanding.objects.all().delete()
    selection = closed(kept(call, publisher, threshold=Decimal(70)), publisher)

    assert without_contract(selection, COUNCIL.date()) == ["Amis des ports"]


def test_the_council_answers_once(call, publisher, ranked, vote):
    selection = closed(kept(call, publisher, threshold=Decimal(50)), publisher)
    actions.record_answer(selection=selection, decision=vote, by=publisher, at=COUNCIL)

    with pytest.raises(SelectionDecided):
        actions.record_answer(selection=selection, decision=vote, by=publisher, at=COUNCIL)


@pytest.mark.parametrize(
    ("day", "refused"),
    [("2027-03-30", True), ("2027-02", True), ("2026", True), ("2027-03-31", False), ("2027-03", False), ("", False)],
)
def test_a_council_answers_requests_that_have_all_come_in_and_no_earlier_decision_does(
    call, publisher, ranked, subject, enter, day, refused
):
    selection = closed(kept(call, publisher, threshold=Decimal(50)), publisher)
    subject("council", kind="assembly")
    decision = enter("decision", "vote-then", body="council", day=day).subject

    def answered():
        return actions.record_answer(selection=selection, decision=decision, by=publisher, at=COUNCIL)

    if not refused:
        assert len(answered()) == 2
        return
    with pytest.raises(AnsweredBeforeItWasAsked, match="and requests came in until 31 March 2027"):
        answered()
    assert (states(ranked), Grant.objects.count()) == (["proposed", "proposed", "ranked"], 0)


def test_an_answer_that_does_not_fit_the_envelope_carries_out_nothing(call, publisher, ranked, vote, envelope, slip):
    selection = closed(kept(call, publisher, threshold=Decimal(50)), publisher)
    actions.take_back(envelope=envelope, amount=Decimal(480_000), slip=slip)

    with pytest.raises(NotEnoughLeft):
        actions.record_answer(selection=selection, decision=vote, by=publisher, at=COUNCIL)

    assert (states(ranked), Grant.objects.count()) == (["proposed", "proposed", "ranked"], 0)


def test_a_call_without_an_envelope_awards_nothing(clerk, publisher, vote, call, ranked):
    selection = closed(kept(call, publisher, threshold=Decimal(50)), publisher)
    type(call).objects.filter(pk=call.pk).update(envelope=None)

    with pytest.raises(NoEnvelope):
        actions.record_answer(selection=selection, decision=vote, by=publisher, at=COUNCIL)


def test_a_line_that_concerns_an_officer_is_not_shown_to_them(call, publisher, ranked):
    selection = closed(kept(call, publisher, threshold=Decimal(50)), publisher)
    actions.declare_interest(application=ranked[1], words="Ancien employeur.", by=publisher, at=LATER)

    assert [line.application for line in lines_shown(selection, publisher)] == [ranked[0], ranked[2]]


def with_themes(call, clerk, *, carries, code="topic"):
    """The call asks for the theme of each file, by a question of its own."""
    content = calls.content_now(call)
    options = {"water": {"en": "Water"}, "health": {"en": "Health"}}
    row = {"code": code, "section": "project", "type": "choice", "words": {"en": "Topic"}, "options": options}
    content["fields"] = [*content["fields"], row | ({"carries": "theme"} if carries else {})]
    calls.amend(call, content, clerk, calls.OPENS)
    actions.open_form(call=call, by=clerk, at=calls.OPENS)


def themed(call, clerk, themes=("water", "water", "health")):
    """Three ranked files that say their theme."""
    files = reviews.ranked(call, clerk)
    for file, theme in zip(files, themes, strict=True):
        Answer.objects.create(
            application=file, field="topic", value=theme, saved_at=LATER, saved_by=file.begun_by, window="one"
        )
    return files


def test_the_question_that_the_call_names_carries_the_theme_and_shares_follow_it(call, clerk):
    with_themes(call, clerk, carries=True)
    files = themed(call, clerk)

    outcome = outcome_of(call, Terms(most_a_theme=1))

    assert [(line.candidate.file, line.candidate.theme, line.chosen, line.why) for line in outcome.lines] == [
        (str(files[0].pk), "water", True, None),
        (str(files[1].pk), "water", False, LeftOut.THEME),
        (str(files[2].pk), "health", True, None),
    ]


def test_without_such_a_question_every_file_has_the_theme_of_its_programme_or_of_its_call(call, ranked):
    assert [line.candidate.theme for line in outcome_of(call, Terms()).lines] == ["ocean"] * 3


def test_one_question_alone_carries_the_theme_and_one_that_cannot_is_refused(call, clerk):
    content = calls.content_now(call)
    for row in content["fields"]:
        if row["code"] == "starts":
            row["carries"] = "theme"
    calls.amend(call, content, clerk, calls.OPENS)

    with pytest.raises(FormNotReady, match="cannot say that of its file"):
        actions.open_form(call=call, by=clerk, at=calls.OPENS)


def test_a_scenario_may_imagine_an_envelope_but_not_go_before_the_council_on_it(call, publisher, ranked):
    less = outcome_of(call, Terms(envelope=Decimal(20_000)))
    more = kept(call, publisher, envelope=Decimal(600_000), threshold=Decimal(50))

    assert ([line.chosen for line in less.lines], less.left) == ([True, False, False], Decimal(5_000))
    with pytest.raises(EnvelopeImagined, match="600,000"):
        closed(more, publisher)


def test_a_file_of_the_same_score_as_a_chosen_one_is_not_said_to_stand_behind_it(clerk, envelope, publisher):
    call = calls.opened_call(clerk, envelope=envelope.key)
    files = reviews.ranked(call, clerk, marks=(3, 3))
    scenario = kept(call, publisher, envelope=Decimal(20_000))
    out = next(line.candidate.file for line in outcome_of(call, as_terms(scenario.terms)).lines if not line.chosen)

    with pytest.raises(RefusalUnexplained):
        closed(scenario, publisher)
    selection = closed(scenario, publisher, reasons={out: "Le conseil de quartier a préféré l'autre."})

    assert sorted(selection.lines.values_list("rank", "proposed")) == [(1, "award"), (1, "refuse")]
    assert len(files) == 2


def test_nothing_is_proposed_without_a_sum(call, publisher, ranked):
    scenario = kept(call, publisher, amounts={str(ranked[0].pk): Decimal(0)})

    with pytest.raises(ProposedWithoutSum, match=str(ranked[0].number)):
        closed(scenario, publisher)

    assert states(ranked) == ["ranked", "ranked", "ranked"]
