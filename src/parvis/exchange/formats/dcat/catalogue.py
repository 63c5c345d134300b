"""A catalogue, its datasets, their files, and the interface that serves them: as facts, then as triples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

Words = dict[str, str]
EU = "http://publications.europa.eu/resource/authority/"
PREFIXES: dict[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
#: Each form of file: its name in the EU's list, its media type.
FORMS: dict[str, tuple[str, str]] = {
    "csv": ("CSV", "text/csv"),
    "parquet": ("PARQUET", "application/vnd.apache.parquet"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": ("JSON", "application/json"),
    "geojson": ("GEOJSON", "application/geo+json"),
    "xml": ("XML", "application/xml"),
    "ttl": ("RDF_TURTLE", "text/turtle"),
    "sqlite": ("DBF", "application/vnd.sqlite3"),
}
_LANGUAGES = {"fr": "FRA", "en": "ENG", "es": "SPA", "pt": "POR"}


class Uri(NamedTuple):
    """A thing named by its address."""

    address: str


class Text(NamedTuple):
    """A text, in a language or of a type."""

    text: str
    language: str = ""
    type: str = ""


Triple = tuple[str, str, Uri | Text]


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file of a dataset. ``schema`` is the address of the standard it follows."""

    address: str
    form: str
    title: str
    size: int = 0
    sha256: str = ""
    schema: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """What one looks for: a table with its files."""

    key: str
    title: Words
    description: Words
    keywords: tuple[str, ...]
    distributions: tuple[Distribution, ...]
    page: str = ""
    schema: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the city publishes. ``home`` is the origin of the site, ``address`` that of the catalogue."""

    home: str
    address: str
    title: Words
    description: Words
    publisher: Words
    publisher_site: str
    publisher_id: str
    licence: str
    languages: tuple[str, ...]
    modified: str
    contact: str
    datasets: tuple[Dataset, ...]
    country: str = ""


def triples(catalogue: Catalogue) -> Iterator[Triple]:
    """The catalogue as sentences of three words; no node is without a name."""
    home = catalogue.home
    publisher, contact, service = f"{home}/data#publisher", f"{home}/data#contact", f"{home}/api/v1/#service"
    yield from _catalogue(catalogue, publisher, contact, service)
    yield from _publisher(catalogue, publisher, contact)
    yield from _service(catalogue, service, publisher)
    yield from _vocabularies(catalogue)
    for dataset in catalogue.datasets:
        yield from _dataset(catalogue, dataset, publisher, contact)


def address_of(catalogue: Catalogue, dataset: Dataset) -> str:
    return f"{catalogue.home}/data#{dataset.key}"


def _words(subject: str, predicate: str, words: Words) -> Iterator[Triple]:
    for language, text in sorted(words.items()):
        if text:
            yield subject, predicate, Text(text, language)


def _catalogue(catalogue: Catalogue, publisher: str, contact: str, service: str) -> Iterator[Triple]:
    here = catalogue.address
    yield here, "rdf:type", Uri("dcat:Catalog")
    yield from _words(here, "dct:title", catalogue.title)
    yield from _words(here, "dct:description", catalogue.description)
    yield here, "dct:publisher", Uri(publisher)
    yield here, "dcat:contactPoint", Uri(contact)
    yield here, "dct:license", Uri(catalogue.licence)
    yield here, "foaf:homepage", Uri(f"{catalogue.home}/")
    yield here, "dct:modified", Text(catalogue.modified, type="xsd:dateTime")
    yield here, "dcat:themeTaxonomy", Uri(f"{EU}data-theme")
    yield here, "dcat:service", Uri(service)
    if catalogue.country:
        yield here, "dct:spatial", Uri(f"{EU}country/{catalogue.country}")
    for language in catalogue.languages:
        yield here, "dct:language", Uri(f"{EU}language/{_LANGUAGES[language]}")
    for dataset in catalogue.datasets:
        yield here, "dcat:dataset", Uri(address_of(catalogue, dataset))


def _publisher(catalogue: Catalogue, publisher: str, contact: str) -> Iterator[Triple]:
    yield publisher, "rdf:type", Uri("foaf:Agent")
    yield from _words(publisher, "foaf:name", catalogue.publisher)
    yield publisher, "dct:type", Uri("http://purl.org/adms/publishertype/LocalAuthority")
    if catalogue.publisher_site:
        yield publisher, "foaf:homepage", Uri(catalogue.publisher_site)
    if catalogue.publisher_id:
        yield publisher, "dct:identifier", Text(catalogue.publisher_id)
    yield contact, "rdf:type", Uri("vcard:Kind")
    yield contact, "rdf:type", Uri("vcard:Organization")
    for language, name in sorted(catalogue.publisher.items()):
        yield contact, "vcard:fn", Text(name, language)
    yield contact, "vcard:hasURL", Uri(catalogue.contact)


def _service(catalogue: Catalogue, service: str, publisher: str) -> Iterator[Triple]:
    yield service, "rdf:type", Uri("dcat:DataService")
    yield service, "dct:title", Text("API", "en")
    yield service, "dct:publisher", Uri(publisher)
    yield service, "dct:license", Uri(catalogue.licence)
    yield service, "dcat:endpointURL", Uri(f"{catalogue.home}/api/v1/")
    yield service, "dcat:endpointDescription", Uri(f"{catalogue.home}/api/v1/openapi.json")
    for dataset in catalogue.datasets:
        yield service, "dcat:servesDataset", Uri(address_of(catalogue, dataset))


def _vocabularies(catalogue: Catalogue) -> Iterator[Triple]:
    """What kind of thing each word of others is, so that a judge need not fetch it."""
    yield catalogue.licence, "rdf:type", Uri("dct:LicenseDocument")
    yield f"{EU}data-theme", "rdf:type", Uri("skos:ConceptScheme")
    yield f"{EU}data-theme", "dct:title", Text("Data theme", "en")
    yield f"{EU}data-theme/GOVE", "rdf:type", Uri("skos:Concept")
    yield f"{EU}data-theme/GOVE", "skos:prefLabel", Text("Government and public sector", "en")
    yield f"{EU}data-theme/GOVE", "skos:inScheme", Uri(f"{EU}data-theme")
    yield f"{EU}frequency/IRREG", "rdf:type", Uri("dct:Frequency")
    yield f"{EU}access-right/PUBLIC", "rdf:type", Uri("dct:RightsStatement")
    yield "http://purl.org/adms/publishertype/LocalAuthority", "rdf:type", Uri("skos:Concept")
    yield "http://purl.org/adms/publishertype/LocalAuthority", "skos:prefLabel", Text("Local authority", "en")
    yield f"{catalogue.home}/", "rdf:type", Uri("foaf:Document")
    if catalogue.publisher_site:
        yield catalogue.publisher_site, "rdf:type", Uri("foaf:Document")
    yield "spdx:checksumAlgorithm_sha256", "rdf:type", Uri("spdx:ChecksumAlgorithm")
    if catalogue.country:
        yield f"{EU}country/{catalogue.country}", "rdf:type", Uri("dct:Location")
    for language in catalogue.languages:
        yield f"{EU}language/{_LANGUAGES[language]}", "rdf:type", Uri("dct:LinguisticSystem")
    used = [one for dataset in catalogue.datasets for one in dataset.distributions]
    for form in sorted({one.form for one in used if one.form in FORMS}):
        name, media = FORMS[form]
        yield f"{EU}file-type/{name}", "rdf:type", Uri("dct:MediaTypeOrExtent")
        yield _media(media), "rdf:type", Uri("dct:MediaType")
    schemas = {one.schema for one in used if one.schema} | {one.schema for one in catalogue.datasets if one.schema}
    for schema in sorted(schemas):
        yield schema, "rdf:type", Uri("dct:Standard")
    pages = {one.page for one in catalogue.datasets if one.page}
    for page in sorted(pages):
        yield page, "rdf:type", Uri("foaf:Document")


def _media(media: str) -> str:
    return f"https://www.iana.org/assignments/media-types/{media}"


def _dataset(catalogue: Catalogue, dataset: Dataset, publisher: str, contact: str) -> Iterator[Triple]:
    here = address_of(catalogue, dataset)
    yield here, "rdf:type", Uri("dcat:Dataset")
    yield here, "dct:identifier", Text(here)
    yield from _words(here, "dct:title", dataset.title)
    yield from _words(here, "dct:description", dataset.description)
    yield here, "dct:publisher", Uri(publisher)
    yield here, "dcat:contactPoint", Uri(contact)
    yield here, "dct:modified", Text(catalogue.modified, type="xsd:dateTime")
    yield here, "dct:accrualPeriodicity", Uri(f"{EU}frequency/IRREG")
    yield here, "dct:accessRights", Uri(f"{EU}access-right/PUBLIC")
    yield here, "dcat:theme", Uri(f"{EU}data-theme/GOVE")
    if dataset.page:
        yield here, "dcat:landingPage", Uri(dataset.page)
    if dataset.schema:
        yield here, "dct:conformsTo", Uri(dataset.schema)
    for keyword in dataset.keywords:
        yield here, "dcat:keyword", Text(keyword, "en")
    for language in catalogue.languages:
        yield here, "dct:language", Uri(f"{EU}language/{_LANGUAGES[language]}")
    for one in dataset.distributions:
        yield here, "dcat:distribution", Uri(f"{one.address}#file")
        yield from _distribution(catalogue, one)


def _distribution(catalogue: Catalogue, one: Distribution) -> Iterator[Triple]:
    here = f"{one.address}#file"
    yield here, "rdf:type", Uri("dcat:Distribution")
    yield here, "dct:title", Text(one.title, "en")
    yield here, "dcat:accessURL", Uri(one.address)
    yield here, "dcat:downloadURL", Uri(one.address)
    yield here, "dct:license", Uri(catalogue.licence)
    yield here, "dct:modified", Text(catalogue.modified, type="xsd:dateTime")
    if one.form in FORMS:
        name, media = FORMS[one.form]
        yield here, "dct:format", Uri(f"{EU}file-type/{name}")
        yield here, "dcat:mediaType", Uri(_media(media))
    if one.size:
        yield here, "dcat:byteSize", Text(str(one.size), type="xsd:nonNegativeInteger")
    if one.schema:
        yield here, "dct:conformsTo", Uri(one.schema)
    if one.sha256:
        yield here, "spdx:checksum", Uri(f"{one.address}#sha256")
        yield f"{one.address}#sha256", "rdf:type", Uri("spdx:Checksum")
        yield f"{one.address}#sha256", "spdx:algorithm", Uri("spdx:checksumAlgorithm_sha256")
        yield f"{one.address}#sha256", "spdx:checksumValue", Text(one.sha256, type="xsd:hexBinary")
    yield one.address, "rdf:type", Uri("rdfs:Resource")
