"""Two roles, neither a superuser: the owner makes tables, the application reads and writes rows."""

from __future__ import annotations

import psycopg
from psycopg import sql

from parvis.config.settings.database import APP, NAME, OWNER

_OLDEST = 150_000

#: A trigger can be told to look away by whoever is connected (pgtrigger.ignore); a missing right cannot.
#: So the name of a guard says which rights go: all but adding; taking away; writing certain columns again.
#: The head of a record is never taken away either: it is known by its key being that of a subject.
KEEP_APPEND_ONLY = """
DO $$ DECLARE kept record; BEGIN
    FOR kept IN
        SELECT held.oid::regclass AS name, given.grantee::regrole AS reader, string_agg(DISTINCT
            quote_ident(field.attname), ', ') AS open
        FROM pg_class AS held
        JOIN pg_trigger AS guard ON guard.tgrelid = held.oid
        JOIN pg_attribute AS field ON field.attrelid = held.oid AND field.attnum > 0 AND NOT field.attisdropped
        CROSS JOIN LATERAL aclexplode(held.relacl) AS given
        WHERE guard.tgname ~ '_is_never_rewritten_'
          AND NOT field.attnum = ANY (guard.tgattr::int2[])
          AND given.privilege_type = 'UPDATE'
          AND given.grantee NOT IN (0, held.relowner)
          AND pg_has_role(held.relowner, 'USAGE')
        GROUP BY held.oid, given.grantee
    LOOP
        EXECUTE format('REVOKE UPDATE ON %s FROM %s', kept.name, kept.reader);
        EXECUTE format('GRANT UPDATE (%s) ON %s TO %s', kept.open, kept.name, kept.reader);
    END LOOP;
    FOR kept IN
        SELECT DISTINCT held.oid::regclass AS name, given.grantee::regrole AS reader
        FROM pg_class AS held
        CROSS JOIN LATERAL aclexplode(held.relacl) AS given
        WHERE (EXISTS (SELECT FROM pg_trigger AS guard
                       WHERE guard.tgrelid = held.oid AND guard.tgname ~ '_is_never_deleted_')
            OR EXISTS (SELECT FROM pg_constraint AS own
                       JOIN pg_constraint AS head ON head.conrelid = own.conrelid AND head.conkey = own.conkey
                       WHERE own.conrelid = held.oid AND own.contype = 'p' AND head.contype = 'f'
                         AND head.confrelid = to_regclass('register_subject')))
          AND given.privilege_type IN ('DELETE', 'TRUNCATE')
          AND given.grantee NOT IN (0, held.relowner)
          AND pg_has_role(held.relowner, 'USAGE')
    LOOP
        EXECUTE format('REVOKE DELETE, TRUNCATE ON %s FROM %s', kept.name, kept.reader);
    END LOOP;
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
    with owner.transaction():  # nobody sees the moment between what is given and what is taken back
        _share(owner, app)


def _share(owner: psycopg.Connection, app: sql.Identifier) -> None:
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
