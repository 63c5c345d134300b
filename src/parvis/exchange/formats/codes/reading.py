"""Codes, and what of ours stands for each."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def codes() -> Mapping[tuple[str, str], Mapping[str, str]]:
    """Each code by list and code: its words in French and English, its origin and date."""
    with (_HERE / "codes.csv").open(encoding="utf-8", newline="") as file:
        return {(row["list"], row["code"]): row for row in csv.DictReader(file)}


@cache
def _ours() -> Mapping[tuple[str, str, str], str]:
    with (_HERE / "ours.csv").open(encoding="utf-8", newline="") as file:
        return {(row["of"], row["ours"], row["list"]): row["code"] for row in csv.DictReader(file)}


def code_of(kind: str, ours: str, listed: str) -> str:
    """The code that a word of ours stands for; empty when it stands for none."""
    return _ours().get((kind, ours, listed), "")


@cache
def _theirs() -> Mapping[tuple[str, str, str], str]:
    with (_HERE / "theirs.csv").open(encoding="utf-8", newline="") as file:
        return {(row["list"], row["code"], row["of"]): row["ours"] for row in csv.DictReader(file)}


def ours_of(listed: str, code: str, kind: str) -> str:
    """The word of ours that a code of a list stands for; of a sector, that of its group where it has none."""
    known = _theirs()
    found = known.get((listed, code, kind), "")
    return found or (known.get((listed, code[:3], kind), "") if listed == "sector" else "")


def labels(language: str) -> dict[tuple[str, str], str]:
    """Words of every code in a language."""
    return {key: row[language] for key, row in codes().items()}
