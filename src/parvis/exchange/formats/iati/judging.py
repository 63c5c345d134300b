"""The verdict on a record of an IATI file: schema, code lists and rules, each fault with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from parvis.exchange.formats.tables.faults import Fault

from .element import Element, Parts
from .kinds import KINDS, is_kind
from .rules import broken_rules
from .schema import Listed, Spec, schemas

_ = str  # marks a sentence for translation

SCHEMA, LIST, RULE = "schema", "list", "rule"


@dataclass(frozen=True, slots=True)
class Wrong:
    """A fault: by the schema, a code list or a rule (its number), how grave, at which line, and the sentence."""

    by: str
    rule: str
    grave: bool
    fault: Fault


@dataclass(frozen=True, slots=True)
class Judged:
    """A record with its verdict. ``valid`` says only what the schema says."""

    identifier: str
    line: int
    record: Element
    wrong: tuple[Wrong, ...]

    @property
    def valid(self) -> bool:
        return not any(one.by == SCHEMA for one in self.wrong)


def judge_file(path: Path, name: str, *, on: date) -> Iterator[Judged]:
    """The verdict on each activity or organisation of a file, in order. Raises Unreadable where it is no IATI file."""
    parts = Parts(path, name)
    for record in parts:
        assert parts.head is not None
        yield judge(record, parts.head, on=on)


def judge(record: Element, head: Element, *, on: date) -> Judged:
    """The verdict on one record, in the file that ``head`` begins."""
    outer = schemas()[head.name]
    wrong: list[Wrong] = []
    inner = outer.children.get(record.name)
    if inner is None:
        _say(wrong, record, "element", _("“%(name)s” does not belong here."), name=record.name)
    else:
        _check(record, inner[1], wrong)
        wrong += [
            Wrong(RULE, rule, grave, Fault(sentence, facts, line, where))
            for rule, grave, sentence, facts, line, where in broken_rules(record, on=on)
        ]
    named = record.first("iati-identifier") or record.first("organisation-identifier")
    return Judged(named.text.strip() if named else "", record.line, record, tuple(_once(wrong)))


def _once(wrong: list[Wrong]) -> Iterator[Wrong]:
    """A code outside its list is told once a record, where it is met first."""
    met: set[tuple[str, object]] = set()
    for one in wrong:
        said = (one.rule, one.fault.facts.get("value"))
        if one.by != LIST or said not in met:
            yield one
        if one.by == LIST:
            met.add(said)


def _check(element: Element, spec: Spec, wrong: list[Wrong]) -> None:
    attributes = element.attributes
    if attributes or spec.needed:
        _attributes(element, spec, wrong)
    if element.text or spec.text:
        _text(element, spec, wrong)
    if spec.listed:
        for listed in spec.listed:
            _code(element, listed, wrong)
    if spec.children or element.children:
        _children(element, spec, wrong)


def _attributes(element: Element, spec: Spec, wrong: list[Wrong]) -> None:
    known = spec.attributes
    for name, value in element.attributes.items():
        kind = known.get(name)
        if kind is None:
            if ":" not in name and not name.startswith("xmlns"):
                _say(
                    wrong,
                    element,
                    "attribute",
                    _("“%(name)s” has no attribute “%(attribute)s”."),
                    name=element.name,
                    attribute=name,
                )
        elif kind in KINDS and not is_kind(kind, value):
            said = _("“%(value)s” is not a %(kind)s, which “%(attribute)s” is.")
            _say(wrong, element, "value", said, value=value[:60], kind=kind, attribute=name)
    for name in spec.needed:
        if name not in element.attributes:
            said = _("“%(name)s” needs the attribute “%(attribute)s”.")
            _say(wrong, element, "needed", said, name=element.name, attribute=name)


def _text(element: Element, spec: Spec, wrong: list[Wrong]) -> None:
    if not spec.text:
        if element.text:
            _say(wrong, element, "text", _("“%(name)s” holds elements, not a text."), name=element.name)
    elif spec.text in KINDS and not is_kind(spec.text, element.text):
        said = _("“%(value)s” is not a %(kind)s, which the text of “%(name)s” is.")
        _say(wrong, element, "value", said, value=element.text[:60], kind=spec.text, name=element.name)


def _children(element: Element, spec: Spec, wrong: list[Wrong]) -> None:
    met: set[str] = set()
    reached = -1
    for child in element.children:
        name = child.name
        found = spec.children.get(name)
        if found is None:
            if spec.text != "any" and ":" not in name and "xmlns" not in child.attributes:
                said = _("“%(name)s” does not belong in “%(inside)s”.")
                _say(wrong, child, "element", said, name=name, inside=element.name)
            continue
        place, inner = found
        if place < reached:
            _say(wrong, child, "order", _("“%(name)s” comes too late in “%(inside)s”."), name=name, inside=element.name)
        reached = max(reached, place)
        if name in met and name in spec.single:
            _say(wrong, child, "many", _("“%(inside)s” has one “%(name)s” only."), name=name, inside=element.name)
        met.add(name)
        _check(child, inner, wrong)
    for name in spec.least:
        if name not in met:
            _say(wrong, element, "missing", _("“%(inside)s” needs “%(name)s”."), name=name, inside=element.name)


def _code(element: Element, listed: Listed, wrong: list[Wrong]) -> None:
    value = element.attributes.get(listed.attribute) if listed.attribute else element.text
    if not value or value in listed.codes:
        return
    if listed.vocabulary:
        said = element.attributes.get("vocabulary", "")
        if said != listed.vocabulary and not (listed.vocabulary == "1 or none" and said in ("", "1")):
            return
    sentence = _("“%(value)s” is not in the list %(list)s.")
    facts = {"value": value[:60], "list": listed.name}
    wrong.append(Wrong(LIST, listed.name, listed.complete, Fault(sentence, facts, element.line, element.name)))


def _say(wrong: list[Wrong], element: Element, rule: str, sentence: str, **facts: object) -> None:
    wrong.append(Wrong(SCHEMA, rule, grave=True, fault=Fault(sentence, facts, element.line, element.name)))
