"""A catalogue of datasets read from Turtle, JSON-LD or RDF/XML: what each dataset is, and where its files are.

A context of JSON-LD is never fetched from elsewhere, and an entity of RDF/XML is never expanded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lxml import etree
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF
from rdflib.term import Literal, Node

from parvis.exchange.formats.tables.broken import no_json_at
from parvis.exchange.formats.tables.faults import Fault
from parvis.exchange.formats.tables.rows import refuse
from parvis.exchange.formats.tables.watched import Watched

_ = str  # marks a sentence for translation

_MOST_BYTES = 40_000_000
_DEEPEST = 60
_PIECE = 1 << 16
_DANGER = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file of a dataset: where it is, in which format."""

    access: str
    download: str
    media_type: str
    title: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset of a catalogue, its words by language."""

    address: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    publisher: str
    keywords: tuple[str, ...]
    issued: str
    modified: str
    licences: tuple[str, ...]
    landing_page: str
    distributions: tuple[Distribution, ...]
    left_over: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_catalogue(path: Path, name: str) -> Iterator[Dataset]:
    """Every dataset of a catalogue, in the order of their addresses. Raises Unreadable with a sentence."""
    graph = _graph(path, name)
    found = sorted(set(graph.subjects(RDF.type, DCAT.Dataset)), key=str)
    if not found:
        raise refuse(name, _("The catalogue holds no dataset."))
    for subject in found:
        yield _dataset(graph, subject)


def _graph(path: Path, name: str) -> Graph:
    if path.stat().st_size > _MOST_BYTES:
        raise refuse(
            name, _("The file has %(size)s MB; at most %(most)s MB can be read."),
            size=path.stat().st_size // 1_000_000, most=_MOST_BYTES // 1_000_000,
        )  # fmt: skip
    data = path.read_bytes()
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    kind = (
        "json-ld"
        if start in (b"{", b"[")
        else "xml"
        if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:2] in (b"<?", b"<r")
        else "turtle"
    )
    if kind == "json-ld":
        _check_json(data, name)
    if kind == "xml":
        _check_xml(data, name)
    try:
        return Graph().parse(data=data, format=kind)
    except Exception as fault:  # the parser of each format has faults of its own
        raise refuse(name, _("This is no catalogue that can be read: %(said)s."), said=_first_line(fault)) from fault


def _check_json(data: bytes, name: str) -> None:
    """JSON-LD as it stands: a context that lies elsewhere is not fetched."""
    watched = Watched(BytesIO(data), name, _DEEPEST)
    while watched.read(_PIECE):
        pass
    try:
        said = json.loads(data)
    except json.JSONDecodeError as fault:
        raise no_json_at(name, fault.lineno, fault.colno) from fault
    except ValueError as fault:
        raise refuse(name, _("This is no catalogue that can be read: %(said)s."), said=_first_line(fault)) from fault
    if any(isinstance(context, str) for context in _contexts(said)):
        raise refuse(
            name, _("The file leans on a context that lies elsewhere, and nothing is fetched: put it in the file.")
        )


def _check_xml(data: bytes, name: str) -> None:
    if _DANGER.search(data):
        raise refuse(name, _("The file declares entities, which no table needs: it is not read."))
    read = etree.iterparse(
        BytesIO(data), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    depth = 0
    try:
        for event, element in read:
            depth += 1 if event == "start" else -1
            if depth > _DEEPEST:
                said = _("The file is nested more than %(most)s levels deep.")
                raise refuse(name, said, row=element.sourceline, most=_DEEPEST)
            if event == "end":
                element.clear()
    except etree.XMLSyntaxError as fault:
        said = _("This is no catalogue that can be read: %(said)s.")
        raise refuse(name, said, row=fault.lineno, said=_first_line(fault)) from fault


def _contexts(said: object) -> Iterator[object]:
    if isinstance(said, dict):
        for key, value in said.items():
            if key == "@context":
                yield from value if isinstance(value, list) else [value]
            yield from _contexts(value)
    elif isinstance(said, list):
        for value in said:
            yield from _contexts(value)


def _dataset(graph: Graph, subject: Node) -> Dataset:
    taken = {RDF.type, DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.keyword, DCTERMS.issued,
             DCTERMS.modified, DCTERMS.license, DCAT.landingPage, DCAT.distribution}  # fmt: skip
    title = _words(graph, subject, DCTERMS.title)
    faults = [] if title else [Fault(_("This dataset has no title."), {}, column=str(subject))]
    if not _words(graph, subject, DCTERMS.description):
        faults.append(Fault(_("This dataset has no description."), {}, column=str(subject)))
    files = sorted(set(graph.objects(subject, DCAT.distribution)), key=str)
    licences = {str(one) for node in (subject, *files) for one in graph.objects(node, DCTERMS.license)}
    return Dataset(
        address=str(subject) if isinstance(subject, URIRef) else "",
        title=title,
        description=_words(graph, subject, DCTERMS.description),
        publisher=_publisher(graph, subject),
        keywords=tuple(sorted({str(word) for word in graph.objects(subject, DCAT.keyword)})),
        issued=_first(graph, subject, DCTERMS.issued)[:10],
        modified=_first(graph, subject, DCTERMS.modified)[:10],
        licences=tuple(sorted(licences)),
        landing_page=_first(graph, subject, DCAT.landingPage),
        distributions=tuple(_distribution(graph, node) for node in files),
        left_over=tuple(sorted({str(said) for said in graph.predicates(subject) if said not in taken})),
        faults=tuple(faults),
    )


def _distribution(graph: Graph, node: Node) -> Distribution:
    return Distribution(
        access=_first(graph, node, DCAT.accessURL),
        download=_first(graph, node, DCAT.downloadURL),
        media_type=_first(graph, node, DCAT.mediaType) or _first(graph, node, DCTERMS.format),
        title=_words(graph, node, DCTERMS.title),
    )


def _publisher(graph: Graph, subject: Node) -> str:
    for agent in graph.objects(subject, DCTERMS.publisher):
        names = _words(graph, agent, FOAF.name)
        return next(iter(names.values()), str(agent))
    return ""


def _words(graph: Graph, subject: Node, said: URIRef) -> dict[str, str]:
    found = sorted(graph.objects(subject, said), key=str)
    return {(one.language or "") if isinstance(one, Literal) else "": str(one) for one in found}


def _first(graph: Graph, subject: Node, said: URIRef) -> str:
    return min((str(one) for one in graph.objects(subject, said)), default="")


def _first_line(fault: BaseException) -> str:
    return (str(fault).splitlines() or [type(fault).__name__])[0][:120]
