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
