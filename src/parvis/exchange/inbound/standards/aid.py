"""IATI 2.03: activities become projects, organisations become bodies; each with its verdict, line by line.

The money of a project is said about it, each amount on its day with the file as its source: what others give never
enters the totals of the city. Activities the city pays for become its grants (``given``).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from parvis.exchange.formats.iati.activity import Activity, Organisation
from parvis.exchange.formats.iati.element import Element
from parvis.exchange.formats.iati.judging import Judged, judge_file
from parvis.exchange.formats.iati.whole import whole
from parvis.exchange.formats.tables.reading import Row
from parvis.exchange.formats.tables.rows import How
from parvis.exchange.inbound.numbers import numbered

from . import told
from .standard import Asked, Heading, Opened, Read, Remark, Standard
from .words import one_of, spread, unspoken, worded

_ = str  # marks a sentence for translation

ACTIVITY = (
    Heading("iati-identifier", "id"), *worded("title", "title"), *worded("description", "summary"),
    Heading("activity-status", "stage"), Heading("start", "since"), Heading("end", "until"),
    Heading("recipient-country", "places"), Heading("participating-org", "partners"), Heading("theme", "themes"),
    Heading("sector", "shares"), Heading("tag", "tags"), Heading("transaction", "moves"), Heading("budget", "budgets"),
    Heading("result", "figures"), Heading("aid-terms", "aid_terms"), Heading("document-link", "papers"),
)  # fmt: skip
ORGANISATION = (
    Heading("organisation-identifier", "org_id"), *worded("name", "title"),
)  # fmt: skip
#: What each status of an activity is here. Finalisation still runs; what is suspended has no stage of ours.
_STAGES = {"1": "in_preparation", "2": "running", "3": "running", "4": "closed", "5": "abandoned"}
#: Elements of which a cell says all; those that may say more than their cells are told apart by ``told``.
_TAKEN = frozenset(
    ("iati-identifier", "title", "description", "activity-status", "activity-date", "recipient-country",
     "participating-org", "organisation-identifier", "name")
)  # fmt: skip


def open_iati(kind: tuple[Heading, ...], path: Path, name: str, asked: Asked) -> Opened:
    """A file of activities, or of organisations."""
    return Opened(How("xml", encoding="utf-8"), kind, partial(_reads, path, name, asked))


def _reads(path: Path, name: str, asked: Asked) -> Iterator[Read]:
    for number, judged in enumerate(judge_file(path, name, on=asked.on), 1):
        wrong = tuple(Remark(one.by, one.rule, one.grave, one.fault) for one in judged.wrong)
        if judged.record.name == "iati-organisation":
            yield Read(Row(number, _organisation(judged.record, asked.language)), judged.identifier[:120], wrong,
                       tuple(left_of(judged, set())))  # fmt: skip
            continue
        activity, faults = whole(judged.record)
        cells, said = _activity(activity, language_of(judged.record, asked), asked)
        left = tuple(left_of(judged, said))
        yield Read(Row(number, cells, faults), judged.identifier[:120], wrong, left)


def language_of(record: Element, asked: Asked) -> str:
    """The language an activity is in, or that of its file."""
    return record.attributes.get("xml:lang", asked.language)[:2].lower()


def _activity(said: Activity, own: str, asked: Asked) -> tuple[dict[str, str], set[str]]:
    """The cells of an activity, and the elements that they say in full."""
    days = told.days(said)
    cells = {
        "iati-identifier": said.identifier,
        **spread("title", said.title, own),
        **spread("description", said.description, own),
        "activity-status": _STAGES.get(said.status, ""),
        "start": days.get("2") or days.get("1", ""),
        "end": days.get("4") or days.get("3", ""),
        "recipient-country": "; ".join(dict.fromkeys(one.code for one in said.countries if one.code)),
        "participating-org": "; ".join(_partners(said.organisations, own)),
    }
    more, full = told.lines(said, own, asked)
    tags = told.tags(said, own, full)
    figures = told.figures(said, own, full)
    return cells | more | {"tag": "; ".join(tags), "result": "; ".join(figures)}, full


def _partners(partners: tuple[Organisation, ...], language: str) -> list[str]:
    """Each with its number, where the file says it: the number tells who is meant, whatever the name."""
    names = (numbered(one_of(one.name, language), one.ref) for one in partners if one.name or one.ref)
    return list(dict.fromkeys(name for name in names if name))


def _organisation(record: Element, language: str) -> dict[str, str]:
    named, name = record.first("organisation-identifier"), record.first("name")
    own = record.attributes.get("xml:lang", language)[:2].lower()
    return {
        "organisation-identifier": named.text.strip() if named else "",
        **spread("name", name.words() if name else {}, own),
    }


def left_of(judged: Judged, said: set[str]) -> Iterator[str]:
    """What no cell says: elements, and words in languages nobody writes here."""
    yield from sorted({child.name for child in judged.record.children} - _TAKEN - said)
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
