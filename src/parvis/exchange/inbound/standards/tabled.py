"""Standards that are tables: SCDL, lists of twinnings, grants as Paris publishes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from parvis.exchange.formats.scdl.checking import check_headings
from parvis.exchange.formats.scdl.reading import named_as, read_published, read_strict, unclaimed
from parvis.exchange.formats.scdl.schemas import DELIBERATIONS, GRANTS, Schema
from parvis.exchange.formats.tables.faults import Fault
from parvis.exchange.formats.tables.reading import Row, Table, open_table
from parvis.exchange.formats.tables.values import NotSo, Writing, number
from parvis.exchange.formats.twinnings.reading import Twinning, read_twinnings
from parvis.exchange.formats.twinnings.reading import unclaimed as unclaimed_of_pairs
from parvis.exchange.inbound.words import vocabulary
from parvis.foundation.values.text import squeeze

from .standard import Asked, Heading, Opened, Read, Remark, Standard

_ = str  # marks a sentence for translation

#: Columns that our own companion files add to those of the SCDL: the record of each row, and what it lacks.
_KEY = "parvisFiche"
_BESIDE = (_KEY, "parvisManque")

_GRANT_FIELDS = {
    "nomAttribuant": "giver", "idAttribuant": "giver_number", "dateConvention": "agreed",
    "referenceDecision": "file", "nomBeneficiaire": "beneficiary",
    "idBeneficiaire": "siret", "rnaBeneficiaire": "rna", "objet": "title", "montant": "amount_voted",
    "nature": "form", "conditionsVersement": "payment_terms", "datesPeriodeVersement": "payment_period",
    "idRAE": "register_of_business_aid", "notificationUE": "notified_to_the_union",
    "pourcentageSubvention": "beneficiary_share", "dispositifAide": "aid_scheme",
}  # fmt: skip
_DECISION_FIELDS = {
    "COLL_NOM": "body", "COLL_SIRET": "siret", "DELIB_ID": "number", "DELIB_DATE": "day", "DELIB_OBJET": "title",
    "DELIB_MATIERE_CODE": "matter", "VOTE_EFFECTIF": "seats", "VOTE_REEL": "voters", "VOTE_POUR": "votes_for",
    "VOTE_CONTRE": "votes_against", "VOTE_ABSTENTION": "abstentions",
}  # fmt: skip
#: Two layouts of the grants of Paris, by their columns.
PARIS_ASKED = {
    "Annee": "year", "Nom du partenaire": "beneficiary", "N SIRET": "siret", "Intitule de la demande": "title",
    "Montant demande": "amount_asked", "Montant vote par demande": "amount_voted", "Financee/Non Financee": "granted",
}  # fmt: skip
PARIS_GIVEN = {
    "id": "id", "annee": "year", "nom_beneficiaire": "beneficiary", "numero_siret": "siret",
    "objet_principal": "title", "montant_vote_total": "amount_voted", "gold_pays_iso2": "country",
}  # fmt: skip


def open_scdl(schema: Schema, fields: Mapping[str, str], path: Path, name: str, _asked: Asked) -> Opened:
    """A file of SCDL under the names of its schema, however they are written in it."""
    table = open_table(path, name)
    headings = tuple(Heading(field.name, fields.get(field.name, "")) for field in schema.fields)
    if set(_BESIDE) <= set(table.columns):
        return _open_companion(table, schema, headings)
    wrong = tuple(Remark("heading", one.rule, True, one.fault) for one in check_headings(schema, table.columns))
    return Opened(
        table.how, headings, partial(_scdl, table, schema), wrong=wrong, left=unclaimed(table, schema),
        notes=table.heading.notes,
    )  # fmt: skip


def _open_companion(table: Table, schema: Schema, headings: tuple[Heading, ...]) -> Opened:
    """Our own rows that the standard cannot hold: each names its record, and what it lacks. Judged once already."""

    def reads() -> Iterator[Read]:
        keys = {row.number: row.cells[_KEY] for row in table.rows()}
        for read in _scdl(table, schema):
            cells = {**read.row.cells, _KEY: keys[read.row.number]}
            yield Read(Row(read.row.number, cells), cells[_KEY])

    left = tuple(name for name in unclaimed(table, schema) if name != _KEY)
    return Opened(table.how, (*headings, Heading(_KEY, "key")), reads, left=left, notes=table.heading.notes)


def _scdl(table: Table, schema: Schema) -> Iterator[Read]:
    strict, named = read_strict(table, schema), next((f.name for f in schema.fields if f.name.endswith("_ID")), "objet")
    for read, judged in zip(read_published(table, schema), strict, strict=True):
        cells = {field.name: read.cells.get(field.name, "") for field in schema.fields}
        if "montant" in cells:
            cells["montant"] = _pointed(cells["montant"])
        faults = tuple(wrong.fault for wrong in read.wrong)
        wrong = tuple(Remark("row" if one.rule == "row" else "cell", one.rule, True, one.fault) for one in judged.wrong)
        mended = tuple(Remark("row", "mended", False, fault) for fault in read.mended)
        yield Read(Row(read.row, cells, faults), cells[named][:120], (*wrong, *mended))


def _pointed(text: str) -> str:
    """An amount with a point, however it was written; what is no number stays as it is."""
    try:
        return format(number(text, Writing("," if "," in text else ".")), "f") if text else ""
    except NotSo:
        return text


def open_as_published(fields: Mapping[str, str], path: Path, name: str, _asked: Asked) -> Opened:
    """A table whose columns are known by heart."""
    table = open_table(path, name)
    known = {squeeze(column): field for column, field in fields.items()}
    headings = tuple(Heading(column, known.get(squeeze(column), "")) for column in table.columns)
    return Opened(
        table.how, headings, lambda: (Read(row) for row in table.rows()), notes=table.heading.notes, decimal=""
    )


_PAIRS = (
    Heading("town"), Heading("twin", "parties"), Heading("twin_country"), Heading("title", "title", made=True),
    Heading("kind", "kind", made=True),
)  # fmt: skip


def open_twinnings(path: Path, name: str, asked: Asked) -> Opened:
    """A list of twinnings: the pairs that name our city; the others are counted, and are none of ours."""
    table = open_table(path, name)
    found, others = [], 0
    for pair in read_twinnings(path, name):
        side = _side(pair, asked)
        others += side is None
        if side is not None:
            found.append(_pair(pair, side))
    said = _("%(count)s pairs name other towns than ours: they are left aside.")
    notes = (Fault(said, {"count": others}),) if others else ()
    held = ("latitude", "longitude", "population", "distance")
    return Opened(table.how, _PAIRS, lambda: iter(found), left=(*unclaimed_of_pairs(table), *held), notes=notes)


def _pair(pair: Twinning, side: str) -> Read:
    town, twin = (pair.town, pair.twin) if side == "town" else (pair.twin, pair.town)
    cells = {
        "town": town.name, "twin": twin.name, "twin_country": twin.country,
        "title": f"{town.name} – {twin.name}", "kind": "twinning",
    }  # fmt: skip
    return Read(Row(pair.row, cells, pair.faults), twin.name)


def _side(pair: Twinning, asked: Asked) -> str | None:
    """Which of the two towns is ours, by its name and, where it is said, its country."""
    for side, town in (("town", pair.town), ("twin", pair.twin)):
        if squeeze(town.name) in asked.ours and (not town.country or not asked.country or _is(town.country, asked)):
            return side
    return None


def _is(country: str, asked: Asked) -> bool:
    labels = vocabulary().countries
    return asked.country in labels and squeeze(country) in {
        squeeze(labels.label(asked.country, language)) for language in ("fr", "en", "es", "pt")
    } | {squeeze(asked.country)}


def looks_like(schema: Schema, columns: Sequence[str]) -> bool:
    """Whether most of the columns a schema requires are there, however they are written."""
    found = set(named_as(columns, schema).values())
    needed = [field.name for field in schema.fields if field.required]
    return sum(name in found for name in needed) >= len(needed) * 0.6


TABLED = (
    Standard(
        "scdl_grants", _("SCDL, grants (2.1.1)"), "grants", partial(open_scdl, GRANTS, _GRANT_FIELDS), judged=True
    ),
    Standard(
        "scdl_decisions", _("SCDL, council decisions (2.1.5)"), "decisions",
        partial(open_scdl, DELIBERATIONS, _DECISION_FIELDS), judged=True,
    ),
    Standard(
        "paris_asked", _("Grants asked of Paris, as its open data has them (2013)"), "grants",
        partial(open_as_published, PARIS_ASKED),
    ),
    Standard(
        "paris_given", _("Grants given abroad by Paris, as its open data has them (2020–2022)"), "grants",
        partial(open_as_published, PARIS_GIVEN),
    ),
    Standard("twinnings", _("List of twinnings"), "agreements", open_twinnings, headings=_PAIRS),
)  # fmt: skip

_MARKS: Mapping[str, Sequence[str]] = {"paris_asked": tuple(PARIS_ASKED), "paris_given": tuple(PARIS_GIVEN)}


def recognise_table(columns: Sequence[str]) -> str:
    """The name of the standard whose columns these are; nothing where they are nobody's."""
    if looks_like(GRANTS, columns):
        return "scdl_grants"
    if looks_like(DELIBERATIONS, columns):
        return "scdl_decisions"
    met = {squeeze(column) for column in columns}
    for name, marks in _MARKS.items():
        if {squeeze(mark) for mark in marks} <= met:
            return name
    return ""


def told_apart(faults: Sequence[Fault]) -> tuple[Remark, ...]:
    """Faults of rows as remarks of no judge but us."""
    return tuple(Remark("row", "row", True, fault) for fault in faults)
