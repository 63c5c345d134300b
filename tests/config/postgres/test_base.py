"""A connection kept between requests is used again as long as its server is there, and opened anew when it is not."""

import pytest
from django.db import connection, transaction
from psycopg import Error


@pytest.fixture
def kept(own_database):
    connection.ensure_connection()
    return connection


def test_a_connection_at_rest_is_usable_and_nothing_is_asked(kept, monkeypatch):
    monkeypatch.setattr(kept.connection, "cursor", lambda *_: pytest.fail("something was asked"))

    assert kept.is_usable()


def test_a_connection_whose_server_left_is_not_usable_and_the_next_request_opens_another(kept):
    kept.connection.execute("SELECT 1")
    before = kept.connection.info.backend_pid
    _ended(before)

    usable = kept.is_usable()

    kept.health_check_enabled, kept.health_check_done = True, False
    with kept.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert (usable, cursor.fetchone()[0] != before) == (False, True)


def test_a_connection_in_a_broken_transaction_is_not_usable(kept):
    with transaction.atomic():
        with pytest.raises(Error):
            kept.connection.execute("SELECT nothing")
        usable = kept.is_usable()
        transaction.set_rollback(True)

    assert (usable, kept.is_usable()) == (False, True)


def _ended(pid: int) -> None:
    """End the process of the database that answers a connection, and wait until it is gone."""
    from tests.support import databases

    with databases.administrator() as admin:
        admin.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
