"""The tables accountability shares. What its evidence cannot show in public is not called shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from parvis.domain.accountability import queries
from parvis.domain.accountability.enums import ASPIRATION, TARGET, ClaimState, PromiseState
from parvis.domain.accountability.models import (
    Claim,
    ClaimEvidence,
    Indicator,
    Promise,
    PromiseEvidence,
    PromiseStep,
    Question,
    QuestionEvidence,
    Story,
    StorySubject,
)
from parvis.foundation.publishing import Audience, PublishedTable
from parvis.register.content import lines_text
from parvis.register.enums import Visibility
from parvis.register.models import Record, Subject
from parvis.register.sharing import KIND, LINES, SOURCE, column, part_table, record_table, shared_key

_PROMISE = column("promise", "ref", "Clé de la promesse", "Key of the promise")
_STEP = column("step", "int", "Rang de l'étape", "Place of the step")
_EVIDENCE = column("record", "ref", "Fiche qui fait preuve", "Record that is the evidence")


def _step_number(step: PromiseStep) -> int:
    return step.position + 1


def _evidence_step(evidence: PromiseEvidence) -> int:
    return _step_number(evidence.owner)


def _step_state(step: PromiseStep) -> str:
    """“Kept” is said in public with public evidence; otherwise it is said to be kept."""
    shown = _any_public(line.record for line in step.evidence.all())
    return PromiseState.CLAIMED_KEPT.value if step.state == PromiseState.KEPT and not shown else step.state


def _promise_kind(promise: Promise) -> str:
    """A target that names no public measure, or no deadline, is told as what it is: an aspiration."""
    unmeasured = promise.measure is None or shared_key(promise.measure) is None or not promise.deadline
    kind = promise.subject.kind
    return ASPIRATION if kind == TARGET and unmeasured else kind


def _promise_state(promise: Promise) -> str:
    step = queries.latest_step(promise)
    return _step_state(step) if step else PromiseState.SAID.value


def _promise_state_as_of(promise: Promise) -> str:
    step = queries.latest_step(promise)
    return step.day if step else promise.made


def _claim_state(claim: Claim) -> str:
    """“Proven” is said in public with public evidence; otherwise it is claimed."""
    shown = _any_public(line.record for line in claim.evidence.all())
    return ClaimState.CLAIMED.value if claim.state == ClaimState.PROVEN and not shown else claim.state


def _any_public(records: Iterable[Subject]) -> bool:
    return any(shared_key(record) for record in records)


def _text(record: Record, field: str) -> dict[str, str]:
    return {text.language: text.body for text in record.subject.texts.all() if text.field == field}


def _figure_checks() -> Iterator[dict[str, Any]]:
    for check in queries.figures_against_records():
        source = shared_key(check.statement.source.subject)
        if source is None or check.indicator.subject.visibility != Visibility.PUBLIC:
            continue
        counted = [record.key for record in check.counted if shared_key(record)]
        yield {
            "indicator": check.indicator.key,
            "as_of": check.statement.as_of,
            "claimed": check.statement.number,
            "qualifier": check.statement.qualifier,
            "counted": len(counted),
            "differs": queries.differs(check.statement, len(counted)),
            "records": counted,
            "source": source,
            "lines": lines_text(check.statement.line_from, check.statement.line_to),
        }


TABLES: tuple[PublishedTable, ...] = (
    record_table(
        Promise,
        "promises",
        title=("Promesses", "Promises"),
        grain=("une ligne par promesse", "one row per promise"),
        columns=(
            KIND,
            column("made_by", "ref", "Qui l'a faite", "Who made it"),
            column("made", "pdate", "Date où elle fut faite", "Date it was made"),
            column("deadline", "pdate", "Échéance", "Deadline"),
            column("measure", "ref", "Indicateur qui la mesure", "Figure that measures it"),
            column("state", "text", "Dernier état dit ou constaté", "Latest state said or found"),
            column("state_as_of", "pdate", "Date de cet état", "Date of that state"),
        ),
        readers={"kind": _promise_kind, "state": _promise_state, "state_as_of": _promise_state_as_of},
        prefetch=("steps__evidence__record", "measure"),
    ),
    part_table(
        PromiseStep,
        "promise_steps",
        of=_PROMISE,
        title=("Suites des promesses", "Steps of promises"),
        grain=("une ligne par étape d'une promesse", "one row per step of a promise"),
        columns=(
            _STEP,
            column("state", "text", "État dit ou constaté", "State said or found"),
            column("day", "pdate", "Date de l'étape", "Date of the step"),
            column("by", "ref", "Qui le dit", "Who says so"),
            column("words", "words", "En quelques mots", "In a few words"),
            SOURCE,
            LINES,
        ),
        readers={"step": _step_number, "state": _step_state},
        prefetch=("evidence__record",),
    ),
    part_table(
        PromiseEvidence,
        "promise_evidence",
        of=_PROMISE,
        title=("Preuves des promesses", "Evidence on promises"),
        grain=("une ligne par preuve d'une étape", "one row per piece of evidence of a step"),
        columns=(_STEP, _EVIDENCE),
        readers={"step": _evidence_step},
        needed="record",
    ),
    record_table(
        Claim,
        "claims",
        title=("Affirmations", "Claims"),
        grain=("une ligne par affirmation", "one row per claim"),
        columns=(
            KIND,
            column("publisher", "ref", "Qui l'affirme", "Who claims it"),
            column("about", "ref", "De qui ou de quoi", "About whom or what"),
            column("scope", "words", "Dans quel champ", "Within what"),
            column("as_of", "pdate", "Affirmé à cette date", "Claimed on that date"),
            column("state", "text", "Affirmé, prouvé, contesté, dépassé", "Claimed, proven, disputed, superseded"),
            column("place_in_rank", "int", "Rang", "Rank"),
            column("set", "words", "Parmi quoi", "Among what"),
            column("given_by", "words", "Qui a donné ce rang", "Who gave that rank"),
        ),
        readers={"state": _claim_state},
        prefetch=("evidence__record",),
    ),
    part_table(
        ClaimEvidence,
        "claim_evidence",
        of=column("claim", "ref", "Clé de l'affirmation", "Key of the claim"),
        title=("Preuves des affirmations", "Evidence on claims"),
        grain=("une ligne par preuve", "one row per piece of evidence"),
        columns=(_EVIDENCE,),
        needed="record",
    ),
    record_table(
        Question,
        "questions",
        title=("Questions", "Questions"),
        grain=("une ligne par question", "one row per question"),
        columns=(
            KIND,
            column("asked_by", "words", "Qui demande, par son rôle", "Who asks, by role"),
            column("asked", "pdate", "Date de la question", "Date of the question"),
            column("answered", "pdate", "Date de la réponse", "Date of the answer"),
            column("state", "text", "Ouverte ou répondue", "Open or answered"),
            column("answer", "words", "La réponse", "The answer"),
        ),
        readers={"answer": lambda question: _text(question, "answer")},
        prefetch=("subject__texts",),
    ),
    part_table(
        QuestionEvidence,
        "question_evidence",
        of=column("question", "ref", "Clé de la question", "Key of the question"),
        title=("Preuves des réponses", "Evidence on answers"),
        grain=("une ligne par preuve", "one row per piece of evidence"),
        columns=(_EVIDENCE,),
        needed="record",
    ),
    record_table(
        Story,
        "stories",
        title=("Récits", "Stories"),
        grain=("une ligne par récit", "one row per story"),
        columns=(
            KIND,
            column("day", "pdate", "Date du récit", "Date of the story"),
            column("body", "words", "Le récit", "The story"),
        ),
        readers={"body": lambda story: _text(story, "body")},
        prefetch=("subject__texts",),
    ),
    part_table(
        StorySubject,
        "story_subjects",
        of=column("story", "ref", "Clé du récit", "Key of the story"),
        title=("Objets des récits", "What stories tell of"),
        grain=("une ligne par fiche racontée", "one row per record told of"),
        columns=(column("record", "ref", "Fiche racontée", "Record told of"),),
        needed="record",
    ),
    record_table(
        Indicator,
        "indicators",
        title=("Chiffres suivis", "Indicators"),
        grain=("une ligne par chiffre suivi", "one row per figure followed"),
        columns=(
            KIND,
            column("about", "ref", "De qui ou de quoi", "About whom or what"),
            column("unit", "text", "Unité", "Unit"),
            column("definition", "words", "Ce que compte ce chiffre", "What the figure counts"),
            column("headline", "bool", "Montré parmi les premiers", "Shown among the first"),
            column("order", "int", "Place parmi les premiers", "Place among the first"),
            column("counted_as", "text", "Comment les fiches le comptent", "How the records count it"),
        ),
    ),
    PublishedTable(
        name="figure_checks",
        title={"fr": "Chiffres publiés et fiches comptées", "en": "Published figures and counted records"},
        grain={
            "fr": "une ligne par chiffre que les fiches comptent",
            "en": "one row per figure the records can count",
        },
        audience=Audience.PUBLIC,
        columns=(
            column("indicator", "ref", "Clé du chiffre suivi", "Key of the indicator"),
            column("as_of", "pdate", "Date du chiffre publié", "Date of the published figure"),
            column("claimed", "decimal(24,6)", "Chiffre publié", "Published figure"),
            column("qualifier", "text", "Mot qui le nuance", "Word that qualifies it"),
            column("counted", "int", "Nombre de fiches", "Number of records"),
            column("differs", "bool", "Les fiches le contredisent", "The records contradict it"),
            column("records", "list", "Fiches comptées", "Records counted"),
            SOURCE,
            LINES,
        ),
        rows=_figure_checks,
    ),
)
