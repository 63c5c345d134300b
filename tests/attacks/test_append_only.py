"""The journal and every history take lines and give none back, whatever the database is told."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.foundation.journal.models import Line, Seal

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEPT = ("journal_line", "journal_seal")


def histories() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE '%%event' ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall() if "pgh_id" in _columns(cursor, name)]


def _columns(cursor, table) -> set[str]:
    cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
    return {name for (name,) in cursor.fetchall()}


@contextmanager
def refused():
    with pytest.raises(DatabaseError), transaction.atomic():
        yield


@pytest.fixture
def sealed(db):
    by = User.objects.create_user("clerk@ville.example")
    line = journal.write("tested", about="nothing", by=by, at=NOON)
    journal.seal()
    return line


def _say(*words: str) -> None:
    with connection.cursor() as cursor:
        for said in words:
            cursor.execute(said)


ATTEMPTS = (
    "UPDATE {} SET {} = {}",
    "DELETE FROM {}",
    "TRUNCATE {}",
    "TRUNCATE {} CASCADE",
    "DROP TABLE {}",
    "ALTER TABLE {} DISABLE TRIGGER ALL",
    "ALTER TABLE {} DISABLE TRIGGER USER",
    "ALTER TABLE {} RENAME TO gone",
    "ALTER TABLE {} OWNER TO parvis_app",
    "GRANT ALL ON {} TO parvis_app",
)


@pytest.mark.parametrize("attempt", ATTEMPTS)
@pytest.mark.parametrize("table", KEPT)
def test_the_journal_gives_no_line_back(sealed, table, attempt):
    column = "verb" if table == "journal_line" else "digest"
    said = attempt.replace("SET {} = {}", f"SET {column} = 'forged'").format(table)
    if said.startswith("GRANT"):
        _say(said)  # PostgreSQL only warns that there is nothing to grant
        with refused():
            _say(f"TRUNCATE {table}")
        return

    with refused():
        _say(said)

    assert Line.objects.get().verb == "tested"


@pytest.mark.parametrize(
    "around",
    [
        "SET LOCAL session_replication_role = replica",
        "SELECT set_config('pgtrigger.ignore', '{journal_line:pgtrigger_line_is_never_altered_350a1}', true)",
        "SET CONSTRAINTS ALL DEFERRED",
        "SET LOCAL ROLE parvis_owner",
    ],
)
@pytest.mark.parametrize(
    "said", ["UPDATE journal_line SET verb = 'forged'", "DELETE FROM journal_seal", "DELETE FROM journal_line"]
)
def test_no_setting_of_the_session_opens_the_journal(sealed, around, said):
    with refused():
        _say(around, said)

    assert (Line.objects.get().verb, Seal.objects.count()) == ("tested", 1)


def test_the_package_that_keeps_triggers_cannot_be_told_to_look_away(sealed):
    import pgtrigger

    with refused(), pgtrigger.ignore("journal.Line:line_is_never_altered", "journal.Seal:seal_is_never_altered"):
        Line.objects.update(verb="forged")
    with refused(), pgtrigger.ignore():
        Seal.objects.all().delete()

    assert (Line.objects.get().verb, Seal.objects.count()) == ("tested", 1)


def test_every_history_gives_nothing_back(db):
    tables = histories()
    assert len(tables) > 30
    open_ones = []
    for table in tables:
        for said in (
            f"DELETE FROM {table}",
            f"UPDATE {table} SET pgh_label = 'forged'",
            f"TRUNCATE {table}",
            f"DROP TABLE {table}",
        ):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT has_table_privilege(current_user, %s, %s)",
                    [table, said.split()[0] if said[0] != "D" or "DELETE" in said else "TRUNCATE"],
                )
                if cursor.fetchone()[0]:
                    open_ones.append(said)

    assert open_ones == []


def test_the_application_owns_nothing_and_is_no_superuser(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        assert cursor.fetchone()[0] == 0
        cursor.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication FROM pg_roles"
            " WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False,) * 5
