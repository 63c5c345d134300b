"""One act led to another; two records are one, or two."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.register.actions.filling import Filler
from parvis.register.actions.reasons import reason_given
from parvis.register.enums import Verdict
from parvis.register.errors import AlreadyUndone, InvalidContent, JudgedAlready, SameRecord
from parvis.register.models import Judgement, Subject, Tie


@transaction.atomic
def tie_records(*, cause: Subject, content: Mapping[str, Any], by: User, at: datetime) -> Tie:
    """Say that one act led to another, with the lines that say so. Raises InvalidContent."""
    filler = Filler()
    effect = filler.subject(str(content.get("key", "")))
    source = filler.subject(str(content.get("source", "")))
    if effect is None:
        filler.problem("key", _("No record has the key “%(key)s”.") % {"key": content.get("key", "")})
    if source is None or source.noun != "source":
        filler.problem("source", _("Say which source tells it."))
    if effect == cause:
        filler.problem("key", _("Nothing leads to itself."))
    if filler.problems or effect is None or source is None:
        raise InvalidContent(filler.problems)
    tie = Tie(cause=cause, effect=effect, source_id=source.pk)
    filler.fill(tie, {name: content[name] for name in ("note", "lines", "fact") if name in content})
    if filler.problems:
        raise InvalidContent(filler.problems)
    tie.save(force_insert=True)
    journal.write("records tied", about=cause.key, by=by, at=at, effect=effect.key)
    return tie


@transaction.atomic
def judge(*, one: Subject, other: Subject, verdict: Verdict, reason: str, by: User, at: datetime) -> Judgement:
    """Judge two records one real thing, or two. It can be undone; it is never erased."""
    if one.pk == other.pk:
        raise SameRecord
    said = reason_given(reason)
    left, right = sorted((one, other), key=lambda subject: subject.pk)
    try:
        with transaction.atomic():
            judgement = Judgement.objects.create(
                left=left,
                right=right,
                verdict=verdict,
                reason=said,
                judged_at=at,
                judged_by=by,
            )
    except IntegrityError as fault:
        raise JudgedAlready from fault
    journal.write(f"judged {verdict}", about=left.key, by=by, at=at, other=right.key)
    return judgement


@transaction.atomic
def undo_judgement(*, judgement: Judgement, by: User, at: datetime) -> Judgement:
    """Undo a judgement: both records stand again as they were."""
    judgement = Judgement.objects.select_for_update().select_related("left", "right").get(pk=judgement.pk)
    if judgement.undone_at is not None:
        raise AlreadyUndone
    judgement.undone_at, judgement.undone_by = at, by
    judgement.save(update_fields=["undone_at", "undone_by"])
    journal.write("judgement undone", about=judgement.left.key, by=by, at=at, other=judgement.right.key)
    return judgement
