"""Databases of the tests: migrated once by the owner as a template, cloned in a moment for each worker.

The template is named after the migrations it holds, so that it serves until one of them changes. Tests connect
as the application: triggers, append-only tables and missing rights bite in tests as they do in service.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import django
import psycopg
from psycopg import sql

from parvis.config.places import places
from parvis.config.settings.database import OWNER
from parvis.config.supervisor import roles
from parvis.config.supervisor.embedded import ADMIN, Embedded
from parvis.config.supervisor.migrating import migrate

PROJECT = Path(__file__).resolve().parents[2]
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "256MB", "jit": "off"}
_LOCK = 0x7465_7374
_TEMPLATES_KEPT = 4


def server() -> Embedded:
    """The server of the tests; another than the one of ``make run``, so that neither troubles the other."""
    return Embedded(places(PROJECT / "var", "postgres-tests"), QUICK)


def address(user: str, name: str) -> str:
    """Where a role connects, on our own server or on the one named by PARVIS_TEST_DATABASE_URL."""
    given = os.environ.get("PARVIS_TEST_DATABASE_URL")
    if not given:
        return server().places.address(user, name)
    parts = urlsplit(given)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{quote(user)}@{host}", path=f"/{name}").geturl()


@contextmanager
def serving() -> Iterator[None]:
    """Keep the server of the tests up."""
    if os.environ.get("PARVIS_TEST_DATABASE_URL"):
        yield
        return
    with server().used():
        yield


def administrator() -> psycopg.Connection:
    """A connection that may make roles and databases."""
    given = os.environ.get("PARVIS_TEST_DATABASE_URL") or address(ADMIN, "postgres")
    return psycopg.connect(given, autocommit=True)


def template() -> str:
    """Name of the template, made if it is missing. Several test runs may ask at once."""
    name = template_name()
    with administrator() as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        roles.prepare(admin)
        if not _stands(admin, name):
            _drop_older(admin)
            draft = f"draft_{os.getpid()}"
            roles.make_database(admin, draft)
            _migrate(draft)
            admin.execute(_sql("ALTER DATABASE {} RENAME TO {}", draft, name))
    return name


def clone(name: str) -> str:
    """A database of this name, like the template."""
    with administrator() as admin:
        drop(name)
        admin.execute("SELECT pg_advisory_lock_shared(%s)", [_LOCK])
        admin.execute(_sql("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY OWNER {}", name, template_name(), OWNER))
    return name


def template_name() -> str:
    """The template is named after the migrations it holds."""
    from django.conf import settings  # settings ask this module for their address

    return f"template_{_fingerprint(settings.INSTALLED_APPS)}"


def drop(name: str) -> None:
    with administrator() as admin:
        admin.execute(_sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))


def _migrate(name: str) -> None:
    """Migrate as the owner, in this process."""
    from django.db import connection

    kept = {part: connection.settings_dict[part] for part in ("NAME", "USER")}
    with psycopg.connect(address(OWNER, name), autocommit=True) as owner:
        roles.share(owner)
    connection.close()
    connection.settings_dict.update(NAME=name, USER=OWNER)
    try:
        migrate()
    finally:
        connection.close()
        connection.settings_dict.update(kept)


def _fingerprint(apps: list[str]) -> str:
    digest = hashlib.sha256("\n".join(apps).encode())
    granting = [Path(roles.__file__), Path(migrate.__code__.co_filename)]
    for path in (*granting, *sorted((PROJECT / "src").rglob("migrations/*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _stands(admin: psycopg.Connection, name: str) -> bool:
    return admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop_older(admin: psycopg.Connection) -> None:
    """Drafts and clones that nobody uses any more, and all templates but the last few."""
    left = admin.execute(
        "SELECT datname FROM pg_database d WHERE datname ~ '^(template_[0-9a-f]{12}|draft_|clone_)'"
        " AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = d.datname) ORDER BY oid DESC"
    ).fetchall()
    names = [name for (name,) in left]
    templates = [name for name in names if name.startswith("template_")]
    orphans = [name for name in names if name not in templates and not _is_running(int(name.split("_")[1]))]
    for name in (*orphans, *templates[_TEMPLATES_KEPT:]):
        admin.execute(_sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _sql(words: str, *names: str) -> sql.Composed:
    return sql.SQL(words).format(*(sql.Identifier(name) for name in names))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.support.settings"
    django.setup()
    with serving():
        template()
