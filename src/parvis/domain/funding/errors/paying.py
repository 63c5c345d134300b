"""What is refused of the answers of finance to orders to pay."""

from django.utils.translation import gettext_lazy as _

from parvis.foundation.values.refusal import Refusal


class NotExpected(Refusal):
    """Finance answers an order it was sent."""

    message = _("This order is “%(state)s”: no answer was expected.")


class NotTheAmount(Refusal):
    """What is paid is what was ordered."""

    message = _("The order is for %(amount)s: the answer gives another amount, or no day.")


class PaidBeforeItsOrder(Refusal):
    """What is paid was ordered before."""

    message = _("This order was issued on %(day)s: it cannot be paid before.")


class PaidAndRefused(Refusal):
    """An answer says one thing."""

    message = _("This row says that the order is paid, and that it is refused: keep one of the two.")


class AnsweredOtherwise(Refusal):
    """An order that was paid is not answered anew."""

    message = _("This order is paid already: %(amount)s on %(day)s. This row says otherwise, and changes nothing.")


class MoreThanClaimed(Refusal):
    """What comes back on a claim is at most what is left of it."""

    message = _("%(left)s is left of this claim: %(amount)s cannot come back on it.")


class NothingToSendBack(Refusal):
    """A bank sends back what was paid."""

    message = _("This order is “%(state)s”: it was not paid, and the bank has nothing to send back.")


class SentBackWithoutWords(Refusal):
    """What came back came on a day, and for a reason."""

    message = _("Say on which day the bank sent this transfer back, and why.")


class SentBackTooSoon(Refusal):
    """What came back came on a day that has come."""

    message = _("%(day)s is yet to come: nothing is sent back on it.")


class SentBackBeforeItWasPaid(Refusal):
    """What came back had left."""

    message = _("This order was paid on %(day)s: the bank cannot have sent it back before.")


class PartOfATransfer(Refusal):
    """A transfer comes back whole."""

    message = _(
        "%(paid)s was paid, and %(back)s is said to be sent back: a transfer comes back whole. "
        "What a beneficiary pays back in part is claimed."
    )


class SentBackOtherwise(Refusal):
    """An order that was sent back is not sent back anew."""

    message = _(
        "This order was sent back already: %(amount)s on %(day)s (%(why)s). This says otherwise, and changes nothing."
    )


class RefusedAndSentBack(Refusal):
    """An answer says one thing."""

    message = _("This row says that the order is refused, and that the bank sent it back: keep one of the two.")


class ClaimedAlready(Refusal):
    """What was claimed back was received."""

    message = _(
        "Of what was paid, %(left)s is not claimed back, and %(amount)s would be sent back: "
        "give up the claim first, if the money never came."
    )


class NothingToRestore(Refusal):
    """What was neither refused nor sent back stands already."""

    message = _("This order is “%(state)s”: it was neither refused nor sent back, and there is nothing to put right.")


class RestoredWithoutWords(Refusal):
    """A mistake is put right on a day, and for a reason."""

    message = _("Say on which day it was paid, and how the mistake came about.")


class PaidTooSoon(Refusal):
    """What was paid was paid on a day that has come."""

    message = _("%(day)s is yet to come: nothing is paid on it.")
