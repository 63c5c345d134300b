"""Words that tell who asks: spellings of its name, its people's names, what its addresses say, the town of its seat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, reduce
from operator import or_

from django.db.models import Q, Value
from django.db.models.functions import Upper

from parvis.domain.funding.models import ApplicantBody
from parvis.domain.funding.models.plain import bare
from parvis.domain.funding.queries.blinding import Acronym, Proper
from parvis.domain.funding.queries.interests import OPEN_TO_ALL
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

#: Small words between others: initials pass over them, or do not.
_SMALL = frozenset({
    "a", "al", "and", "au", "aux", "da", "das", "de", "del", "des", "do", "dos", "du", "e", "el", "en", "et", "for",
    "from", "in", "l", "la", "las", "le", "les", "los", "of", "on", "para", "por", "pour", "s", "sur", "the", "und",
    "y", "d",
})  # fmt: skip
#: What a name of a body may begin with and be called without.
_LEADING = _SMALL | {
    "association", "asso", "ong", "ngo", "ngos", "ass", "fondation", "federation", "comite", "collectif",
}  # fmt: skip
_BRACKETS = re.compile(r"[(\[«“\"]([^()\[\]«»“”\"]+)[)\]»”\"]")
_PARTS = re.compile(r"\s[-–—|]\s|[:/,;|]|[()\[\]«»“”\"]")
#: Letters that initials have at least: two are no acronym.
_ACRONYM = 3
#: What stands before a person's name, and the parts they have in a body.
_TITLES = frozenset({
    "m", "mr", "mme", "mlle", "mrs", "ms", "miss", "dr", "pr", "prof", "professeur", "professor", "maitre", "me",
    "monsieur", "madame", "mademoiselle", "sr", "sra", "senhor", "senhora", "don", "dona", "president",
    "presidente", "presidenta", "directeur", "directrice", "director", "diretor", "diretora", "tresorier",
    "tresoriere", "treasurer", "secretaire", "secretary", "general", "generale", "responsable", "charge", "chargee",
    "mission", "coordinateur", "coordinatrice", "coordinator", "coordenador", "manager", "vice", "delegue",
    "deleguee", "representant", "representante", "gerant", "gerante", "administrateur", "administratrice", "chef",
    "projet", "programme", "officer", "chair", "chairman", "chairwoman", "executive", "adjoint", "adjointe",
    "membre", "bureau", "conseil", "administration", "projets", "programmes", "fondateur", "fondatrice", "founder",
})  # fmt: skip
_MAILBOXES = frozenset({
    "contact", "info", "infos", "mail", "admin", "accueil", "asso", "association", "bureau", "secretariat",
    "president", "presidence", "presidente", "direction", "projet", "projets", "project", "projects", "office",
    "hello", "bonjour", "compta", "finance", "tresorier", "geral", "contacto", "contato",
})  # fmt: skip


def spellings(name: str) -> set[str]:
    """Other ways to write the name of a body: its parts, each without what leads it, and its initials."""
    bare_name = " ".join(_PARTS.sub(" ", _BRACKETS.sub(" ", name)).split())
    parts = {name, _BRACKETS.sub(" ", name), *_PARTS.split(name), *_BRACKETS.findall(name)}
    parts |= {_without_lead(part) for part in parts}
    told = {part.strip() for part in parts if _tells(part) or _is_a_phrase(part)}
    return {*told, *(Acronym(one) for part in (bare_name, *parts) for one in _initials(part))}


def _without_lead(name: str) -> str:
    words = re.findall(r"[\w.&-]+", name)
    while words and fold(words[0]) in _LEADING:
        words = words[1:]
    return " ".join(words)


def _tells(name: str) -> bool:
    """Whether one word at least is neither small, nor ordinary in names of bodies, nor that of a country."""
    return any(
        len(word) >= _ACRONYM and word not in ORDINARY | _SMALL | _LEADING | _country_words()
        for word in fold(name).split()
    )


def _is_a_phrase(name: str) -> bool:
    """Whether ordinary words stand together: “Amis des ports” names somebody, “amis” and “ports” nobody."""
    return len([word for word in fold(name).split() if word not in _SMALL]) > 1


def _initials(name: str) -> set[str]:
    words = fold(name).split()
    every = ("".join(word[0] for word in kept) for kept in (words, [word for word in words if word not in _SMALL]))
    return {one.upper() for one in every if len(one) >= _ACRONYM}


def of_person(written: str) -> set[str]:
    """What tells a person in the words that name them: the name without titles, and each word of it."""
    found: set[str] = set()
    for part in re.split(r"[,;()\n]|\s[-–—]\s", written):
        words = re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", part)
        names = [word for word in words if fold(word) not in _TITLES | _SMALL]
        if not names:
            continue
        found |= {" ".join(names), *(Proper(word) for word in names if len(word) >= _ACRONYM and word[0].isupper())}
    return found


def of_address(email: str) -> set[str]:
    """What an address says of its holder: the words before the sign, and the domain where it is not everybody's."""
    box, _at, domain = email.strip().partition("@")
    words = {word for word in re.split(r"[\W\d_]+", box) if len(word) >= _TELLING - 1 and fold(word) not in _MAILBOXES}
    found: set[str] = {Proper(word) for word in words if fold(word) not in ORDINARY}
    label = domain.rpartition(".")[0].rpartition(".")[2]
    if domain.casefold() not in OPEN_TO_ALL and len(label) >= _ACRONYM and _tells(label.replace("-", " ")):
        found.add(label)
    return found


def words_of_their_own(bodies: Iterable[ApplicantBody]) -> dict[int, set[str]]:
    """Words of each name that no other body bears and that no country is called: each of them alone tells who asks."""
    held = list(bodies)
    left = {body.pk: _telling_words(body.name) for body in held}
    wanted = set().union(*left.values()) if left else set()
    if not wanted:
        return left
    others = list(
        ApplicantBody.objects.filter(_any_in("plain_name", map(bare, wanted))).values_list("pk", "name", "plain_name")
    )
    rows = Name.objects.filter(_any_in("folded", map(fold, wanted)), subject__noun="body")
    known = list(rows.values_list("subject", "text", "folded"))
    return {
        body.pk: {
            word
            for word in left[body.pk]
            if not any(bare(word) in plain for pk, name, plain in others if pk != body.pk and name != body.name)
            and not any(
                fold(word) in folded
                for subject, text, folded in known
                if text != body.name and subject != body.record_id
            )
        }
        for body in held
    }


def _telling_words(name: str) -> set[str]:
    words = {word for word in re.findall(r"[^\W\d_]+", name) if len(word) >= _TELLING and word[0].isupper()}
    return {word for word in words if fold(word) not in ORDINARY | _country_words()}


def _any_in(column: str, words: Iterable[str]) -> Q:
    return reduce(or_, (Q(**{f"{column}__contains": word}) for word in sorted(set(words))))


@cache
def _country_words() -> frozenset[str]:
    countries = of_the_house().countries
    names = (countries.label(code, language) for code in countries.codes for language in ("fr", "en", "es", "pt"))
    return frozenset(part for name in names for part in fold(name).split())


def towns_that_tell(bodies: Iterable[ApplicantBody]) -> set[str]:
    """The towns of bodies where few others have their seat: one that many share tells of none of them."""
    towns = {body.town for body in bodies if body.town}
    if not towns:
        return set()
    counted = ApplicantBody.objects.alias(plain=Upper("town")).filter(plain__in=[Upper(Value(town)) for town in towns])
    seats = Counter(town.lower() for town in counted.values_list("town", flat=True))
    return {town for town in towns if seats[town.lower()] <= _MANY}
