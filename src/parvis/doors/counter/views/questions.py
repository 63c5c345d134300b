"""Questions to the city: send one, and see what became of those one sent."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.domain.accountability import actions, queries
from parvis.domain.accountability.actions.questions import LONGEST, LONGEST_ROLE
from parvis.domain.accountability.enums import QuestionState
from parvis.domain.accountability.models import Question
from parvis.doors.counter.access import signed_in, who
from parvis.foundation.values.refusal import Refusal
from parvis.register.enums import ProposalState
from parvis.register.models import Proposal


@require_http_methods(["GET", "POST"])
@signed_in
def questions(request: HttpRequest) -> HttpResponse:
    """Write to the city. What is refused stays in the form, word for word."""
    said = {name: request.POST.get(name, "") for name in ("words", "role")}
    if request.method == "POST":
        try:
            sent = actions.ask_question(
                **said, language=(get_language() or "fr")[:2], by=who(request), at=timezone.now()
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Received under number %(number)s.") % {"number": number(sent)})
            return redirect("counter:questions")
    rows = [_row(proposal, record) for proposal, record in queries.questions_sent(who(request))]
    limits = {"longest": LONGEST, "longest_role": LONGEST_ROLE}
    status = 422 if request.method == "POST" else 200
    return render(request, "counter/questions.html", {"rows": rows, "said": said, **limits}, status=status)


def number(proposal: Proposal) -> str:
    """What a person quotes when they write about their question."""
    return f"Q-{proposal.proposed_at:%Y}-{proposal.pk:05}"


def _row(proposal: Proposal, record: Question | None) -> dict[str, Any]:
    """A question sent, with its number and where it stands."""
    return {
        "number": number(proposal),
        "words": next(iter(proposal.content["title"].values())),
        "sent": proposal.proposed_at,
        "state": _state(proposal, record),
        "reason": proposal.reason,
        "address": f"{settings.PARVIS_PUBLIC_ORIGIN}/id/{record.key}" if record else "",
    }


def _state(proposal: Proposal, record: Question | None) -> str:
    if record is not None:
        return _("Answered") if record.state == QuestionState.ANSWERED else _("Accepted: the answer is being written")
    return _("Not taken up") if proposal.state == ProposalState.REFUSED else _("Received: nobody has read it yet")
