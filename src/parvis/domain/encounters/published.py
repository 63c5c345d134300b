"""The tables the encounters' room shares."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from parvis.domain.encounters.enums import BodyRole
from parvis.domain.encounters.models import Event, EventOrganiser, EventParticipant, Mission, MissionMember
from parvis.foundation.publishing import Audience, PublishedTable
from parvis.register.sharing import KIND, column, part_table, public_parts, record_of_part, record_table


def _event_bodies() -> Iterator[dict[str, Any]]:
    told = (
        (EventOrganiser, BodyRole.ORGANISER),
        (EventParticipant, BodyRole.PARTICIPANT),
    )
    for line, role in chain.from_iterable(
        ((line, role) for line in public_parts(model, needed="body")) for model, role in told
    ):
        yield {"event": record_of_part(line).key, "body": line.body.key, "role": role.value}


TABLES: tuple[PublishedTable, ...] = (
    record_table(
        Event,
        "events",
        title=("Événements", "Events"),
        grain=("une ligne par événement", "one row per event"),
        columns=(
            KIND,
            column("starts", "pdate", "Premier jour", "First day"),
            column("ends", "pdate", "Dernier jour", "Last day"),
            column("recurs", "text", "Revient chaque année, ou non", "Comes back every year, or not"),
            column(
                "recurs_on",
                "text",
                "Mois ou jour du retour, comme --09-26",
                "Month or day it comes back, as in --09-26",
            ),
            column("place", "ref", "Lieu", "Place"),
            column("state", "text", "Annoncé, prévu, tenu…", "Announced, planned, held…"),
            column("state_as_of", "pdate", "État connu à cette date", "State known as of that date"),
        ),
    ),
    PublishedTable(
        name="event_bodies",
        title={"fr": "Organisateurs et participants", "en": "Organisers and participants"},
        grain={
            "fr": "une ligne par organisateur ou participant",
            "en": "one row per organiser or participant",
        },
        audience=Audience.PUBLIC,
        columns=(
            column("event", "ref", "Clé de l'événement", "Key of the event"),
            column("body", "ref", "Qui organise ou participe", "Who organises or takes part"),
            column("role", "text", "Organise ou participe", "Organises or takes part"),
        ),
        rows=_event_bodies,
    ),
    record_table(
        Mission,
        "missions",
        title=("Missions", "Missions"),
        grain=("une ligne par mission", "one row per mission"),
        columns=(
            KIND,
            column("state", "text", "Prévue, tenue, non connue", "Planned, held, not known"),
            column("starts", "pdate", "Premier jour", "First day"),
            column("ends", "pdate", "Dernier jour", "Last day"),
            column("destination", "ref", "Où l'on va", "Where to"),
            column("origin", "text", "D'où vient l'idée", "Where the idea came from"),
            column("payer", "ref", "Qui paie", "Who pays"),
        ),
    ),
    part_table(
        MissionMember,
        "mission_members",
        of=column("mission", "ref", "Clé de la mission", "Key of the mission"),
        title=("Membres des missions", "Members of missions"),
        grain=("une ligne par membre d'une mission", "one row per member of a mission"),
        columns=(
            column("who", "ref", "Qui y est allé", "Who went"),
            column("part", "words", "À quel titre", "In which part"),
        ),
        readers={"part": lambda member: member.role},
        needed="who",
    ),
)
