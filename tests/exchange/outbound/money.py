"""A city that gives: grants that every standard can hold, and grants that some cannot, each for its reason."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from parvis.exchange.outbound.published import Published
from parvis.publication.bake import Pictures
from parvis.publication.bake.standards import standards_of
from tests.publication.hand_made import Hand

ORIGIN = "https://monde.example.org"
MOMENT = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/Paris"))
SIRET = "21750001600019"
CITY = {
    "key": "paris",
    "name": {"fr": "Paris", "en": "Paris"},
    "languages": ["fr", "en"],
    "default_language": "fr",
    "time_zone": "Europe/Paris",
    "currency": "EUR",
    "the_city": "city-of-paris",
    "place": "paris",
    "contact": {"site": "https://www.example.org/international"},
    "licence": "etalab-2.0",
}


def pictures() -> Pictures:
    """No picture, and the files of standards."""
    return Pictures(lambda _content: (), standards=standards_of(ORIGIN, MOMENT))


def giving_hand() -> Hand:
    """Six grants: complete, foreign, to a person, known by its year, refused, in kind."""
    hand = Hand()
    hand.record("place", "paris", title={"en": "Paris", "fr": "Paris"}, level="city", country="FR",
                latitude="48.85", longitude="2.35")  # fmt: skip
    hand.record("place", "dakar", title={"en": "Dakar", "fr": "Dakar"}, level="city", country="SN",
                latitude="14.69", longitude="-17.44")  # fmt: skip
    hand.record("body", "city-of-paris", title={"fr": "Ville de Paris", "en": "City of Paris"}, kind="city",
                place="paris", identifiers=[f"siret:{SIRET}"])  # fmt: skip
    hand.record("body", "solidarite-sida", title={"fr": "Fonds <Solidarité> & Sida", "en": "AIDS Fund"},
                kind="association", place="paris", identifiers=["siret:49122604900014"])  # fmt: skip
    hand.record("body", "paris-council", title={"fr": "Conseil de Paris"}, kind="assembly", place="paris",
                identifiers=[], parent="city-of-paris")  # fmt: skip
    hand.record("body", "a-court", title={"fr": "Un tribunal"}, kind="court", identifiers=[])
    hand.record("body", "city-of-dakar", title={"fr": "Ville de Dakar", "en": "City of Dakar"}, kind="city",
                place="dakar", identifiers=[])  # fmt: skip
    hand.record("decision", "2024-dgri-12", title={"fr": "Subventions contre le sida"}, body="paris-council",
                number="2024 DGRI 12", day="2024-07-10", matter="7.5", seats=163,
                voters=150, votes_for=120, votes_against=10, abstentions=20)  # fmt: skip
    hand.record("decision", "judgment", title={"fr": "Un jugement"}, body="a-court", day="2018-12-13")
    hand.record("decision", "old-vote", title={"fr": "Un vote ancien"}, body="city-of-paris", day="1998")
    hand.record("levy", "water-levy", title={"fr": "1 % eau"}, kind="water")
    hand.record("call", "water-call-2027", title={"fr": "Appel eau 2027"}, kind="project",
                opens_at="2026-12-01T08:00:00+00:00", closes_at="2027-03-31T15:00:00+00:00", amount="50000",
                least_amount="5000", currency="EUR", envelope="water-2027")  # fmt: skip
    hand.record("envelope", "water-2027", title={"fr": "Eau 2027"}, year=2027)
    hand.record("source", "a-file", title={"fr": "Un fichier"}, publisher={"fr": "Ville"}, date="2026")
    hand.line("envelope_totals", envelope="water-2027", voted="900000.00")
    _grants(hand)
    hand.line("grant_payments", grant="complete", act="pay", day="2024-09-01", amount="200000.00")
    hand.line("grant_payments", grant="complete", act="pay", day="2025-06-30", amount="72000.50")
    hand.line("grant_payments", grant="complete", act="recover", day="2025-12-01", amount="10.00")
    hand.line("grant_payments", grant="in-kind", act="pay", day="2024-10-01", amount="5000.00")
    hand.line("grant_aims", grant="complete", aim="gender", importance="also")
    hand.line("grant_aims", grant="complete", aim="trade", importance="not")
    hand.line("grant_results", grant="complete", words={"en": "Taps", "fr": "Robinets"}, effect="output", unit="",
              starts="2024-09", ends="2025-06-30", aimed_at="12.00", reached="10.50")  # fmt: skip
    hand.line("grant_results", grant="complete", words={"fr": "Part raccordée"}, effect="outcome", unit="percent",
              starts=None, ends=None, aimed_at=None, reached="75.00")  # fmt: skip
    for day, amount in (("2021-12-01", "600.00"), ("2021-05-02", "400.00")):
        _said(hand, "year-only", "paid", number=amount, currency="EUR", unit="EUR", as_of=day)
    _said(hand, "abroad", "paid", number="1.00", currency="EUR", unit="EUR", as_of="2024-09-09")
    _said(hand, "year-only", "document", words={"fr": "Rapport · https://docs.example.org/r.pdf"}, as_of="2022-01-15")
    hand.line("conventions", grant="complete", signed="2024-07-15")
    hand.line("conventions", grant="in-kind", signed="2024-07-15")
    return hand


def _said(hand: Hand, subject: str, name: str, **what: object) -> None:
    """What a source says of a grant beside its record."""
    hand.line("statements", subject=subject, property=name, rank="normal", source="a-file", **what)


def _grants(hand: Hand) -> None:
    common = {"natural_person": False, "state": "awarded", "form": "cash", "currency": "EUR", "place": "dakar",
              "country": "SN"}  # fmt: skip
    rows = {
        "complete": {
            "beneficiary": "solidarite-sida", "year": 2024, "amount_asked": "300000", "amount_voted": "272000.50",
            "decision": "2024-dgri-12", "levy": "water-levy", "goals": ["6", "5"],
            "starts": "2024-09-01", "ends": "2025-06-30",
        },
        "abroad": {"beneficiary": "city-of-dakar", "year": 2024, "amount_voted": "40000", "decision": "2024-dgri-12"},
        "person": {"natural_person": True, "year": 2024, "amount_voted": "3000", "decision": "2024-dgri-12"},
        "year-only": {"beneficiary": "solidarite-sida", "year": 2021, "amount_voted": "1000", "amount_paid": "1000",
                      "ends": "2022"},
        "refused": {"beneficiary": "solidarite-sida", "year": 2024, "state": "refused", "amount_asked": "9"},
        "in-kind": {
            "beneficiary": "solidarite-sida", "year": 2024, "form": "in_kind", "amount_voted": "5000",
            "decision": "2024-dgri-12", "place": None, "country": "",
        },
    }  # fmt: skip
    kinds = {"complete": "call", "abroad": "city_project", "person": "mobility", "in-kind": "in_kind"}
    first = {"beneficiary": None, "natural_person": None, "state": None, "form": None, "year": None,
             "currency": None, "amount_asked": None, "amount_voted": None, "amount_paid": None, "decision": None,
             "levy": None, "goals": None, "programme": None, "place": None, "country": None,
             "starts": None, "ends": None}  # fmt: skip
    for key, facts in rows.items():
        hand.record(
            "grant", key, title={"fr": f"Subvention « {key} »", "en": f"Grant “{key}”"}, kind=kinds.get(key),
            themes=["solidarity"], summary={"fr": f"=Pour {key} & l'eau", "en": f"For {key}"},
            **{**first, **common, **facts},
        )  # fmt: skip


def published_of(hand: Hand) -> Published:
    """The tables of a hand as the files of standards read them; nothing is published."""
    tables = {one.name: one for one in hand.tables()}

    def each(name):
        money = [column.name for column in tables[name].columns if column.type.startswith("decimal")]
        for row in tables[name].rows():
            yield row | {column: Decimal(row[column]) for column in money if row[column] is not None}

    return Published([{"name": name} for name in tables], each, CITY, ORIGIN, MOMENT.isoformat(timespec="seconds"))


def content_of(folder: Path) -> Path:
    """Publish into a folder; where the files stand."""
    release = giving_hand().publish(folder, city=CITY, moment=MOMENT, pictures=pictures())
    return release.folder / "content"
