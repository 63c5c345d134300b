"""The states of money, and where each may go."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GrantForm(TextChoices):
    CASH = "cash", _("Money")
    IN_KIND = "in_kind", _("In kind")


class GrantState(TextChoices):
    ASKED = "asked", _("Asked for")
    AWARDED = "awarded", _("Awarded")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", _("Cancelled")
    CLOSED = "closed", _("Closed")


class PlaceKnown(TextChoices):
    """How sure one is of the place a grant serves."""

    STATED = "stated", _("Stated")
    INFERRED = "inferred", _("Read from the title")
    UNKNOWN = "unknown", _("Not known")


_S = GrantState

#: From each state of a grant, the states that may follow.
GRANT_MOVES: dict[GrantState, frozenset[GrantState]] = {
    _S.ASKED: frozenset({_S.AWARDED, _S.REFUSED, _S.CANCELLED}),
    _S.AWARDED: frozenset({_S.CANCELLED, _S.CLOSED}),
    _S.REFUSED: frozenset(),
    _S.CANCELLED: frozenset(),
    _S.CLOSED: frozenset(),
}
