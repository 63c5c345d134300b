import pytest

from parvis.domain.honours.actions import record_act, record_honour_step, record_outcome
from parvis.domain.honours.errors import (
    ActBeforeEvent,
    AlreadyAwarded,
    CauseWithoutProof,
    DayMissing,
    DaysOutOfOrder,
    StepsOutOfOrder,
)
from parvis.domain.honours.models import Honour
from parvis.foundation.journal.models import Line
from parvis.register.errors import InvalidContent


@pytest.fixture
def title(enter, subject, source):
    """A nomination, in a world of two sources."""
    subject("film-maker", noun="person")
    source("page", date="2022-09-19")
    source("record", date="2020")
    return enter("honour", "title", honoree="film-maker", steps=[{"step": "nominated", "day": "2018-01"}])


def steps_of(honour):
    return [(step.step, step.day) for step in honour.steps.all()]


def test_a_nomination_goes_to_the_ceremony_step_by_step(title, act):
    act(record_honour_step, honour=title, step="opinion", day="2018-03")
    act(record_honour_step, honour=title, step="voted", day="2018-06")
    act(record_honour_step, honour=title, step="awarded", day="2018-06")
    done = act(record_honour_step, honour=title, step="ceremony", day="2018-09", source="page", lines="27")

    assert steps_of(done) == [
        ("nominated", "2018-01"),
        ("opinion", "2018-03"),
        ("voted", "2018-06"),
        ("awarded", "2018-06"),
        ("ceremony", "2018-09"),
    ]
    assert Line.objects.last().verb == "honour honour ceremony"


def test_a_step_may_be_skipped_but_none_comes_back(title, act):
    act(record_honour_step, honour=title, step="awarded", day="2018-06")

    with pytest.raises(StepsOutOfOrder) as refused:
        act(record_honour_step, honour=title, step="opinion", day="2018-07")

    assert str(refused.value) == "“Opinion of the commission” cannot come after “Awarded”."
    assert [step for step, _day in steps_of(title)] == ["nominated", "awarded"]


def test_a_title_is_awarded_once(title, act):
    act(record_honour_step, honour=title, step="awarded", day="2018-06")

    with pytest.raises(AlreadyAwarded):
        act(record_honour_step, honour=title, step="awarded", day="2019", source="page")


def test_a_step_has_a_day_and_follows_in_time(title, act):
    with pytest.raises(DayMissing):
        act(record_honour_step, honour=title, step="voted", day="")
    with pytest.raises(DaysOutOfOrder):
        act(record_honour_step, honour=title, step="voted", day="2017")


def test_two_sources_may_give_the_award_two_years(enter, title):
    steps = [
        {"step": "awarded", "day": "2019", "source": "record", "lines": "25"},
        {"step": "awarded", "day": "2018", "source": "page", "lines": "27"},
    ]

    assert steps_of(enter("honour", "disputed", honoree="film-maker", steps=steps)) == [
        ("awarded", "2019"),
        ("awarded", "2018"),
    ]


def test_one_source_tells_a_step_once(enter, title):
    steps = [
        {"step": "awarded", "day": "2019", "source": "record", "lines": "25"},
        {"step": "awarded", "day": "2018", "source": "record", "lines": "27"},
    ]

    with pytest.raises(InvalidContent) as refused:
        enter("honour", "twice", honoree="film-maker", steps=steps)

    assert [str(problem) for problem in refused.value.problems] == ["steps.1: The same source tells this step twice."]
    assert Honour.objects.count() == 1


@pytest.mark.parametrize(
    "words",
    [
        {"en": "Freed because of the title"},
        {"en": "Freed thanks to Paris"},
        {"fr": "Libéré grâce à la Ville"},
        {"fr": "Libéré parce que Paris l'a nommé"},
        {"es": "Liberado gracias a París"},
        {"pt": "Libertado por causa da cidade"},
        {"en": "Freed, after the title", "fr": "Libéré en raison du titre"},
    ],
)
def test_what_came_after_is_never_told_as_an_effect(title, act, words):
    with pytest.raises(CauseWithoutProof):
        act(
            record_outcome,
            honour=title,
            outcome={"day": "2019", "words": words, "source": "page", "lines": "27"},
        )

    assert title.outcomes.count() == 0


@pytest.mark.parametrize(
    "words",
    [{"en": "Freed, after the title was given"}, {"fr": "Libéré après le titre"}, {"en": "Cause unknown"}],
)
def test_what_came_after_is_told_with_its_source(title, act, words):
    outcome = {"day": "2019-09-07", "words": words, "source": "page", "lines": "27"}

    told = act(record_outcome, honour=title, outcome=outcome)

    assert [(line.day, line.words, line.source.key) for line in told.outcomes.all()] == [("2019-09-07", words, "page")]


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        ({"day": "2019", "words": {"en": "Freed"}}, "What became of a person is told with its source."),
        ({"day": "2019", "source": "page", "lines": "3"}, "Say what happened."),
    ],
)
def test_an_outcome_without_words_or_source_is_refused(title, act, outcome, sentence):
    with pytest.raises(InvalidContent) as refused:
        act(record_outcome, honour=title, outcome=outcome)

    assert [str(problem.sentence) for problem in refused.value.problems] == [sentence]


def test_an_honour_is_amended_as_a_whole(title, amend):
    amended = amend(title, honoree="film-maker", steps=[{"step": "awarded", "day": "2018"}])

    assert steps_of(amended) == [("awarded", "2018")]


def test_a_memorial_remembers_an_event(enter, amend, subject):
    subject("seine-bridge", noun="place")
    enter("commemoration", "17-october-1961", kind="repression", event_day="1961-10-17")
    memorial = enter("memorial", "stele", kind="stele", remembers="17-october-1961", at_home=True, unveiled="2019")

    amended = amend(memorial, remembers="17-october-1961", place="seine-bridge", at_home=True, unveiled="2019")

    assert (memorial.at_home, amended.place.key, amended.unveiled) == (True, "seine-bridge", "2019")


@pytest.fixture
def srebrenica(enter):
    return enter("commemoration", "srebrenica", kind="massacre", event_day="1995-07-11")


def test_what_is_done_each_year_is_logged(srebrenica, act):
    act(record_act, commemoration=srebrenica, day="2015-07", words={"en": "20 years"}, state="planned")
    done = act(record_act, commemoration=srebrenica, day="2016-07-11", words={"en": "A wreath"})

    assert [(line.day, line.state) for line in done.acts.all()] == [
        ("2015-07", "planned"),
        ("2016-07-11", "held"),
    ]


def test_one_remembers_what_has_happened(srebrenica, enter, act, amend):
    with pytest.raises(ActBeforeEvent):
        act(record_act, commemoration=srebrenica, day="1994", words={"en": "Too early"})
    with pytest.raises(ActBeforeEvent):
        amend(srebrenica, event_day="2016", acts=[{"day": "2015", "words": {"en": "Too early"}}])

    undated = enter(
        "commemoration",
        "undated",
        acts=[{"day": "1900", "words": {"en": "Who knows"}}, {"words": {"en": "?"}}],
    )

    assert undated.acts.count() == 2


def test_an_act_has_a_day_and_words(srebrenica, act):
    with pytest.raises(DayMissing):
        act(record_act, commemoration=srebrenica, day="", words={"en": "A wreath"})
    with pytest.raises(InvalidContent) as refused:
        act(record_act, commemoration=srebrenica, day="2015", words={})

    assert [str(problem.sentence) for problem in refused.value.problems] == ["Say what was done, or is planned."]
