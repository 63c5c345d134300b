"""What the funding room refuses, in words."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from parvis.foundation.values.refusal import Refusal
from parvis.register.reading import money_said


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


class AnswerHalfWritten(Refusal):
    """What is published is a question and its answer, in one language at least."""

    message = _("Write the question and its answer in the same language, in one at least.")


class NoWorkflow(Refusal):
    """A file goes some way, and the call does not say which."""

    message = _("Choose the workflow that files of this call follow.")


class DatesMissing(Refusal):
    """Nothing opens on a day nobody knows."""

    message = _("Say when the call opens and when it closes.")


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


class PersonKeptInside(Refusal):
    """What a natural person receives is counted in the totals and never published by itself."""

    message = _("A grant to a person is never published by itself: give it the visibility “internal”.")


class StepHeldBack(Refusal):
    """A guard of the workflow holds the step back."""

    message = "%(why)s"


class NothingWritten(Refusal):
    """Empty words are no message."""

    message = _("Nothing is written here.")


class WordsTooMany(Refusal):
    """Words longer than their field keeps are refused whole, never cut."""

    message = _("Too long: %(over)s too many, %(most)s characters at most, there are %(now)s. Nothing was cut.")


class DocumentUnknown(Refusal):
    """The document is not in the vault of this body, or was taken out."""

    message = _("This document is not among those of the body.")


class DocumentInUse(Refusal):
    """A document of a file that was sent stays."""

    message = _("This document belongs to a file that was sent: it stays.")


class EmailGone(Refusal):
    """An email that left cannot be held back."""

    message = _("This email has already left.")


def spelt(amount: Decimal | None, currency: str) -> str:
    """An amount as the reader writes it, with its currency."""
    return money_said(amount or Decimal(0), currency)


class YearNotOpen(Refusal):
    """Money moves in a year that was opened."""

    message = _("The year %(year)s of “%(levy)s” is not open in the ledger.")


class YearAlreadyOpen(Refusal):
    """A year of a levy is opened once."""

    message = _("The year %(year)s of “%(levy)s” is open already.")


class BaseUnknown(Refusal):
    """No base, no ceiling, no money."""

    message = _(
        "The own resources of “%(levy)s” for %(year)s are not known: no ceiling is computed, and nothing can be voted."
    )


class AboveTheCeiling(Refusal):
    """A levy gives no more than the law lets it."""

    message = _(
        "The ceiling of “%(levy)s” for %(year)s is %(ceiling)s, and %(left)s is left under it. "
        "The rest can only come from the general budget: split the vote by line."
    )


class CeilingBelowVoted(Refusal):
    """What is voted cannot be made too much afterwards."""

    message = _("%(voted)s is voted already for %(year)s: its ceiling cannot come below.")


class NotEnoughLeft(Refusal):
    """An account holds what it holds."""

    message = _("Only %(left)s is left there (%(where)s): %(asked)s cannot be taken from it.")


class NothingMoves(Refusal):
    """An amount is more than nothing."""

    message = _("Give an amount above zero.")


class LeviesPooled(Refusal):
    """The money of a service serves under its own law."""

    message = _("Money of one levy is never moved to another.")


class EnvelopeInUse(Refusal):
    """An envelope that holds money stays where it is."""

    message = _("This envelope has entries in the ledger: its levy and its year stay.")


class NoDecision(Refusal):
    """No money moves without a decision."""

    message = _("Name the decision this stands on.")


class CurrencyDiffers(Refusal):
    """A budget has one currency."""

    message = _("The envelope is in %(envelope)s and the grant in %(grant)s: convert it, and say at what rate.")


class MoreThanAsked(Refusal):
    """A vote above what was asked is explained."""

    message = _("%(voted)s is more than the %(asked)s asked for. This may be voted: say why.")


class GrantMoveRefused(Refusal):
    """A grant does not go from that state to this one."""

    message = _("A grant that is “%(now)s” cannot become “%(then)s”.")


class NotAwarded(Refusal):
    """Money moves for a grant that was awarded."""

    message = _("This grant is “%(now)s”: only an awarded grant has money to move.")


class KeptByTheLedger(Refusal):
    """Amounts the ledger keeps are moved by its entries."""

    message = _("The ledger keeps the amounts of this grant: amend the award, or book a payment.")


class ContractMissing(Refusal):
    """A body commits itself to the principles of the Republic before it receives anything."""

    message = _(
        "On the day of the decision, %(day)s, “%(body)s” had not signed its republican-commitment contract, "
        "and is neither approved nor of public interest."
    )


class OutsideTheBounds(Refusal):
    """Emergency aid is given within bounds, unless a decision says otherwise."""

    message = _(
        "Emergency aid goes from %(lowest)s to %(highest)s: %(amount)s is outside. "
        "A decision may set other bounds for this crisis."
    )


class CrisisMissing(Refusal):
    """Emergency aid answers a crisis."""

    message = _("Say which crisis this emergency aid answers.")


class AgreementNotInForce(Refusal):
    """A project with a partner city stands on an agreement."""

    message = _(
        "A project with a partner city draws on a levy under an agreement in force that day: name it on the record of "
        "the grant."
    )


class AgreementOfOthers(Refusal):
    """An agreement lets money go to those it binds."""

    message = _(
        "The agreement “%(agreement)s” binds neither who receives this grant nor the place it serves: name theirs."
    )


class ReasonForTheException(Refusal):
    """Money given beyond the scope of an envelope is explained."""

    message = _("This grant goes beyond the scope of its envelope: say why on its record.")


class ConventionExceeds(Refusal):
    """A convention promises what was awarded."""

    message = _("The convention would promise %(amount)s, and %(awarded)s was awarded.")


class AlreadyUnderConvention(Refusal):
    """A grant has one convention; it is amended afterwards."""

    message = _("This grant has its convention already: amend it.")


class NoConvention(Refusal):
    """One signs, or amends, what was drawn up."""

    message = _("This grant has no convention yet.")


class NotSignedYet(Refusal):
    """What is not signed is not amended."""

    message = _("This convention is not signed yet.")


class AlreadySigned(Refusal):
    """A convention is signed once."""

    message = _("This convention is signed already.")


class InstalmentsDoNotAddUp(Refusal):
    """Instalments share out the award."""

    message = _("The instalments add up to %(total)s, and %(awarded)s was awarded.")


class InstalmentsSigned(Refusal):
    """What both sides signed stands until both amend it."""

    message = _(
        "These instalments are in the convention that was signed: their amounts and conditions stay. "
        "Amend its amount first, and share out what changes."
    )


class PaymentBlocked(Refusal):
    """An instalment waits for its conditions."""

    message = _("This instalment cannot be paid yet: %(why)s")


class ReportRefused(Refusal):
    """A financial report has lines and a signature."""

    message = _("A financial report has its lines, budget beside actual, and the name of who signs it.")


class UnspentAbovePaid(Refusal):
    """Nobody leaves unspent more than was paid."""

    message = _("%(unspent)s cannot be left of the %(paid)s paid.")


class AlreadyReviewed(Refusal):
    """A report is reviewed once."""

    message = _("This report is “%(state)s” already.")


class AnswerMissing(Refusal):
    """A request is refused with the reason."""

    message = _("Say why the request is refused: its body reads these words.")


class RemarkMissing(Refusal):
    """A report is sent back with what it lacks."""

    message = _("Say what the report lacks.")


class AlreadySettled(Refusal):
    """A claim is settled once."""

    message = _("This claim is settled already.")


class CannotClose(Refusal):
    """A grant is closed when everything is accounted for."""

    message = _("This grant cannot be closed yet: %(why)s")


class PaidAboveConvention(Refusal):
    """No more is paid than the convention promises."""

    message = _("The convention promises less than this: amend it first.")


class PaperChanged(Refusal):
    """What is signed is what was seen."""

    message = _("Another paper was put up for signature meanwhile. Read it, then sign.")


class SignerUnnamed(Refusal):
    """A signature names who signs, and in what capacity."""

    message = _("Write your name and your capacity: president, treasurer by delegation.")


class NothingToDeclare(Refusal):
    """A declaration has a line at least."""

    message = _("Nothing is recorded for %(year)s: there is nothing to declare.")


class SameAsFiled(Refusal):
    """What was filed is not filed again unchanged."""

    message = _("Nothing has changed since declaration %(number)s was kept.")


class PartHeld(Refusal):
    """A form stays one that can be filled."""

    message = _("Not changed: %(why)s")


class NamesFound(Refusal):
    """A paper that tells who asks is shown for a reason."""

    message = _(
        "Something in this paper tells who asks, or it cannot be read: write why reviewers may read it all the same."
    )
