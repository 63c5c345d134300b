"""Requests filed at the counter, each by the body that made it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from parvis.domain.funding import actions
from parvis.domain.funding.actions import Save
from parvis.domain.funding.models import ApplicantBody, Application, Call
from parvis.foundation.accounts.models import User
from parvis.foundation.values.identifiers import siret

from .people import Cast, applicant
from .requests import Request

_LONGEST = 200


class Counter:
    """The counter of a rehearsal: it knows who came already, by the number of their body."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.known: dict[str, tuple[ApplicantBody, User]] = {}

    def file(self, call: Call, requests: Iterable[Request], at: datetime) -> dict[int, Application]:
        """File requests, one a second: the file of each by the line of its request."""
        return {
            one.line: self.sent(self.begun(call, one, moment), moment)
            for place, one in enumerate(requests)
            for moment in [at + timedelta(seconds=place)]
        }

    def begun(self, call: Call, one: Request, at: datetime, *, whole: bool = True) -> Application:
        """A file begun; its budget is written where it is ``whole``."""
        body, person = self.came(one, at)
        file = actions.begin_file(call=call, body=body, verdicts=[], by=person, at=at)
        answers = {"title": one.title[:_LONGEST]}
        if whole:
            answers |= {"budget.60": str(one.asked), "budget.74-city": str(one.asked)}
        saves = [Save(path, value, 0) for path, value in answers.items()]
        actions.save_answers(application=file.pk, saves=saves, by=person, at=at, window="rehearsal")
        return file

    def sent(self, file: Application, at: datetime) -> Application:
        actions.send_file(application=file.pk, by=file.begun_by, at=at, language="fr")
        file.refresh_from_db(fields=["state", "number"])
        return file

    def came(self, one: Request, at: datetime) -> tuple[ApplicantBody, User]:
        """The body of a request and who acts for it, opened when it comes for the first time."""
        scheme, number = numbered(one)
        if number not in self.known:
            person = applicant(one.line, by=self.cast.house, at=at)
            body = actions.open_body(
                name=one.body[:_LONGEST], kind="association", scheme=scheme, number=number, country="FR",
                town=one.town.title(), founded=None, by=person, at=at,
            )  # fmt: skip
            self.known[number] = body, person
        return self.known[number]


def numbered(one: Request) -> tuple[str, str]:
    """The register and the number of a body: some of 2013 have no good SIRET, and are known by their line."""
    try:
        return "siret", siret(one.siret)
    except ValueError:
        return "org_id", f"FR-XX-{one.line}"
