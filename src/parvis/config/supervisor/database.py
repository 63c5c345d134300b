"""The database a start works with: ours, or the one that DATABASE_URL names."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg

from parvis.config.faults import Fault
from parvis.config.places import places
from parvis.config.settings.database import APP, NAME, OWNER, AddressRefused, read_address
from parvis.config.settings.environment import asked
from parvis.config.settings.paths import VAR
from parvis.config.settings.secrets import kept_secret

from . import roles
from .embedded import ADMIN, Embedded

_TWO_ROLES = (
    "One role both migrates and serves, so the database itself cannot forbid it to alter tables: "
    "name an owner with DATABASE_OWNER_URL."
)


@dataclass(frozen=True)
class Database:
    """Where each role connects, what to say about it, and how to mend it when it dies."""

    app: str
    owner: str
    server: str
    note: str = ""
    mend: Callable[[], bool] = bool

    def environment(self) -> dict[str, str]:
        """What a process of ours must know to reach this database."""
        return {"DATABASE_URL": self.app, "DATABASE_OWNER_URL": self.owner}


@contextmanager
def ready_database() -> Iterator[Database]:
    """A database that answers, with both roles, for as long as this lasts."""
    if asked("DATABASE_URL"):
        yield _given(asked("DATABASE_URL"), asked("DATABASE_OWNER_URL"))
        return
    embedded = Embedded(places(VAR))
    with embedded.used() as where:
        with psycopg.connect(where.address(ADMIN, "postgres"), autocommit=True) as administrator:
            roles.prepare(administrator)
            roles.make_database(administrator)
            version = administrator.info.server_version // 10_000
        owner = where.address(OWNER, NAME)
        with psycopg.connect(owner, autocommit=True) as connection:
            roles.share(connection)
        yield Database(where.address(APP, NAME), owner, f"PostgreSQL {version}", mend=embedded.mend)


def _given(app: str, owner: str) -> Database:
    with _connected(app, "DATABASE_URL") as connection:
        version = f"PostgreSQL {connection.info.server_version // 10_000} of DATABASE_URL"
        row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
        if not owner and row and row[0]:
            return _made_by_superuser(connection, app, version)
        serving = connection.info.user
    if not owner:
        return Database(app, app, version, note=_TWO_ROLES)
    with _connected(owner, "DATABASE_OWNER_URL") as connection:
        roles.share(connection, serving)
    return Database(app, owner, version)


def _made_by_superuser(connection: psycopg.Connection, url: str, version: str) -> Database:
    """A superuser must neither migrate nor serve: it makes the two roles and leaves."""
    passwords = {role: kept_secret(f"password-of-{role}") for role in (OWNER, APP)}
    roles.prepare(connection, passwords=passwords)
    connection.execute(f"GRANT CREATE ON SCHEMA public TO {OWNER}")
    app, owner = (_as_role(url, role, passwords[role]) for role in (APP, OWNER))
    with _connected(owner, "DATABASE_URL") as made:
        roles.share(made)
    _connected(app, "DATABASE_URL").close()
    return Database(app, owner, version)


def _as_role(url: str, role: str, password: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, f"{quote(role)}:{quote(password)}@{host}", parts.path, parts.query, ""))


def _connected(url: str, variable: str) -> psycopg.Connection:
    try:
        read_address(url)
        connection = psycopg.connect(url, autocommit=True, connect_timeout=5)
    except AddressRefused as fault:
        raise Fault(f"{variable} cannot be read. {fault}") from fault
    except psycopg.Error as fault:
        raise Fault(f"The database of {variable} cannot be reached: {_reason(fault)}.") from fault
    if roles.is_old(connection):
        number = connection.info.server_version // 10_000
        connection.close()
        raise Fault(f"The database of {variable} is PostgreSQL {number}: Parvis needs 15 or later.")
    return connection


def _reason(fault: psycopg.Error) -> str:
    """The last thing the server or the network said, without the address, which may hold a password."""
    lines = [line.strip() for line in str(fault).splitlines() if line.strip() and "Multiple" not in line]
    said = (lines[0] if lines else "no reason given").removesuffix("?")
    return said.rpartition("failed: ")[2].removeprefix("FATAL:").removeprefix("error:").strip().rstrip(".")


def as_owner(database: Database) -> dict[str, str]:
    """Environment of a process that migrates."""
    return {**os.environ, **database.environment(), "PARVIS_DATABASE_ROLE": "owner"}


def as_app(database: Database) -> dict[str, str]:
    """Environment of a process that serves."""
    return {**os.environ, **database.environment(), "PARVIS_DATABASE_ROLE": "app"}
