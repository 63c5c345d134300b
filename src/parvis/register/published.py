"""The tables the register shares. Only what hangs on a public record passes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from parvis.foundation.publishing import Audience, PublishedTable
from parvis.register.content import lines_text
from parvis.register.enums import Visibility
from parvis.register.models import (
    Citation,
    Conflict,
    ConflictSide,
    Name,
    Source,
    Statement,
    Subject,
    Text,
    Tie,
)
from parvis.register.sharing import LINES, SOURCE, column, part_table, record_table, shared_key

_PUBLIC = Visibility.PUBLIC


def _subjects() -> Iterator[dict[str, Any]]:
    for subject in Subject.objects.public().order_by("key").iterator():
        yield {
            "key": subject.key,
            "noun": subject.noun,
            "kind": subject.kind,
            "themes": subject.themes,
            "priorities": subject.priorities,
            "amended_on": subject.amended_at.date(),
        }


def _texts() -> Iterator[dict[str, Any]]:
    texts = Text.objects.filter(subject__visibility=_PUBLIC).select_related("subject")
    for text in texts.order_by("subject__key", "field", "language").iterator():
        yield {
            "subject": text.subject.key,
            "field": text.field,
            "language": text.language,
            "body": text.body,
            "state": text.state,
            "future_until": text.future_until,
        }


def _names() -> Iterator[dict[str, Any]]:
    names = Name.objects.filter(subject__visibility=_PUBLIC).select_related("subject")
    for name in names.order_by("subject__key", "kind", "language", "text").iterator():
        yield {
            "subject": name.subject.key,
            "text": name.text,
            "language": name.language,
            "kind": name.kind,
            "valid_from": name.valid_from,
            "valid_to": name.valid_to,
        }


def _citations() -> Iterator[dict[str, Any]]:
    public = Citation.objects.filter(subject__visibility=_PUBLIC, source__subject__visibility=_PUBLIC)
    ordered = public.select_related("subject", "source__subject").order_by(
        "subject__key", "source__subject__key", "line_from", "about", "fact", "pk"
    )
    for cite in ordered.iterator():
        yield {
            "subject": cite.subject.key,
            "source": cite.source.subject.key,
            "about": cite.about,
            "lines": lines_text(cite.line_from, cite.line_to),
            "page": cite.page,
            "section": cite.section,
            "fact": cite.fact,
        }


def _statements() -> Iterator[dict[str, Any]]:
    public = Statement.objects.held().filter(subject__visibility=_PUBLIC, source__subject__visibility=_PUBLIC)
    ordered = public.select_related("subject", "source__subject", "said_by").order_by(
        "subject__key", "property", "as_of", "source__subject__key", "line_from", "fact", "pk"
    )
    for place, said in enumerate(ordered.iterator(), 1):
        yield {
            "statement": place,
            "subject": said.subject.key,
            "property": said.property,
            "number": said.number,
            "number_to": said.number_to,
            "words": said.words,
            "terms": _as_words(said.terms),
            "qualifier": said.qualifier,
            "unit": said.unit,
            "scope": said.scope,
            "amount_kind": said.amount_kind,
            "currency": said.currency,
            "as_of": said.as_of,
            "as_of_basis": said.as_of_basis,
            "valid_from": said.valid_from,
            "valid_to": said.valid_to,
            "recorded_on": said.recorded_at.date(),
            "source": said.source.subject.key,
            "lines": lines_text(said.line_from, said.line_to),
            "said_by": shared_key(said.said_by),
            "rank": said.rank,
            "reason": said.reason,
            "fact": said.fact,
        }


def _ties() -> Iterator[dict[str, Any]]:
    public = Tie.objects.filter(
        cause__visibility=_PUBLIC, effect__visibility=_PUBLIC, source__subject__visibility=_PUBLIC
    )
    ordered = public.select_related("cause", "effect", "source__subject").order_by("cause__key", "effect__key")
    for tie in ordered:
        yield {
            "cause": tie.cause.key,
            "effect": tie.effect.key,
            "note": tie.note,
            "source": tie.source.subject.key,
            "lines": lines_text(tie.line_from, tie.line_to),
        }


def _as_words(terms: list[dict[str, str]]) -> dict[str, str]:
    """A list of terms as one text a language: ``water; waste``."""
    languages = sorted({language for term in terms for language in term})
    return {language: "; ".join(term[language] for term in terms if language in term) for language in languages}


_SUBJECT = column("subject", "ref", "Clé de la fiche", "Key of the record")

TABLES: tuple[PublishedTable, ...] = (
    PublishedTable(
        name="subjects",
        title={"fr": "Fiches", "en": "Records"},
        grain={"fr": "une ligne par fiche publique", "en": "one row per public record"},
        audience=Audience.PUBLIC,
        columns=(
            column("key", "key", "Clé de la fiche, jamais réemployée", "Key of the record, never reused"),
            column("noun", "text", "Nature de la fiche", "What the record is"),
            column(
                "kind",
                "text",
                "Genre de la fiche, dans le vocabulaire",
                "Kind of record, from the vocabulary",
            ),
            column("themes", "list", "Thèmes", "Themes"),
            column("priorities", "list", "Priorités servies", "Priorities it serves"),
            column("amended_on", "day", "Jour du dernier changement", "Day of the last change"),
        ),
        rows=_subjects,
    ),
    PublishedTable(
        name="texts",
        title={"fr": "Textes", "en": "Texts"},
        grain={"fr": "une ligne par fiche, champ et langue", "en": "one row per record, field and language"},
        audience=Audience.PUBLIC,
        columns=(
            _SUBJECT,
            column("field", "text", "Champ : titre, résumé…", "Field: title, summary…"),
            column("language", "text", "Langue du texte", "Language of the text"),
            column("body", "text", "Le texte", "The text"),
            column("state", "text", "Original, traduit ou à revoir", "Original, translated or to review"),
            column(
                "future_until",
                "pdate",
                "Date jusqu'à laquelle le texte parle au futur",
                "Until when it speaks of the future",
            ),
        ),
        rows=_texts,
    ),
    PublishedTable(
        name="names",
        title={"fr": "Noms", "en": "Names"},
        grain={"fr": "une ligne par nom d'une fiche", "en": "one row per name of a record"},
        audience=Audience.PUBLIC,
        columns=(
            _SUBJECT,
            column("text", "text", "Le nom", "The name"),
            column("language", "text", "Langue du nom, si elle est sûre", "Language of the name, where sure"),
            column(
                "kind",
                "text",
                "Usuel, officiel, ancien, sigle, mal écrit…",
                "Usual, official, former, acronym, misspelt…",
            ),
            column("valid_from", "pdate", "Porté depuis", "Borne from"),
            column("valid_to", "pdate", "Porté jusqu'à", "Borne until"),
        ),
        rows=_names,
    ),
    record_table(
        Source,
        "sources",
        title=("Sources", "Sources"),
        grain=("une ligne par document", "one row per document"),
        columns=(
            column("publisher", "words", "Qui l'a publié", "Who published it"),
            column(
                "publisher_body",
                "ref",
                "Fiche de l'organisme qui l'a publié",
                "Record of the body that published it",
            ),
            column("date", "pdate", "Date du document", "Date of the document"),
            column("date_basis", "text", "Comment cette date est connue", "How that date is known"),
            column("language", "text", "Langue du document", "Language of the document"),
            column(
                "speaks",
                "text",
                "Qui parle : la ville, un partenaire, un tiers",
                "Who speaks: the city, a partner, a third party",
            ),
            column("file", "text", "Code du fichier lu", "Code of the file read"),
            column(
                "invented",
                "bool",
                "Source inventée pour une ville d'exemple",
                "Source invented for an example city",
            ),
        ),
    ),
    PublishedTable(
        name="citations",
        title={"fr": "Renvois aux sources", "en": "Citations"},
        grain={"fr": "une ligne par passage cité d'une fiche", "en": "one row per passage a record cites"},
        audience=Audience.PUBLIC,
        columns=(
            _SUBJECT,
            SOURCE,
            column("about", "text", "Champ appuyé par ce passage", "Field this passage supports"),
            LINES,
            column("page", "text", "Page de la source", "Page of the source"),
            column("section", "text", "Partie de la source", "Section of the source"),
            column("fact", "text", "Repère du fait relevé", "Mark of the fact noted"),
        ),
        rows=_citations,
    ),
    PublishedTable(
        name="statements",
        title={"fr": "Énoncés", "en": "Statements"},
        grain={"fr": "une ligne par chose dite par une source", "en": "one row per thing a source says"},
        audience=Audience.PUBLIC,
        columns=(
            column(
                "statement",
                "int",
                "Numéro de l'énoncé dans cette version",
                "Number of the statement in this release",
            ),
            _SUBJECT,
            column("property", "text", "Ce qui est dit", "What is said"),
            column("number", "decimal(24,6)", "Valeur, ou début de la fourchette", "Value, or start of the range"),
            column("number_to", "decimal(24,6)", "Fin de la fourchette", "End of the range"),
            column("words", "words", "Valeur en mots", "Value in words"),
            column("terms", "words", "Valeur en liste", "Value as a list"),
            column(
                "qualifier",
                "text",
                "Mot qui nuance le nombre : plus de, environ…",
                "Word that qualifies the number: more than, about…",
            ),
            column("unit", "text", "Unité", "Unit"),
            column("scope", "words", "Champ couvert par le nombre", "What the number covers"),
            column(
                "amount_kind",
                "text",
                "Nature du montant : annuel, cumulé, plafond…",
                "Kind of amount: yearly, cumulative, ceiling…",
            ),
            column("currency", "text", "Devise, code ISO 4217", "Currency, ISO 4217 code"),
            column("as_of", "pdate", "Date à laquelle la source le dit", "Date the source says it for"),
            column("as_of_basis", "text", "Comment cette date est connue", "How that date is known"),
            column("valid_from", "day", "Vrai depuis ce jour", "True from this day"),
            column("valid_to", "day", "Vrai jusqu'à ce jour, exclu", "True until this day, excluded"),
            column("recorded_on", "day", "Jour où le registre l'a appris", "Day the register learned it"),
            SOURCE,
            LINES,
            column("said_by", "ref", "Qui le dit dans la source", "Who says it in the source"),
            column("rank", "text", "Montré d'abord, tenu, ou douteux", "Shown first, held, or doubtful"),
            column("reason", "words", "Raison du choix ou du doute", "Reason for the choice or the doubt"),
            column("fact", "text", "Repère du fait relevé", "Mark of the fact noted"),
        ),
        rows=_statements,
    ),
    PublishedTable(
        name="ties",
        title={"fr": "Enchaînements", "en": "Chains"},
        grain={
            "fr": "une ligne par acte qui en a amené un autre",
            "en": "one row per act that led to another",
        },
        audience=Audience.PUBLIC,
        columns=(
            column("cause", "ref", "Ce qui a précédé", "What came before"),
            column("effect", "ref", "Ce qui a suivi", "What came after"),
            column("note", "words", "En quelques mots", "In a few words"),
            SOURCE,
            LINES,
        ),
        rows=_ties,
    ),
    record_table(
        Conflict,
        "conflicts",
        title=("Contradictions", "Contradictions"),
        grain=("une ligne par désaccord entre sources", "one row per disagreement between sources"),
        columns=(
            column("about", "ref", "Fiche concernée", "Record concerned"),
            column("property", "text", "Ce sur quoi les sources divergent", "What the sources differ on"),
            column("note", "words", "Pourquoi elles peuvent diverger", "Why they may differ"),
            column("preferred", "int", "Rang du côté montré d'abord", "Place of the side shown first"),
            column("reason", "words", "Raison de ce choix", "Reason for that choice"),
        ),
    ),
    part_table(
        ConflictSide,
        "conflict_sides",
        of=column("conflict", "ref", "Clé de la contradiction", "Key of the contradiction"),
        title=("Côtés des contradictions", "Sides of contradictions"),
        grain=("une ligne par version d'un désaccord", "one row per side of a disagreement"),
        columns=(
            column("position", "int", "Rang du côté", "Place of the side"),
            column("words", "words", "Ce que dit ce côté", "What this side says"),
            column("as_of", "pdate", "Date à laquelle il le dit", "Date it says it for"),
            SOURCE,
            LINES,
        ),
        readers={"position": lambda side: side.position + 1},
    ),
)
