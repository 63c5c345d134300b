"""The tables the honours' room shares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from parvis.domain.honours import queries
from parvis.domain.honours.enums import HonourStepKind
from parvis.domain.honours.models import (
    Commemoration,
    CommemorationAct,
    Honour,
    HonourOutcome,
    HonourStep,
    Memorial,
)
from parvis.foundation.publishing import Audience, PublishedTable
from parvis.register.enums import Visibility
from parvis.register.sharing import KIND, LINES, SOURCE, column, part_table, record_table

_HONOUR = column("honour", "ref", "Clé de l'honneur", "Key of the honour")
_COMMEMORATION = column("commemoration", "ref", "Clé de la commémoration", "Key of the commemoration")

#: Anniversaries are shared for these years; the page shows those that come.
_YEARS = range(2000, 2101)


def _state(honour: Honour) -> str:
    reached = [step.step for step in honour.steps.all()]
    return max(reached, key=HonourStepKind.values.index, default="")


def _awarded(honour: Honour) -> str:
    days = [step.day for step in honour.steps.all() if step.step == HonourStepKind.AWARDED and step.day]
    return min(days, default="")


def _anniversaries() -> Iterator[dict[str, Any]]:
    for commemoration in queries.all_commemorations().filter(subject__visibility=Visibility.PUBLIC):
        for year in _YEARS:
            coming = queries.anniversary_in(commemoration, year)
            if coming is not None:
                yield {
                    "commemoration": commemoration.key,
                    "day": str(coming.when),
                    "years": coming.years,
                    "round": coming.round,
                }


TABLES: tuple[PublishedTable, ...] = (
    record_table(
        Honour,
        "honours",
        title=("Honneurs", "Honours"),
        grain=("une ligne par titre ou prix", "one row per title or prize"),
        columns=(
            KIND,
            column("honoree", "ref", "Personne ou organisme honoré", "Person or body honoured"),
            column("awarded_by", "ref", "Qui l'a décerné", "Who awarded it"),
            column("state", "text", "Dernière étape atteinte", "Latest step reached"),
            column("awarded", "pdate", "Date du titre, la première dite", "Date of the title, the earliest told"),
        ),
        readers={"state": _state, "awarded": _awarded},
        prefetch=("steps",),
    ),
    part_table(
        HonourStep,
        "honour_steps",
        of=_HONOUR,
        title=("Étapes des honneurs", "Steps of honours"),
        grain=("une ligne par étape et source", "one row per step and source"),
        columns=(
            column(
                "step",
                "text",
                "Nomination, avis, vote, titre, cérémonie",
                "Nomination, opinion, vote, award, ceremony",
            ),
            column("day", "pdate", "Date de l'étape", "Date of the step"),
            SOURCE,
            LINES,
        ),
    ),
    part_table(
        HonourOutcome,
        "honour_outcomes",
        of=_HONOUR,
        title=("Ce qui a suivi les honneurs", "What came after honours"),
        grain=("une ligne par fait survenu après le titre", "one row per event after the title"),
        columns=(
            column("day", "pdate", "Date du fait", "Date of the event"),
            column("words", "words", "Ce qui est arrivé ensuite", "What happened afterwards"),
            SOURCE,
            LINES,
        ),
    ),
    record_table(
        Memorial,
        "memorials",
        title=("Lieux de mémoire", "Memorials"),
        grain=("une ligne par lieu de mémoire", "one row per memorial"),
        columns=(
            KIND,
            column("place", "ref", "Lieu", "Place"),
            column("remembers", "ref", "Commémoration liée", "Commemoration it serves"),
            column("unveiled", "pdate", "Date d'inauguration", "Date it was unveiled"),
            column("decision", "ref", "Décision qui l'a fait ériger", "Decision that had it put up"),
            column(
                "at_home",
                "bool",
                "Rappelle un acte commis dans la ville même",
                "Remembers an act done in the city itself",
            ),
        ),
    ),
    record_table(
        Commemoration,
        "commemorations",
        title=("Commémorations", "Commemorations"),
        grain=("une ligne par événement rappelé", "one row per event remembered"),
        columns=(
            KIND,
            column("event_day", "pdate", "Date de l'événement rappelé", "Date of the event remembered"),
        ),
    ),
    part_table(
        CommemorationAct,
        "commemoration_acts",
        of=_COMMEMORATION,
        title=("Actes de mémoire", "Acts of remembrance"),
        grain=("une ligne par acte", "one row per act"),
        columns=(
            column("day", "pdate", "Date de l'acte", "Date of the act"),
            column("words", "words", "Ce qui est fait", "What is done"),
            column("state", "text", "Prévu, tenu, non connu", "Planned, held, not known"),
            SOURCE,
            LINES,
        ),
    ),
    PublishedTable(
        name="anniversaries",
        title={"fr": "Anniversaires", "en": "Anniversaries"},
        grain={"fr": "une ligne par commémoration et année", "en": "one row per commemoration and year"},
        audience=Audience.PUBLIC,
        columns=(
            _COMMEMORATION,
            column("day", "pdate", "Date de l'anniversaire", "Date of the anniversary"),
            column("years", "int", "Nombre d'années", "Number of years"),
            column("round", "bool", "Anniversaire rond, à proposer", "Round anniversary, to be proposed"),
        ),
        rows=_anniversaries,
    ),
)
