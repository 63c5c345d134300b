"""The documents say what is so: links lead somewhere, commands exist, the data format is described as it is."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from scripts import data_format

PROJECT = Path(__file__).resolve().parents[2]
PAGES = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md"), *(PROJECT / "changelog.d").glob("*.md")])
DECISIONS = sorted((PROJECT / "docs" / "decisions").glob("*.md"))
#: Made by `make shots` and `make bench`; the only files the documents may name before they are there.
MADE_LATER = {"docs/home.png", "docs/benchmarks.md"}


def links_in(page):
    return re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))


def commands_in(page):
    return set(re.findall(r"\bmake ([a-z][a-z-]*)(?=[`\s])", code_in(page)))


def code_in(page):
    """What stands in code, in the line or in a block."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"```.*?```", text, flags=re.DOTALL)
    rest = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`[^`\n]+`", rest)])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page):
    broken = [link for link in links_in(page) if link not in MADE_LATER and not (page.parent / link).exists()]

    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_every_command_of_a_page_exists(page):
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = {word for line in re.findall(r"^([a-z][a-z -]*):", makefile, flags=re.MULTILINE) for word in line.split()}

    assert commands_in(page) - targets == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_no_page_names_a_folder_of_a_machine(page):
    assert re.findall(r"(?<![\w.])/(?:home|root|work|tmp|usr|opt)/\S*", page.read_text(encoding="utf-8")) == []


def test_the_data_format_is_described_as_it_is():
    assert data_format.PAGE.read_text(encoding="utf-8") == data_format.page()


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(page.name.partition("-")[0]) for page in DECISIONS]

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_is_short_dated_and_says_why(page):
    lines = page.read_text(encoding="utf-8").splitlines()
    number, _dash, _title = page.stem.partition("-")
    day, _dot, status = lines[1].partition(" · ")

    assert lines[0].startswith(f"# {int(number)}. ")
    assert date.fromisoformat(day)
    assert status in {"accepted", "replaced", "proposed"}
    assert [
        word for word in ("**Context.**", "**Decision.**", "**Consequences.**") if word not in "\n".join(lines)
    ] == []
    assert 10 <= len(lines) <= 40


def test_changelog_fragments_say_of_what_sort_they_are():
    fragments = [page.name for page in (PROJECT / "changelog.d").iterdir() if page.name != "README.md"]

    assert [name for name in fragments if not re.fullmatch(r"[\w-]+\.(added|changed|fixed|removed)\.md", name)] == []


def test_publiccode_says_what_the_standard_asks_for():
    told = yaml.safe_load((PROJECT / "publiccode.yml").read_text(encoding="utf-8"))

    assert float(told["publiccodeYmlVersion"]) >= 0.4
    asked = {"name", "url", "platforms", "categories", "developmentStatus", "softwareType", "description", "legal"}
    assert asked | {"maintenance", "localisation", "releaseDate"} <= told.keys()
    assert told["legal"]["license"] == "EUPL-1.2"
    for language, said in told["description"].items():
        assert len(said["shortDescription"]) <= 150, language
        assert 500 <= len(said["longDescription"]) <= 10_000, language
        assert [feature for feature in said["features"] if len(feature) > 100] == []


def test_publiccode_and_the_package_name_the_same_version_and_licence():
    told = yaml.safe_load((PROJECT / "publiccode.yml").read_text(encoding="utf-8"))
    package = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")

    assert f'version = "{told["softwareVersion"]}"' in package
    assert f'license = "{told["legal"]["license"]}"' in package
