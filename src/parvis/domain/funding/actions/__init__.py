"""What is done with the city's money: every write of the room."""

from parvis.domain.funding.models import Crisis, Envelope, Grant, Levy

from .records import (
    amend_crisis,
    amend_envelope,
    amend_grant,
    amend_levy,
    enter_crisis,
    enter_envelope,
    enter_grant,
    enter_levy,
)

__all__ = [
    "ENTRANCES",
    "amend_crisis",
    "amend_envelope",
    "amend_grant",
    "amend_levy",
    "enter_crisis",
    "enter_envelope",
    "enter_grant",
    "enter_levy",
]

#: The noun of each kind of record of this room, its model, and how it is entered and amended.
ENTRANCES = {
    Levy.noun: (Levy, enter_levy, amend_levy),
    Envelope.noun: (Envelope, enter_envelope, amend_envelope),
    Crisis.noun: (Crisis, enter_crisis, amend_crisis),
    Grant.noun: (Grant, enter_grant, amend_grant),
}
