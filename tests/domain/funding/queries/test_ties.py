"""Offices are looked up by the name somebody bears: those of others are not read."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.domain.directory.models import Holding
from parvis.domain.funding.enums import TieKind
from parvis.domain.funding.queries.ties import persons
from parvis.foundation.accounts.models import Role, User

ON = date(2026, 6, 1)


@pytest.fixture
def sits(enter):
    """Somebody of the register holds the chair of a body of their own."""

    def seated(key, title, **more):
        enter("body", key, kind="association", title={"en": key.capitalize()})
        enter("person", f"{key}-chair", kind="office_holder", title=title, **more)
        holdings = [{"person": f"{key}-chair", "valid_from": "2020"}]
        enter("office", f"chair-of-{key}", kind="chair", title={"fr": f"Présidence {key}"}, body=key, holdings=holdings)

    return seated


@pytest.fixture
def officer(db):
    return User.objects.create_user("i@ville.example", role=Role.OFFICER, first_name="Inès", last_name="Du Port")


def asked(user):
    with CaptureQueriesContext(connection) as held:
        [person] = persons([user], ON)
    return [seat.words for seat in person.seats], [each["sql"] for each in held]


def test_an_office_is_found_by_a_title_or_another_name_of_its_holder_however_it_is_spelt(sits, officer):
    sits("harbour", {"fr": "INES DU PORT"})
    sits("lagoon", {"fr": "I. P."}, names=[{"text": "Inès Du-Port"}])
    sits("delta", {"fr": "Inès Duport"})
    officer.ties.create(kind=TieKind.NAME, name="I. P.", declared_at="2026-01-01T12:00:00Z")

    seats, _sql = asked(officer)

    assert sorted(seats) == ["Présidence harbour", "Présidence lagoon", "Présidence lagoon"]


def test_offices_of_others_are_not_read_and_as_much_is_asked_however_many_there_are(sits, officer):
    sits("harbour", {"fr": "Inès Du Port"})
    bearers = Holding.objects.values_list("person", flat=True)[::1]
    _seats, before = asked(officer)
    for key in ("lagoon", "delta", "quay"):
        sits(key, {"fr": f"Autre {key}"})

    seats, after = asked(officer)
    officer.last_name = "Personne"
    none, least = asked(officer)

    assert (seats, len(after)) == (["Présidence harbour"], len(before))
    assert [any(f'person_id" IN ({pk})' in sql for sql in after) for pk in bearers] == [True]
    assert (none, [sql for sql in least if sql.startswith('SELECT "directory_')]) == ([], [])
