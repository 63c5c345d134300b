"""Files of SCDL, to the letter or as they are really published: misnamed, with spaces in numbers, cut by a comma."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from parvis.exchange.formats.tables.faults import Fault
from parvis.exchange.formats.tables.reading import Row, Table, open_table
from parvis.exchange.formats.tables.values import NotSo, Writing, answer, day, is_nothing, number, period
from parvis.foundation.values.identifiers import identifier
from parvis.foundation.values.text import squeeze

from .checking import Wrong, check_headings, check_row, unknown_columns
from .schemas import GRANTS, Schema

_ = str  # marks a sentence for translation

_TAIL = re.compile(r"^\d{1,2}$")
_SPACED = re.compile(r"^\d{1,3}( \d{3})*$")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row under the names of the schema; its faults, and what had to be mended to read it."""

    row: int
    cells: Mapping[str, str]
    wrong: tuple[Wrong, ...] = ()
    mended: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposedGrant:
    """A grant read in a file of SCDL, each value in its own type; nothing is made up."""

    row: int
    funder: str
    funder_siret: str
    decided: str
    reference: str
    beneficiary: str
    siret: str
    rna: str
    purpose: str
    amount: Decimal | None
    nature: str
    conditions: str
    starts: str
    ends: str
    notified: bool | None
    share: Decimal | None
    faults: tuple[Fault, ...] = ()
    mended: tuple[Fault, ...] = ()


def judge(path: Path, name: str, schema: Schema) -> tuple[Wrong, ...]:
    """Every fault of a file, to the letter of the schema: of its headings, then of the cells of the columns it has."""
    table = open_table(path, name)
    rows = (wrong for read in read_strict(table, schema) for wrong in read.wrong)
    return (*check_headings(schema, table.columns), *rows)


def read_strict(table: Table, schema: Schema) -> Iterator[ReadRow]:
    """Rows as they stand, each with its faults. Columns the schema does not know are kept."""
    for row in table.rows():
        faults = tuple(Wrong("row", fault) for fault in row.faults)
        yield ReadRow(row.number, row.cells, (*faults, *check_row(schema, row.cells, row.number)))


def read_published(table: Table, schema: Schema) -> Iterator[ReadRow]:
    """Rows of a file as it is really published, brought under the names of the schema; what was mended is said."""
    names = named_as(table.columns, schema)
    for row in table.rows():
        mended: list[Fault] = []
        whole = _rejoined(row, table.columns, names, mended)
        cells = {names.get(column, column): text for column, text in whole.items()}
        left = [fault for fault in row.faults if not mended]
        yield ReadRow(row.number, cells, tuple(Wrong("row", fault) for fault in left), tuple(mended))


def named_as(columns: Sequence[str], schema: Schema) -> dict[str, str]:
    """The schema's own name for each column, however its letters are written."""
    known = {squeeze(name): field.name for field in schema.fields for name in (field.name, *field.also)}
    return {column: known[squeeze(column)] for column in columns if squeeze(column) in known}


def unclaimed(table: Table, schema: Schema) -> tuple[str, ...]:
    """Columns that no field of the schema claims: they are said."""
    names = named_as(table.columns, schema)
    return unknown_columns(schema, [names.get(column, column) for column in table.columns])


def _rejoined(row: Row, columns: Sequence[str], names: Mapping[str, str], mended: list[Fault]) -> dict[str, str]:
    """A row cut in two by the comma of its amount (423 051,84 without quotes), put together again."""
    if not row.faults or not row.beyond:
        return row.cells
    money = next((column for column in columns if names.get(column) == "montant"), None)
    if money is None:
        return row.cells
    at = columns.index(money)
    texts = [*row.cells.values(), *row.beyond]
    if len(row.beyond) == 1 and _SPACED.match(texts[at]) and _TAIL.match(texts[at + 1]):
        whole = f"{texts[at]},{texts[at + 1]}"
        said = _("The amount was cut in two by its comma: it is read as %(value)s.")
        mended.append(Fault(said, {"value": whole}, row.number, money))
        return dict(zip(columns, [*texts[:at], whole, *texts[at + 2 :]], strict=True))
    return row.cells


def propose_grants(table: Table) -> Iterator[ProposedGrant]:
    """The grants of a file of subventions, strict or not, each with what could not be understood."""
    for read in read_published(table, GRANTS):
        taken = _Taking(read)
        start, end = taken.period("datesPeriodeVersement")
        yield ProposedGrant(
            row=read.row,
            funder=taken.text("nomAttribuant"),
            funder_siret=taken.identifier("idAttribuant", "siret"),
            decided=taken.day("dateConvention"),
            reference=taken.text("referenceDecision"),
            beneficiary=taken.text("nomBeneficiaire"),
            siret=taken.identifier("idBeneficiaire", "siret"),
            rna=taken.identifier("rnaBeneficiaire", "rna"),
            purpose=taken.text("objet"),
            amount=taken.number("montant"),
            nature=taken.text("nature"),
            conditions=taken.text("conditionsVersement"),
            starts=start,
            ends=end,
            notified=taken.answer("notificationUE"),
            share=taken.number("pourcentageSubvention"),
            faults=tuple(taken.faults),
            mended=read.mended,
        )


class _Taking:
    """Takes cells by the name of their field, and gathers the reasons why one could not be."""

    def __init__(self, read: ReadRow) -> None:
        self.read = read
        self.faults = [wrong.fault for wrong in read.wrong]

    def text(self, name: str) -> str:
        text = self.read.cells.get(name, "")
        return "" if is_nothing(text) else text

    def number(self, name: str) -> Decimal | None:
        text = self.text(name)
        try:
            return number(text, Writing("," if "," in text else ".")) if text else None
        except NotSo as reason:
            self._say(name, reason)
            return None

    def day(self, name: str) -> str:
        try:
            return day(self.text(name), Writing()) if self.text(name) else ""
        except NotSo as reason:
            self._say(name, reason)
            return ""

    def period(self, name: str) -> tuple[str, str]:
        try:
            return period(self.text(name), Writing()) if self.text(name) else ("", "")
        except NotSo as reason:
            self._say(name, reason)
            return "", ""

    def answer(self, name: str) -> bool | None:
        try:
            return answer(self.text(name)) if self.text(name) else None
        except NotSo as reason:
            self._say(name, reason)
            return None

    def identifier(self, name: str, scheme: str) -> str:
        text = self.text(name).strip("'’\" ")
        if not text:
            return ""
        try:
            return identifier(scheme, text)
        except ValueError:
            said = _("“%(value)s” is not a valid %(scheme)s number.")
            self.faults.append(Fault(said, {"value": text[:30], "scheme": scheme.upper()}, self.read.row, name))
            return ""

    def _say(self, name: str, reason: NotSo) -> None:
        self.faults.append(Fault(reason.sentence, reason.facts, self.read.row, name))
