"""The words the desk shows: the city's vocabulary, what a column is called, what a plural is called."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from parvis.foundation.vocabulary import Vocabulary, load

#: What each kind of record is called in the rail and in titles: (one, several).
NOUNS = {
    "source": (_("Source"), _("Sources")),
    "place": (_("Place"), _("Places")),
    "body": (_("Body"), _("Bodies")),
    "person": (_("Person"), _("People")),
    "office": (_("Office"), _("Offices")),
    "legal_basis": (_("Legal basis"), _("Legal bases")),
    "decision": (_("Decision"), _("Decisions")),
    "agreement": (_("Agreement"), _("Agreements")),
    "network": (_("Network"), _("Networks")),
    "membership": (_("Membership"), _("Memberships")),
    "relation": (_("Relation"), _("Relations")),
    "programme": (_("Programme"), _("Programmes")),
    "project": (_("Project"), _("Projects")),
    "event": (_("Event"), _("Events")),
    "mission": (_("Mission"), _("Missions")),
    "commemoration": (_("Commemoration"), _("Commemorations")),
    "memorial": (_("Memorial"), _("Memorials")),
    "honour": (_("Honour"), _("Honours")),
    "promise": (_("Promise"), _("Promises")),
    "claim": (_("Claim"), _("Claims")),
    "question": (_("Question"), _("Questions")),
    "story": (_("Story"), _("Stories")),
    "indicator": (_("Figure"), _("Figures")),
    "conflict": (_("Contradiction"), _("Contradictions")),
}

#: Records grouped as an officer looks for them.
RAIL = (
    (_("Partners"), ("place", "body", "relation", "agreement", "network", "membership")),
    (_("Action"), ("programme", "project", "event", "mission", "decision", "legal_basis")),
    (_("Honour and memory"), ("honour", "memorial", "commemoration", "person", "office")),
    (_("Account"), ("promise", "question", "claim", "story", "indicator")),
    (_("Register"), ("source", "conflict")),
)


@cache
def vocabulary() -> Vocabulary:
    """The house's vocabulary with the city's over it."""
    own = Path(settings.DATA_DIR) / settings.PARVIS_CITY / "vocabulary.yaml"
    return load(own if own.exists() else None)


def kind_label(noun: str, code: str) -> str:
    return vocabulary().kind_label(noun, code, tongue())


def tongue() -> str:
    return (get_language() or "fr")[:2]
