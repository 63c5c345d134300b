"""What docs/mechanisms.yaml claims is there to be seen, and is proved by a test that exists."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.urls import resolve
from django.urls.exceptions import Resolver404

from parvis.foundation.vocabulary.addresses import addresses
from scripts import mechanisms

PROJECT = Path(__file__).resolve().parents[2]
TOLD = mechanisms.listed()
WORKS = TOLD["works"].items()


def written_in(path):
    """Names of the tests written in a file."""
    tree = ast.parse((PROJECT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def number_of(row):
    return int(row.partition("-")[2])


@pytest.mark.parametrize(("row", "claim"), WORKS, ids=[row for row, _claim in WORKS])
def test_each_claim_is_proved_by_tests_that_exist(row, claim):
    named = [test.split("::") for test in claim["tests"]]

    assert named
    assert [name for path, name in named if not (PROJECT / path).exists() or name not in written_in(path)] == []


@pytest.mark.parametrize(("row", "claim"), WORKS, ids=[row for row, _claim in WORKS])
def test_each_claim_is_seen_at_addresses_that_exist(row, claim):
    assert claim["seen"]
    assert [address for address in claim["seen"] if not leads_somewhere(address)] == []


def leads_somewhere(address):
    """Whether an address of the desk or of the portal resolves, its section word included."""
    urls = "parvis.config.urls_office" if address.startswith(("/bureau/", "/guichet/")) else "parvis.config.urls_public"
    try:
        found = resolve(address, urls)
    except Resolver404:
        return False
    word = found.kwargs.get("word")
    return word is None or addresses().section_meant(word, found.kwargs["language"]) is not None


def test_an_address_that_leads_nowhere_is_noticed():
    assert [leads_somewhere(path) for path in ("/bureau/nowhere/at/all/", "/en/nowhere", "/en/map")] == [
        False,
        False,
        True,
    ]


def test_every_row_belongs_to_a_theme_and_no_row_is_both_claimed_and_missing():
    rows = [*TOLD["works"], *TOLD["not_yet"]]
    themes = TOLD["themes"]

    assert [row for row in rows if not 1 <= number_of(row) <= themes[row.partition("-")[0]]["rows"]] == []
    assert set(TOLD["works"]) & set(TOLD["not_yet"]) == set()
    assert sum(theme["rows"] for theme in themes.values()) == 311


def test_what_is_missing_says_why():
    assert [row for row, reason in TOLD["not_yet"].items() if not reason.endswith(".")] == []


def test_the_count_is_that_of_the_file():
    assert sum(works for _code, _title, works, _total in mechanisms.counted(TOLD)) == len(TOLD["works"])
