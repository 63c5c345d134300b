"""The record of a body that is given money: found by its number, or made from what it said of itself."""

from __future__ import annotations

from datetime import datetime

from django.utils.text import slugify

from parvis.domain.directory.actions import enter_body
from parvis.domain.directory.errors import PersonIsNoBody
from parvis.domain.directory.models import Body
from parvis.domain.funding.enums import BodyScheme
from parvis.domain.funding.models import ApplicantBody
from parvis.foundation.accounts.models import User
from parvis.register.entry import Entry
from parvis.register.models import Subject

_LONGEST_KEY = 60


def record_of(body: ApplicantBody, *, by: User, at: datetime) -> Subject:
    """The directory's record of a body. Only its number finds it: a name that two bodies share never does.

    Raises PersonIsNoBody: no record is made of a person.
    """
    if body.scheme == BodyScheme.PERSON:
        raise PersonIsNoBody
    if body.record is None:
        known = Body.objects.filter(identifiers__contains={body.scheme: body.number}).order_by("pk").first()
        body.record = known.subject if known else _entered(body, by=by, at=at).subject
        body.save(update_fields=["record"])
    return body.record


def _entered(body: ApplicantBody, *, by: User, at: datetime) -> Body:
    entry = Entry(
        key=_free_key(body),
        kind=body.kind,
        visibility="internal",
        texts={"title": {"fr": body.name}},
    )
    founded = str(body.founded) if body.founded else ""
    return enter_body(entry=entry, facts={"identifiers": {body.scheme: body.number}, "founded": founded}, by=by, at=at)


def _free_key(body: ApplicantBody) -> str:
    """A key made of the name; its number follows where another record has it already."""
    key = slugify(body.name)[:_LONGEST_KEY].strip("-") or "body"
    if key[0].isdigit() or Subject.objects.filter(key=key).exists():
        return f"body-{slugify(body.number)}"
    return key
