"""Files declared complete and eligible, shared out, read by two people who know no name, and ranked.

Marks are played: what was voted in 2013 passes the threshold, what was refused does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Given
from parvis.domain.funding.models import Application, Call, Review, Scenario, Selection
from parvis.domain.funding.queries import Terms

from .people import Cast
from .requests import Request

#: Between the worst of what was voted (3 of 5 throughout) and the best of what was refused (2 of 5).
THRESHOLD = Decimal(50)
_WHY = "Note jouée pour la répétition."
ABOVE = "Voté par le Conseil de 2013 au-delà de la demande."


def made_eligible(files: Iterable[Application], cast: Cast, at: datetime) -> None:
    for file in files:
        for code in ("complete", "eligible"):
            actions.take_step(application=file.pk, code=code, by=cast.officer, at=at)


def shared(call: Call, cast: Cast, at: datetime) -> None:
    """Ask the reviewers, and give each file to two of them."""
    for person in cast.reviewers:
        actions.ask_reviewer(call=call, person=person, by=cast.officer, at=at)
    actions.share_files(call=call, by=cast.officer, at=at)


def read(call: Call, requests: Mapping[str, Request], at: datetime) -> None:
    """Every reading that waits is marked and signed; ``requests`` gives the request of each file."""
    for review in queries.readings_to_sign(call):
        marks = marks_of(review, requests[str(review.application_id)])
        actions.save_review(review=review.pk, marks=marks, comment=_WHY, by=review.reviewer, at=at)
        actions.sign_review(review=review.pk, by=review.reviewer, at=at)


def marks_of(review: Review, one: Request) -> dict[str, Given]:
    """Good or poor as the council of 2013 found the request; two readers seldom say quite the same."""
    lowest, reader = (3 if one.voted else 0), review.reviewer_id
    return {
        code: Given(lowest + (one.line + reader * (place + 1)) % 3, _WHY)
        for place, code in enumerate(("need", "partner", "budget"))
    }


def scenario_of(call: Call, requests: Mapping[str, Request], cast: Cast, at: datetime) -> Scenario:
    """What the council of 2013 voted, file by file."""
    amounts = {file: one.voted for file, one in requests.items() if one.voted}
    terms = Terms(threshold=THRESHOLD, amounts=amounts)
    return actions.save_scenario(call=call, name="2013", terms=terms, by=cast.officer, at=at)


def selected(scenario: Scenario, requests: Mapping[str, Request], cast: Cast, at: datetime) -> Selection:
    """Put before the council; whatever is voted above what was asked says why."""
    reasons = {file: ABOVE for file, one in requests.items() if one.above}
    return actions.close_selection(scenario=scenario, reasons=reasons, waiting=frozenset(), by=cast.publisher, at=at)
