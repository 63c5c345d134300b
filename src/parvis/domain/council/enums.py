"""How far a legal text has come, and where it may go from there."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LegalLevel(TextChoices):
    INTERNATIONAL = "international", _("International")
    EUROPEAN = "european", _("European")
    NATIONAL = "national", _("National")
    MUNICIPAL = "municipal", _("Municipal")


class LegalState(TextChoices):
    EXPECTED = "expected", _("Expected")
    PROPOSED = "proposed", _("Proposed")
    IN_PROGRESS = "in_progress", _("In progress")
    ADOPTED = "adopted", _("Adopted")
    IN_FORCE = "in_force", _("In force")
    DECLARED = "declared", _("Declared")
    REPEALED = "repealed", _("Repealed")


#: States in which a text is still on its way: nothing may rest on it yet.
ON_THE_WAY = frozenset({LegalState.EXPECTED, LegalState.PROPOSED, LegalState.IN_PROGRESS})

#: States in which action may rest on a text.
STANDING = frozenset({LegalState.ADOPTED, LegalState.IN_FORCE, LegalState.DECLARED})

_SETTLED = frozenset({LegalState.ADOPTED, LegalState.IN_FORCE, LegalState.DECLARED})

#: From each state, the states a text may move to.
LEGAL_MOVES: dict[LegalState, frozenset[LegalState]] = {
    LegalState.EXPECTED: frozenset({LegalState.PROPOSED, LegalState.IN_PROGRESS}) | _SETTLED,
    LegalState.PROPOSED: frozenset({LegalState.IN_PROGRESS}) | _SETTLED,
    LegalState.IN_PROGRESS: _SETTLED,
    LegalState.ADOPTED: frozenset({LegalState.IN_FORCE, LegalState.REPEALED}),
    LegalState.IN_FORCE: frozenset({LegalState.REPEALED}),
    LegalState.DECLARED: frozenset({LegalState.REPEALED}),
    LegalState.REPEALED: frozenset(),
}
