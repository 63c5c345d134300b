"""What was said, judged and decided stays as it was, whoever holds the application's connection."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from parvis.domain.accountability.models import Claim, ClaimEvidence, Promise, PromiseEvidence, PromiseStep
from parvis.foundation.accounts.models import Role, User
from parvis.register.actions import judge, propose, record_statement, refuse_proposal, undo_judgement
from parvis.register.enums import Verdict
from parvis.register.models import Source, Statement, Subject

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@contextmanager
def refused():
    with pytest.raises(DatabaseError), transaction.atomic():
        yield


def say(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")
        cursor.execute(words)


@pytest.fixture
def clerk(db):
    return User.objects.create_user("clerk@ville.example", role=Role.PUBLISHER)


@pytest.fixture
def pair(clerk):
    stamped = {"entered_at": NOON, "amended_at": NOON, "entered_by": clerk, "amended_by": clerk}
    one, other = (Subject.objects.create(key=key, noun="source", **stamped) for key in ("one", "other"))
    Source.objects.create(subject=one, publisher={"fr": "Ville"}, language="fr", speaks="partner")
    return one, other


@pytest.fixture
def held(pair, clerk):
    """A statement, a judgement undone, a proposal refused."""
    one, other = pair
    said = {"property": "observation", "words": {"en": "Dense"}, "source": "one", "lines": "1"}
    record_statement(about=other, content=said, by=clerk, at=NOON)
    judged = judge(one=one, other=other, verdict=Verdict.SAME, reason="seen", by=clerk, at=NOON)
    undo_judgement(judgement=judged, by=clerk, at=NOON)
    asked = propose(noun="source", key="one", content={}, seen_revision=1, origin="a file", by=clerk, at=NOON)
    refuse_proposal(proposal=asked, reason="No", by=clerk, at=NOON)


@pytest.mark.parametrize(
    "said",
    [
        "DELETE FROM register_statement",
        "TRUNCATE register_statement CASCADE",
        "UPDATE register_statement SET words = '{}'",
        "UPDATE register_statement SET number = 1, unit = 'x', scope = '{\"en\": \"x\"}', words = '{}'",
        "UPDATE register_statement SET recorded_at = now()",
        "UPDATE register_statement SET source_id = source_id",
        "DELETE FROM register_judgement",
        "UPDATE register_judgement SET verdict = 'different'",
        "UPDATE register_judgement SET undone_at = NULL, undone_by_id = NULL",
        "DELETE FROM register_proposal",
        "UPDATE register_proposal SET content = '{}'",
        "UPDATE register_proposal SET state = 'waiting', decided_by_id = NULL",
        "DELETE FROM register_source",
        "DELETE FROM register_subject",
        "DELETE FROM accounts_spentlink",
        "UPDATE accounts_spentlink SET spent_at = now()",
    ],
)
def test_the_application_cannot_unsay(held, said):
    with refused():
        say(said)


def test_a_retraction_is_not_taken_back(held, clerk):
    say(
        "UPDATE register_statement SET retracted_at = recorded_at, retraction_reason = 'misread',"
        f" retracted_by_id = {clerk.pk}"
    )

    with refused():
        say("UPDATE register_statement SET retracted_at = NULL, retracted_by_id = NULL, retraction_reason = ''")

    assert Statement.objects.get().retraction_reason == "misread"


def test_every_head_of_a_record_stays(db):
    """No table of records gives the application the right to take one away."""
    from django.apps import apps

    from parvis.register.models import Record

    heads = [model._meta.db_table for model in apps.get_models() if issubclass(model, Record)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s::text[]) AS name WHERE has_table_privilege(current_user, name, 'DELETE')",
            [heads],
        )
        assert cursor.fetchall() == []
    assert len(heads) > 20


def at_the_end() -> None:
    """What the end of a transaction does."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def checked():
    yield
    at_the_end()


@contextmanager
def refused_for(name):
    with pytest.raises(IntegrityError) as fault, transaction.atomic(), checked():
        yield
    assert fault.value.__cause__.diag.constraint_name == name


def test_kept_without_evidence_is_refused_by_the_database(pair):
    one, other = pair
    promise = Promise.objects.create(subject=other, made_by=one)

    with refused_for("kept_names_its_evidence"):
        PromiseStep.objects.create(owner=promise, state="kept", day="2020")
    step = PromiseStep.objects.create(owner=promise, state="in_progress", day="2020")
    with refused_for("kept_names_its_evidence"):
        PromiseStep.objects.filter(pk=step.pk).update(state="kept")
    PromiseEvidence.objects.create(owner=step, record=one)
    PromiseStep.objects.filter(pk=step.pk).update(state="kept")
    at_the_end()
    with refused_for("kept_keeps_its_evidence"):
        PromiseEvidence.objects.all().delete()
    promise.steps.all().delete()  # the whole step may go: its history stays
    at_the_end()

    assert PromiseStep.objects.count() == 0


def test_proven_without_evidence_is_refused_by_the_database(pair):
    one, other = pair
    claimed = {"publisher": one, "scope": {"en": "all"}, "as_of": "2020"}

    with refused_for("proven_names_its_evidence"):
        Claim.objects.create(subject=other, state="proven", **claimed)
    claim = Claim.objects.create(subject=other, **claimed)
    ClaimEvidence.objects.create(owner=claim, record=one)
    Claim.objects.update(state="proven")
    at_the_end()
    with refused_for("proven_keeps_its_evidence"):
        ClaimEvidence.objects.all().delete()

    assert Claim.objects.get().evidence.count() == 1
