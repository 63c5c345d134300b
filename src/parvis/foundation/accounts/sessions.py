"""Sessions and the people in them, found at every request: kept by Django in the database, asked for in short."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.utils import timezone

from parvis.foundation.accounts.models import User
from parvis.foundation.accounts.prepared import rows_of

_SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Django's own, read by a question planned once."""

    def load(self) -> dict[str, Any]:
        found = rows_of(_SESSION, [self.session_key, timezone.now()])
        if not found:
            self._session_key = None
            return {}
        return self.decode(found[0][0])


class SignIn(AuthenticationBackend):
    """Signs in as allauth does; finds who is signed in by a question planned once."""

    def get_user(self, user_id: int) -> User | None:
        words, names = _asking()
        found = rows_of(words, [user_id])
        person = User.from_db("default", names, found[0]) if found else None
        return person if person is not None and self.user_can_authenticate(person) else None


@lru_cache(maxsize=1)
def _asking() -> tuple[str, list[str]]:
    fields = User._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    return f'SELECT {columns} FROM "{User._meta.db_table}" WHERE id = %s', [field.attname for field in fields]  # noqa: S608
