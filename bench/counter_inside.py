"""What the load on the counter needs from inside: people with sessions and files, and a look at what was kept."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from importlib import import_module

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.middleware.csrf import _get_new_csrf_string  # noqa: E402

from parvis.domain.funding import actions  # noqa: E402
from parvis.domain.funding.models import (  # noqa: E402
    Answer,
    ApplicantBody,
    Application,
    Call,
    OutgoingEmail,
    Submission,
    VaultDocument,
)
from parvis.foundation.accounts.actions import house_account  # noqa: E402
from parvis.foundation.accounts.models import Role, User  # noqa: E402
from parvis.foundation.journal.actions import digest_of, faults, head  # noqa: E402
from parvis.foundation.journal.models import Line  # noqa: E402

#: What each file holds before the last minute: the fields of the load are left to write.
BEFORE = {
    "places.a1.name": "Mindelo",
    "places.a1.country": "CV",
    "places.a1.geoname": "3374462",
    "budget.60": "15 000",
    "budget.74-city": "15 000",
    "regrant": "no",
}


def prepare(count: int, files: int) -> list[dict[str, str]]:
    """So many people, each with so many files: the first of each, then the second of each."""
    now = datetime.now(UTC)
    house = house_account()
    call = Call.objects.get(subject__key="call-small-harbours-2027")
    actions.open_form(call=call, by=house, at=now)
    first = User.objects.filter(email__startswith="bench").count()
    named = [f"bench{n}@assoc.example" for n in range(first, first + count)]
    people = User.objects.bulk_create(
        [User(email=name, username=name, role=Role.APPLICANT, password="!") for name in named]
    )
    ready = [_ready(call, person, n, now, files) for n, person in enumerate(people, first)]
    return [one[turn] for turn in range(files) for one in ready]


def _ready(call: Call, person: User, n: int, now: datetime, files: int) -> list[dict[str, str]]:
    body = actions.open_body(
        name=f"Association {n}", kind="association", scheme="rna", number=f"W{n:09}", country="FR", founded=2001,
        by=person, at=now,
    )  # fmt: skip
    documents = {
        code: actions.store_document(
            body=body, title=code, file_name=f"{code}.pdf", media_type="application/pdf", size=1000,
            sha256=f"{n:064x}", scanned=False, by=person, at=now,
        )
        for code in ("statutes", "accounts")
    }  # fmt: skip
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person.pk), settings.AUTHENTICATION_BACKENDS[1]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    known = {"session": store.session_key, "csrf": _get_new_csrf_string()}
    return [{"file": _begun(call, body, documents, person, now), **known} for _turn in range(files)]


def _begun(call: Call, body: ApplicantBody, documents: dict[str, VaultDocument], person: User, now: datetime) -> str:
    file = actions.begin_file(call=call, body=body, verdicts=[], by=person, at=now)
    saves = [actions.Save(path, value) for path, value in BEFORE.items()]
    actions.save_answers(application=file.pk, saves=saves, by=person, at=now, window="before")
    for code, document in documents.items():
        actions.attach_document(file=file, document=document, code=code, by=person, at=now)
    return str(file.pk)


def check() -> dict[str, object]:
    """Answers by file; the number of each file whose receipt is whole; what is half done; faults of the journal."""
    answers: dict[str, dict[str, object]] = {}
    for row in Answer.objects.values_list("application_id", "field", "value"):
        answers.setdefault(str(row[0]), {})[row[1]] = row[2]
    whole = {}
    told = dict(Line.objects.filter(verb="application submitted").values_list("about", "digests__content"))
    written = set(OutgoingEmail.objects.values_list("application_id", flat=True))
    for given in Submission.objects.select_related("application").prefetch_related("application__steps"):
        file = given.application
        digest = digest_of({**given.content, "received_at": given.received_at.isoformat()})
        signs = (
            digest == given.digest == told.get(f"application:{file.pk}"),
            given.content["number"] == file.number,
            given.content["answers"] == answers.get(str(file.pk)),
            [step.goes_to for step in file.steps.all()] == [file.state] == ["submitted"],
            file.pk in written,
        )
        if all(signs):
            whole[str(file.pk)] = file.number
    half = [str(file.pk) for file in Application.objects.exclude(state="draft") if str(file.pk) not in whole]
    drafts = Application.objects.filter(state="draft")
    half += [str(file.pk) for file in drafts.exclude(number=None, submissions=None, steps=None)]
    numbers = sorted(int(number.rpartition("-")[2]) for number in whole.values())
    if numbers != list(range(1, len(numbers) + 1)):
        half.append("a number was given twice, or to nobody")
    head()
    return {"answers": answers, "whole": whole, "half_done": half, "journal": list(faults())}


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        print(json.dumps(prepare(int(sys.argv[2]), int(sys.argv[3]))))
    else:
        print(json.dumps(check()))
