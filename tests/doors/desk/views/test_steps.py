"""Steps in a record's life, and the side of a contradiction shown first."""

import pytest
from django.urls import reverse

from parvis.domain.partnerships.models import Agreement
from parvis.exchange.inbound.entrances import entrances
from parvis.foundation.accounts.models import Role
from parvis.register.entry import take_apart
from parvis.register.models import Conflict
from tests.doors.desk.conftest import NOON

LINES = {"source": "city-page", "lines": "3"}


@pytest.fixture
def enter(source, people):
    def enter_one(noun, key, **content):
        model, through_room, _amend = entrances()[noun]
        taken = take_apart(model, {"key": key, "title": {"fr": key, "en": key}, **content})
        return through_room(entry=taken.entry, facts=taken.facts, by=people[Role.OFFICER], at=NOON)

    return enter_one


@pytest.fixture
def accord(enter):
    for key in ("city-of-paris", "city-of-porto"):
        enter("body", key, kind="city")
    steps = [{"state": "draft", "day": "2014", **LINES}]
    return enter("agreement", "waters", parties=["city-of-paris", "city-of-porto"], steps=steps)


def step(state, **more):
    at = {"plural": "agreements", "key": "waters", "state": state, **more}
    return reverse("desk:step", kwargs=at)


SIGNED = {"day": "2015-05-09", "source": "Page de la Ville", "lines": "4", "seen_revision": "1"}


def test_the_record_offers_only_the_steps_its_room_allows(at_desk, accord):
    life = at_desk(Role.PUBLISHER).get("/bureau/fiches/agreements/waters/").context["life"]

    assert [state.value for state, _role in life["ahead"]] == ["voted", "signed", "listed", "ended"]


def test_signing_is_the_room_s_own_verb_and_finds_a_source_by_its_title(at_desk, accord):
    at_desk(Role.PUBLISHER).post(step("signed"), SIGNED)

    signed = Agreement.objects.get()
    last = signed.steps.last()
    assert (signed.signed, last.state, last.source.key) == ("2015-05-09", "signed", "city-page")


def test_what_binds_the_city_asks_for_a_publisher(at_desk, accord):
    answer = at_desk(Role.OFFICER).post(step("signed"), SIGNED)

    assert (answer.status_code, Agreement.objects.get().signed) == (403, "")


def test_a_step_without_its_day_says_so_and_keeps_the_words(at_desk, accord):
    answer = at_desk(Role.PUBLISHER).post(step("signed"), {**SIGNED, "day": ""})

    form = answer.context["form"]
    assert (answer.status_code, form.non_field_errors()) == (
        422,
        ["Say on which day: a year or a month is enough."],
    )
    assert form["lines"].value() == "4"


def test_a_step_the_room_does_not_allow_is_not_found(at_desk, accord):
    assert at_desk(Role.PUBLISHER).get(step("renewed")).status_code == 404


def test_a_side_is_chosen_with_its_reason_and_both_stay(at_desk, enter):
    sides = [{"words": {"en": "90"}, **LINES}, {"words": {"en": "94"}, **LINES}]
    enter("conflict", "size", kind="disagreement", sides=sides)
    choose = reverse("desk:choose_side", kwargs={"key": "size"})
    desk = at_desk(Role.OFFICER)

    desk.post(choose, {"side": "2", "reason_en": "", "seen_revision": "1"})
    before = Conflict.objects.get().preferred
    desk.post(choose, {"side": "2", "reason_en": "Later count", "seen_revision": "1"})

    chosen = Conflict.objects.get()
    assert (before, chosen.preferred, chosen.reason, chosen.sides.count()) == (
        None,
        2,
        {"en": "Later count"},
        2,
    )
