"""What is asked of the interface and what it answers, as its description tells them."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import ConfigDict, Field

MOST_ROWS, DEEPEST = 1000, 10_000
WHERE = """Which rows: `year(signed) >= 2015 and country = "BJ"`. Comparing `=`, `!=`, `<`, `<=`, `>`, `>=`, `in`,
`between`, `is null`, `like`; `startswith`, `search`, `suggest`; `year`, `month`, `day`, `date_format`, `length`.
Where the record that a column names stands: `within_distance(place, geom'POINT(2.35 48.85)', 50km)`,
`in_bbox(place, south, west, north, east)`, `within(place, geom'POLYGON((2 48, 3 48, 3 49, 2 48))')`, `disjoint`."""
SELECT = """Which columns: `key, signed as day, count(*) as number`. Over gathered rows `count`, `sum`, `avg`, `median`,
`percentile(amount_voted, 90)`, `min`, `max`; of each value `year`, `month`, `day`, `date_format`, `length`."""
GROUP_BY = """What the rows are gathered by: `year(signed)`, `date_format(signed, 'YYYY-MM')`, `length(key)`, or steps:
`range(amount_voted, 10000)`, `range(amount_voted, *, 1000, 50000, *)`, `range(signed, 5 years)`."""
DATASET = r"^[a-z][a-z0-9_]{0,63}$"


class OfRelease(Schema):
    """As of a release: what was known then. Without it, the release in force."""

    model_config = ConfigDict(extra="forbid")

    release: int = Field(
        None,  # type: ignore[assignment]  # absent, the one in force
        ge=1, le=99_999_999, description="Number of an earlier release.",
    )  # fmt: skip


class Asked(OfRelease):
    """A question put to a table."""

    where: str = Field("", max_length=4000, description=WHERE)
    q: str = Field("", max_length=400, description="Words the record of a row must contain, as the site's search.")
    refine: list[str] = Field([], max_length=20, description="A column and the value it must hold: country:BJ.")
    exclude: list[str] = Field([], max_length=20, description="A column and a value it must not hold: kind:twinning.")
    select: str = Field("", max_length=4000, description=SELECT)
    group_by: str = Field("", max_length=4000, description=GROUP_BY)
    order_by: str = Field("", max_length=4000, description="What they are sorted by: signed desc, key.")


class Paged(Asked):
    """One page of the answer."""

    limit: int = Field(20, ge=0, le=MOST_ROWS, description="Rows of the page.")
    offset: int = Field(0, ge=0, le=DEEPEST, description="Rows passed over. For more, follow the cursor.")
    cursor: str = Field("", max_length=200, description="Given by the page before, with the same question.")


class Found(OfRelease):
    """A search over all records."""

    q: str = Field(..., min_length=1, max_length=200, description="Words in any spelling.")
    noun: str = Field("", max_length=40, description="Only records of this noun: agreement, place, project…")
    lang: str = Field("en", pattern="^(fr|en|es|pt)$", description="Language of the titles.")
    page: int = Field(1, ge=1, le=9999)


class Items(OfRelease):
    """Features of a collection (OGC API Features)."""

    bbox: str = Field("", max_length=200, description="West, south, east, north, in degrees.")
    datetime: str = Field("", max_length=80, description="A moment, or an interval: 2015-01-01T00:00:00Z/..")
    limit: int = Field(100, ge=1, le=10_000)
    offset: int = Field(0, ge=0, le=10_000_000)
    f: str = Field("json", pattern="^json$")


class Column(Schema):
    name: str
    type: str
    meaning: dict[str, str]


class Dataset(Schema):
    """A published table: its grain, its columns with their meaning, and where it stands in the standards."""

    dataset_id: str
    title: dict[str, str]
    grain: dict[str, str]
    noun: str
    rows: int
    columns: list[Column]
    exports: dict[str, str]


class Datasets(Schema):
    release: int
    total_count: int
    results: list[Dataset]


class Records(Schema):
    """A page: how many rows in all, these rows, and the cursor of the next page."""

    release: int
    total_count: int
    results: list[dict[str, Any]]
    next_cursor: str | None = None


class Record(Schema):
    """A record with all that is published of it."""

    model_config = ConfigDict(extra="allow")

    key: str
    noun: str


class SearchResults(Schema):
    release: int
    query: str
    total: int
    page: int
    pages: int
    counts: dict[str, int]
    rows: list[dict[str, Any]]


class ReleaseTold(Schema):
    number: int
    parent: int | None
    moment: str
    day: str
    content_hash: str
    records: int
    changes: dict[str, int]


class Releases(Schema):
    results: list[ReleaseTold]


class Link(Schema):
    href: str
    rel: str
    type: str = ""
    title: str = ""


class Start(Schema):
    """Where a program begins."""

    title: str
    description: str
    release: int
    links: list[Link]


class Conformance(Schema):
    conformsTo: list[str]  # noqa: N815  # the standard's own name


class Collection(Schema):
    id: str
    title: str
    description: str = ""
    links: list[Link]
    extent: dict[str, Any]
    itemType: str = "feature"  # noqa: N815  # the standard's own name
    crs: list[str]


class Collections(Schema):
    links: list[Link]
    collections: list[Collection]


class Feature(Schema):
    type: str
    id: str
    geometry: dict[str, Any] | None
    properties: dict[str, Any]
    links: list[Link] = []


class Features(Schema):
    type: str
    numberMatched: int  # noqa: N815  # the standard's own name
    numberReturned: int  # noqa: N815  # the standard's own name
    timeStamp: str  # noqa: N815  # the standard's own name
    features: list[Feature]
    links: list[Link]


class ProblemTold(Schema):
    """What cannot be answered, in words (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
