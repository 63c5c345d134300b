"""Writing, sealing and checking the journal.

Lines are written unchained, inside the transaction of the act they tell; a job seals them in order
a few seconds later (chaining inside the transaction made every commit wait for the one before it).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
from django.db import connection, transaction

from parvis.foundation.accounts.models import User
from parvis.foundation.journal.models import Line, Seal
from parvis.foundation.journal.pouring import pour_lines

#: Any number, the same for all: only one sealer works at a time.
_SEALERS_LOCK = 0x7061_7276
_BATCH = 5000
_COLUMNS = ("verb", "about", "actor", "at", "digests")
GENESIS = "0" * 64


def digest_of(content: object) -> str:
    """SHA-256 of a canonical rendering: it proves what was written without keeping it."""
    return hashlib.sha256(canonical(content)).hexdigest()


def canonical(content: object) -> bytes:
    """What a digest is taken of."""
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS, default=str)


def write(verb: str, *, about: str, by: User, at: datetime, **digests: str | int) -> Line:
    """Write a line in the journal of acts. Belongs in the same transaction as the act."""
    return Line.objects.create(verb=verb, about=about, actor=by, at=at, digests=digests)


def line(verb: str, *, about: str, by: User, at: datetime, **digests: str | int) -> Line:
    """A line to be added with other rows, in the same transaction as the act it tells."""
    return Line(verb=verb, about=about, actor=by, at=at, digests=digests)


def write_many(lines: list[tuple[str, str, dict[str, Any]]], *, by: User, at: datetime) -> None:
    """Write many lines of one author at one moment: (verb, about, digests)."""
    pour_lines(Line, _COLUMNS, ((verb, about, by.pk, at, digests) for verb, about, digests in lines))


@transaction.atomic
def seal() -> int:
    """Chain the lines not sealed yet, in the order they were written. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEALERS_LOCK])
    last = Seal.objects.order_by("-number").first()
    number, before = (last.number, last.digest) if last else (0, GENESIS)
    seals = []
    for line in Line.objects.filter(seal__isnull=True).order_by("id")[:_BATCH]:
        number += 1
        before = _chained(number, line, before)
        seals.append(Seal(number=number, line=line, digest=before))
    Seal.objects.bulk_create(seals, batch_size=1000)
    return len(seals)


def head() -> dict[str, int | str]:
    """How far the chain goes, everything written so far included: what an outside witness may keep."""
    while seal():
        pass
    last = Seal.objects.order_by("-number").first()
    return {"number": last.number, "digest": last.digest} if last else {"number": 0, "digest": GENESIS}


def witnessed(number: int, digest: str) -> bool:
    """Whether the chain still holds what a witness saw at its head."""
    return number == 0 or Seal.objects.filter(number=number, digest=digest).exists()


def faults() -> Iterator[str]:
    """Every place where the chain does not hold, in words. Nothing when it is whole."""
    before, expected = GENESIS, 0
    for sealed in Seal.objects.select_related("line").order_by("number").iterator():
        expected += 1
        if sealed.number != expected:
            yield f"seal {expected} is missing"
            expected = sealed.number
        if _chained(sealed.number, sealed.line, before) != sealed.digest:
            yield f"seal {sealed.number} does not match line {sealed.line_id} ({sealed.line.verb})"
        before = sealed.digest


def _chained(number: int, line: Line, before: str) -> str:
    return digest_of(
        {
            "number": number,
            "before": before,
            "line": line.pk,
            "verb": line.verb,
            "about": line.about,
            "actor": line.actor_id,
            "at": line.at.astimezone(UTC).isoformat(),
            "digests": line.digests,
        }
    )
