"""Coming in by the one-time link."""

import pytest
from django.contrib.auth import get_user

from parvis.foundation.accounts.actions import one_time_link
from parvis.foundation.accounts.models import Role, User


@pytest.fixture
def clerk(db):
    return User.objects.create_user("clerk@ville.example", role=Role.OFFICER)


def test_the_link_signs_in_once(client, clerk):
    token = one_time_link(clerk)

    first = client.get(f"/entree/{token}")
    second = client.get(f"/entree/{token}")

    assert (first.status_code, first["Location"]) == (302, "/bureau/")
    assert get_user(client) == clerk
    assert second.status_code == 410


@pytest.mark.parametrize(("role", "door"), [(Role.APPLICANT, "/guichet/"), (Role.REVIEWER, "/bureau/")])
def test_the_front_leads_each_person_to_their_own_door_once_they_have_signed_in(client, db, role, door):
    person = User.objects.create_user("who@ville.example", "a long pass phrase", role=role)

    asked = client.get("/")
    signed_in = client.post(asked["Location"], {"login": person.email, "password": "a long pass phrase"})

    assert asked["Location"] == "/compte/login/?next=/"
    assert (signed_in["Location"], client.get("/")["Location"]) == ("/", door)


@pytest.mark.django_db
def test_a_forged_link_opens_nothing(client):
    answer = client.get("/entree/forged:1abc:xyz")

    assert answer.status_code == 410
    assert not get_user(client).is_authenticated


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "n’ouvre plus rien"),
        ("en", "This link opens nothing any more"),
        ("es", "Este enlace ya no abre nada"),
        ("pt", "Esta ligação já não abre nada"),
    ],
)
def test_a_spent_link_says_how_to_get_another_in_the_reader_s_language(client, language, said):
    answer = client.get("/entree/forged", headers={"accept-language": language})

    page = answer.content.decode()
    assert (answer.status_code, answer["Content-Type"]) == (410, "text/html; charset=utf-8")
    assert said in page
    assert "<code>make link</code>" in page
    assert 'href="/compte/login/"' in page


def test_pages_of_the_office_stay_out_of_caches_and_carry_the_policy(client, clerk):
    answer = client.get("/entree/forged")

    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.django_db
def test_nobody_opens_an_account_alone(client):
    page = client.post(
        "/compte/signup/",
        {"email": "me@x.example", "password1": "a-long-one-12", "password2": "a-long-one-12"},
    )

    assert page.status_code == 200
    assert User.objects.count() == 0
