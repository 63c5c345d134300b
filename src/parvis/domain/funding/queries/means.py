"""The means test of a call: the band that who asks falls in, and the part of the amount that the city pays there.

Bands are data of the call, edited at the desk; the law names none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from parvis.domain.funding.enums import Carried
from parvis.domain.funding.queries.forms import Form, Question
from parvis.foundation.values.typed import Unread, amount_typed
from parvis.register.reading import money_said

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Means:
    """What was answered, the share of its band, and what that share of the call's amount makes.

    Without a share, the means are above every band; without a part, the call names no amount.
    """

    question: Question
    said: Decimal
    share: Decimal | None
    part: Decimal | None


def means_of(form: Form, answers: Mapping[str, Any]) -> Means | None:
    """The means test of a file; nothing where its call has none, or nothing readable is answered yet."""
    question = next((one for one in form.questions if one.carries == Carried.MEANS), None)
    bands = form.terms.get("bands") or ()
    if question is None or not bands:
        return None
    try:
        said = amount_typed(str(answers.get(question.code) or ""))
    except Unread:
        return None
    share = next((band["share"] for band in sorted(bands, key=_most) if said <= _most(band)), None)
    if share is None:
        return Means(question, said, None, None)
    share, amount = Decimal(str(share)), form.terms.get("amount")
    part = (Decimal(str(amount)) * share / 100).quantize(_CENT) if amount not in (None, "") else None
    return Means(question, said, share, part)


def _most(band: Mapping[str, Any]) -> Decimal:
    """The last amount of a band; one without end comes last."""
    most = band.get("most")
    return Decimal("Infinity") if most in (None, "") else Decimal(str(most))


def means_problem(means: Means | None, asked: Decimal | None, currency: str) -> str:
    """Why the means do not allow what is asked; empty when they do."""
    if means is None:
        return ""
    if means.share is None:
        return _("%(said)s is above every band of this call.") % {"said": money_said(means.said, currency)}
    if means.part is not None and asked is not None and asked > means.part:
        told = {"share": _plain(means.share), "part": money_said(means.part, currency)}
        return _("In your band the City pays %(share)s per cent: %(part)s at most.") % told
    return ""


def means_sentence(means: Means, currency: str) -> str:
    """The band a file falls in, for the officer who checks it."""
    if means.share is None:
        return means_problem(means, None, currency)
    told = {"said": money_said(means.said, currency), "share": _plain(means.share)}
    if means.part is None:
        return _("%(said)s: the City pays %(share)s per cent.") % told
    told["part"] = money_said(means.part, currency)
    return _("%(said)s: the City pays %(share)s per cent, %(part)s.") % told


def _plain(share: Decimal) -> str:
    return f"{share.normalize():f}"
