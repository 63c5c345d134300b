"""Take it all: every table and every standard's file, the licence, what is withheld and why."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown import folded
from parvis.doors.ui import spelling

LICENCES = {
    "Etalab-2.0": (
        "Licence Ouverte / Open Licence 2.0",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    ),
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "ODbL-1.0": ("Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
}
_STANDARDS = {
    "scdl-subventions": "SCDL", "scdl-deliberations": "SCDL", "360giving": "360Giving", "iati-activities": "IATI",
    "iati-organisation": "IATI", "commongrants": "CommonGrants", "aid-declaration": "",
}  # fmt: skip
_FOLDERS = ("tables", "map")


def licence_of(page: Page) -> dict[str, str]:
    code = str(page.release.city.get("licence", ""))
    name, address = next((told for known, told in LICENCES.items() if known.lower() == code.lower()), (code, ""))
    return {"name": name, "address": address, "code": code}


def size_of(count: int, language: str) -> str:
    """A size a reader can weigh: 12 kB, 1.4 MB."""
    step, unit = (1_000_000, "MB") if count >= 1_000_000 else (1000, "kB")
    number = spelling.number(round(count / step, 1) if count < 10 * step else round(count / step), language)
    letters = unit.replace("B", "o") if language == "fr" else unit
    return f"{number}{spelling.NO_BREAK}{letters}"


def _files(page: Page) -> dict[str, dict[str, Any]]:
    """Every file of the release, by its path under the content."""
    return {
        file["path"].removeprefix("content/"): {
            "name": file["path"].rpartition("/")[2],
            "format": file["path"].rpartition(".")[2].upper(),
            "size": size_of(file["bytes"], page.language),
            "sha256": file["sha256"],
            "address": _address(page, file["path"].removeprefix("content/")),
        }
        for file in page.release.files
    }


def _address(page: Page, path: str) -> str:
    return f"/data/{page.release.number}/{path}"


def _tables(page: Page, files: dict[str, dict[str, Any]], standards: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each table with its files, its dictionary and the standards made from it."""
    return [
        {
            "name": table["name"],
            "noun": table["noun"],
            "title": table["title"],
            "grain": table["grain"],
            "rows": table.get("rows"),
            "columns": table["columns"],
            "api": f"/api/v1/datasets/{table['name']}/records",
            "files": [file for path, file in files.items() if path.partition(".")[0] in _stems(table["name"])],
            "standards": sorted({one["standard"] for one in standards if one["source"] == table["name"]} - {""}),
        }
        for table in page.release.tables()
    ]


def _sections() -> dict[str, str]:
    """What the tables are about, by the noun whose table opens the section."""
    return {
        "": _("All records, their sources and what they say"),
        "place": _("Places, bodies and offices"),
        "legal_basis": _("Law and decisions of the council"),
        "agreement": _("Agreements, networks and ties"),
        "honour": _("Honours and remembrance"),
        "programme": _("Programmes and projects"),
        "levy": _("Money: levies, calls and grants"),
        "event": _("Events and missions"),
        "promise": _("Promises, claims, questions and figures"),
    }


def _by_section(tables: list[dict[str, Any]], words: str) -> list[dict[str, Any]]:
    """Tables under what they are about, in the order of the release; those that say these words, if any are asked."""
    names, sections = _sections(), list[dict[str, Any]]()
    for table in tables:
        if not sections or (table["noun"] and table["noun"] in names):
            sections.append({"id": table["noun"] or "all", "name": names.get(table["noun"], names[""]), "tables": []})
        sections[-1]["tables"].append(table)
    for section in sections:
        section["tables"] = folded.holding(words, section["tables"], _said)
    return [section for section in sections if section["tables"]]


def _said(table: dict[str, Any]) -> list[Any]:
    columns = [part for column in table["columns"] for part in (column["name"], column["meaning"])]
    return [table["name"], table["title"], table["grain"], *columns]


def _stems(table: str) -> set[str]:
    """Where the files of a table stand, but for their format."""
    return {f"{folder}/{table}" for folder in _FOLDERS}


def _standards(page: Page, files: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Each standard's file, with how many rows it holds and how many it cannot."""
    found = []
    for told in page.release.standards:
        file = files.get(f"standards/{told['file']}")
        if file:
            companion = files.get(f"standards/{told['companion']}") if told["companion"] else None
            differences = files.get(f"standards/{told['file'].replace('.csv', '-differences.csv')}")
            found.append(
                {**told, "standard": _STANDARDS.get(told["standard"], ""), "on_disk": file, "companion": companion,
                 "differences": differences if told["standard"] == "aid-declaration" else None,
                 "unpaid": told["lacking"].get("paid", 0)}
            )  # fmt: skip
    return found


def index(page: Page) -> HttpResponse:
    files = _files(page)
    standards = _standards(page, files)
    whole = f"parvis-{page.release.city['key']}-{page.release.number}.zip"
    looked_for = folded.asked(page)
    sections = _by_section(_tables(page, files, standards), looked_for)
    facts = {
        "sections": sections,
        "looked_for": looked_for,
        "table_count": sum(len(section["tables"]) for section in sections),
        "standards": standards,
        "catalogues": [files[path] for path in files if path.startswith("standards/catalogue.")],
        "licence": licence_of(page),
        "hash": page.release.content_hash,
        "moment": spelling.moment(page.release.moment, page.language, page.release.city["time_zone"]),
        "records": sum(page.release.nouns().values()),
        "whole": {"address": _address(page, whole), **files.get(whole, {})},
        "origin": page.request.build_absolute_uri("/").rstrip("/"),
        "hides": page.release.hides_something,
    }
    return answer(page, "portal/data.html", facts)
