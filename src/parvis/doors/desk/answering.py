"""Questions on a call as the desk shows them: what each says now, what it said before, what may be done to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from parvis.domain.funding import actions
from parvis.domain.funding.models import Call, CallQuestion
from parvis.foundation.accounts.models import User
from parvis.foundation.publishing.tables import LANGUAGES

_PARTS = ("question", "answer")
Said = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class RefusedAnswer:
    """An answer that was refused: of which question, what was typed, and why."""

    question: int
    said: Said
    why: str


def said_in(post: QueryDict) -> dict[str, dict[str, str]]:
    """The question and its answer as they were posted, by language."""
    return {
        part: {one: text for one in LANGUAGES if (text := post.get(f"{part}.{one}", "").strip())} for part in _PARTS
    }


def questions_shown(call: Call, by: User, at: datetime, refused: RefusedAnswer | None) -> list[dict[str, Any]]:
    """The questions of a call, those that wait first."""
    rows = call.questions.select_related("answered_by", "corrected_by").prefetch_related("earlier__said_by")
    asked = sorted(rows, key=lambda one: (one.answered_at is not None, one.answered_at or one.asked_at, one.pk))
    return [_shown(one, by, at, refused if refused and refused.question == one.pk else None) for one in asked]


def _shown(one: CallQuestion, by: User, at: datetime, refused: RefusedAnswer | None) -> dict[str, Any]:
    said: Said = refused.said if refused else {"question": one.question, "answer": one.answer}
    return {
        "one": one,
        "cells": [_cells(said, language, refused) for language in LANGUAGES],
        "refusal": refused.why if refused else "",
        "may_undo": actions.may_undo_answer(one, by, at),
        "earlier": list(one.earlier.all()),
    }


def _cells(said: Said, language: str, refused: RefusedAnswer | None) -> dict[str, Any]:
    """The two cells of a language; one that lacks its other half is the one to mend."""
    words = {part: said[part].get(language, "") for part in _PARTS}
    half = bool(refused) and (bool(words["question"]) != bool(words["answer"]))
    return {"language": language, **words, "lacks": [part for part in _PARTS if half and not words[part]]}
