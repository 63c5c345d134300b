"""One module a section. Each answers its list, and its records where it has some."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from parvis.doors.portal.page import Page

from . import (
    agenda,
    agreements,
    api,
    bodies,
    budget,
    calls,
    claims,
    comparing,
    contradictions,
    data,
    decisions,
    disciplines,
    emergencies,
    figures,
    frameworks,
    grants,
    groups,
    home,
    household,
    labels,
    levies,
    memory,
    money,
    networks,
    offices,
    plain,
    portfolio,
    press,
    programmes,
    projects,
    promises,
    questions,
    rights,
    search,
    sources,
    stays,
    stories,
    themes,
    versions,
    waits,
    world,
)
from . import partners as partners_

Index = Callable[[Page], HttpResponse]
Show = Callable[[Page, str], HttpResponse]

#: For each section, the page of the section and the page of one of its records.
SECTIONS: dict[str, tuple[Index, Show | None]] = {
    "": (home.index, None),
    "map": (world.index, None),
    "partners": (partners_.index, partners_.show),
    "agreements": (agreements.index, agreements.show),
    "networks": (networks.index, networks.show),
    "projects": (projects.index, projects.show),
    "programmes": (programmes.index, programmes.show),
    "money": (money.index, None),
    "calls": (calls.index, calls.show),
    "grants": (grants.index, grants.show),
    "levies": (levies.index, levies.show),
    "countries": (portfolio.countries, None),
    "results": (portfolio.results, None),
    "budget": (budget.index, budget.show),
    "frameworks": (frameworks.index, frameworks.show),
    "emergencies": (emergencies.index, emergencies.show),
    "groups": (groups.index, None),
    "disciplines": (disciplines.index, None),
    "stays": (stays.index, None),
    "waits": (waits.index, None),
    "household": (household.index, None),
    "labels": (labels.index, labels.show),
    "promises": (promises.index, promises.show),
    "rights": (rights.index, rights.show),
    "memory": (memory.index, memory.show),
    "agenda": (agenda.index, agenda.show),
    "missions": (agenda.missions, agenda.show_mission),
    "questions": (questions.index, questions.show),
    "claims": (claims.index, claims.show),
    "figures": (figures.index, figures.show),
    "sources": (sources.index, sources.show),
    "contradictions": (contradictions.index, contradictions.show),
    "versions": (versions.index, versions.show),
    "data": (data.index, None),
    "api": (api.index, None),
    "search": (search.index, None),
    "press": (press.index, None),
    "accessibility": (plain.accessibility, None),
    "privacy": (plain.privacy, None),
    "contact": (plain.contact, None),
    "stories": (stories.index, stories.show),
    "offices": (offices.index, offices.show),
    "people": (offices.people, offices.show_person),
    "bodies": (bodies.index, bodies.show),
    "decisions": (decisions.index, decisions.show),
    "themes": (themes.index, themes.show),
}

#: Views of a section: the same list, already narrowed.
VIEWS: dict[tuple[str, str], Index] = {
    ("agreements", "europe"): agreements.europe,
    ("partners", "compare"): comparing.compare,
}
