"""Two roles, neither a superuser: the owner makes tables, the application reads and writes rows."""

from __future__ import annotations

import psycopg
from psycopg import sql

from parvis.config.settings.database import APP, NAME, OWNER

_OLDEST = 150_000

#: A trigger can be told to look away by whoever is connected (pgtrigger.ignore); a missing right cannot.
KEEP_APPEND_ONLY = """
DO $$ DECLARE kept record; BEGIN
    FOR kept IN
        SELECT DISTINCT held.oid::regclass AS name, given.grantee::regrole AS reader
        FROM pg_class AS held
        JOIN pg_trigger AS guard ON guard.tgrelid = held.oid
        CROSS JOIN LATERAL aclexplode(held.relacl) AS given
        WHERE guard.tgname ~ '_(append_only|is_never_altered)_'
          AND given.privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE')
          AND given.grantee NOT IN (0, held.relowner)
          AND pg_has_role(held.relowner, 'USAGE')
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM %s', kept.name, kept.reader);
    END LOOP;
END $$
"""


def prepare(administrator: psycopg.Connection, *, passwords: dict[str, str] | None = None) -> None:
    """Make the roles where they are missing. ``administrator`` may make roles."""
    passwords = passwords or {}
    for role, more in ((OWNER, "CREATEDB"), (APP, "NOCREATEDB")):
        known = administrator.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        if not known:
            administrator.execute(
                sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEROLE {}").format(sql.Identifier(role), sql.SQL(more))
            )
        if role in passwords:
            administrator.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(passwords[role]))
            )


def make_database(administrator: psycopg.Connection, name: str = NAME) -> bool:
    """Make the database, owned by the owner. Tells whether it was missing. Needs autocommit."""
    if administrator.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return False
    administrator.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0").format(
            sql.Identifier(name), sql.Identifier(OWNER)
        )
    )
    return True


def share(owner: psycopg.Connection, role: str = APP) -> None:
    """Let the application use what the owner makes here, from now on and already: rows, never tables."""
    app = sql.Identifier(role)
    for words in (
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}",
    ):
        owner.execute(sql.SQL(words).format(app))
    owner.execute(KEEP_APPEND_ONLY)


def is_old(connection: psycopg.Connection) -> bool:
    """Whether this server is older than Parvis can use."""
    return connection.info.server_version < _OLDEST
