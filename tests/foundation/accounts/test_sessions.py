"""Who is signed in is asked at every request: what was closed or ended is closed at once."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from parvis.foundation.accounts.models import Role, User
from parvis.foundation.accounts.sessions import SessionStore, SignIn


@pytest.fixture
def ana(db):
    return User.objects.create_user("ana@assoc.example", "a long pass phrase", role=Role.APPLICANT)


def test_a_person_is_found_whole(ana):
    found = SignIn().get_user(ana.pk)

    assert {field.attname: getattr(found, field.attname) for field in User._meta.concrete_fields} == {
        field.attname: getattr(ana, field.attname) for field in User._meta.concrete_fields
    }


def test_an_account_that_was_closed_is_nobody_at_the_next_request(ana):
    client = Client()
    client.force_login(ana)
    before = client.get("/guichet/").status_code

    User.objects.filter(pk=ana.pk).update(is_active=False)

    assert (before, client.get("/guichet/").status_code) == (200, 302)


def test_a_session_holds_what_was_put_in_until_its_time_is_over(db):
    store = SessionStore()
    store["said"] = {"fr": "Un quai"}
    store.save()

    read = SessionStore(store.session_key)["said"]
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert read == {"fr": "Un quai"}
    assert SessionStore(store.session_key).get("said") is None


@pytest.mark.parametrize("key", ["", "x" * 5000, "0" * 32, "é", "'; --"])
def test_a_key_that_was_never_given_opens_nothing(db, key):
    client = Client()
    client.cookies["parvis_session"] = key

    assert client.get("/guichet/").status_code == 302
