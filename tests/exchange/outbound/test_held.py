"""What each standard tells of a record and what it cannot hold: a column whose change changes no file does not leave.

What leaves of a grant is in ``test_files``; here are calls, decisions, the city's own file of IATI, and the catalogue.
"""

from dataclasses import replace

import pytest

from parvis.domain.council.published import TABLES as COUNCIL
from parvis.domain.funding.published import TABLES as FUNDING
from parvis.exchange.formats.dcat.catalogue import triples
from parvis.exchange.formats.dcat.writing import as_turtle
from parvis.exchange.outbound import iati, opportunities, scdl
from parvis.exchange.outbound.catalogue import catalogue
from tests.exchange.outbound.money import giving_hand, published_of
from tests.exchange.outbound.test_files import OTHERWISE as GRANT

CALL = {
    "amount": "60000", "amount_rule": "flat", "applicants": ["association"], "closes_at": "2027-04-01T15:00:00+00:00",
    "currency": "XOF", "edition": "2", "ends": "2027-04-01", "envelope": None, "follows": "another-call",
    "kind": "label", "label_months": 12, "least_amount": "6000", "least_years": 3, "most_rate": "50.00",
    "opens_at": "2026-12-02T08:00:00+00:00", "programme": "a-programme", "seat": "dakar", "starts": "2026-12-02",
}  # fmt: skip
DECISION = {
    "abstentions": 19, "body": "a-court", "day": "2024-07-11", "kind": "order", "matter": "7.1",
    "number": "2024 DGRI 13",
    "outcome": {"fr": "Adoptée"}, "seats": 162, "voters": 149, "votes_against": 11, "votes_for": 121,
}  # fmt: skip
TEXTS = {"summary": {"fr": "Dit autrement"}, "title": {"fr": "Nommé autrement"}}

#: For each format: what makes it, the table and the record changed, what is told, and what is not.
HELD = {
    "CommonGrants": (
        opportunities.opportunities, "calls", "water-call-2027", CALL | TEXTS,
        {"amount", "closes_at", "currency", "envelope", "least_amount", "opens_at", "summary", "title"},
        {"amount_rule", "applicants", "edition", "ends", "follows", "kind", "label_months", "least_years", "most_rate",
         "programme", "seat", "starts"},
    ),
    "SCDL délibérations": (
        scdl.deliberations, "decisions", "2024-dgri-12", DECISION | TEXTS,
        {"abstentions", "body", "day", "matter", "number", "seats", "title", "voters", "votes_against", "votes_for"},
        {"kind", "outcome", "summary"},
    ),
    "IATI organisation": (
        lambda published: [iati.organisation(published)], "grants", "complete", GRANT | TEXTS,
        {"amount_voted", "country", "currency", "state", "year"},
        {"amount_asked", "amount_paid", "asked_on", "beneficiary", "decision", "ends", "exception", "form", "goals",
         "levy", "natural_person", "place", "place_known", "programme", "starts", "summary", "title"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("standard", HELD)
def test_what_a_standard_tells_of_a_record_and_what_it_cannot_hold(standard):
    make, table, key, otherwise, told, left = HELD[standard]
    before = _written(make, table, key, otherwise, "")

    changed = {name for name in otherwise if _written(make, table, key, otherwise, name) != before}

    assert (changed, set(otherwise) - changed) == (told, left)


@pytest.mark.parametrize(("tables", "name", "otherwise"), [(FUNDING, "calls", CALL), (COUNCIL, "decisions", DECISION)])
def test_each_column_that_is_published_is_among_those_that_are_changed(tables, name, otherwise):
    (table,) = [one for one in tables if one.name == name]

    assert {column.name for column in table.columns} - {"key"} == set(otherwise)


def test_what_the_catalogue_tells_of_a_table_and_what_it_cannot_hold(tmp_path):
    words = {"fr": "Subventions", "en": "Grants"}
    table = {"name": "grants", "title": words, "grain": words, "noun": "grant", "owner": "funding", "rows": 6,
             "columns": [{"name": "year", "type": "int", "meaning": words}]}  # fmt: skip
    others = {"fr": "Autres", "en": "Others"}
    otherwise = {"name": "others", "title": others, "grain": others, "noun": "other", "owner": "other", "rows": 7,
                 "columns": []}  # fmt: skip

    def written(changed):
        published = replace(published_of(giving_hand()), tables=[table | changed])
        return as_turtle(triples(catalogue(published, tmp_path, ())))

    told = {name for name, value in otherwise.items() if written({name: value}) != written({})}

    assert (told, set(table) - told) == ({"grain", "name", "title"}, {"columns", "noun", "owner", "rows"})


def _written(make, table, key, columns, changed):
    """What a standard tells, with one column of one record said otherwise."""
    hand = giving_hand()
    hand.columns[table] |= dict.fromkeys(name for name in columns if name not in TEXTS)
    (row,) = [row for row in hand.rows[table] if row["key"] == key]
    if changed in TEXTS:
        for text in hand.rows["texts"]:
            if (text["subject"], text["field"]) == (key, changed):
                text["body"] = "!"
        said = {"subject": key, "field": changed, "language": "fr", "body": "Autrement", "state": "original"}
        hand.rows["texts"] = [one for one in hand.rows["texts"] if one["body"] != "!"] + [said]
    elif changed:
        row[changed] = columns[changed]
        if changed == "natural_person":
            row["beneficiary"] = None
        if changed == "kind":
            next(one for one in hand.rows["subjects"] if one["key"] == key)["kind"] = columns["kind"]
    return list(make(published_of(hand)))
