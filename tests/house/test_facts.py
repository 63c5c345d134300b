"""Every fact noted in the mission's documents is in Paris's data, or is named as left out with the reason."""

from pathlib import Path

import pytest
import yaml

from parvis.exchange.formats.city_files import read_yaml, record_files

PROJECT = Path(__file__).parents[2]
FACTS = PROJECT.parent / "shared" / "mission" / "facts.yaml"
PARIS = PROJECT / "data" / "paris"
ASIDE = {"meta", "documents"}

pytestmark = pytest.mark.skipif(
    not FACTS.exists(), reason="SKIPPED: the facts of the mission do not stand beside this checkout"
)


def facts_noted():
    noted = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    return {
        str(entry.get("id") or f"{section}:{place}")
        for section, entries in noted.items()
        if section not in ASIDE
        for place, entry in enumerate(entries, 1)
    }


def facts_in(content):
    if isinstance(content, dict):
        for name, value in content.items():
            yield from [str(value)] if name == "fact" else facts_in(value)
    elif isinstance(content, list):
        for value in content:
            yield from facts_in(value)


@pytest.fixture(scope="module")
def restated():
    return {fact for path in record_files(PARIS) for fact in facts_in(read_yaml(path, PARIS).value)}


@pytest.fixture(scope="module")
def left_out():
    return {row["fact"]: row["reason"] for row in yaml.safe_load((PARIS / "left_out.yaml").read_text()) or []}


def test_there_are_619_facts():
    assert len(facts_noted()) == 619


def test_every_fact_is_restated_or_left_out_with_its_reason(restated, left_out):
    assert facts_noted() - restated - set(left_out) == set()
    assert all(reason.get("fr") and reason.get("en") for reason in left_out.values())


def test_no_fact_is_restated_that_nobody_noted(restated):
    assert restated - facts_noted() == set()


def test_all_conflicts_are_live_with_both_their_sides(restated):
    noted = yaml.safe_load(FACTS.read_text(encoding="utf-8"))["conflicts"]
    conflicts = {}
    for path in record_files(PARIS):
        for conflict in (read_yaml(path, PARIS).value or {}).get("conflicts", []):
            for fact in facts_in(conflict):
                conflicts.setdefault(fact, []).append(len(conflict["sides"]))

    assert {one["id"] for one in noted} - set(conflicts) == set()
    short = [one["id"] for one in noted if max(conflicts[one["id"]]) < len(one["values"])]
    assert short == []
