"""What the log strikes out."""

import logging

import pytest

from parvis.config.discretion import DiscreetFormatter, struck


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("no account for jeanne.d'arc@ville.example here", "no account for jeanne.d'[address] here"),
        ("Key exists\nDETAIL:  Key (email)=(a b) exists.", "Key exists\n[detail]"),
        ("Not Found: /entree/eyJ1c2VyIjoyfQ:1x:abc", "Not Found: /entree/[token]"),
        ("postgresql://me:hunter2@db/x refused", "postgresql://me:[secret]@db/x refused"),
        ("password='hunter2' given", "password='[secret]' given"),
        ("GET /search?q=Jeanne+Darc done", "GET /search?[query] done"),
        ("call 01 42 76 40 40 now", "call [number] now"),
        (
            "Release 12 is in force: 669 records on 2026-11-22.",
            "Release 12 is in force: 669 records on 2026-11-22.",
        ),
    ],
)
def test_people_and_secrets_are_struck_out_and_the_rest_is_kept(said, kept):
    assert struck(said) == kept


def test_a_traceback_is_struck_as_well():
    told = (ValueError, ValueError("duplicate jeanne@ville.example"), None)
    record = logging.LogRecord("parvis", logging.ERROR, "x.py", 1, "failed for %s", ("a@b.example",), told)

    written = DiscreetFormatter("%(message)s").format(record)

    assert "@" not in written
    assert written.endswith("ValueError: duplicate [address]")
