"""The same sentences in three spellings, each in one order, so that the same catalogue gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from parvis.exchange.formats.iati.xml import element
from parvis.exchange.formats.iati.xml import text as escaped

from .catalogue import PREFIXES, Text, Triple, Uri

_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
Subjects = dict[str, dict[str, list[Uri | Text]]]


def _by_subject(triples: Iterable[Triple]) -> Subjects:
    held: Subjects = {}
    for subject, predicate, thing in triples:
        things = held.setdefault(whole(subject), {}).setdefault(predicate, [])
        if thing not in things:
            things.append(thing)
    return held


def whole(name: str) -> str:
    """A name with its prefix spelt out."""
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES and not local.startswith("//") else name


def _is_short(name: str) -> bool:
    return whole(name) != name


def as_turtle(triples: Iterable[Triple]) -> bytes:
    lines = [f"@prefix {prefix}: <{address}> ." for prefix, address in sorted(PREFIXES.items())]
    for subject, said in sorted(_by_subject(triples).items()):
        told = [
            f"    {predicate if predicate != 'rdf:type' else 'a'} " + ", ".join(map(_turtle, things))
            for predicate, things in sorted(said.items(), key=lambda one: (one[0] != "rdf:type", one[0]))
        ]
        lines.append(f"\n<{subject}>\n" + " ;\n".join(told) + " .")
    return ("\n".join(lines) + "\n").encode()


def _turtle(thing: Uri | Text) -> str:
    if isinstance(thing, Uri):
        return thing.address if _is_short(thing.address) else f"<{thing.address}>"
    mark = f"@{thing.language}" if thing.language else f"^^{thing.type}" if thing.type else ""
    return f'"{thing.text.translate(_ESCAPED)}"{mark}'


def as_json_ld(triples: Iterable[Triple]) -> bytes:
    graph = []
    for subject, said in sorted(_by_subject(triples).items()):
        node: dict[str, Any] = {"@id": subject}
        for predicate, things in sorted(said.items()):
            if predicate == "rdf:type":
                node["@type"] = [thing.address for thing in things if isinstance(thing, Uri)]
            else:
                node[predicate] = [_json(thing) for thing in things]
        graph.append(node)
    return orjson.dumps({"@context": PREFIXES, "@graph": graph}, option=orjson.OPT_INDENT_2) + b"\n"


def _json(thing: Uri | Text) -> dict[str, str]:
    if isinstance(thing, Uri):
        return {"@id": thing.address}
    told = {"@value": thing.text}
    if thing.language:
        told["@language"] = thing.language
    elif thing.type:
        told["@type"] = thing.type
    return told


def as_rdf_xml(triples: Iterable[Triple]) -> bytes:
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in sorted(PREFIXES.items()))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<rdf:RDF {spaces}>"]
    for subject, said in sorted(_by_subject(triples).items()):
        inside = "".join(
            "\n    " + _xml(predicate, thing) for predicate, things in sorted(said.items()) for thing in things
        )
        lines.append("  " + _about(subject, inside))
    return ("\n".join([*lines, "</rdf:RDF>"]) + "\n").encode()


def _about(subject: str, inside: str) -> str:
    return element("rdf:Description", inside + "\n  ", **{"rdf:about": subject})


def _xml(predicate: str, thing: Uri | Text) -> str:
    if isinstance(thing, Uri):
        return element(predicate, **{"rdf:resource": whole(thing.address)})
    if thing.language:
        return element(predicate, escaped(thing.text), xml_lang=thing.language)
    return element(predicate, escaped(thing.text), **({"rdf:datatype": whole(thing.type)} if thing.type else {}))
