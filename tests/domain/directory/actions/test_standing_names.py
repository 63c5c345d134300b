"""A name is let stand once, for a reason, by who publishes; nothing written down says whose it is."""

import pytest
from django.db import DatabaseError, transaction

from parvis.domain.directory.actions import NamedIn, let_names_stand
from parvis.domain.directory.enums import Known
from parvis.domain.directory.errors import NameNeverStands, ReasonNamesThem, WhyItMayStand
from parvis.domain.directory.models import StandingName
from parvis.domain.directory.queries import names_let_stand, names_that_stand
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.accounts.rules import NotAllowed
from parvis.foundation.journal.models import Line
from parvis.register.errors import ReasonTooLong

CANARY = "Zéphyrine Quilvendrac"
NAMED = NamedIn("grant-1", "texts.title.fr", "d" * 64, CANARY, Known.BY_NAME)
OTHER = NamedIn("grant-2", "texts.title.fr", "e" * 64, CANARY, Known.IN_OWN_NAME)


@pytest.fixture
def publisher(db):
    return User.objects.create_user("publisher@ville.example", role=Role.PUBLISHER)


def let(publisher, noon, *names, reason="Une homonyme, présidente d'honneur"):
    return let_names_stand(names=names or (NAMED,), reason=reason, by=publisher, at=noon)


def test_a_name_let_stand_is_remembered_and_written_in_the_journal_without_the_name(publisher, noon):
    first, again = let(publisher, noon, NAMED, OTHER), let(publisher, noon)

    lines = list(Line.objects.filter(verb="name let stand").order_by("id"))
    assert (first, again) == (2, 0)
    assert [(line.about, line.actor, line.digests) for line in lines] == [
        ("grant-1", publisher, {"field": "texts.title.fr", "name": "d" * 64}),
        ("grant-2", publisher, {"field": "texts.title.fr", "name": "e" * 64}),
    ]
    assert names_let_stand(["d" * 64, "f" * 64]) == {"d" * 64}
    kept = [[getattr(row, field.attname) for field in row._meta.fields] for row in names_that_stand()]
    assert "quilvendrac" not in f"{kept}{[str(row) for row in names_that_stand()]}".lower()


@pytest.mark.parametrize(
    ("names", "reason", "refusal"),
    [
        ((NAMED,), "  ", WhyItMayStand),
        ((NAMED,), "mot " * 126, ReasonTooLong),
        ((NAMED,), "QUILVENDRAC Zephyrine est maire", ReasonNamesThem),
        ((OTHER, NamedIn("grant-3", "texts.title.fr", "f" * 64, CANARY, Known.SHELTERED)), "Voulu", NameNeverStands),
    ],
)
def test_without_a_reason_with_the_name_in_it_or_for_a_person_in_danger_nothing_is_let(
    publisher, noon, names, reason, refusal
):
    with pytest.raises(refusal) as told:
        let(publisher, noon, *names, reason=reason)

    assert "quilvendrac" not in str(told.value).lower()
    assert not StandingName.objects.exists()
    assert not Line.objects.filter(verb="name let stand").exists()


def test_only_who_publishes_lets_a_name_stand(clerk, noon):
    with pytest.raises(NotAllowed):
        let(clerk, noon)

    assert not StandingName.objects.exists()


def test_what_was_let_stand_is_never_altered(publisher, noon):
    let(publisher, noon)

    with pytest.raises(DatabaseError), transaction.atomic():
        StandingName.objects.update(reason="Autre")
    with pytest.raises(DatabaseError), transaction.atomic():
        StandingName.objects.all().delete()
