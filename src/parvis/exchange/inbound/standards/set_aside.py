"""Files that are known, and have nothing to take in: what each is, and what to bring in instead.

Most are ours. What we work out from the register at each release is no news of it; a calendar, a feed or a map tells of
records without holding them.
"""

from __future__ import annotations

import re
from pathlib import Path

from parvis.exchange.formats.aid.writing import COLUMNS, GAP_COLUMNS
from parvis.exchange.formats.giving360.writing import LEFT_OUT
from parvis.exchange.formats.tables.faults import Fault, Unreadable
from parvis.exchange.formats.tables.reading import open_table

_ = str  # marks a sentence for translation

_HEAD = 65_536
_FEED = re.compile(rb"<\s*(?:[\w.-]+:)?(feed|rss)[\s>]")
_CALENDAR = _(
    "this is a calendar (iCalendar). It shows the days of records and does not hold them: bring in a table of events,"
    " missions or agreements."
)
_NEWS = _("this is a news feed (Atom or RSS). It tells which records changed and does not hold them: bring in a table.")
_PARQUET = _(
    "this is a table for programs (Parquet). The same rows stand in a CSV and an XLSX beside it: bring one in."
)
_WHOLE = _("this is a whole release (SQLite), read by the public site. Bring in one of its tables, as CSV or XLSX.")
_MAP = _(
    "this is a map (GeoJSON). Say what its records are and its fields are read as a table; the shapes are not kept."
)
_CALLS = _(
    "these are calls for funding (CommonGrants), without their forms and their money. A call is opened at the desk, on"
    " an envelope; calls of others are brought in as programmes, from a table."
)
_INDEX = _("this lists the files or the columns of a release. It holds no record.")
_DECLARED = _(
    "this is a declaration of aid, added up from the grants of a year. Correct the grants, and the next release adds"
    " them up anew."
)
_DIFFERENCES = _(
    "this compares two declarations of aid. Correct the grants it names, and the next release compares anew."
)
_LACKING = _(
    "this lists the grants that 360Giving cannot hold, with what each lacks. Complete those records, or bring in a"
    " table of grants that says it."
)
#: Tables we write ourselves, by their columns.
_TABLES = {frozenset(COLUMNS): _DECLARED, frozenset(GAP_COLUMNS): _DIFFERENCES, frozenset(LEFT_OUT): _LACKING}
#: JSON of ours or of others, by the fields its head has.
_TREES = (
    ((b'"FeatureCollection"',), _MAP),
    ((b'"paginationInfo"', b'"items"'), _CALLS), ((b'"keyDates"', b'"items"'), _CALLS),
    ((b'"left_out"', b'"files"', b'"lacking"'), _INDEX), ((b'"grain"', b'"tables"'), _INDEX),
    ((b'"sha256"', b'"files"', b'"release"'), _INDEX),
)  # fmt: skip


def aside(path: Path, name: str, *, asked: bool) -> Fault | None:
    """What the file is and why nothing of it is taken in; None where it may be read.

    ``asked`` where nobody said what it holds: a person who says so has a map or a list of JSON read as a table.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in (b"{", b"["):
        said = next((said for marks, said in _TREES if all(mark in head for mark in marks)), "") if asked else ""
    else:
        said = _never_a_table(start) or _of_its_columns(path, name, start)
    return Fault(said) if said else None


def _never_a_table(head: bytes) -> str:
    if head[:15].upper() == b"BEGIN:VCALENDAR":
        return _CALENDAR
    if head.startswith(b"PAR1"):
        return _PARQUET
    if head.startswith(b"SQLite format 3\x00"):
        return _WHOLE
    found = _FEED.search(re.sub(rb"<[?!].*?>", b"", head[:4096], flags=re.DOTALL)[:200]) if head[:1] == b"<" else None
    return _NEWS if found else ""


def _of_its_columns(path: Path, name: str, head: bytes) -> str:
    if not any(head.startswith(columns[0].encode()) for columns in (COLUMNS, LEFT_OUT)):
        return ""
    try:
        return _TABLES.get(frozenset(open_table(path, name).columns), "")
    except Unreadable:
        return ""
