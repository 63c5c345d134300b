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

from parvis.domain.funding import actions, queries  # noqa: E402
from parvis.domain.funding.models import Answer, Application, Call, Submission  # noqa: E402
from parvis.foundation.accounts.actions import house_account  # noqa: E402
from parvis.foundation.accounts.models import Role, User  # noqa: E402
from parvis.foundation.journal.actions import digest_of  # noqa: E402

#: What each file holds before the last minute: the fields of the load are left to write.
BEFORE = {
    "places.a1.name": "Mindelo",
    "places.a1.country": "CV",
    "places.a1.geoname": "3374462",
    "budget.60": "15 000",
    "budget.74-city": "15 000",
    "regrant": "no",
}


def prepare(count: int) -> list[dict[str, str]]:
    now = datetime.now(UTC)
    house = house_account()
    call = Call.objects.get(subject__key="call-small-harbours-2027")
    actions.open_form(call=call, by=house, at=now)
    first = User.objects.filter(email__startswith="bench").count()
    named = [f"bench{n}@assoc.example" for n in range(first, first + count)]
    people = User.objects.bulk_create(
        [User(email=name, username=name, role=Role.APPLICANT, password="!") for name in named]
    )
    return [_ready(call, person, n, now) for n, person in enumerate(people, first)]


def _ready(call: Call, person: User, n: int, now: datetime) -> dict[str, str]:
    body = actions.open_body(
        name=f"Association {n}", kind="association", scheme="rna", number=f"W{n:09}", country="FR", founded=2001,
        by=person, at=now,
    )  # fmt: skip
    file = actions.begin_file(call=call, body=body, verdicts=[], by=person, at=now)
    saves = [actions.Save(path, value) for path, value in BEFORE.items()]
    actions.save_answers(application=file.pk, saves=saves, by=person, at=now, window="before")
    for code in ("statutes", "accounts"):
        document = actions.store_document(
            body=body, title=code, file_name=f"{code}.pdf", media_type="application/pdf", size=1000,
            sha256=f"{n:064x}", scanned=False, by=person, at=now,
        )  # fmt: skip
        actions.attach_document(file=file, document=document, code=code, by=person, at=now)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person.pk), settings.AUTHENTICATION_BACKENDS[1]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    return {"file": str(file.pk), "session": store.session_key, "csrf": _get_new_csrf_string()}


def check() -> dict[str, object]:
    """Answers by file; the number of each file whose receipt is whole; what is half done."""
    answers: dict[str, dict[str, object]] = {}
    for row in Answer.objects.values_list("application_id", "field", "value"):
        answers.setdefault(str(row[0]), {})[row[1]] = row[2]
    whole, half = {}, []
    for given in Submission.objects.select_related("application"):
        file = given.application
        digest = digest_of({**given.content, "received_at": given.received_at.isoformat()})
        if digest == given.digest and given.content["number"] == file.number and given.content["answers"]:
            whole[str(file.pk)] = file.number
    moved = Application.objects.exclude(state="draft")
    half += [str(file.pk) for file in moved if str(file.pk) not in whole or not file.steps.exists()]
    numbers = [number for number in Application.objects.values_list("number", flat=True) if number]
    if len(numbers) != len(set(numbers)):
        half.append("a number was given twice")
    return {
        "answers": answers,
        "whole": whole,
        "half_done": half,
        "forms": queries.calls_to_fill(datetime.now(UTC)).count(),
    }


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        print(json.dumps(prepare(int(sys.argv[2]))))
    else:
        print(json.dumps(check()))
