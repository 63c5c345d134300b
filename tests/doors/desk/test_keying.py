"""A record entered without a key is given one, which names nobody where its title may."""

from datetime import date

import pytest
from django.urls import reverse

from parvis.doors.desk.keying import proposed_key
from parvis.foundation.accounts.models import Role
from parvis.register.models import Subject

ON = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("noun", "title", "key"),
    [
        ("agreement", {"fr": "Pacte avec Lima", "en": "Pact with Lima"}, "pact-with-lima"),
        ("agreement", {"fr": "Accord de l’été à Œuf-sur-Mer"}, "accord-de-l-ete-a-oeuf-sur-mer"),
        ("agreement", {"fr": "2024"}, "agreement-2027-1"),
        ("agreement", {"fr": "北京"}, "agreement-2027-1"),
        ("legal_basis", {}, "legal-basis-2027-1"),
        ("grant", {"fr": "Séjour de Marie Dupont"}, "grant-2027-1"),
        ("person", {"fr": "Marie Dupont"}, "person-2027-1"),
        ("source", {"en": "City page"}, "city-page-2"),
    ],
)
def test_a_key_says_the_title_or_a_number_where_a_title_may_name_somebody(source, noun, title, key):
    assert source.key == "city-page"
    assert proposed_key(noun, {"title": title}, on=ON) == key


def test_a_long_title_gives_a_short_key_that_ends_with_no_hyphen(db):
    assert proposed_key("agreement", {"title": {"en": "a" * 79 + " water"}}, on=ON) == "a" * 79


def test_a_clerk_types_no_key_for_a_grant_and_the_next_one_has_its_own(at_desk):
    desk = at_desk(Role.OFFICER)
    written = {"visibility": "draft", "title.fr": "Séjour de Marie Dupont", "title.en": "A stay"}
    written |= {"state": "awarded", "form": "cash", "year": "2024", "currency": "EUR", "place_known": "unknown"}
    written |= {"natural_person": "on", "seen_revision": "1"}

    answers = [desk.post(reverse("desk:enter", kwargs={"plural": "grants"}), written) for _each in range(2)]

    assert [answer.context and answer.context["sheet"].errors for answer in answers] == [None, None]
    keys = sorted(Subject.objects.filter(noun="grant").values_list("key", flat=True))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert [key.rpartition("-")[2] for key in keys] == ["1", "2"]
    assert {key.rpartition("-")[0].partition("-")[0] for key in keys} == {"grant"}
