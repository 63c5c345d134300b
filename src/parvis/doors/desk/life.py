"""The life of a record: the steps taken so far, and the only next steps its room allows.

Each kind of record that has a life says here where it stands, where it may go, what must be said to go there,
and which verb of its room takes it there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from parvis.domain.accountability import actions as accountability
from parvis.domain.accountability import rules as accountability_rules
from parvis.domain.accountability.enums import (
    CLAIM_MOVES,
    PROMISE_MOVES,
    ClaimState,
    PromiseState,
    QuestionState,
)
from parvis.domain.council import actions as council
from parvis.domain.council import rules as council_rules
from parvis.domain.council.enums import LEGAL_MOVES, LegalState
from parvis.domain.encounters import actions as encounters
from parvis.domain.encounters.enums import EVENT_MOVES, EventState, MissionState
from parvis.domain.honours import actions as honours
from parvis.domain.honours import rules as honours_rules
from parvis.domain.honours.enums import STEP_ORDER, HonourStepKind
from parvis.domain.partnerships import actions as partnerships
from parvis.domain.partnerships import rules as partnerships_rules
from parvis.domain.partnerships.enums import (
    AGREEMENT_MOVES,
    PIPELINE,
    RELATION_MOVES,
    AgreementState,
    MembershipStatus,
    RelationStage,
)
from parvis.domain.projects import actions as projects
from parvis.domain.projects.enums import PROJECT_MOVES, ProjectStage
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.accounts.rules import role_for
from parvis.register.models import Record

Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """A step taken: the state, when, and the key of the source that tells it."""

    state: Any
    day: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """Where a record stands. ``ahead`` is every state it may go to from here."""

    taken: tuple[Taken, ...]
    ahead: tuple[Any, ...]
    now: Any = None


@dataclass(frozen=True, slots=True)
class Path:
    """How a kind of record lives: its reading, what each step must say, and the verb that takes it."""

    read: Callable[[Any], Life]
    take: Callable[[Any, str, dict[str, Any]], Record]
    asks: Callable[[str], tuple[str, ...]]
    #: Steps that bind the city, or speak for it, with the rule of the room on who may.
    binding: Mapping[Any, Any] = field(default_factory=dict)

    def role(self, state: str) -> Role:
        return role_for(self.binding[state]) if state in self.binding else Role.OFFICER


_A = AgreementState
_P = PromiseState


def _steps(
    record: Any, states: type, name: str = "steps", *, state: str = "state", day: str = "day"
) -> tuple[Taken, ...]:
    rows = getattr(record, name).select_related("source")
    return tuple(
        Taken(states(getattr(row, state)), getattr(row, day), row.source.key if row.source else "") for row in rows
    )


def _agreement(record: Any) -> Life:
    taken = _steps(record, AgreementState)
    moves = [step.state for step in taken if step.state != _A.LISTED]
    now = moves[-1] if moves else (taken[-1].state if taken else None)
    ahead = AGREEMENT_MOVES[now] if now else PIPELINE | {_A.SIGNED, _A.LISTED}
    if record.signed or _A.SIGNED in moves:
        ahead -= {_A.SIGNED}
    return Life(taken, tuple(state for state in _A if state in ahead), now)


def _take_agreement(record: Any, state: str, said: dict[str, Any]) -> Record:
    day = said.pop("day", "")
    term: dict[str, Any] = {
        name: said.pop(name) for name in ("in_force_from", "term_years", "notice_months") if name in said
    }
    if state == _A.SIGNED:
        term |= {"until": said.pop("until")} if "until" in said else {}
        return partnerships.sign_agreement(agreement=record, signed=day, term=term, **said)
    if state == _A.RENEWED:
        return partnerships.renew_agreement(agreement=record, day=day, **said)
    verb = {
        _A.DRAFT: partnerships.draft_agreement,
        _A.IN_FORCE: partnerships.resume_agreement,
        _A.SUSPENDED: partnerships.suspend_agreement,
        _A.ENDED: partnerships.end_agreement,
    }.get(_A(state))
    if verb:
        return verb(agreement=record, day=day, **said)
    place: dict[str, Any] = {name: said.pop(name) for name in ("source", "lines") if name in said}
    step = {"state": state, "day": day, **place}
    return partnerships.record_step(agreement=record, step=step, **said)


def _agreement_asks(state: str) -> tuple[str, ...]:
    if state == _A.SIGNED:
        return ("day", "source", "lines", "in_force_from", "until", "term_years", "notice_months")
    return ("day", "source", "lines", "until") if state == _A.RENEWED else ("day", "source", "lines")


def _promise(record: Any) -> Life:
    taken = _steps(record, PromiseState)
    now = taken[-1].state if taken else _P.SAID
    ahead = PROMISE_MOVES[now] - (set() if record.deadline else {_P.DEADLINE_PASSED})
    return Life(taken, tuple(state for state in _P if state in ahead), now)


def _take_promise(record: Any, state: str, said: dict[str, Any]) -> Record:
    who = {name: said.pop(name) for name in ("by", "at", "seen_revision")}
    step = {"state": state, **said}
    if said_by := step.pop("said_by", ""):
        step["by"] = said_by
    return accountability.record_step(promise=record, step=step, **who)


def _promise_asks(state: str) -> tuple[str, ...]:
    asked = ("day", "words", "source", "lines")
    if state in (_P.KEPT, _P.FOLLOWED, _P.CLAIMED_KEPT):
        return ("day", "evidence", *asked[1:])
    return ("day", "said_by", *asked[1:]) if state == _P.DISPUTED else asked


def _simple(column: str, moves: Mapping[Any, frozenset[Any]], first: Any, day: str) -> Callable[[Any], Life]:
    def read(record: Any) -> Life:
        code = getattr(record, column)
        now = type(first)(code) if code else first
        ahead = moves[now]
        taken = (Taken(now, getattr(record, day, "")),) if code else ()
        return Life(taken, tuple(state for state in type(first) if state in ahead), now)

    return read


def _membership(record: Any) -> Life:
    taken = _steps(record, MembershipStatus, "statuses", state="status", day="valid_from")
    now = taken[-1].state if taken else None
    return Life(taken, tuple(state for state in MembershipStatus if state != now), now)


def _take_membership(record: Any, state: str, said: dict[str, Any]) -> Record:
    return partnerships.change_status(membership=record, status=state, since=said.pop("day", ""), **said)


def _take_relation(record: Any, state: str, said: dict[str, Any]) -> Record:
    return partnerships.move_relation(relation=record, stage=state, as_of=said.pop("day", ""), **said)


def _take_claim(record: Any, state: str, said: dict[str, Any]) -> Record:
    verbs: dict[ClaimState, Callable[..., Record]] = {
        ClaimState.PROVEN: accountability.prove_claim,
        ClaimState.DISPUTED: accountability.dispute_claim,
        ClaimState.SUPERSEDED: accountability.supersede_claim,
    }
    if state == ClaimState.PROVEN:
        said.setdefault("evidence", [])
    return verbs[ClaimState(state)](claim=record, **said)


def _claim(record: Any) -> Life:
    life = _simple("state", CLAIM_MOVES, ClaimState.CLAIMED, "as_of")(record)
    return Life(life.taken, tuple(state for state in life.ahead if state != ClaimState.CLAIMED), life.now)


def _question(record: Any) -> Life:
    now = QuestionState(record.state)
    taken = (Taken(now, record.answered or record.asked),)
    return Life(taken, (QuestionState.ANSWERED,) if now == QuestionState.OPEN else (), now)


def _take_question(record: Any, _state: str, said: dict[str, Any]) -> Record:
    day, words = said.pop("day", ""), said.pop("words", {})
    return accountability.answer_question(question=record, answer=words, answered=day, **said)


def _take_project(record: Any, state: str, said: dict[str, Any]) -> Record:
    return projects.move_project(project=record, stage=state, as_of=said.pop("day", ""), **said)


def _take_event(record: Any, state: str, said: dict[str, Any]) -> Record:
    return encounters.move_event(event=record, state=state, as_of=said.pop("day", ""), **said)


def _mission(record: Any) -> Life:
    now = MissionState(record.state)
    ahead = () if now == MissionState.HELD else (MissionState.HELD,)
    return Life((Taken(now, record.starts),), ahead, now)


def _take_mission(record: Any, _state: str, said: dict[str, Any]) -> Record:
    return encounters.hold_mission(mission=record, starts=said.pop("day", ""), **said)


def _legal(record: Any) -> Life:
    now = LegalState(record.state)
    verbs = (LegalState.ADOPTED, LegalState.IN_FORCE, LegalState.REPEALED)
    dated = {
        LegalState.ADOPTED: record.adopted,
        LegalState.IN_FORCE: record.in_force_from,
        LegalState.REPEALED: record.repealed,
    }
    return Life((Taken(now, dated.get(now, "")),), tuple(state for state in verbs if state in LEGAL_MOVES[now]), now)


def _take_legal(record: Any, state: str, said: dict[str, Any]) -> Record:
    day = said.pop("day", "")
    if state == LegalState.ADOPTED:
        return council.adopt_legal_basis(basis=record, adopted=day, **said)
    verb = council.bring_into_force if state == LegalState.IN_FORCE else council.repeal_legal_basis
    return verb(basis=record, day=day, **said)


def _honour(record: Any) -> Life:
    taken = _steps(record, HonourStepKind, state="step")
    last = STEP_ORDER.index(taken[-1].state) if taken else -1
    return Life(taken, STEP_ORDER[last + 1 :], taken[-1].state if taken else None)


def _take_honour(record: Any, state: str, said: dict[str, Any]) -> Record:
    return honours.record_honour_step(honour=record, step=state, day=said.pop("day", ""), **said)


def _always(*names: str) -> Callable[[str], tuple[str, ...]]:
    return lambda _state: names


_CITED = _always("day", "source", "lines")
_DATED = _always("day")

PATHS: Mapping[str, Path] = {
    "agreement": Path(_agreement, _take_agreement, _agreement_asks, partnerships_rules.BINDING),
    "promise": Path(_promise, _take_promise, _promise_asks, accountability_rules.BINDING),
    "membership": Path(_membership, _take_membership, _CITED),
    "relation": Path(_simple("stage", RELATION_MOVES, RelationStage.DORMANT, "as_of"), _take_relation, _DATED),
    "claim": Path(
        _claim,
        _take_claim,
        lambda state: ("evidence",) if state == ClaimState.PROVEN else (),
        accountability_rules.BINDING,
    ),
    "question": Path(_question, _take_question, _always("day", "words", "evidence")),
    "project": Path(_simple("stage", PROJECT_MOVES, ProjectStage.UNKNOWN, "stage_as_of"), _take_project, _DATED),
    "event": Path(_simple("state", EVENT_MOVES, EventState.UNKNOWN, "state_as_of"), _take_event, _DATED),
    "mission": Path(_mission, _take_mission, _always("day", "ends")),
    "legal_basis": Path(_legal, _take_legal, _DATED, council_rules.BINDING),
    "honour": Path(_honour, _take_honour, _CITED, honours_rules.BINDING),
}


def life_of(record: Record) -> Life | None:
    """Where a record stands and where it may go; None for a kind of record that has no life."""
    path = PATHS.get(record.noun)
    return path.read(record) if path else None


def take_step(record: Record, state: str, said: Said, *, seen_revision: int, by: User, at: datetime) -> Record:
    """Take a record to its next state, by the verb of its room. Raises what the room refuses."""
    given = {name: value for name, value in said.items() if value not in ("", None, [], {})}
    return PATHS[record.noun].take(record, state, {**given, "seen_revision": seen_revision, "by": by, "at": at})
