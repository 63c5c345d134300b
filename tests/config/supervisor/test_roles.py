"""The roles, on a server of another administrator."""

import psycopg
import pytest

from parvis.config.faults import Fault
from parvis.config.supervisor import database as given
from parvis.config.supervisor import roles
from parvis.config.supervisor.embedded import ADMIN


@pytest.fixture
def administrator(embedded):
    with (
        embedded.used() as where,
        psycopg.connect(where.address(ADMIN, "postgres"), autocommit=True) as connection,
    ):
        yield connection, where


def test_roles_and_database_are_made_once(administrator):
    connection, _ = administrator

    roles.prepare(connection)
    roles.prepare(connection)

    assert (roles.make_database(connection), roles.make_database(connection)) == (True, False)
    made = connection.execute(
        "SELECT rolname, rolsuper, rolcreaterole FROM pg_roles WHERE rolname LIKE 'parvis\\_%' ORDER BY 1"
    ).fetchall()
    assert made == [("parvis_app", False, False), ("parvis_owner", False, False)]


def test_the_application_writes_rows_of_tables_made_later_and_makes_none(administrator):
    connection, where = administrator
    roles.prepare(connection)
    roles.make_database(connection)
    with psycopg.connect(where.address("parvis_owner", "parvis"), autocommit=True) as owner:
        roles.share(owner)
        owner.execute("CREATE TABLE later (id serial, word text)")

    with psycopg.connect(where.address("parvis_app", "parvis"), autocommit=True) as app:
        app.execute("INSERT INTO later (word) VALUES ('a')")
        assert app.execute("SELECT word FROM later").fetchall() == [("a",)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE mine (id int)")


def test_a_superuser_in_the_address_makes_the_two_roles_and_leaves(administrator, monkeypatch, tmp_path):
    connection, where = administrator
    connection.execute("CREATE DATABASE city")
    monkeypatch.setattr(given, "kept_secret", lambda _name: "a secret")
    monkeypatch.setenv("DATABASE_URL", where.address(ADMIN, "city"))
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)

    with given.ready_database() as database:
        users = [psycopg.conninfo.conninfo_to_dict(url)["user"] for url in (database.app, database.owner)]
        with psycopg.connect(database.owner) as owner:
            owner.execute("CREATE TABLE made (id int)")

    assert (users, database.note) == (["parvis_app", "parvis_owner"], "")


def test_one_plain_role_migrates_and_serves_and_is_told_so(administrator, monkeypatch):
    connection, where = administrator
    connection.execute("CREATE ROLE plain LOGIN")
    connection.execute("CREATE DATABASE city OWNER plain")
    monkeypatch.setenv("DATABASE_URL", where.address("plain", "city"))
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)

    with given.ready_database() as database:
        assert (database.app, database.owner) == (database.owner, where.address("plain", "city"))
        assert "DATABASE_OWNER_URL" in database.note


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (
            "postgresql://me:hunter2@127.0.0.1:1/city",
            "The database of DATABASE_URL cannot be reached: Connection refused.",
        ),
        (
            "mysql://me:hunter2@db/city",
            "DATABASE_URL cannot be read. The address of the database must begin with postgresql://",
        ),
    ],
)
def test_an_address_that_leads_nowhere_is_told_in_a_sentence_without_its_password(monkeypatch, url, sentence):
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(Fault) as told, given.ready_database():
        pass

    assert str(told.value).startswith(sentence)
    assert "hunter2" not in str(told.value)


def test_an_old_server_is_refused(administrator, monkeypatch):
    _, where = administrator
    monkeypatch.setenv("DATABASE_URL", where.address(ADMIN, "postgres"))
    monkeypatch.setattr(roles, "_OLDEST", 990_000)

    with pytest.raises(Fault, match=r"is PostgreSQL 18: Parvis needs 15 or later\."), given.ready_database():
        pass
