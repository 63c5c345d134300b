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
