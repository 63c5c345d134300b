"""Where on the form a room's refusal belongs: the list or the field that must change for it to pass."""

from __future__ import annotations

from collections.abc import Container, Iterator

from django.db import models

from parvis.foundation.values.refusal import Refusal

#: By the name of the refusal: fields or lists, the first that the form has.
_PLACES: dict[str, tuple[str, ...]] = {
    "KeyTaken": ("key",),
    "BindsTheCity": ("steps", "state", "level"),
    "TooFewParties": ("parties",),
    "AlreadyEnded": ("steps",),
    "AgreementMoveRefused": ("steps",),
    "StepsOutOfOrder": ("steps",),
    "SignedTwice": ("signed",),
    "NotYetSigned": ("steps",),
    "StatusesOverlap": ("statuses",),
    "NoStatus": ("statuses",),
    "MemberOfItself": ("member",),
    "KeptWithoutEvidence": ("steps",),
    "PromiseMoveRefused": ("steps",),
    "DisputedByNobody": ("steps",),
    "DeadlineNotPassed": ("deadline",),
    "NoDeadline": ("deadline",),
    "EvidenceIsItself": ("evidence", "steps"),
    "ProvenWithoutEvidence": ("evidence",),
    "RankWithoutSet": ("place_in_rank",),
    "AnsweredWithoutAnswer": ("answer.fr",),
    "StoryAboutNothing": ("about",),
    "LegalMoveRefused": ("state",),
    "DecisionConcernsItself": ("concerns",),
    "PlaceNotFound": ("title.fr",),
    "PlaceAmbiguous": ("geoname",),
    "PlaceNearby": ("title", "geoname"),
    "NotThatPlace": ("geoname",),
    "GeonameUnknown": ("geoname",),
    "CountryUnknown": ("country",),
    "InsideItself": ("within", "parent"),
    "IdentifierRefused": ("identifiers",),
    "ActsForThemself": ("holdings",),
    "EventMoveRefused": ("state",),
    "HeldInTheFuture": ("state",),
    "NobodyWent": ("members",),
    "DaysOutOfOrder": ("steps",),
    "CauseWithoutProof": ("outcomes",),
    "ActBeforeEvent": ("acts",),
    "ProjectMoveRefused": ("stage",),
    "StageWithoutDate": ("stage_as_of",),
    "SeveralLeads": ("partners",),
    "OriginGoesRound": ("origin",),
    "PaidByNobody": ("amount_paid",),
    "VotedByNobody": ("amount_voted",),
}


def place_of(refusal: Refusal, *, fields: Container[str], lists: Container[str]) -> str:
    """The field or the list a refusal speaks of; nothing when it speaks of the whole record."""
    named = _PLACES.get(type(refusal).__name__, ())
    return next((name for name in named if name in fields or name in lists), "")


def column_of_rule(model: type[models.Model], sentence: str) -> str:
    """The first column that a rule of the table speaks of, by the sentence it is broken with; empty for another."""
    for rule in model._meta.constraints:
        if str(getattr(rule, "violation_error_message", "")) == sentence:
            named = getattr(rule, "fields", ()) or tuple(_columns(getattr(rule, "condition", None)))
            return next(iter(named), "")
    return ""


def _columns(condition: object) -> Iterator[str]:
    for part in getattr(condition, "children", ()):
        if isinstance(part, tuple):
            yield str(part[0]).partition("__")[0]
        else:
            yield from _columns(part)
