"""Whoever owns the database can write anything in it: the journal says that it was done."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from parvis.config.settings.database import OWNER
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.journal import actions as journal
from parvis.publication.bake import actions as bake
from parvis.publication.releases.archive import Archive
from parvis.publication.releases.comparing import Changes
from tests.support.databases import address

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def forge(own_database, settings, tmp_path):
    """Five lines, sealed, then what the owner of the database does to them."""
    settings.VAR_DIR = tmp_path
    clerk = User.objects.create_user("clerk@ville.example", role=Role.OFFICER)
    for place in range(5):
        journal.write("tested", about=f"record-{place}", by=clerk, at=NOON)
    journal.seal()

    def forged(*words):
        with psycopg.connect(address(OWNER, own_database), autocommit=True) as owner:
            for table in ("journal_line", "journal_seal"):
                owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for said in words:
                owner.execute(said)

    return forged


def verified() -> str:
    out = StringIO()
    call_command("verify_journal", stdout=out)
    return out.getvalue()


def test_a_journal_left_alone_holds(forge):
    assert verified().startswith("The journal holds: 5 lines sealed, 0 waiting.")


@pytest.mark.parametrize(
    "words",
    [
        ("UPDATE journal_line SET about = 'forged' WHERE about = 'record-2'",),
        ("UPDATE journal_line SET at = at - interval '1 second' WHERE about = 'record-2'",),
        ("UPDATE journal_line SET digests = '{\"content\": \"f\"}' WHERE about = 'record-2'",),
        (
            "DELETE FROM journal_seal WHERE number = 3",
            "DELETE FROM journal_line WHERE about = 'record-2'",
        ),
        (
            "DELETE FROM journal_seal WHERE number = 3",
            "DELETE FROM journal_line WHERE about = 'record-2'",
            "UPDATE journal_seal SET number = number - 1 WHERE number > 3",
        ),
        (
            "UPDATE journal_seal SET number = -number WHERE number > 2",
            (
                "INSERT INTO journal_line (id, verb, about, actor_id, at, digests)"
                " SELECT 900, verb, 'slipped in', actor_id, at, digests FROM journal_line LIMIT 1"
            ),
            "INSERT INTO journal_seal (number, line_id, digest) VALUES (3, 900, repeat('f', 64))",
            "UPDATE journal_seal SET number = 1 - number WHERE number < 0",
        ),
        ("UPDATE journal_seal SET line_id = (SELECT max(line_id) + 1 FROM journal_seal) WHERE number = 3",),
    ],
    ids=["changed", "dated anew", "content swapped", "removed", "removed and closed up", "slipped in", "moved"],
)
def test_a_change_in_the_middle_is_found(forge, words):
    try:
        forge("ALTER TABLE journal_seal DROP CONSTRAINT IF EXISTS seals_count_from_one", *words)
    except psycopg.errors.ForeignKeyViolation:
        return  # the database itself refuses to seal a line that is not there

    with pytest.raises(CommandError, match="The journal does not hold"):
        verified()


def test_an_end_cut_off_is_told_by_the_release_that_saw_it(forge, settings):
    house: Archive = bake.archive()
    made = house.releases / "made"
    (made / "content").mkdir(parents=True)
    house.seal(made, {"number": 1, "city": "paris", "journal": journal.head()}, Changes([], [], []))
    made.rename(house.releases / "1")
    verified()

    forge("DELETE FROM journal_seal WHERE number = 5", "DELETE FROM journal_line WHERE about = 'record-4'")

    with pytest.raises(CommandError, match="release 1 was published over seal 5"):
        verified()
