"""Take it all: every table with its columns and files, the licence, what is withheld and why."""

from typing import Any

from django.http import HttpResponse

from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.ui import spelling

LICENCES = {
    "Etalab-2.0": (
        "Licence Ouverte / Open Licence 2.0",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    ),
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "ODbL-1.0": ("Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
}


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


def _files_by_table(page: Page) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for file in page.release.files:
        folder, _slash, name = file["path"].removeprefix("content/").partition("/")
        if folder == "tables":
            stem, _dot, suffix = name.partition(".")
            found.setdefault(stem, []).append(
                {
                    "format": suffix.upper(),
                    "size": size_of(file["bytes"], page.language),
                    "sha256": file["sha256"],
                    "address": _address(page, f"tables/{name}"),
                }
            )
    return found


def _address(page: Page, path: str) -> str:
    return f"/data/{page.release.number}/{path}"


def index(page: Page) -> HttpResponse:
    files = _files_by_table(page)
    tables = [
        {
            "name": table["name"],
            "title": table["title"],
            "grain": table["grain"],
            "rows": table.get("rows"),
            "columns": table["columns"],
            "files": files.get(table["name"], []),
        }
        for table in page.release.tables()
    ]
    facts = {
        "tables": tables,
        "licence": licence_of(page),
        "hash": page.release.content_hash,
        "moment": spelling.moment(page.release.moment, page.language, page.release.city["time_zone"]),
        "records": sum(page.release.nouns().values()),
        "whole": f"/data/{page.release.number}/parvis-{page.release.city['key']}-{page.release.number}.zip",
        "origin": page.request.build_absolute_uri("/").rstrip("/"),
        "hides": page.release.hides_something,
    }
    return answer(page, "portal/data.html", facts)
