"""Who may be played in a rehearsal: each part of the office, two reviewers, applicants at four points of their way."""

from __future__ import annotations

from collections.abc import Iterator

from parvis.domain.funding.enums import ApplicationState
from parvis.domain.funding.models import Application, Grant
from parvis.foundation.accounts.models import Role, User

from .aiding import WAITS
from .people import WHERE
from .play import Left, left_for

_OFFICE = {
    "officer": "programme officer",
    "finance": "finance officer",
    "publisher": "publisher",
    "reader": "reader (a councillor, an examiner)",
    "reviewer1": "reviewer, blind",
    "reviewer2": "another reviewer",
}


def parts() -> list[tuple[str, User]]:
    """Each part, in words, and who plays it."""
    known = {user.email.partition("@")[0]: user for user in User.objects.filter(email__endswith=WHERE, is_active=True)}
    office = [(words, known[name]) for name, words in _OFFICE.items() if name in known]
    aid = [("applicant for emergency aid, who waits for an answer", known[WAITS])] if WAITS in known else []
    return [*office, *_applicants(), *aid]


def _applicants() -> Iterator[tuple[str, User]]:
    files = (
        Application.objects.filter(begun_by__role=Role.APPLICANT).select_related("begun_by").order_by("begun_at", "pk")
    )
    for words, state in (
        ("applicant, a draft to finish", ApplicationState.DRAFT),
        ("applicant, asked to complete a file", ApplicationState.TO_COMPLETE),
    ):
        if file := files.filter(call__subject__key="rehearsal-call-open", state=state).first():
            yield words, file.begun_by
    grants = Grant.objects.filter(convention__signed__isnull=False, state="awarded").order_by("file")
    owing = next((grant for grant in grants if left_for(grant) == Left.TELL), None)
    if owing and (file := files.filter(number=owing.file).first()):
        yield "applicant under a convention, who owes a report", file.begun_by
