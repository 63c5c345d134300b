"""Two versions of a call's form beside one another: whether there is a later one, and what it says otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from parvis.domain.funding.models import CallForm
from parvis.foundation.accounts.prepared import rows_of
from parvis.foundation.values.words import Words, in_language

_SINCE = """
SELECT call.closes_at, later.id, later.version, later.frozen_at FROM funding_callform AS held
JOIN funding_call AS call ON call.subject_id = held.call_id
LEFT JOIN funding_callform AS later ON later.call_id = held.call_id AND later.version > held.version
WHERE held.id = %s ORDER BY later.version DESC NULLS LAST LIMIT 1
"""
#: What changes how a question is answered, its words and its place aside.
_MANNER = ("type", "least", "most", "options", "within", "shown_if", "shown_value")


@dataclass(frozen=True, slots=True)
class Later:
    """The latest version of a form, where a file holds an earlier one."""

    form: int
    version: int
    opened_at: datetime


def since_begun(form: int) -> tuple[datetime | None, Later | None]:
    """When the call of a form closes now, and the latest version of the form where it is later than this one."""
    found = rows_of(_SINCE, [form])
    if not found:
        return None, None
    closes, *later = found[0]
    return closes, Later(*later) if later[0] is not None else None


def later_form(form: int) -> Later | None:
    """The latest version of the call's form, when it is later than this one."""
    return since_begun(form)[1]


def changes_between(held: int, later: int, language: str) -> list[str]:
    """What a later form says otherwise, a sentence each, in the reader's language."""
    forms = dict(CallForm.objects.filter(pk__in=[held, later]).values_list("pk", "definition"))
    return list(_changes(forms[held], forms[later], language))


def _changes(old: Mapping[str, Any], new: Mapping[str, Any], language: str) -> Iterator[str]:
    yield from _parts(old, new, "sections", language, _("New page: “%(words)s”."), _("Page taken out: “%(words)s”."))
    yield from _parts(
        old, new, "fields", language, _("New question: “%(words)s”."), _("Question taken out: “%(words)s”.")
    )
    yield from _questions(old, new, language)
    yield from _parts(
        old, new, "documents", language, _("New document asked for: “%(words)s”."),
        _("Document no longer asked for: “%(words)s”."),
    )  # fmt: skip
    yield from _required(_both(old, new, "documents"), language)
    yield from _parts(
        old, new, "criteria", language, _("New criterion: “%(words)s”."), _("Criterion taken out: “%(words)s”.")
    )
    for before, after in _both(old, new, "criteria"):
        if before.get("weight") != after.get("weight"):
            yield _("“%(words)s” weighs %(after)s; it weighed %(before)s.") % {
                "words": _said(after, language),
                "before": before.get("weight") or "—",
                "after": after.get("weight") or "—",
            }
    if old.get("terms") != new.get("terms"):
        yield _("The terms of the call changed: who may ask, or how much. The page of the call says them.")


def _manner(row: Mapping[str, Any]) -> list[Any]:
    """How a question is answered; forms frozen before answers kept their order hold them otherwise."""
    return [dict(row.get(name) or {}) if name == "options" else row.get(name) for name in _MANNER]


def _parts(
    old: Mapping[str, Any], new: Mapping[str, Any], name: str, language: str, come: str, gone: str
) -> Iterator[str]:
    """What came, what left, what is worded anew."""
    before, after = _by_code(old, name), _by_code(new, name)
    for code, row in after.items():
        if code not in before:
            yield come % {"words": _said(row, language)}
        elif _said(row, language) != _said(before[code], language):
            yield _("“%(before)s” now reads “%(after)s”.") % {
                "before": _said(before[code], language),
                "after": _said(row, language),
            }
    for code, row in before.items():
        if code not in after:
            yield gone % {"words": _said(row, language)}


def _questions(old: Mapping[str, Any], new: Mapping[str, Any], language: str) -> Iterator[str]:
    pairs = _both(old, new, "fields")
    yield from _required(pairs, language)
    for before, after in pairs:
        said = {"words": _said(after, language)}
        if _manner(before) != _manner(after):
            yield _("“%(words)s” is answered in another way.") % said
        elif _words(before, "help", language) != _words(after, "help", language):
            yield _("“%(words)s” is explained in other words.") % said
    if [row["code"] for row, _after in pairs] != [
        row["code"] for row in new.get("fields", ()) if row["code"] in _by_code(old, "fields")
    ]:
        yield _("Questions stand in another order.")


def _required(pairs: list[tuple[Mapping[str, Any], Mapping[str, Any]]], language: str) -> Iterator[str]:
    for before, after in pairs:
        if _is_required(before) == _is_required(after):
            continue
        told = _("“%(words)s” is now required.") if _is_required(after) else _("“%(words)s” is no longer required.")
        yield told % {"words": _said(after, language)}


def _is_required(row: Mapping[str, Any]) -> bool:
    return bool(row.get("required", "type" not in row))  # a document is required unless it says otherwise


def _by_code(definition: Mapping[str, Any], name: str) -> dict[str, Mapping[str, Any]]:
    return {row["code"]: row for row in definition.get(name, ())}


def _both(
    old: Mapping[str, Any], new: Mapping[str, Any], name: str
) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    after = _by_code(new, name)
    return [(row, after[code]) for code, row in _by_code(old, name).items() if code in after]


def _said(row: Mapping[str, Any], language: str) -> str:
    return _words(row, "words", language) or str(row["code"])


def _words(row: Mapping[str, Any], name: str, language: str) -> str:
    words: Words = row.get(name) or {}
    return in_language(words, language)[0]
