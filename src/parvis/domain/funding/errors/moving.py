"""What is refused of an entry of the ledger, and of a levy that money would come from."""

from django.utils.translation import gettext_lazy as _

from parvis.domain.funding.errors import AgreementNotInForce
from parvis.foundation.values.refusal import Refusal


class DecidedLater(Refusal):
    """Money moves once it is decided."""

    message = _("This decision is of %(decided)s: nothing moves on it before, and %(day)s was written.")


class AgreementNotThatDay(AgreementNotInForce):
    """An agreement lets money go while it binds."""

    message = _("“%(agreement)s” is not in force on %(day)s: name an agreement that is.")


class AgreementRanOut(AgreementNotInForce):
    """An agreement whose term is over binds if somebody says that it was renewed."""

    message = _(
        "“%(agreement)s” no longer binds since %(end)s, and nothing says that it was renewed: enter its renewal."
    )


class NotADecisionToGive(Refusal):
    """A judgment or a communication gives no money."""

    message = _("A judgment or a communication votes no money: name the decision that does.")


class NotAdopted(Refusal):
    """What was voted down gives nothing."""

    message = _("This decision was not adopted: %(votes_for)s for, %(votes_against)s against.")


class NoRuleThatYear(Refusal):
    """Before its rule, or after it, a levy gives nothing."""

    message = _("No rule of “%(levy)s” holds in %(year)s: this year cannot be opened.")


class LevyWithoutRule(Refusal):
    """Only the general budget gives without a ceiling."""

    message = _(
        "“%(levy)s” has no rule, so that nobody could say its ceiling: write its rule first. "
        "Only the general budget has none."
    )


class PaidByNobody(Refusal):
    """What the ledger did not pay is known by the document that says so."""

    message = _(
        "No source says that this was paid, and the ledger did not pay it: cite the document that does. "
        "What the City pays today is ordered under “Money”."
    )


class VotedByNobody(Refusal):
    """A grant of the year goes by a decision and the ledger; another one is told by a source."""

    message = _(
        "No decision and no source says that this was voted: name one. "
        "A grant of the year is entered as asked for, and awarded under “Money”."
    )


class YearClosed(Refusal):
    """Nothing new is given from a year that is closed."""

    message = _(
        "The year %(year)s of “%(levy)s” was closed on %(day)s: nothing new is voted, reserved or given from it. "
        "What is left of it is carried to another year."
    )


class YearNotOver(Refusal):
    """A year is closed once it is over."""

    message = _("The year %(year)s is not over: it is closed by a day of the next one.")


class StillReserved(Refusal):
    """What is kept for a file is given or released first."""

    message = _(
        "%(reserved)s of %(year)s is still reserved for files or amendments that wait: give it or release it first."
    )


class ClosedWithoutWords(Refusal):
    """A year is closed for a reason."""

    message = _("Say why this year is closed.")


class YearStillOpen(Refusal):
    """What is opened again was closed."""

    message = _("The year %(year)s of “%(levy)s” is open: nothing is to be opened again.")


class OpenedBeforeItClosed(Refusal):
    """A year is opened again once it was closed."""

    message = _("The year %(year)s was closed on %(day)s: it is not opened again before that day.")


class OpenedWithoutWords(Refusal):
    """A year is opened again for a reason."""

    message = _("Say why this year is opened again.")


class RateAboveTheLaw(Refusal):
    """The law says how much of its own resources a service may give; what is above comes from the general budget."""

    message = _(
        "“%(levy)s” gives %(rate)s of its own resources by its rule, and the law lets it give %(limit)s at most"
        " (%(law)s). Correct its rule; what is above comes from the general budget."
    )


class LineTwice(Refusal):
    """A report says a line once."""

    message = _("The line “%(line)s” stands twice in this report: add the two up, or name them apart.")


class FarFromItsGrant(Refusal):
    """A day a lifetime away from the grant is a slip of the pen, and no report could ever be due after it."""

    message = _("%(day)s is far from %(year)s, the year of this grant: write the day again.")


class BrokenBeforeSigned(Refusal):
    """Only a contract that was signed is broken."""

    message = _("This contract was signed on %(signed)s: it was not broken before.")
