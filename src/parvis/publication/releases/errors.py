"""What publishing refuses, said to the person who publishes."""

from django.utils.translation import gettext_lazy as _

from parvis.foundation.values import Refusal


class AnotherPublication(Refusal):
    """Someone else is publishing at this moment."""

    message = _("Someone else is publishing right now. Wait for them to finish, then look at the preview again.")


class RemovalsNotConfirmed(Refusal):
    """The number of records that disappear was not typed, or is no longer right."""

    message = _("%(number)s records disappear from the public site. Type this number to publish.")


class PersonsNamed(Refusal):
    """Texts of the release name persons the house knows, and nobody let them."""

    message = _(
        "Public texts name persons (places: %(number)s), and nothing was published. The preview shows each: "
        "correct it, or say why it may stand."
    )


class PersonsNamedBefore(Refusal):
    """Texts of an earlier release name persons the house knows today, and nobody let them."""

    message = _(
        "Texts of release %(release)s name persons the house knows today (places: %(number)s): it was not put back. "
        "Let each stand for a reason, or go back to another release."
    )


class NothingChanged(Refusal):
    """The register says what the release in force says already."""

    message = _("Nothing has changed since release %(number)s. There is nothing to publish.")


class NoSuchRelease(Refusal):
    """There is no release of that number that can be served."""

    message = _("Release %(number)s does not exist, or cannot be read.")


class AlreadyInForce(Refusal):
    """That release is the one in force."""

    message = _("Release %(number)s is already the one in force.")


class ReleaseDamaged(Refusal):
    """A release did not pass its checks and was not put in force."""

    message = _("The release was not put in force: %(fault)s. The earlier one is still served.")


class DiskFull(Refusal):
    """The disk has no room for a release."""

    message = _("The disk is full: the release could not be written. The earlier one is still served.")


class HelperLost(Refusal):
    """The second process, which writes the files beside the first, came to an end before its work did."""

    message = _("The program that writes the files was stopped: no release was made. Publish again.")


class NothingToWithdraw(Refusal):
    """No release holds that record."""

    message = _("No release holds a record under the key %(key)s.")


class AlreadyWithdrawn(Refusal):
    """The record is hidden already."""

    message = _("%(key)s has been withdrawn already.")


class NothingToHide(Refusal):
    """No release names a person in the texts of these records."""

    message = _("No release names a person in these records: tick the texts whose names are to be hidden.")


class WhyHidden(Refusal):
    """Names are hidden for a reason, typed."""

    message = _("Say in a sentence why the names are hidden.")


class KeyNamesSomebody(Refusal):
    """A key is what a record is known by: nothing can stand in its place."""

    message = _("The key of the record itself names the person: withdraw the record from every release.")


class ReasonMissing(Refusal):
    """A withdrawal says why."""

    message = _("Say in a sentence why this record is withdrawn.")
