"""A name covered in earlier releases is in no answer of the public site: each address is asked, before and after.

The addresses are made from the routes of the site, one way for each: a new route fails here until it has its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

import pytest
from django.urls import get_resolver

from parvis.domain.funding.actions import record_aid_cost
from parvis.doors.feeds.sections import SECTIONS, VIEWS
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.values.text import fold
from parvis.foundation.vocabulary.addresses import address, address_of, addresses
from parvis.publication import reader
from parvis.publication.bake import actions
from parvis.publication.reader.points import mapped_nouns
from parvis.publication.reader.withdrawn import OF_NO_RECORD
from parvis.register.actions import record_statement, tie_records
from parvis.register.models import Subject, Text
from tests.attacks.conftest import body_of
from tests.publication.canaries import MOMENT, enter, house, publisher, register
from tests.support.released import readable

__all__ = ["enter", "house", "publisher", "register"]

PICTURES_ON = actions.pictures_on
NAME = "Zéphyrine Ostramelle"
SIGNS = (b"ostramelle", b"zephyrine", "zéphyrine".encode(), b"z\\u00e9phyrine", b"ZEPHYRINE", b"OSTRAMELLE")
FORMATS = ("json", "csv", "geojson", "ics", "atom", "rss", "xlsx")
FIRST = 1
CITED = {"cites": [{"source": "page", "lines": "3"}]}
MAGIC = {b"PK\x03\x04": ".zip", b"PAR1": ".parquet", b"SQLi": ".sqlite"}


@pytest.fixture
def named(register, enter, house, publisher, public_site, settings, monkeypatch):
    """Two releases each of whose texts names somebody, whom the house knows since."""
    monkeypatch.setattr(actions, "pictures_on", PICTURES_ON)
    settings.PARVIS_API_RATE = 100_000
    more_rooms(enter, publisher)
    for text in Text.objects.filter(subject__visibility="public"):
        Text.objects.filter(pk=text.pk).update(body=f"{text.body}, the stay of {NAME}")
    actions.publish(removals=0, by=publisher, at=MOMENT)
    enter("network", "harbours", **CITED)
    actions.publish(removals=0, by=publisher, at=MOMENT)
    User.objects.create_user(
        "z@assoc.example", role=Role.APPLICANT, first_name=NAME.partition(" ")[0], last_name=NAME.partition(" ")[2]
    )
    reader.serve_from(house)
    return public_site


def more_rooms(enter, publisher):
    """Records that pages of money, of promises, of memory show."""
    enter("levy", "water", kind="water", rules=[{"rate": "0.01", "valid_from": "2005"}], **CITED)
    enter("decision", "vote", body="city-of-paris", number="2026-7", day="2026-03-10", **CITED)
    enter("programme", "climate-plan", kind="plan", **CITED)
    enter("project", "quays", kind="water", places=["lima"], stage="running", stage_as_of="2022", **CITED)
    enter(
        "grant",
        "pumps",
        beneficiary="city-of-lima",
        year=2026,
        currency="EUR",
        state="asked",
        asked_on="2026-03-01",
        amount_asked="60000",
        place="lima",
        place_known="stated",
        purpose={"en": "Pumps", "fr": "Pompes"},
        **CITED,
    )
    enter("promise", "trees", kind="promise", made_by="city-of-paris", made="2015", deadline="2020",
          steps=[{"state": "said", "day": "2015", "source": "page", "words": {"en": NAME}}], **CITED)  # fmt: skip
    enter(
        "claim",
        "first",
        kind="rank",
        publisher="city-of-paris",
        about="paris",
        as_of="2019",
        scope={"fr": "Le monde", "en": NAME},
        place_in_rank=1,
        set={"fr": f"Selon {NAME}"},
        **CITED,
    )
    enter("indicator", "accords", kind="count", unit="agreements", definition={"fr": "Accords", "en": "Accords"},
          **CITED)  # fmt: skip
    enter("story", "how", body={"en": "They opened."}, about=["quays"], **CITED)
    enter("question", "what-use", asked_by={"en": f"Written by {NAME}"}, asked="2015", **CITED)
    enter("commemoration", "october", event_day="1961-10-17", **CITED)
    enter("memorial", "stele", kind="stele", place="paris", remembers="october", unveiled="2020",
          names=[{"text": f"The stone of {NAME}", "kind": "former"}], **CITED)  # fmt: skip
    enter("mission", "to-lima", destination="lima", starts="2019-05-01", **CITED)
    record_aid_cost(
        year=2025, part="staff", country="BJ", amount=Decimal(100), currency="EUR", told_by=f"Accounts of {NAME}",
        words=f"Office of {NAME}", by=publisher, at=MOMENT,
    )  # fmt: skip
    tongues = {"fr": f"Avec {NAME}", "en": f"With {NAME}"}
    said = {"property": "observation", "source": "page", "lines": "4", "words": tongues}
    record_statement(about=Subject.objects.get(key="quays"), content=said, by=publisher, at=MOMENT)
    tie_records(cause=Subject.objects.get(key="open-forum"), by=publisher, at=MOMENT,
                content={"key": "quays", "source": "page", "lines": "9", "note": tongues})  # fmt: skip


# -- each route of the site, and the addresses it answers at in the first release, or in the one in force


def routes() -> dict[str, str]:
    """Names of the routes of the public site with their patterns."""

    def each(resolver) -> Iterator[tuple[str, str]]:
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                yield from each(pattern)
            else:
                yield pattern.name, str(pattern.pattern)

    return dict(each(get_resolver("parvis.config.urls_public")))


def keys() -> dict[str, str]:
    """Keys of the records of the first release, with their nouns."""
    release = reader.numbered(FIRST)
    return {row["key"]: row["noun"] for row in release.each(tuple(release.nouns()), lang="en")}


def records(language: str, release: int | None) -> list[str]:
    """The page of each record."""
    return [address_of(noun, key, language, release=release) for key, noun in keys().items()]


def pages() -> Iterator[str]:
    for release in (FIRST, None):
        for language in ("en", "fr"):
            for section in ("", *addresses().sections):
                yield (page := address(section, language, release=release))
                yield f"{page}?on=2025-01-01"
            yield from records(language, release)
            yield address("versions", language, key=str(FIRST), release=release)
            yield from (f"{address(section, language, view=view, release=release)}" for section, view in VIEWS)
            yield from (
                f"{address('search', language, release=release)}?q={word}" for word in ("stay", "pact", "pumps")
            )
            yield f"{address('grants', language, release=release)}?view=map"
            yield f"{address('partners', language, view='compare', release=release)}?with=lima&with=paris"


def feeds(what: str) -> Iterator[str]:
    for release in (FIRST, None):
        for form in FORMATS:
            if what == "home":
                yield f"{address('', 'en', release=release)}.{form}"
            elif what == "record":
                yield from (f"{page}.{form}" for page in records("en", release))
            else:
                for section in (*SECTIONS, "search", "versions"):
                    yield f"{address(section, 'en', release=release)}.{form}?q=stay"


def files() -> list[str]:
    return [file["path"].removeprefix("content/") for file in reader.numbered(FIRST).files]


def tables() -> list[str]:
    return [table["name"] for table in reader.numbered(FIRST).tables()]


def of_first(paths: Iterable[str]) -> list[str]:
    """Addresses of the interface, of the first release."""
    return [f"/api/v1/{path}{'&' if '?' in path else '?'}release={FIRST}" for path in paths]


def api(*paths: str) -> Callable[[], Iterable[str]]:
    return lambda: of_first(paths)


def api_of(made: Callable[[], Iterable[str]]) -> Callable[[], Iterable[str]]:
    return lambda: of_first(made())


OF: dict[str, Callable[[], Iterable[str]]] = {
    "root": lambda: ["/"],
    "robots": lambda: ["/robots.txt"],
    "favicon": lambda: ["/favicon.ico"],
    "by_key": lambda: [f"/id/{key}" for key in keys()],
    "record_json": lambda: [f"/id/{key}.json" for key in keys()],
    "page": pages,
    "home_feed": lambda: feeds("home"),
    "list_feed": lambda: feeds("list"),
    "record_feed": lambda: feeds("record"),
    "catalogue": lambda: [f"/data/catalogue{suffix}" for suffix in ("", ".ttl", ".jsonld", ".rdf")],
    "dictionary": lambda: ["/data/dictionary.json"],
    "current_file": lambda: [f"/data/current/{path}" for path in files()],
    "release_file": lambda: [f"/data/{FIRST}/{path}" for path in (*files(), "release.json", "changes.json")],
    "api_description": lambda: ["/api/v1/openapi.json"],
    "api-root": api(""),
    "start": api(""),
    "releases": api("releases"),
    "datasets": api("datasets"),
    "dataset": api_of(lambda: (f"datasets/{name}" for name in tables())),
    "records": api_of(
        lambda: (
            f"datasets/{name}/records?limit=50{more}"
            for name in tables()
            for more in ("", "&q=stay")
        )
    ),
    "export": api_of(
        lambda: (f"datasets/{name}/exports/{form}" for name in tables() for form in ("csv", "json", "parquet", "xlsx"))
    ),
    "record": api_of(lambda: (f"records/{key}" for key in keys())),
    "search": api("search?q=stay", "search?q=pact&lang=fr"),
    "conformance": api("conformance"),
    "collections": api("collections"),
    "collection": api_of(lambda: (f"collections/{noun}" for noun in mapped_nouns(reader.numbered(FIRST)))),
    "items": api_of(lambda: (f"collections/{noun}/items" for noun in mapped_nouns(reader.numbered(FIRST)))),
    "item": api_of(
        lambda: (f"collections/{noun}/items/{key}" for noun in mapped_nouns(reader.numbered(FIRST)) for key in keys())
    ),
}  # fmt: skip
#: Routes whose answers hold no text of a record.
SAY_NO_TEXT = {
    "root", "robots", "favicon", "by_key", "dictionary", "current_file", "api_description", "api-root", "start",
    "releases", "datasets", "dataset", "conformance", "collections", "collection",
}  # fmt: skip
#: Routes that answer with another address.
LEAD_ELSEWHERE = {"root", "favicon", "by_key", "current_file"}


def told_by(site, tmp_path) -> tuple[dict[str, list[str]], dict[str, int]]:
    """By route: the addresses whose answer holds a sign of the name; and how many answers there were."""
    found, answered = defaultdict(list), defaultdict(int)
    for route, made in OF.items():
        for path in dict.fromkeys(made()):
            answer = site.get(path)
            assert answer.status_code not in (429, 500), path
            answered[route] += answer.status_code == 200
            said = whole(body_of(answer), tmp_path) + repr(dict(answer.headers)).encode()
            if any(sign in said for sign in SIGNS) or b"ostramelle" in fold(said.decode("utf-8", "replace")).encode():
                found[route].append(path)
    return dict(found), dict(answered)


def whole(body: bytes, tmp_path) -> bytes:
    """A body as it came, and what is packed within it."""
    if not (suffix := MAGIC.get(body[:4])):
        return body
    kept = tmp_path / f"answer{suffix}"
    kept.write_bytes(body)
    return readable(kept)


def test_each_route_of_the_public_site_has_its_addresses_here():
    assert set(OF) == set(routes())


def test_a_name_covered_is_in_no_page_file_feed_or_answer_of_any_release(named, publisher, tmp_path, caplog):
    before, answered = told_by(named, tmp_path)

    actions.hide_names(keys=[*keys(), OF_NO_RECORD], reason="A person was named", by=publisher, at=MOMENT)
    between, _answered = told_by(named, tmp_path)
    actions.finish_purge()
    after, answered_after = told_by(named, tmp_path)

    assert set(before) == set(OF) - SAY_NO_TEXT
    assert between == {}
    assert after == {}
    assert answered_after == answered
    assert {route for route, number in answered.items() if not number} == LEAD_ELSEWHERE
    assert "ostramelle" not in caplog.text.lower()
    assert [named.get(f"/en/search.json?q={word}").json()["total"] for word in ("ostramelle", "zephyrine")] == [0, 0]
