"""Contacts brought in: no record, no key, no history. Once they are in, the import forgets them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from parvis.domain.directory.actions import enter_contact, forget_contact
from parvis.domain.directory.enums import Channel
from parvis.domain.directory.models import Contact
from parvis.exchange.inbound.enums import RowVerdict
from parvis.exchange.inbound.judged import Judged
from parvis.foundation.accounts.models import User
from parvis.foundation.values.partial_date import PartialDate
from parvis.register.models import Subject

#: How long a contact is kept when the file does not say.
KEPT_FOR = timedelta(days=730)
_CHANNELS = {"email": Channel.EMAIL, "telephone": Channel.TELEPHONE}


def compare(judged: list[Judged], *, at: datetime) -> None:
    """Whether each contact is there already; and whether it can be reached, and until when it may be kept."""
    for one in judged:
        if one.verdict == RowVerdict.REFUSED:
            continue
        if not any(one.content.get(name) for name in _CHANNELS):
            _refuse(one, _("This contact has neither an e-mail address nor a telephone number."))
            continue
        until = _until(one.content, at)
        if until < at.date():
            _refuse(one, _("The day to forget this contact is already past."))
            continue
        one.content["expires_on"] = until.isoformat()
        if not [channel for channel in _reached(one.content) if not _held(one.content, channel)]:
            one.verdict = RowVerdict.SAME


def write(content: Mapping[str, Any], *, by: User, at: datetime) -> list[int]:
    """Enter a contact by each way it can be reached that is not there yet. Returns their numbers."""
    about = Subject.objects.get(key=content["about"])
    return [
        enter_contact(
            about=about,
            person_name=content["person_name"],
            role=content.get("role", ""),
            channel=_CHANNELS[name],
            reached_at=content[name],
            expires_on=date.fromisoformat(content["expires_on"]),
            by=by,
            at=at,
        ).pk
        for name in _reached(content)
        if not _held(content, name)
    ]


def take_back(numbers: list[int], *, by: User, at: datetime) -> int:
    """Forget the contacts an import entered; those already forgotten are no matter."""
    found = list(Contact.objects.filter(pk__in=numbers))
    for contact in found:
        forget_contact(contact=contact, by=by, at=at)
    return len(found)


def _reached(content: Mapping[str, Any]) -> list[str]:
    return [name for name in _CHANNELS if content.get(name)]


def _held(content: Mapping[str, Any], name: str) -> bool:
    return Contact.objects.filter(
        about__key=content["about"],
        person_name=content["person_name"],
        channel=_CHANNELS[name],
        reached_at=content[name],
    ).exists()


def _until(content: Mapping[str, Any], at: datetime) -> date:
    said = content.get("expires_on")
    known = PartialDate.parse(said).latest if said else None
    return known or at.date() + KEPT_FOR


def _refuse(one: Judged, sentence: str) -> None:
    one.problems.append({"column": "", "sentence": sentence})
    one.verdict = RowVerdict.REFUSED
