"""So many application files, on a form that does exist, in a database that is thrown away: for the benchmarks."""

from __future__ import annotations

import os
import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

_READERS = 40
COUNTRIES = (
    "SN",
    "CV",
    "MA",
    "TN",
    "BJ",
    "ML",
    "TG",
    "CM",
    "MG",
    "LB",
    "PS",
    "VN",
    "KH",
    "HT",
    "BO",
    "PE",
    "UA",
    "AM",
)
_STATES = (
    *["submitted"] * 3, *["to_complete"] * 2, *["complete"] * 2, *["eligible"] * 3, *["under_review"] * 4,
    *["ranked"] * 3, "refused", "ineligible", "withdrawn",
)  # fmt: skip
WORDS = (
    "eau",
    "puits",
    "école",
    "santé",
    "quai",
    "forêt",
    "semences",
    "solaire",
    "toit",
    "marché",
    "lecture",
    "pêche",
)


@contextmanager
def database() -> Iterator[None]:
    """A clone of the tests' database, thrown away afterwards."""
    import django

    django.setup()
    from django.db import connection

    from tests.support import databases

    name = f"clone_{os.getpid()}_bench"
    with databases.serving():
        databases.template()
        databases.clone(name)
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            databases.drop(name)


def fill(count: int, vault: Path) -> None:
    """So many files, each with its body, what was sent, two documents, and readings of about half."""
    from django.db import transaction
    from django.utils import timezone

    from parvis.domain.funding import actions
    from parvis.domain.funding.models import FileNumber
    from parvis.foundation.accounts.models import Role, User
    from tests.support import calls

    by = User.objects.create_user("bench@ville.example", role=Role.PUBLISHER)
    # Not the officer who is timed: whoever begins a file is tied to it, and its list would be empty.
    asks = User.objects.create_user("bench@assoc.example", role=Role.APPLICANT)
    readers = [User.objects.create_user(f"reader{n}@ville.example", role=Role.REVIEWER) for n in range(_READERS)]
    call = calls.opened_call(by)
    chance = random.Random(10)
    papers = _papers(vault)
    with transaction.atomic():
        for first in range(0, count, 1_000):
            _thousand(range(first, min(first + 1_000, count)), call, asks, by, readers, chance, papers)
        FileNumber.objects.create(call=call, last=count)
    actions.look_at_arrivals(by=by, at=timezone.now())  # as the outbox's clock does: no file is shown before


def take_stock(name: str) -> None:
    """What a database does by itself a minute after so many rows came."""
    import psycopg

    from parvis.config.settings.database import OWNER
    from tests.support.databases import address

    with psycopg.connect(address(OWNER, name), autocommit=True) as owner:
        owner.execute("ANALYZE")


def _papers(vault: Path) -> list[tuple[str, int]]:
    """Ten files in the vault, for all to share."""
    import hashlib

    from parvis.domain.funding.actions import place_of

    made = []
    for number in range(10):
        content = b"%PDF-1.4\n" + random.Random(number).randbytes(20_000)
        sha256 = hashlib.sha256(content).hexdigest()
        place = place_of(vault, sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        made.append((sha256, len(content)))
    return made


def _thousand(
    numbers: range, call: Any, asks: Any, by: Any, readers: list[Any], chance: random.Random, papers: Any
) -> None:
    from parvis.domain.funding.models import (
        Answer,
        ApplicantBody,
        Application,
        Attachment,
        Interest,
        Review,
        Submission,
        VaultDocument,
    )
    from tests.support.calls import WHILE_OPEN

    form, at = call.forms.get(), WHILE_OPEN
    bodies = ApplicantBody.objects.bulk_create([
        ApplicantBody(name=f"Association {n}, {chance.choice(WORDS)}", kind=chance.choice(("association", "ngo")),
                      scheme="rna", number=f"W{n:09}", country="FR", town="Riviera", founded=1950 + n % 70,
                      opened_at=at, opened_by=asks) for n in numbers
    ])  # fmt: skip
    files, sent, answers, held, attached, readings = [], [], [], [], [], []
    for n, body in zip(numbers, bodies, strict=True):
        written = _written(n, chance)
        when = at + timedelta(minutes=n)
        file = Application(
            id=uuid.uuid4(), call=call, form=form, body=body, state=chance.choice(_STATES),
            number=f"2027-MAR-{n + 1:05}", title=written["title"],
            asked=Decimal(written["budget.74-city"]), country=written["places.a1.country"],
            begun_at=when, begun_by=asks, submitted_at=when,
        )  # fmt: skip
        files.append(file)
        answers += [Answer(application=file, field=path, value=value, saved_at=when, saved_by=asks)
                    for path, value in written.items()]  # fmt: skip
        content = {"call": call.key, "form": form.pk, "answers": written, "documents": [], "number": file.number}
        sent.append(Submission(application=file, turn=1, content=content, digest=f"{n:064x}", received_at=when,
                               sent_by=asks, language="fr"))  # fmt: skip
        for code in ("statutes", "accounts"):
            sha256, size = papers[chance.randrange(len(papers))]
            paper = VaultDocument(body=body, title=code, file_name=f"{code} {n}.pdf", media_type="application/pdf",
                                  size=size, sha256=sha256, stored_at=when, stored_by=asks)  # fmt: skip
            held.append(paper)
            attached.append(Attachment(application=file, document=paper, code=code, attached_at=when, attached_by=asks))
        if file.state in ("under_review", "ranked"):
            pair = chance.sample(readers, 2)
            readings += [Review(application=file, reviewer=one, state="signed", given_at=when, given_by=by,
                                signed_at=when) for one in pair]  # fmt: skip
    Application.objects.bulk_create(files)
    Answer.objects.bulk_create(answers, batch_size=5_000)
    Submission.objects.bulk_create(sent)
    VaultDocument.objects.bulk_create(held)
    Attachment.objects.bulk_create(attached)
    Review.objects.bulk_create(readings)
    concerned = chance.sample(files, min(5, len(files)))
    Interest.objects.bulk_create(
        [Interest(application=file, person=by, ground="declared", stated_at=at, stated_by=by) for file in concerned]
    )


def _written(n: int, chance: random.Random) -> dict[str, Any]:
    """Answers to every question, of the length people write."""
    cost = chance.randrange(6_000, 120_000, 500)
    phrase = " ".join(chance.choices(WORDS, k=12)) + ". "
    return {
        "title": f"{chance.choice(WORDS).capitalize()} et {chance.choice(WORDS)} à {n}",
        "summary": phrase * 6,
        "need": "=" + phrase * 12 if n % 50 == 0 else phrase * 12,
        "people": str(chance.randrange(50, 20_000)),
        "starts": "2027-06-01",
        "ends": "2028-05-31",
        "sdg": ["6.1", "14.7"],
        "places.a1.name": f"Lieu {n}",
        "places.a1.country": chance.choice(COUNTRIES),
        "partners.p1.partner-name": f"Partenaire {n}",
        "partners.p1.partner-part": phrase,
        "budget.60": str(cost),
        "budget.74-city": str(cost // 2),
        "budget.75": str(cost - cost // 2),
        "regrant": "no",
        "signatory": f"P. {n}, présidente",
        "contact": f"contact{n}@assoc.example",
    }
