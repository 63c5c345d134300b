"""Taking a record out of every release at once: its own page, its own question."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.doors.desk import making_again
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.closing import closed_where_tied
from parvis.doors.desk.naming import meant, titles_of
from parvis.doors.desk.sheets.cells import key_in
from parvis.doors.desk.views.releases import done, moment_of
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.accounts.rules import at_least
from parvis.publication.bake import actions
from parvis.publication.releases import withdrawals as withdrawn
from parvis.register.models import Subject


@require_http_methods(["GET", "POST"])
@for_role(Role.READER, to_write=Role.PUBLISHER)
def listing(request: HttpRequest) -> HttpResponse:
    """Records hidden from every release; and, for a publisher, choosing one more.

    Releases are made again without them by the task worker: the page says how far it is, and may be asked to have
    what was left undone finished.
    """
    if request.method == "POST":
        making_again.ask(request)
        return redirect("desk:withdrawals")
    work = making_again.under_way()
    if work is None and making_again.asked_whether_it_still_is(request):
        return HttpResponse(status=204)
    asked = key_in(request.GET.get("key", ""))
    if asked:
        keys = meant([asked]).get(asked) or [asked]
        if len(keys) == 1 and Subject.objects.filter(key=keys[0]).exists():
            return redirect("desk:withdraw", key=keys[0])
        messages.error(request, _("No single record is called “%(name)s”.") % {"name": asked})
        return redirect("desk:withdrawals")
    if work is None:
        making_again.tell_what_came_of_it(request)
    rows = withdrawn.told(actions.archive())
    people = User.objects.in_bulk({row["by"] for row in rows})
    titles = titles_of(row["key"] for row in rows)
    shown = [
        {**row, "who": people.get(row["by"]), "title": titles.get(row["key"], ""), "at": moment_of(row["at"])}
        for row in rows
    ]
    context = {
        "rows": shown,
        "work": work,
        "held_back": [] if work else actions.releases_to_make_again(),
        "may_publish": at_least(who(request), Role.PUBLISHER),
    }
    return render(request, "desk/withdrawals.html", context)


@require_http_methods(["GET", "POST"])
@for_role(Role.PUBLISHER)
@closed_where_tied
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """What a withdrawal does, said before it is done; the reason, and the key typed once more."""
    reason, typed = request.POST.get("reason", "").strip(), request.POST.get("typed", "").strip()
    problems = {}
    if request.method == "POST":
        if typed != key:
            problems["typed"] = _("Type the key as it is written above.")
        if not reason:
            problems["reason"] = _("Say why: the reason stays in the list of withdrawals.")
        if not problems and done(
            request,
            lambda: actions.withdraw_record(key=key, reason=reason, by=who(request), at=timezone.now()),
            _("“%(key)s” is hidden in every release.") % {"key": key},
        ):
            making_again.ask(request)
            return redirect("desk:withdrawals")
    subject = Subject.objects.filter(key=key).first()
    context = {
        "key": key,
        "subject": subject,
        "title": titles_of([key]).get(key, key),
        "reason": reason,
        "problems": problems,
    }
    return render(request, "desk/withdraw.html", context, status=422 if problems else 200)
