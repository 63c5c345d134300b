"""A counter with a call open now, and two people of one association."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from parvis.domain.funding.enums import MemberRole
from parvis.foundation.accounts.models import Role, User
from parvis.register.fields import MomentField
from tests.support import calls, grants


def dates_around_now():
    now = timezone.now()
    return {
        "opens_at": MomentField.written(now - timedelta(days=30)),
        "closes_at": MomentField.written(now + timedelta(days=30)),
    }


@pytest.fixture
def officer(db):
    return User.objects.create_user("officer@ville.example", role=Role.OFFICER)


@pytest.fixture
def call(officer):
    return calls.opened_call(officer, **dates_around_now())


@pytest.fixture
def ana(db):
    return calls.applicant("ana@assoc.example", first_name="Ana", last_name="Lima")


@pytest.fixture
def bruno(body):
    person = calls.applicant("bruno@assoc.example", first_name="Bruno", last_name="Roy")
    body.members.create(person=person, role=MemberRole.WRITER, since=calls.OPENS)
    return person


@pytest.fixture
def body(ana):
    return calls.body_of(ana)


@pytest.fixture
def file(call, body, ana):
    return calls.begun(call, body, ana, timezone.now())


@pytest.fixture
def vault(settings, tmp_path):
    settings.VAULT_DIR = tmp_path / "vault"
    return settings.VAULT_DIR


@pytest.fixture
def grant(body):
    """50,000 awarded, its convention drawn up and not signed."""
    return grants.under_convention(grants.awarded(body))


@pytest.fixture
def at_counter():
    def sit(person=None, language="en"):
        client = Client(headers={"accept-language": language})
        if person is not None:
            client.force_login(person)
        return client

    return sit
