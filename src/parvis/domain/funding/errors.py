"""What the funding room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from parvis.foundation.values.refusal import Refusal


class UnknownCurrency(Refusal):
    """An amount has a currency of ISO 4217."""

    message = _("“%(currency)s” is not a currency: write EUR, USD or XOF.")


class FinerThanItsCurrency(Refusal):
    """An amount is held to the smallest unit of its currency."""

    message = _("%(amount)s is finer than the smallest amount of %(currency)s.")


class RulesOverlap(Refusal):
    """A levy has one rule at a time."""

    message = _("Two rules of this levy hold on the same day: say when the first one ends.")


class FormNotReady(Refusal):
    """A form with faults is not opened to applicants."""

    message = _("The form cannot be opened: %(why)s")


class NoWorkflow(Refusal):
    """A file goes some way, and the call does not say which."""

    message = _("Choose the workflow that files of this call follow.")


class DatesMissing(Refusal):
    """Nothing opens on a day nobody knows."""

    message = _("Say when the call opens and when it closes.")


class EditionTaken(Refusal):
    """The new edition exists already."""

    message = _("There is already a call with the key “%(key)s”.")


class NotMember(Refusal):
    """The person does not act for that body, or not in that part."""

    message = _("You may not do this for this body. Ask one of its managers.")


class NumberRefused(Refusal):
    """The number is not one of that register."""

    message = "%(why)s"


class BodyKnown(Refusal):
    """Another person already opened the account of this body."""

    message = _("This body already has an account here: ask one of its people to invite you.")


class LastManager(Refusal):
    """A body keeps one person who manages it."""

    message = _("A body keeps one manager at least: name another one first.")


class NotEligible(Refusal):
    """The call is not for this body; the rule is named."""

    message = _("This call is not open to this body. %(why)s")


class CallNotOpen(Refusal):
    """Files are begun while the call is open."""

    message = _("This call does not take applications now.")


class FileClosed(Refusal):
    """A file that was sent is not written in."""

    message = _("This file was sent: it cannot be changed. Your words are kept in this browser.")


class FieldUnknown(Refusal):
    """The form has no such field."""

    message = _("This form has no such field.")


class StepUnknown(Refusal):
    """The workflow has no such step from here."""

    message = _("This file cannot go that way from where it stands.")


class StepHeldBack(Refusal):
    """A guard of the workflow holds the step back."""

    message = "%(why)s"


class NothingWritten(Refusal):
    """Empty words are no message."""

    message = _("Nothing is written here.")


class DocumentUnknown(Refusal):
    """The document is not in the vault of this body, or was taken out."""

    message = _("This document is not among those of the body.")


class DocumentInUse(Refusal):
    """A document of a file that was sent stays."""

    message = _("This document belongs to a file that was sent: it stays.")


class EmailGone(Refusal):
    """An email that left cannot be held back."""

    message = _("This email has already left.")
