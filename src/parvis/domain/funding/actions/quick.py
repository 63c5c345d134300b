"""A save that meets nobody: one statement, which stands whole or not at all.

Nearly every save is one. It locks the file as any other does, writes the fields whose revision was the one seen, and
says which stand. What it leaves aside (another's text, a closed file, a stranger) is for the longer way to settle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson

from parvis.domain.funding.enums import MAY_WRITE, WRITABLE
from parvis.foundation.accounts.models import User
from parvis.foundation.accounts.prepared import rows_of

_STATES, _ROLES = sorted(map(str, WRITABLE)), sorted(map(str, MAY_WRITE))
_FORM = "SELECT form_id FROM funding_application WHERE id = %s"
#: How many fields are said is told for the planner alone, who would take them for ten and plan each save anew.
_FILE = """
WITH file AS (
    SELECT held.id FROM funding_application AS held
    WHERE held.id = %(file)s AND held.form_id = %(form)s AND held.state = ANY(%(states)s)
      AND EXISTS (SELECT FROM funding_bodymember AS member WHERE member.body_id = held.body_id
                  AND member.person_id = %(by)s AND member.role = ANY(%(roles)s))
    FOR NO KEY UPDATE OF held
), said AS (
    SELECT * FROM unnest(%(fields)s::text[], %(values)s::text[]) AS one (field, value) LIMIT %(count)s
), written AS (
    INSERT INTO funding_answer AS held (application_id, field, value, revision, saved_at, saved_by_id, "window")
    SELECT file.id, said.field, said.value::jsonb, 1, %(at)s, %(by)s, %(window)s FROM file, said
    ON CONFLICT (application_id, field) DO UPDATE SET
        value = excluded.value, revision = held.revision + 1, saved_at = excluded.saved_at,
        saved_by_id = excluded.saved_by_id, "window" = excluded."window"
    WHERE held.value IS DISTINCT FROM excluded.value
      AND (held."window" = excluded."window"
           OR held.revision = (%(bases)s::bigint[])[array_position(%(fields)s::text[], held.field::text)])
    RETURNING held.field, held.revision
)
"""
#: The same, and what the lists of files repeat of it.
_HEAD = """
, head AS (
    UPDATE funding_application AS held SET
        title = CASE WHEN 'title' IN (SELECT field FROM written) THEN %(title)s ELSE held.title END,
        asked = CASE WHEN %(asking)s IN (SELECT field FROM written) THEN %(asked)s::numeric ELSE held.asked END,
        country = CASE WHEN %(placing)s IN (SELECT field FROM written) THEN %(country)s ELSE held.country END
    FROM file WHERE held.id = file.id AND EXISTS (SELECT FROM written)
)
"""
_STANDS = """
SELECT field, revision FROM written
UNION ALL
SELECT held.field, held.revision FROM funding_answer AS held
JOIN file ON file.id = held.application_id
JOIN said ON said.field = held.field AND said.value::jsonb IS NOT DISTINCT FROM held.value
"""
_PLAIN, _WITH_HEAD = f"{_FILE}{_STANDS}", f"{_FILE}{_HEAD}{_STANDS}"


@dataclass(frozen=True, slots=True)
class Head:
    """What a save changes of what lists show: a title, the amount asked, a country, each with the field it is in."""

    title: str = ""
    asking: str = ""
    asked: Decimal | None = None
    placing: str = ""
    country: str = ""


def stand_at_once(
    *, application: UUID, form: int, values: Mapping[str, Any], bases: Sequence[int], head: Head | None, by: User,
    at: datetime, window: str,
) -> dict[str, int]:  # fmt: skip
    """Write what meets nobody. Returns the revision of each field that now says what was sent."""
    asked = {
        "file": application, "form": form, "states": _STATES, "roles": _ROLES, "by": by.pk, "at": at, "window": window,
        "fields": list(values), "count": len(values), "bases": list(bases),
        "values": [None if value is None else orjson.dumps(value).decode() for value in values.values()],
        **(asdict(head) if head is not None else {}),
    }  # fmt: skip
    stand: dict[str, int] = {}
    for field, revision in rows_of(_PLAIN if head is None else _WITH_HEAD, asked):
        stand[field] = max(revision, stand.get(field, 0))
    return stand


def form_held(application: UUID) -> int | None:
    """The form a file holds. It never changes, and is asked for again by the statement that writes."""
    try:
        return _form(application)
    except LookupError:
        return None


@lru_cache(maxsize=4096)
def _form(application: UUID) -> int:
    found = rows_of(_FORM, [application])
    if not found:
        raise LookupError
    return int(found[0][0])
