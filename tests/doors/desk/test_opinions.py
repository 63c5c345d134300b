"""Opinions on a direct grant at the desk: noted before the award, shown on its page and in its trail."""

import pytest

from parvis.domain.funding import actions
from parvis.domain.funding.models import Grant, Opinion
from parvis.foundation.accounts.models import Role, User
from parvis.register.models import Subject, Text
from tests.doors.desk.conftest import NOON
from tests.doors.desk.test_money import GRANT, TODAY, does, money, words_of  # noqa: F401

SAID = {"advice": "unfavourable", "advised_by": "culture-office", "grounds": "The festival has no permit"}


@pytest.fixture
def office(people):
    moments = {"entered_at": NOON, "amended_at": NOON, "entered_by": people[Role.FINANCE]}
    made = Subject.objects.create(
        key="culture-office", noun="office", revision=1, amended_by=people[Role.FINANCE], visibility="public", **moments
    )
    Text.objects.create(subject=made, field="title", language="en", body="Deputy mayor for culture")
    return made


@pytest.mark.django_db
def test_an_opinion_is_asked_noted_and_told_before_the_award_and_in_the_trail(money, does, at_desk, office):  # noqa: F811
    before = words_of(at_desk(Role.FINANCE).get(f"/bureau/argent/{GRANT}/"))
    unsaid = does(GRANT, "opinion", **{**SAID, "grounds": ""})
    done = does(GRANT, "opinion", **SAID)

    page, trail = (words_of(at_desk(Role.FINANCE).get(f"/bureau/argent/{GRANT}/{part}")) for part in ("", "piste/"))
    assert "No opinion is noted on this request." in before
    assert (unsaid, done) == ("Why: This field is required.", "done")
    told = "Unfavourable · Deputy mayor for culture ·"
    assert [told in one and "The festival has no permit" in one for one in (page, trail)] == [True, True]
    assert "An unfavourable opinion is noted on this request." in page


@pytest.mark.django_db
def test_an_opinion_noted_by_mistake_is_taken_back_told_with_who_did_and_counts_no_more(
    money,  # noqa: F811
    does,  # noqa: F811
    at_desk,
    office,
    people,
):
    User.objects.filter(pk=people[Role.FINANCE].pk).update(first_name="Finance", last_name="Officer")
    does(GRANT, "opinion", **SAID)
    Opinion.objects.update(recorded_by=people[Role.OFFICER])
    page = at_desk(Role.FINANCE).get(f"/bureau/argent/{GRANT}/")
    opinion = Opinion.objects.get()
    code = f"opinion-back-{opinion.pk}"

    unsaid = does(GRANT, code, reason="")
    done = does(GRANT, code, reason="Said of the other festival")

    after, trail = (words_of(at_desk(Role.FINANCE).get(f"/bureau/argent/{GRANT}/{part}")) for part in ("", "piste/"))
    assert "Take back the opinion of Deputy mayor for culture (Unfavourable)" in words_of(page)
    assert (unsaid, done) == ("Why: This field is required.", "done")
    told = " by Finance Officer: Said of the other festival"
    assert [told in one and "Noted by mistake, taken back on" in one for one in (after, trail)] == [True, True]
    assert ("An unfavourable opinion is noted" in after, "No opinion is noted on this request." in after) == (
        False,
        True,
    )
    assert "Take back the opinion" not in after


@pytest.mark.django_db
def test_help_in_kind_says_its_value_before_its_award_is_undone(money, does, at_desk):  # noqa: F811
    facts = {"beneficiary": "aid-ngo", "currency": "EUR", "state": "asked", "year": 2026, "amount_asked": "5000"}
    money(Grant, actions.enter_grant, "hall", form="in_kind", kind="in_kind", **facts)
    does("subventions/hall", "standing", contract_signed="2026-01-01")
    awarded = does("subventions/hall", "award_in_kind", value="4 500", day=TODAY)

    page = words_of(at_desk(Role.FINANCE).get("/bureau/argent/subventions/hall/"))
    assert awarded == "done"
    assert "Help worth €4,500.00 is no longer given." in page
    assert "€0.00 goes back to the envelope" not in page
