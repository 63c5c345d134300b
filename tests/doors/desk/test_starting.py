"""What a new record starts from: a grant is asked for until somebody says otherwise; an envelope draws on its year."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from parvis.domain.funding.models import Grant
from parvis.doors.desk.starting import started
from parvis.foundation.accounts.models import Role
from tests.doors.desk.test_money import money, words_of  # noqa: F401

ON = date(2027, 3, 1)
NEW = reverse("desk:enter", kwargs={"plural": "grants"})


@pytest.mark.django_db
def test_a_grant_starts_asked_for_in_cash_this_year_in_the_currency_of_the_city():
    begun = started("grant", {}, on=ON)

    assert {name: str(begun[name]) for name in ("state", "form", "year", "currency", "visibility")} == {
        "state": "asked", "form": "cash", "year": "2027", "currency": "EUR", "visibility": "draft",
    }  # fmt: skip


@pytest.mark.django_db
def test_an_envelope_asked_for_from_the_year_of_a_levy_draws_on_it(money):  # noqa: F811
    known, unknown = (
        started("envelope", {"levy": levy, "year": year}, on=ON) for levy, year in (("water", "2026"), ("nothing", "x"))
    )

    assert (known["levy"], known["year"]) == ("water", 2026)
    assert ("levy" in unknown, unknown["year"]) == (False, 2027)


@pytest.mark.django_db
def test_the_year_of_a_levy_leads_to_a_new_envelope_that_draws_on_it(money, at_desk):  # noqa: F811
    desk = at_desk(Role.FINANCE)
    page = desk.get("/bureau/argent/water/2026/").content.decode()

    assert "/bureau/fiches/envelopes/nouvelle/?levy=water&amp;year=2026" in page
    initial = desk.get("/bureau/fiches/envelopes/nouvelle/?levy=water&year=2026").context["sheet"].initial
    assert (initial["levy"], initial["year"]) == ("water", 2026)


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "kept"), [("", []), ("asked", ["asked"]), ("awarded", ["awarded"])])
def test_a_new_grant_says_where_it_stands_and_is_never_awarded_in_silence(at_desk, state, kept):
    desk = at_desk(Role.OFFICER)
    written = {"visibility": "draft", "title.en": "Wells", "state": state, "form": "cash", "year": "2026"}
    written |= {"currency": "EUR", "place_known": "unknown", "natural_person": "on", "seen_revision": "1"}

    with translation.override("en"):
        answer = desk.post(NEW, written, headers={"accept-language": "en"})

    assert list(Grant.objects.values_list("state", flat=True)) == kept
    assert answer.status_code == (302 if kept else 422)
    if not kept:
        said = "Say where the grant stands: only asked for, awarded, refused, closed."
        assert answer.context["sheet"].errors["state"] == [said]


@pytest.mark.django_db
def test_a_grant_without_its_year_is_asked_for_it_in_plain_words(at_desk):
    written = {"visibility": "draft", "title.en": "Wells", "state": "asked", "natural_person": "on"}

    answer = at_desk(Role.OFFICER).post(NEW, {**written, "currency": "", "year": ""}, headers={"accept-language": "en"})

    said = ["Fill this in: the record is not kept without it."]
    assert {name: list(each) for name, each in answer.context["sheet"].errors.items()} == {
        "year": said,
        "currency": said,
    }
    assert "key are needed" not in words_of(answer)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["Nulle part", "Pumps for all"])
def test_a_name_that_no_record_bears_is_told_as_typed_and_not_as_a_key(money, at_desk, typed):  # noqa: F811
    written = {"visibility": "draft", "title.en": "Pumps", "levy": typed, "year": "2026"}

    answer = at_desk(Role.OFFICER).post(
        reverse("desk:enter", kwargs={"plural": "envelopes"}), written, headers={"accept-language": "en"}
    )

    said = f"“{typed}” names no record: choose one of those offered as you type."
    assert {name: list(each) for name, each in answer.context["sheet"].errors.items()} == {"levy": [said]}
