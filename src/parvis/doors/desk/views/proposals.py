"""What readers and files propose; a person accepts it, or refuses it with a reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parvis.domain.funding.errors.choosing import GrantConcernsYou
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.closing import keys_closed_to_me
from parvis.doors.desk.comparing import differences
from parvis.doors.desk.naming import keys_in, titles_of
from parvis.doors.desk.views.releases import refused
from parvis.exchange.inbound.entrances import entrances, write_proposal
from parvis.foundation.accounts.models import Role
from parvis.foundation.values.refusal import Refusal
from parvis.register.actions import accept_proposal, refuse_proposal
from parvis.register.content import content_of
from parvis.register.enums import ProposalState
from parvis.register.models import Proposal

_SHOWN = 50


@require_GET
@for_role(Role.READER)
def listing(request: HttpRequest) -> HttpResponse:
    """Proposals that wait, each with what it would change."""
    waiting = list(Proposal.objects.filter(state=ProposalState.WAITING).select_related("proposed_by")[:_SHOWN])
    decided = list(
        Proposal.objects.exclude(state=ProposalState.WAITING).select_related("decided_by").order_by("-decided_at")[:20]
    )
    closed = keys_closed_to_me(request, (one.key for one in (*waiting, *decided)))
    waiting, decided = ([one for one in rows if one.key not in closed] for rows in (waiting, decided))
    titles = titles_of([*(proposal.key for proposal in waiting), *keys_in([each.content for each in waiting])])
    rows = [(proposal, titles.get(proposal.key, ""), _changes(proposal, titles)) for proposal in waiting]
    return render(request, "desk/proposals.html", {"rows": rows, "decided": decided})


@require_POST
@for_role(Role.OFFICER)
def accept(request: HttpRequest, proposal: int) -> HttpResponse:
    """Accept a proposal: it is written through the record's room."""
    found = get_object_or_404(Proposal, pk=proposal)
    by, at = who(request), timezone.now()
    try:
        _unconcerned(request, found)
        accept_proposal(proposal=found, write=lambda waiting: write_proposal(waiting, by=by, at=at), by=by, at=at)
    except Refusal as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("Accepted: “%(key)s” is written.") % {"key": found.key})
    return redirect("desk:proposals")


@require_POST
@for_role(Role.OFFICER)
def refuse(request: HttpRequest, proposal: int) -> HttpResponse:
    """Refuse a proposal, with the reason."""
    found = get_object_or_404(Proposal, pk=proposal)
    try:
        _unconcerned(request, found)
        refuse_proposal(proposal=found, reason=request.POST.get("reason", ""), by=who(request), at=timezone.now())
    except Refusal as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("Refused. The proposal stays, with your reason."))
    return redirect("desk:proposals")


def _unconcerned(request: HttpRequest, proposal: Proposal) -> None:
    """Pass, or raise GrantConcernsYou: what is proposed of a grant is decided by nobody who is tied to its body."""
    if keys_closed_to_me(request, [proposal.key]):
        raise GrantConcernsYou


def _changes(proposal: Proposal, titles: dict[str, str]) -> list[Any]:
    model = entrances()[proposal.noun][0]
    record = model._default_manager.select_related("subject").filter(subject__key=proposal.key).first()
    return differences(model, content_of(record) if record else {}, proposal.content, titles)
