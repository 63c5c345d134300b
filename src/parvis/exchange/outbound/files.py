"""All the standards' files of a release, written beside its tables, with an index that says what each holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import orjson

from parvis.exchange.formats.aid.comparing import differences
from parvis.exchange.formats.aid.declaration import declaration
from parvis.exchange.formats.aid.writing import write_declaration, write_differences
from parvis.exchange.formats.codes.reading import labels
from parvis.exchange.formats.dcat.catalogue import triples
from parvis.exchange.formats.dcat.writing import as_json_ld, as_rdf_xml, as_turtle
from parvis.exchange.formats.giving360.writing import write_left_out, write_package
from parvis.exchange.formats.iati.writing import write_activities, write_organisation
from parvis.exchange.formats.opportunities.writing import write_opportunities
from parvis.exchange.formats.scdl.writing import write_deliberations, write_subventions

from . import aid, giving360, iati, opportunities, scdl
from .catalogue import catalogue
from .manifest import Made
from .published import Published
from .words import SAID, TITLES
from .workbooks import write_workbooks

_SCHEMAS = {
    "scdl-subventions": "https://schema.data.gouv.fr/scdl/subventions/2.1.1/schema.json",
    "scdl-deliberations": "https://schema.data.gouv.fr/scdl/deliberations/2.1.5/schema.json",
    "360giving": "https://standard.threesixtygiving.org/en/1.4.3/",
    "iati-activities": "https://iatistandard.org/en/iati-standard/203/schemas/",
    "iati-organisation": "https://iatistandard.org/en/iati-standard/203/schemas/",
    "commongrants": "https://commongrants.org/protocol/",
    "aid-declaration": "",
}
_VERSIONS = {
    "scdl-subventions": "2.1.1", "scdl-deliberations": "2.1.5", "360giving": "1.4.3", "iati-activities": "2.03",
    "iati-organisation": "2.03", "commongrants": "0.1", "aid-declaration": "1",
}  # fmt: skip


def write_files(published: Published, content: Path) -> list[Made]:
    """Write every file the tables can fill. Returns what was made."""
    folder = content / "standards"
    folder.mkdir()
    made = [*_of_decisions(published, folder), *_of_grants(published, folder), *_of_calls(published, folder)]
    write_workbooks(published, content / "tables")
    _write_catalogue(published, content, folder, made)
    told = {"files": [one.told() for one in made]}
    (folder / "index.json").write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n")
    return made


def _made(standard: str, file: str, rows: int, source: str, **more: object) -> Made:
    return Made(
        file,
        standard,
        _VERSIONS[standard],
        _SCHEMAS[standard],
        TITLES[standard],
        SAID[standard],
        rows,
        source,
        **more,  # type: ignore[arg-type]
    )


def _of_decisions(published: Published, folder: Path) -> Iterator[Made]:
    if "decisions" not in published.names:
        return
    strict, companion = folder / "scdl-deliberations.csv", folder / "scdl-deliberations-others.csv"
    told = write_deliberations(scdl.deliberations(published), strict, companion)
    yield _made("scdl-deliberations", strict.name, told.strict, "decisions",
                left_out=told.companion, companion=companion.name, lacking=dict(told.lacking))  # fmt: skip


def _of_grants(published: Published, folder: Path) -> Iterator[Made]:
    if "grants" not in published.names:
        return
    strict, companion = folder / "scdl-subventions.csv", folder / "scdl-subventions-others.csv"
    told = write_subventions(scdl.subventions(published), strict, companion)
    yield _made("scdl-subventions", strict.name, told.strict, "grants",
                left_out=told.companion, companion=companion.name, lacking=dict(told.lacking))  # fmt: skip
    yield from _giving(published, folder)
    language = published.language
    activities = folder / "iati-activities.xml"
    written = write_activities(iati.activities(published), activities, reporter=iati.reporter(published),
                               made=published.moment, language=language)  # fmt: skip
    for path, count in written.items():
        yield _made("iati-activities", path.name, count, "grants")
    organisation = folder / "iati-organisation.xml"
    write_organisation(iati.organisation(published), organisation, made=published.moment, language=language)
    yield _made("iati-organisation", organisation.name, 1, "grants")
    yield from _declarations(published, folder)


def _giving(published: Published, folder: Path) -> Iterator[Made]:
    package, table = folder / "360giving.json", folder / "360giving.csv"
    title = TITLES["360giving"].get("en", "")
    told = write_package(giving360.grants(published), package, table, title=title, issued=published.day)
    lacking = Counter(field for _key, fields in told.left_out for field in fields)
    others = folder / "360giving-others.csv"
    write_left_out(told, others)
    kept = {"left_out": len(told.left_out), "lacking": dict(sorted(lacking.items())), "companion": others.name}
    if told.written:
        yield _made("360giving", package.name, told.written, "grants", **kept)
    yield _made("360giving", table.name, told.written, "grants", **kept)


def _declarations(published: Published, folder: Path) -> Iterator[Made]:
    """A declaration for each year, and how it differs from the one before."""
    payments = list(aid.payments(published))
    words, before = labels("fr" if published.language == "fr" else "en"), None
    for year in sorted({payment.year for payment in payments}):
        lines = declaration(payments, year)
        path = folder / f"aid-{year}.csv"
        rows = write_declaration(lines, path, words)
        unknown = sum(line.unknown for line in lines)
        yield _made("aid-declaration", path.name, rows, "grants", lacking={"paid": unknown} if unknown else {})
        if before is not None:
            gaps = folder / f"aid-{year}-differences.csv"
            write_differences(differences(before, lines), gaps, words)
        before = lines


def _of_calls(published: Published, folder: Path) -> Iterator[Made]:
    if "calls" not in published.names:
        return
    path = folder / "opportunities.json"
    yield _made("commongrants", path.name, write_opportunities(opportunities.opportunities(published), path), "calls")


def _write_catalogue(published: Published, content: Path, folder: Path, made: list[Made]) -> None:
    told = list(triples(catalogue(published, content, made)))
    (folder / "catalogue.ttl").write_bytes(as_turtle(told))
    (folder / "catalogue.jsonld").write_bytes(as_json_ld(told))
    (folder / "catalogue.rdf").write_bytes(as_rdf_xml(told))
