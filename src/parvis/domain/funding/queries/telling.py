"""Single words that tell who asks: those of a name that no other body bears, and the town of its seat."""

from __future__ import annotations

import re
from functools import cache

from parvis.domain.funding.models import ApplicantBody
from parvis.domain.funding.models.plain import bare
from parvis.foundation.values.text import fold
from parvis.foundation.vocabulary.vocabulary import of_the_house
from parvis.register.models import Name

#: A word shorter than this is too common to tell anybody.
_TELLING = 5
#: A town that so many other applicants have their seat in tells of none of them.
_MANY = 3
#: Words that names of bodies are made of: they tell nothing, and projects need them.
ORDINARY = frozenset({
    "action", "actions", "afrique", "africa", "agence", "agency", "agriculture", "amis", "amities", "amicale", "amitie",
    "association", "associacao", "asociacion", "assainissement", "atelier", "ateliers", "avenir", "bureau", "centre",
    "centro", "center", "centrum", "children", "citoyens", "climat", "climate", "club", "collectif", "comite",
    "committee", "communaute", "community", "compagnie", "confederation", "conseil", "cooperation", "cooperacao",
    "cooperacion", "culture", "cultures", "cultural", "culturel", "culturelle", "dechets", "development",
    "developpement", "desarrollo", "desenvolvimento", "droits", "ecole", "ecoles", "education", "emploi", "enfance",
    "enfants", "energie", "energy", "enterprise", "entraide", "environnement", "environment", "espace", "etudes",
    "europe", "european", "europeen", "europeenne", "federation", "femmes", "festival", "films", "fonds", "fondation",
    "forum", "foundation", "france", "francais", "francaise", "friends", "fundacao", "fundacion", "fundo", "global",
    "groupe", "habitat", "health", "hommes", "hopital", "hospital", "humaine", "humanitaire", "human", "initiative",
    "initiatives", "institut", "institute", "instituto", "international", "internationale", "internacional", "jeunes",
    "jeunesse", "justice", "liberte", "ligue", "local", "locale", "maison", "mediterranee", "medecins", "migrants",
    "missions", "mission", "monde", "mouvement", "musee", "museum", "musique", "mutuelle", "national", "nationale",
    "nature", "network", "nouvelle", "nouveau", "observatoire", "office", "organisation", "organization", "ouverte",
    "partage", "partenariat", "patrimoine", "paris", "parisienne", "parisien", "pecheurs", "peuples", "plateforme",
    "population", "ports", "presse", "progres", "projet", "projets", "projects", "promotion", "quartier", "recherche",
    "refugies", "reseau", "resources", "rights", "rural", "rurale", "sante", "sanitaire", "sciences", "secours",
    "section", "service", "services", "social", "sociale", "societe", "society", "soins", "soleil", "solidaire",
    "solidaires", "solidarite", "solidarites", "solidarity", "soutien", "support", "syndicat", "terre", "theatre",
    "transition", "travail", "union", "united", "universite", "university", "urbain", "urbaine", "urgence", "village",
    "villages", "ville", "villes", "water", "women", "world", "youth",
})  # fmt: skip


def words_of_its_own(name: str, body: int) -> set[str]:
    """Words of a name that no other body bears and that no country is called: each of them alone tells who asks."""
    words = {word for word in re.findall(r"[^\W\d_]+", name) if len(word) >= _TELLING and word[0].isupper()}
    left = {word for word in words if fold(word) not in ORDINARY | _country_words()}
    if not left:
        return set()
    others = ApplicantBody.objects.exclude(pk=body).exclude(name=name)
    known = Name.objects.filter(subject__noun="body").exclude(text=name)
    return {
        word
        for word in left
        if not others.filter(plain_name__contains=bare(word)).exists()
        and not known.filter(folded__contains=fold(word)).exclude(subject__in=_records_of(body)).exists()
    }


def _records_of(body: int) -> list[int]:
    return list(ApplicantBody.objects.filter(pk=body, record__isnull=False).values_list("record", flat=True))


@cache
def _country_words() -> frozenset[str]:
    countries = of_the_house().countries
    names = (countries.label(code, language) for code in countries.codes for language in ("fr", "en", "es", "pt"))
    return frozenset(part for name in names for part in fold(name).split())


def town_of(body: ApplicantBody) -> set[str]:
    """The town of a body, where few others have their seat there: one that many share tells of none."""
    if not body.town:
        return set()
    others = ApplicantBody.objects.filter(town__iexact=body.town).exclude(pk=body.pk).count()
    return {body.town} if others < _MANY else set()
