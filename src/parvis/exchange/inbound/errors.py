"""What bringing a file in refuses, in words."""

from django.utils.translation import gettext_lazy as _

from parvis.foundation.values.refusal import Refusal


class FileUnreadable(Refusal):
    """The file is no table that can be read."""

    message = _("%(file)s: %(why)s")


class NothingToRead(Refusal):
    message = _("Choose a file first.")


class UnknownTarget(Refusal):
    message = _("Say what the file holds.")


class NotRecognised(Refusal):
    """Nobody said what the file holds, and it follows no standard."""

    message = _("%(file)s follows none of the standards Parvis knows: say what it holds.")


class NothingToTakeIn(Refusal):
    """The file is known, and holds no record that a register would take."""

    message = _("%(file)s: %(what)s")


class ColumnsMissing(Refusal):
    """A field every record needs has no column."""

    message = _("No column says: %(fields)s. Choose the column for each, or add it to the file.")


class ColumnTwice(Refusal):
    message = _("“%(field)s” is filled by two columns: %(columns)s. Choose one of them.")


class BusyImport(Refusal):
    message = _("This import is being worked on. Wait until it is done.")


class NotNow(Refusal):
    """The import is not where this step is taken."""

    message = _("This import stands at “%(state)s”: this cannot be done now.")


class NamedNotSaid(Refusal):
    """Rows that become public name bodies nobody sees yet; a person says whether those become public too."""

    message = _("These rows become public and name new bodies or places: say whether those become public too.")


class NothingChosen(Refusal):
    message = _("No row is chosen: nothing was written.")


class RowsRefusedAtLast(Refusal):
    """The register refused a row while it was being written. Nothing was written."""

    message = _("Nothing was written: the register refuses row %(row)s. %(why)s")


class OtherThanSeen(Refusal):
    """What a row would change is not any more what the person saw beside it."""

    message = _("Its record changed since the rows were read: have them read again.")


class ChangedSince(Refusal):
    """Records of an import were changed after it: undoing would lose that work."""

    message = _("Nothing was undone: records were changed since, or others rest on them (%(keys)s).")
