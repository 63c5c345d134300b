"""Grants and decisions as the SCDL wants them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from parvis.exchange.formats.scdl.deliberation import Deliberation
from parvis.exchange.formats.scdl.subvention import AT_ONCE, CASH, IN_PARTS, KIND, LONGEST, Subvention
from parvis.foundation.values import PartialDate
from parvis.foundation.vocabulary import load

from .awards import Award, awards, body_of
from .published import Published, in_one

_FRENCH = "fr"


def subventions(published: Published) -> Iterator[Subvention]:
    """Every grant given; those the schema cannot hold are told apart when they are written."""
    giver = body_of(published, str(published.city.get("the_city") or ""))
    for award in awards(published):
        yield _subvention(award, in_one(giver.name, _FRENCH), giver.siret)


def _subvention(award: Award, giver: str, siret: str) -> Subvention:
    body = award.beneficiary
    return Subvention(
        key=award.key,
        giver=giver,
        giver_siret=siret,
        agreed_on=award.agreed_on,
        decision=award.decision,
        beneficiary=in_one(body.name, _FRENCH) if body else "",
        siret=body.siret if body else "",
        rna=body.rna if body else "",
        purpose=_short(in_one(award.purpose, _FRENCH)),
        amount=award.voted if award.row.get("currency") == "EUR" else None,
        nature=KIND if award.row.get("form") == "in_kind" else CASH,
        conditions=_conditions(award),
        period=_period(award),
        rae=award.paying.get("register_of_business_aid", ""),
        notified=award.paying.get("notified_to_the_union", "") == "oui",
        share=Decimal(award.paying.get("beneficiary_share", "1.00")),
        scheme=award.paying.get("aid_scheme", ""),
    )


def _short(text: str) -> str:
    """What the schema holds of a text."""
    told = " ".join(text.split())
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1].rstrip()}…"


def _conditions(award: Award) -> str:
    """At once or in parts, when the payments recorded say so; else as a source or an officer tells it."""
    if not award.instalments:
        return _short(award.paying.get("payment_terms", ""))
    return AT_ONCE if len(award.instalments) == 1 else IN_PARTS


def _period(award: Award) -> str:
    """From the first payment to the last; else as it is told, a month or a year as the days it spans."""
    if not award.instalments:
        return _whole_days(award.paying.get("payment_period", ""))
    first, last = award.instalments[0].day, award.instalments[-1].day
    return first if first == last else f"{first}/{last}"


def _whole_days(told: str) -> str:
    """A period in days, as the schema has it: “2024” is 2024-01-01/2024-12-31; nothing where it is no date."""
    try:
        known = [PartialDate.parse(text) for text in told.split("/") if text]
    except ValueError:
        return ""
    first, last = (known[0].earliest, known[-1].latest) if known else (None, None)
    if first is None or last is None:
        return ""
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def deliberations(published: Published) -> Iterator[Deliberation]:
    """What the city's own assemblies decided."""
    city = str(published.city.get("the_city") or "")
    giver, ours = body_of(published, city), {None, *_bodies_of(published, city)}
    for row in published.rows("decisions"):
        if row.get("body") not in ours:
            continue
        yield Deliberation(
            key=row["key"],
            body=in_one(giver.name, _FRENCH),
            siret=giver.siret,
            number=str(row.get("number") or ""),
            day=str(row.get("day") or ""),
            matter_code=str(row.get("matter") or ""),
            matter=_matter(str(row.get("matter") or "")),
            purpose=in_one(published.title(row["key"]), _FRENCH),
            seats=row.get("seats"),
            voters=row.get("voters"),
            votes_for=row.get("votes_for"),
            votes_against=row.get("votes_against"),
            abstentions=row.get("abstentions"),
        )


def _bodies_of(published: Published, city: str) -> set[str]:
    """The city and every body within it: its council is one."""
    parents = {key: row.get("parent") for key, row in published.keyed("bodies").items()}
    ours = {city}
    while within := {key for key, parent in parents.items() if parent in ours} - ours:
        ours |= within
    return ours


def _matter(code: str) -> str:
    """A matter as the nomenclature names it: its first level, a slash, its second."""
    terms = load().matters
    if code not in terms:
        return ""
    return f"{terms.take(code).trait('under')}/{terms.label(code, _FRENCH)}"
