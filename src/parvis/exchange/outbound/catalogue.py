"""The catalogue of a release: each published table with its files, and each standard's file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from parvis.exchange.formats.dcat.catalogue import FORMS, Catalogue, Dataset, Distribution

from .awards import body_of
from .manifest import Made
from .published import Published, Words

#: Addresses of licences, by the name a city gives.
LICENCES: dict[str, str] = {
    "etalab-2.0": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    "licence ouverte 2.0": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "odbl-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}
_TITLE: Words = {"en": "{city} in the world: open data", "fr": "{city} dans le monde : données ouvertes"}
_SAID: Words = {
    "en": "What the city publishes about its international action: records, their sources, and the files of standards.",
    "fr": "Ce que la ville publie de son action internationale : fiches, sources, et fichiers des standards.",
}
_KEYWORDS = ("international action", "city diplomacy", "open data")


def catalogue(published: Published, content: Path, made: Iterable[Made]) -> Catalogue:
    """Everything a reader may take away, with sizes and digests as they are on disk."""
    city = published.city
    names: Words = {language: str(name) for language, name in city.get("name", {}).items()}
    giver = body_of(published, str(city.get("the_city") or ""))
    licence = str(city.get("licence") or "")
    contact = city.get("contact")
    return Catalogue(
        home=published.origin,
        address=f"{published.origin}/data/catalogue",
        title={language: said.format(city=names.get(language, "")) for language, said in _TITLE.items()},
        description=_SAID,
        publisher=giver.name or names,
        publisher_site=str(contact.get("site", "")) if isinstance(contact, dict) else "",
        publisher_id=giver.siret,
        licence=LICENCES.get(licence.lower(), f"{published.origin}/data#licence"),
        languages=tuple(city.get("languages", ("fr", "en"))),
        modified=published.moment,
        contact=f"{published.origin}/{published.language}",
        datasets=(*_tables(published, content), *_standards(published, content, made)),
    )


def _tables(published: Published, content: Path) -> Iterator[Dataset]:
    for table in published.tables:
        name = table["name"]
        files = [content / "tables" / f"{name}.{form}" for form in ("csv", "parquet", "xlsx")]
        files.append(content / "map" / f"{name}.geojson")
        yield Dataset(
            key=name,
            title=dict(table["title"]),
            description={language: f"{said}." for language, said in table["grain"].items()},
            keywords=_KEYWORDS,
            distributions=tuple(_file(published, content, path, "") for path in files if path.exists()),
            page=f"{published.origin}/{published.language}",
        )


def _standards(published: Published, content: Path, made: Iterable[Made]) -> Iterator[Dataset]:
    for one in made:
        path = content / "standards" / one.file
        if one.form in FORMS:
            yield Dataset(
                key=f"standard-{path.stem}",
                title=one.title,
                description=one.said,
                keywords=(*_KEYWORDS, one.standard),
                distributions=(_file(published, content, path, one.schema),),
                schema=one.schema,
            )


def _file(published: Published, content: Path, path: Path, schema: str) -> Distribution:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    form = path.suffix.removeprefix(".")
    address = f"{published.origin}/data/current/{path.relative_to(content).as_posix()}"
    return Distribution(address, form, path.name, path.stat().st_size, digest, schema)
