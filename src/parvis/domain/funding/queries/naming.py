"""Every name, number and address that would tell who asks, of one file or of a page of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from parvis.domain.funding.enums import BodyScheme, FieldType
from parvis.domain.funding.models import Application, BodyMember
from parvis.domain.funding.queries.blinding import Number
from parvis.domain.funding.queries.files import answers_of_each, form_read
from parvis.domain.funding.queries.forms import Form
from parvis.domain.funding.queries.telling import of_address, of_person, spellings, towns_that_tell, words_of_their_own

_KNOWN = (
    "body__record__names",
    "body__record__texts",
    Prefetch("body__members", BodyMember.objects.select_related("person")),
)


def names_in(file: Application) -> set[str]:
    """Every name, number and address that would tell who asks."""
    return names_in_each([file])[file.pk]


def names_in_each(
    files: Iterable[Application], answers: Mapping[UUID, Mapping[str, Any]] | None = None
) -> dict[UUID, set[str]]:
    """The same of several files, in as many queries as of one. ``answers`` are theirs, where they are already read."""
    held = list(files)
    answers = answers_of_each(held) if answers is None else answers
    prefetch_related_objects(held, *_KNOWN)
    bodies = {file.body_id: file.body for file in held}.values()
    own, towns = words_of_their_own(bodies), towns_that_tell(bodies)
    return {file.pk: _names(file, answers[file.pk]) | own[file.body_id] | ({file.body.town} & towns) for file in held}


def _names(file: Application, answers: Mapping[str, Any]) -> set[str]:
    body, form = file.body, form_read(file.form_id)
    names = {body.name}
    if body.record:
        names |= {name.text for name in body.record.names.all()}
        names |= {text.body for text in body.record.texts.all() if text.field == "title"}
    found = {*names, Number(body.number)}
    if body.scheme == BodyScheme.SIRET:
        found.add(Number(body.number[:9]))
    for name in names:
        found |= spellings(name)
    for member in body.members.all():
        found |= {member.person.get_full_name(), member.person.last_name, member.person.email}
        found |= of_address(member.person.email)
    for path, value in answers.items():
        if value and names_someone(form, path):
            said = str(value)
            found |= {said, *(of_address(said) if "@" in said else of_person(said))}
    return {name for name in found if name}


def names_someone(form: Form, path: str) -> bool:
    """Whether an answer is there to say who asks: an address, who signs, or what the form says tells who asks."""
    code, _dot, rest = path.partition(".")
    column = rest.partition(".")[2]
    asked = [one for one in (form.question(code), form.question(column) if column else None) if one is not None]
    return any(one.type == FieldType.EMAIL or one.names_asker or one.code in {"signatory", "contact"} for one in asked)
