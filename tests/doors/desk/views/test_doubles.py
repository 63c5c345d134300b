"""Two records with one name: a person judges, and may undo it."""

import pytest
from django.urls import reverse

from parvis.domain.directory.models import Body
from parvis.exchange.inbound.entrances import entrances
from parvis.foundation.accounts.models import Role
from parvis.register.entry import take_apart
from parvis.register.models import Judgement
from tests.doors.desk.conftest import NOON


@pytest.fixture
def pair(people):
    _model, enter, _amend = entrances()["body"]
    for key in ("house-one", "house-two"):
        taken = take_apart(Body, {"key": key, "kind": "ngo", "title": {"en": "House of Cities"}})
        enter(entry=taken.entry, facts=taken.facts, by=people[Role.OFFICER], at=NOON)


def judge(desk, **said):
    desk.post(reverse("desk:judge"), {"one": "house-one", "other": "house-two", "verdict": "same", **said})


def test_records_of_one_name_await_a_judgement(at_desk, pair):
    waiting = at_desk(Role.READER).get(reverse("desk:doubles")).context["waiting"]

    assert [(each.left.key, each.right.key) for each in waiting] == [("house-one", "house-two")]


def test_a_reason_that_is_too_long_is_refused_whole_and_shown_again(at_desk, pair):
    desk, reason = at_desk(Role.OFFICER), "Same statutes. " * 30
    judge(desk, reason=reason)

    words = desk.get(reverse("desk:doubles")).content.decode()

    assert Judgement.objects.count() == 0
    assert "Too long: 149 too many, 300 characters at most, there are 449. Nothing was cut." in words
    assert (reason.strip() in words, "What you wrote, so that nothing is lost" in words) == (True, True)


def test_a_judgement_has_a_reason_and_can_be_undone(at_desk, pair):
    desk = at_desk(Role.OFFICER)
    judge(desk, reason=" ")
    without = Judgement.objects.count()
    judge(desk, reason="Same statutes")
    judgement = Judgement.objects.get()

    desk.post(reverse("desk:undo_judgement", kwargs={"judgement": judgement.pk}))

    page = desk.get(reverse("desk:doubles"))
    judgement.refresh_from_db()
    assert (without, judgement.undone_at is not None) == (0, True)
    assert (len(page.context["waiting"]), page.context["standing"]) == (1, [])
