"""IATI 2.03: activities become projects, organisations become bodies; each with its verdict, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from parvis.exchange.formats.iati.element import Element
from parvis.exchange.formats.iati.judging import Judged, judge_file
from parvis.exchange.formats.iati.reading import propose
from parvis.exchange.formats.tables.reading import Row
from parvis.exchange.formats.tables.rows import How

from .standard import Asked, Heading, Opened, Read, Remark, Standard
from .words import one_of, spread, unspoken, worded

_ = str  # marks a sentence for translation

ACTIVITY = (
    Heading("iati-identifier", "id"), *worded("title", "title"), *worded("description", "summary"),
    Heading("activity-status", "stage"), Heading("start", "since"), Heading("end", "until"),
    Heading("recipient-country", "places"), Heading("participating-org", "partners"),
)  # fmt: skip
ORGANISATION = (
    Heading("organisation-identifier", "org_id"), *worded("name", "title"),
)  # fmt: skip
#: What each status of an activity is here. Finalisation still runs; what is suspended has no stage of ours.
_STAGES = {"1": "in_preparation", "2": "running", "3": "running", "4": "closed", "5": "abandoned"}
_TAKEN = frozenset(
    ("iati-identifier", "title", "description", "activity-status", "activity-date", "recipient-country",
     "participating-org", "organisation-identifier", "name")
)  # fmt: skip


def open_iati(kind: tuple[Heading, ...], path: Path, name: str, asked: Asked) -> Opened:
    """A file of activities, or of organisations."""
    return Opened(How("xml", encoding="utf-8"), kind, partial(_reads, path, name, asked))


def _reads(path: Path, name: str, asked: Asked) -> Iterator[Read]:
    for number, judged in enumerate(judge_file(path, name, on=asked.on), 1):
        make = _organisation if judged.record.name == "iati-organisation" else _activity
        cells = make(judged.record, asked.language)
        left = sorted({child.name for child in judged.record.children} - _TAKEN)
        wrong = tuple(Remark(one.by, one.rule, one.grave, one.fault) for one in judged.wrong)
        more = tuple(_not_spoken(judged))
        yield Read(Row(number, cells), judged.identifier[:120], wrong, (*left, *more))


def _activity(record: Element, language: str) -> dict[str, str]:
    said = propose(record)
    own = record.attributes.get("xml:lang", language)[:2].lower()
    return {
        "iati-identifier": said.identifier,
        **spread("title", said.title, own),
        **spread("description", said.description, own),
        "activity-status": _STAGES.get(said.status, ""),
        "start": said.dates.get("actual_start") or said.dates.get("planned_start", ""),
        "end": said.dates.get("actual_end") or said.dates.get("planned_end", ""),
        "recipient-country": "; ".join(dict.fromkeys(code for code in said.countries if code)),
        "participating-org": "; ".join(_partners(said.partners, own)),
    }


def _partners(partners: tuple[tuple[str, str, Mapping[str, str]], ...], language: str) -> list[str]:
    names = (one_of(words, language) for _role, _ref, words in partners)
    return list(dict.fromkeys(name for name in names if name))


def _organisation(record: Element, language: str) -> dict[str, str]:
    named, name = record.first("organisation-identifier"), record.first("name")
    own = record.attributes.get("xml:lang", language)[:2].lower()
    return {
        "organisation-identifier": named.text.strip() if named else "",
        **spread("name", name.words() if name else {}, own),
    }


def _not_spoken(judged: Judged) -> Iterator[str]:
    for name in ("title", "description", "name"):
        found = judged.record.first(name)
        if found is not None:
            yield from unspoken(name, found.words())


ACTIVITIES = Standard(
    "iati_activities", _("IATI, activities (2.03)"), "projects", partial(open_iati, ACTIVITY), headings=ACTIVITY,
    judged=True, is_tree=True,
)  # fmt: skip
ORGANISATIONS = Standard(
    "iati_organisations", _("IATI, organisations (2.03)"), "bodies", partial(open_iati, ORGANISATION),
    headings=ORGANISATION, judged=True, is_tree=True,
)  # fmt: skip
