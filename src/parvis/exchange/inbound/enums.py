"""The states of an import, and what is said of each of its rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportState(models.TextChoices):
    """Where an import stands, from the file to its records."""

    READ = "read", _("Columns to look at")
    JUDGING = "judging", _("Being read")
    JUDGED = "judged", _("To accept")
    ACCEPTING = "accepting", _("Being written")
    ACCEPTED = "accepted", _("In the register")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    DROPPED = "dropped", _("Thrown away")


#: A worker is at it, nobody else touches it meanwhile; and where it goes back when the work stops.
AT_WORK = {
    ImportState.JUDGING: ImportState.READ,
    ImportState.ACCEPTING: ImportState.JUDGED,
    ImportState.UNDOING: ImportState.ACCEPTED,
}


class RowVerdict(models.TextChoices):
    """What accepting a row would do."""

    NEW = "new", _("New")
    CHANGED = "changed", pgettext_lazy("a row", "Changed")
    SAME = "same", _("The same")
    REFUSED = "refused", _("Refused")


class Why(models.TextChoices):
    """Why a column was taken for a field."""

    NAME = "name", _("by its name")
    LIKE = "like", _("by a name like it")
    CONTENT = "content", _("by what it holds")
    STANDARD = "standard", _("by its standard")
    REMEMBERED = "remembered", _("as you chose before")
    PERSON = "person", _("chosen by you")
    NONE = "", _("nobody claims it")
