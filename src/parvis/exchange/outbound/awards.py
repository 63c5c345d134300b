"""Grants with all that is published around them: one reading, from which every standard takes its own view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from parvis.exchange.formats.codes.reading import code_of, codes
from parvis.exchange.formats.codes.told import LISTS, code_in

from .published import Published, Row, Words

#: States of a grant that was given. One asked for, refused or cancelled is in no declaration.
GIVEN = frozenset({"awarded", "closed"})
#: What is said of how a grant is paid, and to whom, beside its record: the SCDL has a place for it.
PAYING = (
    "payment_terms", "payment_period", "beneficiary_share", "notified_to_the_union", "aid_scheme",
    "register_of_business_aid",
)  # fmt: skip
#: What sources and officers say of grants beside their records, and the standards tell.
_SAID = frozenset({"paid", "document", *LISTS, *PAYING})
#: What a movement of money is called when the city pays; money paid back is no instalment, nor is a transfer that the
#: bank sent back.
_PAID = "pay"


@dataclass(frozen=True, slots=True)
class Body:
    """Who gives or receives."""

    key: str
    name: Words
    kind: str
    country: str
    siret: str
    siren: str
    rna: str
    org_id: str

    @property
    def ref(self) -> str:
        """Its identifier in the world's register of registers, or nothing."""
        if self.org_id:
            return self.org_id
        number = self.siren or self.siret[:9]
        return f"FR-INSEE-{number}" if number else f"FR-RNA-{self.rna}" if self.rna else ""


@dataclass(frozen=True, slots=True)
class Instalment:
    """Money paid on a day."""

    day: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Award:
    """A grant that was given."""

    row: Row
    key: str
    title: Words
    purpose: Words
    kind: str
    beneficiary: Body | None
    decided_on: str
    decision: str
    agreed_on: str
    instalments: tuple[Instalment, ...]
    levy: str
    sector: str
    sector_said: str
    channel: str
    country: str
    place: Row | None
    changed: str
    documents: tuple[Row, ...] = ()
    aims: tuple[Row, ...] = ()
    results: tuple[Row, ...] = ()
    terms: dict[str, str] = field(default_factory=dict)
    paying: dict[str, str] = field(default_factory=dict)

    @property
    def year(self) -> int:
        return int(self.row["year"])

    @property
    def voted(self) -> Decimal | None:
        return self.row["amount_voted"]

    @property
    def paid(self) -> Decimal | None:
        if self.instalments:
            return sum((one.amount for one in self.instalments), Decimal())
        return self.row.get("amount_paid")


def body_of(published: Published, key: str) -> Body:
    siret = published.identifier(key, "siret")
    return Body(
        key,
        published.title(key),
        published.kind(key),
        published.country_of(key),
        siret,
        published.identifier(key, "siren"),
        published.identifier(key, "rna"),
        published.identifier(key, "org_id"),
    )


def awards(published: Published) -> Iterator[Award]:
    """Every grant that was given, in the order of keys; nothing is held but what they point to."""
    payments, signed = _payments(published), _signatures(published)
    aims, results = _lines(published, "grant_aims"), _lines(published, "grant_results")
    said = _said(published)
    bodies: dict[str, Body] = {}
    for row in published.rows("grants"):
        if row["state"] not in GIVEN or row["amount_voted"] is None:
            continue
        key = row["beneficiary"]
        if key and key not in bodies:
            bodies[key] = body_of(published, key)
        told = said.get(row["key"], {})
        paid = payments.get(row["key"]) or _as_told(row, told.get("paid", ()))
        award = _award(published, row, bodies.get(key), paid, signed.get(row["key"]) or str(row.get("agreed_on") or ""))
        documents = tuple(told.get("document", ()))
        award = _as_told_of_aid(award, _aid_terms(said.get(row.get("project") or "", {})), "project")
        award = _as_told_of_aid(award, _aid_terms(told), "told")
        yield replace(award, documents=documents, aims=aims.get(award.key, ()), results=results.get(award.key, ()),
                      paying=_paying(told))  # fmt: skip


def _aid_terms(told: dict[str, list[Row]]) -> dict[str, str]:
    """What is said of a grant in codes of the DAC: what is shown first, else what was told last."""
    found = {}
    for name in LISTS:
        rows = sorted(told.get(name, ()), key=lambda row: (row["rank"] == "preferred", str(row.get("as_of") or "")))
        codes_said = [code for row in rows if (code := code_in(name, row["words"]))]
        if codes_said:
            found[name] = codes_said[-1]
    return found


def _paying(told: dict[str, list[Row]]) -> dict[str, str]:
    """What is said of how a grant is paid: what is shown first, else what was told last."""
    found = {}
    for name in PAYING:
        rows = sorted(told.get(name, ()), key=lambda row: (row["rank"] == "preferred", str(row.get("as_of") or "")))
        for row in rows:
            found[name] = row["words"].get("fr") or next(iter(row["words"].values()), "")
    return found


def _as_told_of_aid(award: Award, terms: dict[str, str], by: str) -> Award:
    """What was said, of the grant or of its project, goes before what a rule of ours would say."""
    award = replace(award, terms=award.terms | terms)
    if sector := terms.get("aid_sector"):
        award = replace(award, sector=sector, sector_said=by)
    if channel := terms.get("aid_channel"):
        award = replace(award, channel=channel)
    return award


def _award(published: Published, row: Row, body: Body | None, paid: tuple[Instalment, ...], signed: str) -> Award:
    key = row["key"]
    kind = published.kind(key)
    decision = published.keyed("decisions").get(row.get("decision") or "", {})
    decided_on = str(decision.get("day") or row.get("voted") or "")
    levy = published.kind(row.get("levy") or "")
    sector, said = _sector(published, key, kind, levy)
    title = published.title(key)
    place = published.keyed("places").get(row.get("place") or "")
    return Award(
        row, key, title, published.said(key, "purpose", "summary") or title, kind, body,
        decided_on, str(decision.get("number") or row.get("decision") or ""), signed, paid, levy,
        sector, said, channel_of(body, published), row.get("country") or (place or {}).get("country") or "", place,
        str(published.subjects.get(key, {}).get("amended_on") or ""),
    )  # fmt: skip


def _sector(published: Published, key: str, kind: str, levy: str) -> tuple[str, str]:
    """The sector of aid, and what says so: the levy, the kind of grant, or its theme; else it is not specified."""
    if code := code_of("levy", levy, "sector"):
        return code, "levy"
    if code := code_of("grant", kind, "sector"):
        return code, "kind"
    found = {code for code in published.themes_say(key, "sector") if ("sector", code) in codes()}
    if len(found) == 1:
        return found.pop(), "theme"
    return "99810", ""


def channel_of(body: Body | None, published: Published) -> str:
    """Through whom the money goes, in the words of the DAC; empty when nothing says."""
    if body is None:
        return ""
    if body.kind in ("association", "ngo"):
        home = published.country_of(str(published.city.get("place") or ""))
        if not body.country:
            return ""
        return "22000" if body.country == home else "23000"
    return code_of("body", body.kind, "channel")


def _payments(published: Published) -> dict[str, tuple[Instalment, ...]]:
    held: dict[str, list[Instalment]] = {}
    for row in published.rows("grant_payments"):
        arrived = row.get("act", _PAID) == _PAID and not row.get("sent_back")
        if arrived and row.get("day") and row.get("amount") is not None:
            held.setdefault(row["grant"], []).append(Instalment(str(row["day"]), row["amount"]))
    return {key: tuple(sorted(told, key=lambda one: one.day)) for key, told in held.items()}


def _said(published: Published) -> dict[str, dict[str, list[Row]]]:
    """What sources say of grants beside their records, and nobody doubts: payments on their days, documents."""
    held: dict[str, dict[str, list[Row]]] = {}
    for row in published.rows("statements"):
        if row["property"] in _SAID and row["rank"] != "doubtful":
            held.setdefault(row["subject"], {}).setdefault(row["property"], []).append(row)
    return held


def _as_told(row: Row, told: Sequence[Row]) -> tuple[Instalment, ...]:
    """Payments a source tells, where they are in the currency of the grant and add up to what was paid in all."""
    paid = [Instalment(str(one["as_of"]), one["number"]) for one in told if one["currency"] == row["currency"]]
    if len(paid) < len(told) or sum((one.amount for one in paid), Decimal()) != row.get("amount_paid"):
        return ()
    return tuple(sorted(paid, key=lambda one: one.day))


def _lines(published: Published, table: str) -> dict[str, tuple[Row, ...]]:
    """Lines of a table by the grant they belong to."""
    held: dict[str, list[Row]] = {}
    for row in published.rows(table):
        held.setdefault(row["grant"], []).append(row)
    return {key: tuple(rows) for key, rows in held.items()}


def _signatures(published: Published) -> dict[str, str]:
    """The day the convention of a grant was signed."""
    rows = published.rows("conventions")
    return {str(row["grant"]): str(row["signed"]) for row in rows if row.get("grant") and row.get("signed")}
