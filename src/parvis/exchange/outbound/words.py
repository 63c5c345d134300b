"""What each file of a standard is called and said to be. These words travel in releases, in French and English."""

from __future__ import annotations

from .published import Words

TITLES: dict[str, Words] = {
    "scdl-subventions": {"en": "Grants (SCDL)", "fr": "Subventions (SCDL)"},
    "scdl-deliberations": {"en": "Council decisions (SCDL)", "fr": "Délibérations (SCDL)"},
    "360giving": {"en": "Grants (360Giving)", "fr": "Subventions (360Giving)"},
    "iati-activities": {"en": "Aid activities (IATI)", "fr": "Activités d'aide (IATI)"},
    "iati-organisation": {
        "en": "The city's aid, year by year (IATI)",
        "fr": "L'aide de la ville, année par année (IATI)",
    },
    "aid-declaration": {"en": "Aid of the year", "fr": "Aide de l'année"},
    "commongrants": {"en": "Calls for projects (CommonGrants)", "fr": "Appels à projets (CommonGrants)"},
}

SAID: dict[str, Words] = {
    "scdl-subventions": {
        "en": "Grants that the schema of French authorities can hold; the companion file has the others, with why.",
        "fr": "Les subventions qui tiennent dans le schéma des collectivités ; le fichier compagnon a les autres.",
    },
    "scdl-deliberations": {
        "en": "Decisions that the schema of French authorities can hold; the companion file has the others, with why.",
        "fr": "Les délibérations qui tiennent dans le schéma des collectivités ; le fichier compagnon a les autres.",
    },
    "360giving": {
        "en": "Grants whose day of award is known, for tools of grant makers.",
        "fr": "Les subventions dont le jour d'attribution est connu, pour les outils des financeurs.",
    },
    "iati-activities": {
        "en": "Each grant as an aid activity; a sector read from a levy or a theme says so.",
        "fr": "Chaque subvention comme une activité d'aide ; un secteur déduit d'un levier ou d'un thème le dit.",
    },
    "iati-organisation": {
        "en": "What the city voted each year, by country, and what it is known to have paid.",
        "fr": "Ce que la ville a voté chaque année, par pays, et ce que l'on sait qu'elle a versé.",
    },
    "aid-declaration": {
        "en": "Paid in a year, by country, sector, channel and levy. A layout of our own, not a form of the State.",
        "fr": "Versé dans l'année, par pays, secteur, canal et levier. Notre présentation, non celle de l'État.",
    },
    "commongrants": {
        "en": "Open, coming and closed calls, for programs that gather funding opportunities.",
        "fr": "Appels ouverts, à venir et clos, pour les programmes qui rassemblent les financements.",
    },
}
