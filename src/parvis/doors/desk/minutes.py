"""What the minutes of a call say of each look for ties."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.domain.funding.models import InterestLook
from parvis.doors.desk.words import tongue
from parvis.doors.ui import spelling


def look_said(look: InterestLook) -> str:
    """One look for ties, in a sentence: when, at what occasion, at how many, what was found and done."""
    said = _("%(day)s, %(occasion)s. Files looked at: %(files)s; people: %(people)s; ties found: %(found)s.") % {
        "day": spelling.moment(look.looked_at, tongue(), timezone.get_default_timezone_name()),
        "occasion": look.get_occasion_display(),
        "files": look.files,
        "people": look.people,
        "found": look.found,
    }
    if not look.set_aside:
        return said
    done = _("Readings set aside: %(aside)s; files sent back to their readers: %(back)s.") % {
        "aside": look.set_aside,
        "back": look.put_back,
    }
    return f"{said} {done}"
