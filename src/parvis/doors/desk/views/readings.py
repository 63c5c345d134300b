"""The reviewer's pages: the files given to read, without names; the marks; and what ties a person to bodies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Given
from parvis.domain.funding.enums import FieldType, ReviewState, TieKind
from parvis.domain.funding.models import Review
from parvis.domain.funding.queries import BlindLine, Tie
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.closing import own_ties_first
from parvis.doors.desk.naming import titles_of
from parvis.doors.desk.paging import paged
from parvis.doors.desk.reading import country_said, in_clear, sections_read
from parvis.doors.desk.words import tongue, vocabulary
from parvis.doors.ui import spelling
from parvis.foundation.accounts.models import Role
from parvis.foundation.values.refusal import Refusal

_SPARE = 2


@require_safe
@for_role(Role.REVIEWER)
@own_ties_first
def listing(request: HttpRequest) -> HttpResponse:
    """What this person has to read, and what they signed."""
    to_read, signed = queries.unsigned_reviews(who(request)), queries.reviews_signed_by(who(request))
    first, listing = paged(request, to_read, at="to-read")
    then, signed_listing = paged(request, signed, at="signed", name="signed")
    lines = queries.blind_lines([*first, *then])
    titles = titles_of({line.review.application.call.key for line in lines})
    told = [_told(line, titles) for line in lines]
    context = {
        "to_read": told[: len(first)],
        "signed": told[len(first) :],
        "left": to_read.count(),
        "done": signed.count(),
        "themed": any(row["theme"] for row in told),
        "placed": any(row["country"] for row in told),
        "listing": listing,
        "signed_listing": signed_listing,
        "ties": queries.ties_of(who(request)),
    }
    return render(request, "desk/readings.html", context)


def _told(line: BlindLine, titles: Mapping[str, str]) -> dict[str, Any]:
    """A line of the list in the reader's words: what its file is about, and how far its reading went."""
    call = line.review.application.call
    return {
        "review": line.review,
        "title": line.title or line.review.code,
        "call": titles.get(call.key, call.key),
        "theme": _theme(line),
        "country": _country(line),
        "asked": "–" if line.asked is None else spelling.money(line.asked, line.currency, tongue()),
        "marked": line.marked,
        "criteria": line.criteria,
        "given": _day(line.review.given_at),
        "signed": _day(line.review.signed_at),
    }


def _day(moment: datetime | None) -> str:
    return spelling.day(timezone.localtime(moment).date(), tongue()) if moment else ""


def _theme(line: BlindLine) -> str:
    if line.theme_asked:
        return in_clear(line.theme_asked, line.theme, line.currency)
    known = vocabulary().themes
    return known.label(line.theme, tongue()) if line.theme in known else line.theme


def _country(line: BlindLine) -> str:
    if line.country_asked is None:
        return ""
    if line.country_asked.type == FieldType.PLACES:
        return ", ".join(map(country_said, line.country))
    return in_clear(line.country_asked, line.country, line.currency)


@require_http_methods(["GET", "POST"])
@for_role(Role.REVIEWER)
@own_ties_first
def read(request: HttpRequest, review: UUID) -> HttpResponse:
    """A file and its grid. [Save] keeps what is written, [Sign] closes it."""
    found = _mine(request, review)
    if request.method == "POST":
        try:
            _posted(request, found)
        except Refusal as refusal:
            return _page(request, _mine(request, review), str(refusal))
        return redirect("desk:readings" if "sign" in request.POST else request.path)
    return _page(request, found)


def _posted(request: HttpRequest, review: Review) -> None:
    by, at = who(request), timezone.now()
    marks = {
        one.code: Given(_mark(request.POST.get(f"mark-{one.code}", "")), request.POST.get(f"why-{one.code}", ""))
        for one in queries.criteria_of(review.application.form)
    }
    actions.save_review(review=review.pk, marks=marks, comment=request.POST.get("comment", ""), by=by, at=at)
    if "sign" in request.POST:
        actions.sign_review(review=review.pk, by=by, at=at)
        messages.success(request, _("Review %(code)s is signed.") % {"code": review.code})
    else:
        hour = timezone.localtime(at).strftime("%H:%M:%S")
        messages.success(request, _("Saved on the server at %(hour)s") % {"hour": hour})


def _mark(text: str) -> int | None:
    return int(text) if text in {"0", "1", "2", "3", "4", "5"} else None


def _page(request: HttpRequest, review: Review, refusal: str = "") -> HttpResponse:
    blind = queries.blind_file(review)
    given = {mark.criterion: mark for mark in review.marks.all()}
    currency = blind.form.terms.get("currency") or "EUR"
    context = {
        "review": review,
        "blind": blind,
        "sections": sections_read(blind.form, blind.answers, currency),
        "currency": currency,
        "grid": [(one, given.get(one.code)) for one in blind.criteria],
        "marks": range(6),
        "signed": review.state == ReviewState.SIGNED,
        "refusal": refusal,
        "following": _following(request, review),
    }
    return render(request, "desk/reading.html", context, status=422 if refusal else 200)


def _following(request: HttpRequest, review: Review) -> UUID | None:
    """The file after this one in the list, or its first again after the last."""
    keys = list(queries.unsigned_reviews(who(request)).values_list("pk", flat=True))
    place = keys.index(review.pk) + 1 if review.pk in keys else 0
    return next((pk for pk in (*keys[place:], *keys) if pk != review.pk), None)


@require_safe
@for_role(Role.REVIEWER)
@own_ties_first
def paper(request: HttpRequest, review: UUID, code: str) -> FileResponse:
    """A document that names nobody, under the code of the review: to be saved, never opened here."""
    found = queries.paper_to_read(_mine(request, review), code)
    if found is None:
        raise Http404
    told, document = found
    place = actions.place_of(settings.VAULT_DIR, document.sha256)
    if not place.exists():
        raise Http404
    answer = FileResponse(
        place.open("rb"), as_attachment=True, filename=told.name, content_type="application/octet-stream"
    )
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@for_role(Role.REVIEWER)
def conflict(request: HttpRequest, review: UUID) -> HttpResponse:
    """“I have a conflict of interest”: final, and the file is gone from every list of this person."""
    found = _mine(request, review)
    try:
        actions.declare_interest(
            application=found.application, words=request.POST.get("words", ""), by=who(request), at=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:reading", review)
    messages.success(request, _("%(code)s is closed to you from now on.") % {"code": found.code})
    return redirect("desk:readings")


@require_http_methods(["GET", "POST"])
@for_role(Role.REVIEWER)
def ties(request: HttpRequest) -> HttpResponse:
    """What ties this person to bodies, in their own words; each line may be erased."""
    if request.method == "POST":
        rows = zip(
            request.POST.getlist("kind"), request.POST.getlist("name"), request.POST.getlist("number"), strict=False
        )
        told = [Tie(kind, name[:200], number[:60]) for kind, name, number in rows if kind in TieKind.values]
        actions.declare_ties(person=who(request), ties=told, at=timezone.now())
        messages.success(request, _("Your ties are declared. Files that meet them are closed to you."))
        return redirect("desk:ties")
    known: list[Any] = [*queries.ties_of(who(request)), *([None] * _SPARE)]
    return render(request, "desk/ties.html", {"ties": known, "kinds": TieKind.choices})


def _mine(request: HttpRequest, review: UUID) -> Review:
    """A reading of one's own; any other does not exist, to the same words and status."""
    found = queries.review_of(who(request), review)
    if found is None:
        raise Http404
    return found
