"""Whether a grant holds to the 360Giving standard: each fault with its path, and the rule a judge would name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from parvis.exchange.formats.tables.faults import Fault
from parvis.foundation.values.money import smallest_unit
from parvis.foundation.vocabulary import load

_ = str  # marks a sentence for translation

_DAY = re.compile(r"^[0-9]{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$")
_PART = re.compile(r"^[0-9]{4}(-(0[1-9]|1[012]))?$")
_MOMENT = re.compile(r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$")
_NEEDED = ("id", "title", "description", "currency", "amountAwarded", "awardDate", "fundingOrganization")
_RECIPIENTS = ("recipientOrganization", "recipientIndividual")
#: Currencies long withdrawn that the standard still lists.
_GONE = frozenset(
    (
        *("ARY", "AYM", "BGJ", "BGK", "CHC", "CSJ", "GHP", "GNE", "ILR", "ISJ", "LAJ", "LSM", "MVQ", "PEH", "PES"),
        *("ROK", "RHD", "SDP", "UGW", "UYN", "VNC", "XFO", "XTS", "XXX", "YDD", "ZWC", "ZWN", "ZWR"),
    )
)
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Wrong:
    """A fault of a grant: its path, the rule as the judges of the standard name it, and the sentence."""

    path: str
    rule: str
    fault: Fault


@cache
def fields() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """Every field of the standard, by object."""
    said: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "fields.yml").read_text(encoding="utf-8"))
    return said


def check_grant(grant: Any, number: int) -> Iterator[Wrong]:
    """Every fault of one grant, ``number`` being its place in the file, from 0."""
    path = f"grants/{number}"
    if not isinstance(grant, dict):
        yield _wrong(path, "type", _("A grant is an object with fields."))
        return
    yield from _who_receives(grant, path)
    yield from _object(grant, "grant", path, 0)


def _who_receives(grant: Mapping[str, Any], path: str) -> Iterator[Wrong]:
    for name in _NEEDED:
        if name not in grant:
            yield _wrong(f"{path}/{name}", "required", _("“%(name)s” is missing."), name=name)
    told = [name for name in _RECIPIENTS if name in grant]
    if not told:
        said = _("Nobody receives this grant: name an organisation or an individual.")
        yield _wrong(f"{path}/recipientOrganization", "required", said)
    if len(told) > 1:
        yield _wrong(path, "oneOf", _("A grant goes to an organisation or to an individual, not to both."))


def _object(held: Mapping[str, Any], name: str, path: str, depth: int) -> Iterator[Wrong]:
    known = fields()[name]
    for field, spec in known.items():
        where = f"{path}/{field}"
        if field in held:
            yield from _value(held[field], spec, where, depth)
        elif spec.get("required"):
            yield _wrong(where, "required", _("“%(name)s” is missing."), name=field)


def unknown_fields(grant: Mapping[str, Any]) -> tuple[str, ...]:
    """Fields of a grant that the standard does not know: they are said, not dropped."""
    return tuple(name for name in grant if name not in fields()["grant"])


def _value(value: Any, spec: Mapping[str, Any], path: str, depth: int) -> Iterator[Wrong]:
    if value is None and spec.get("null"):
        return
    kind = spec["kind"]
    if kind in ("lines", "list"):
        yield from _lines(value, spec, path, depth)
    elif kind == "one":
        if not isinstance(value, dict):
            yield _wrong(path, "type", _("An object with fields is expected here."))
        else:
            yield from _object(value, spec["of"], path, depth + 1)
    elif kind == "number":
        yield from _number(value, spec, path)
    else:
        yield from _text(value, spec, path)


def _lines(value: Any, spec: Mapping[str, Any], path: str, depth: int) -> Iterator[Wrong]:
    if not isinstance(value, list):
        yield _wrong(path, "type", _("A list is expected here."))
        return
    if len(value) < spec.get("least", 0):
        yield _wrong(path, "minItems", _("This list is empty; it has one line at least."))
    for place, line in enumerate(value):
        where = f"{path}/{place}"
        if spec["kind"] == "list":
            yield from _text(line, {"kind": "text", **spec, "among": spec.get("among")}, where)
        elif not isinstance(line, dict):
            yield _wrong(where, "type", _("An object with fields is expected here."))
        elif depth < _DEEPEST:
            yield from _object(line, spec["of"], where, depth + 1)


def _number(value: Any, spec: Mapping[str, Any], path: str) -> Iterator[Wrong]:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        yield _wrong(path, "type", _("A number is expected here."))
    elif "minimum" in spec and value < spec["minimum"]:
        yield _wrong(path, "minimum", _("This number is below %(least)s."), least=spec["minimum"])


def _text(value: Any, spec: Mapping[str, Any], path: str) -> Iterator[Wrong]:
    if not isinstance(value, str):
        yield _wrong(path, "type", _("A text is expected here."))
        return
    if spec["kind"] in ("date", "partial") and not _is_date(value, partial=spec["kind"] == "partial"):
        yield _wrong(path, "oneOf", _("“%(value)s” is not a date: write 2024-12-30."), value=value[:60])
    if spec["kind"] == "moment" and not _is_moment(value):
        yield _wrong(path, "format", _("“%(value)s” is not a moment: write 2024-12-30T10:00:00Z."), value=value[:60])
    if spec["kind"] == "uri" and not _is_address(value):
        yield _wrong(path, "format", _("“%(value)s” is not the address of a page."), value=value[:60])
    among: Any = spec.get("among") or (fields()["lists"][spec["open"]] if spec.get("open") else None)
    if (spec.get("codes") and not _is_code(spec["codes"], value)) or (among and value not in among):
        yield _wrong(
            path, "codelist" if spec.get("open") else "enum", _("“%(value)s” is not in the list."), value=value[:60]
        )


def _is_date(value: str, *, partial: bool) -> bool:
    return bool(_DAY.match(value)) or _is_moment(value) or (partial and bool(_PART.match(value)))


def _is_moment(value: str) -> bool:
    if not _MOMENT.match(value):
        return False
    try:
        datetime.fromisoformat(value.upper().replace(" ", "T"))
    except ValueError:
        return False
    return True


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(parts.scheme) and bool(parts.netloc or parts.path) and " " not in value and parts.scheme.isascii()


def _is_code(name: str, value: str) -> bool:
    if name == "countries":
        return value in load().countries
    try:
        smallest_unit(value)
    except ValueError:
        return value in _GONE
    return True


def _wrong(path: str, rule: str, sentence: str, **facts: object) -> Wrong:
    return Wrong(path, rule, Fault(sentence, facts, column=path))
