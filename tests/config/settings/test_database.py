"""The address of the database, and what its roles may do."""

import pytest
from django.db import DatabaseError, connection, transaction

from parvis.config.settings.database import AddressRefused, read_address


def parts(url):
    read = read_address(url)
    return {name: read[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}


def test_an_address_of_a_server_is_read_with_its_signs_decoded():
    assert parts("postgresql://me:p%40ss@db.example:5433/city%20one?sslmode=require") == {
        "NAME": "city one",
        "USER": "me",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_an_address_of_a_socket_keeps_the_folder_as_it_is():
    assert parts("postgresql://me@/city?host=%2Ftmp%2Fa%20%C3%A9") == {
        "NAME": "city",
        "USER": "me",
        "PASSWORD": "",
        "HOST": "/tmp/a é",
        "PORT": "",
        "OPTIONS": {},
    }


@pytest.mark.parametrize("url", ["mysql://me@host/city", "host:5432", "postgresql://host:door/city"])
def test_what_is_no_address_of_postgresql_is_refused(url):
    with pytest.raises(AddressRefused):
        read_address(url)


@pytest.mark.django_db
def test_tests_run_as_the_application_that_is_no_superuser_and_owns_nothing():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls,"
            " (SELECT count(*) FROM pg_class WHERE relowner = r.oid) FROM pg_roles r WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("parvis_app", False, False, False, False, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [
        "CREATE TABLE mine (id int)",
        "DROP TABLE register_subject",
        "ALTER TABLE journal_line DISABLE TRIGGER ALL",
        "TRUNCATE journal_line",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_may_not_alter_tables_nor_silence_triggers(words):
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(words)
