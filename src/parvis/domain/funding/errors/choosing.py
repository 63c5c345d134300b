"""What is refused in reading, ranking and choosing files."""

from django.utils.translation import gettext_lazy as _

from parvis.foundation.values.refusal import Refusal


class NotYours(Refusal):
    """A reviewer reads the files they were given, and no other."""

    message = _("This file is not among those you were given.")


class ReviewClosed(Refusal):
    """What is signed or set aside is not written in."""

    message = _("This review is signed or set aside: it cannot be changed.")


class CriterionUnknown(Refusal):
    """Marks are given on the criteria of the call."""

    message = _("The call has no such criterion.")


class MarkOutOfRange(Refusal):
    """Marks go from 0 to 5."""

    message = _("A mark goes from 0 to 5.")


class MarkMissing(Refusal):
    """A review is signed when every criterion has its mark."""

    message = _("Give a mark on every criterion before you sign.")


class ReasonMissing(Refusal):
    """The ends of the scale are explained."""

    message = _("A mark of 0 or of 5 needs its reason in words.")


class WeightsMissing(Refusal):
    """Files are compared by criteria whose weights are known."""

    message = _("A criterion of this call has no weight: give each its weight before files are read.")


class ConcernsYou(Refusal):
    """A file that concerns a person is closed to them."""

    message = _("This file is closed to you.")


class NotRefused(Refusal):
    """What is looked at again was refused, and its words are still there."""

    message = _("Only a refused file whose words are still kept is looked at again.")


class GrantConcernsYou(Refusal):
    """Who is tied to a body does not instruct, sign, pay or account for what it is given."""

    message = _("You have a tie to the body that receives this grant: a colleague acts on it.")


class SelectionConcernsYou(Refusal):
    """Who is tied to one of those who ask does not choose among them."""

    message = _("You have a tie to who asks in %(files)s: a colleague chooses among the files of this call.")


class MembersConcerned(Refusal):
    """Members of the council whom a file concerns take no part in its decision."""

    message = _(
        "These members of the council hold an office in a body that asks: %(names)s. "
        "Confirm that they left the room and did not vote."
    )


class EnvelopeImagined(Refusal):
    """A scenario that counts on more than there is goes before no council."""

    message = _("This scenario counts on %(imagined)s; the envelope has %(left)s left.")


class SelectionOutdated(Refusal):
    """A selection that rests on readings set aside since is not carried out."""

    message = _(
        "Since this selection was closed, a tie set a reading aside: %(files)s stand otherwise now. "
        "Withdraw the selection, have them read again, and close another."
    )


class SelectionWithdrawn(Refusal):
    """A selection that was withdrawn has no answer."""

    message = _("This selection was withdrawn: close another.")


class AnsweredBeforeItWasAsked(Refusal):
    """The council answers requests that have all come in."""

    message = _(
        "This decision is of %(decided)s, and requests came in until %(closed)s: the council could not answer them "
        "yet. Choose the decision it took since; nothing was carried out."
    )


class NothingRanked(Refusal):
    """A selection is made among ranked files."""

    message = _("No file of this call is ranked yet.")


class NoEnvelope(Refusal):
    """Grants are awarded from an envelope."""

    message = _("The call names no envelope: choose the one its grants come from.")


class RefusalUnexplained(Refusal):
    """Every refusal has its reason."""

    message = _("Say why “%(file)s” is refused.")


class AboveUnexplained(Refusal):
    """More than was asked is proposed for a reason."""

    message = _("Say why more is proposed for “%(file)s” than it asked.")


class ProposedWithoutSum(Refusal):
    """What is proposed is a sum: a file that says none has one written for it."""

    message = _("Write how much is proposed for “%(file)s”, or leave it out.")


class AnswerUnsaid(Refusal):
    """A reason alone, or a sum beside a refusal: what is typed of a line does not tell what was decided."""

    message = _("Say what the council decided for “%(file)s”: a reason alone, or a sum with no award, does not tell.")


class AnswerUnexplained(Refusal):
    """What the council decides otherwise than proposed has its reason in the minutes."""

    message = _("Say why the council decides otherwise for “%(file)s” than was proposed.")


class AnswerWithoutSum(Refusal):
    """A grant is of some amount."""

    message = _("Write how much the council awards to “%(file)s”.")


class SelectionOpen(Refusal):
    """One selection of a call waits for the council at a time."""

    message = _("A selection of this call already waits for the council.")


class SelectionDecided(Refusal):
    """The council answers once."""

    message = _("The council has already answered this selection.")
