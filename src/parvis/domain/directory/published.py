"""The tables the directory shares. Contacts and the gazetteer are in none."""

from __future__ import annotations

from parvis.domain.directory.models import Body, Holding, Office, OfficeResult, Person, Place
from parvis.foundation.publishing import PublishedTable
from parvis.register.sharing import KIND, LINES, SOURCE, column, part_table, record_table

_OFFICE = column("office", "ref", "Clé de la fonction", "Key of the office")


def _identifiers(body: Body) -> list[str]:
    return [f"{scheme}:{number}" for scheme, number in sorted(body.identifiers.items())]


TABLES: tuple[PublishedTable, ...] = (
    record_table(
        Place,
        "places",
        title=("Lieux", "Places"),
        grain=("une ligne par lieu", "one row per place"),
        columns=(
            KIND,
            column("level", "text", "Pays, région, métropole, ville, quartier ou site", "Country down to site"),
            column("country", "text", "Code ISO 3166-1 du pays", "ISO 3166-1 code of the country"),
            column("within", "ref", "Clé du lieu qui le contient", "Key of the place it lies in"),
            column("geoname", "int", "Numéro GeoNames", "GeoNames number"),
            column("latitude", "decimal(8,5)", "Latitude en degrés (WGS 84)", "Latitude in degrees (WGS 84)"),
            column("longitude", "decimal(8,5)", "Longitude en degrés (WGS 84)", "Longitude in degrees (WGS 84)"),
            column("areas", "list", "Zones d'action de la ville", "The city's areas of action"),
        ),
    ),
    record_table(
        Body,
        "bodies",
        title=("Organismes", "Bodies"),
        grain=("une ligne par organisme", "one row per body"),
        columns=(
            KIND,
            column("place", "ref", "Clé du lieu où il est", "Key of the place it is in"),
            column("parent", "ref", "Clé de l'organisme dont il fait partie", "Key of the body it is part of"),
            column("founded", "pdate", "Date de création", "Date it was founded"),
            column("closed", "pdate", "Date de fin", "Date it closed"),
            column("successor", "ref", "Clé de l'organisme qui lui succède", "Key of the body that succeeds it"),
            column("identifiers", "list", "Identifiants : registre:numéro", "Identifiers: scheme:number"),
        ),
        readers={"identifiers": _identifiers},
    ),
    record_table(
        Person,
        "people",
        title=("Personnes", "People"),
        grain=(
            "une ligne par personne titulaire d'une fonction ou honorée par la ville",
            "one row per person who holds an office or is honoured by the city",
        ),
        columns=(KIND,),
    ),
    record_table(
        Office,
        "offices",
        title=("Fonctions", "Offices"),
        grain=("une ligne par fonction", "one row per office"),
        columns=(KIND, column("body", "ref", "Clé de l'organisme", "Key of the body")),
    ),
    part_table(
        Holding,
        "holdings",
        of=_OFFICE,
        title=("Titulaires des fonctions", "Holders of offices"),
        grain=(
            "une ligne par période d'une personne dans une fonction",
            "one row per time a person held an office",
        ),
        columns=(
            column("person", "ref", "Clé de la personne", "Key of the person"),
            column("valid_from", "pdate", "Premier jour connu", "First day known"),
            column("valid_to", "pdate", "Dernier jour, compris", "Last day, included"),
            column("as_of", "pdate", "Date à laquelle la source en parle", "Date the source speaks of"),
            column("acting_for", "ref", "Clé de la personne représentée", "Key of the person represented"),
            column("note", "words", "Précision sur les dates ou le titre", "Note on the dates or the title"),
            SOURCE,
            LINES,
        ),
        needed="person",
    ),
    part_table(
        OfficeResult,
        "office_results",
        of=_OFFICE,
        title=("Résultats des fonctions", "Results of offices"),
        grain=("une ligne par chose faite dans une fonction", "one row per thing done in an office"),
        columns=(
            column("day", "pdate", "Date du fait", "Date it was done"),
            column("words", "words", "Ce qui a été fait", "What was done"),
            column("record", "ref", "Fiche où le reste se lit", "Record where the rest is read"),
            SOURCE,
            LINES,
        ),
    ),
)
