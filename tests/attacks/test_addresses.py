"""Addresses nobody should write: a clear answer to each, in the visitor's language, and nothing given away."""

from __future__ import annotations

import html
import json
import os
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.doors.ui import spelling
from parvis.foundation.vocabulary.addresses import address, addresses
from tests.attacks.conftest import body_of

LANGUAGES = ("fr", "en", "es", "pt")
FORMATS = ("", ".json", ".csv", ".geojson", ".ics", ".atom", ".rss")
#: What a fault of ours would say, and nothing else does.
OURS = (b"Traceback", b"sqlite3", b"site-packages", os.fsencode(Path(__file__).parents[2]), b"/tmp/", b"DEBUG")

DAYS = (
    "0000",
    "0001",
    "9999",
    "9999-99-99",
    "2015-02-29",
    "2016-02-29",
    "2015-02-3\u0660",
    "2013/2016",
    "../2015",
    "2015/..",
    "\u0662\u0660\u0661\u0665",
    "2015-\u00b2",
    "2015-02-\u00b2",
    "20\u00b25",
    "\uff12\uff10\uff11\uff15",
    "2015-1",
    "-2015",
    "2015-13-45",
    "x" * 10_000,
    "\x00",
    "2015\n",
    "2015-05-09T12:00",
    "--05",
    "%s",
    "{}",
    "31/12/2015",
)
NUMBERS = (
    "0",
    "-1",
    "1" + "0" * 30,
    "9" * 5000,
    "000000000001" + "9" * 5000,
    "1e3",
    "\u0661",
    "\u00b2",
    "1.5",
    "",
    " 1 ",
    "x",
    "\x00",
)
SEARCHES = (
    '"',
    "'",
    "''--",
    "NEAR(",
    "NEAR(a b, 3)",
    "title:paris",
    "x:y",
    "-a",
    "*",
    "a*",
    "^a",
    "a AND",
    "OR",
    "NOT NOT",
    "(((",
    "{a b}:c",
    "a\x00b",
    "\u202eparis\u202c",
    "\u200f\u200e",
    "'; DROP TABLE record; --",
    "%_",
    "\\",
    "\ufffd",
    "e\u0301" * 300,
    "a" * 100_000,
    " ".join("abc" for _ in range(500)),
    "<script>alert(1)</script>",
    "\u0130\u0131\u00df\u017f",
    "\U0001f1eb\U0001f1f7",
)


def clear(answer, language: str | None = None) -> None:
    """An answer and not a fault: no trace of our insides, no cookie, words of one language."""
    body = body_of(answer)
    assert answer.status_code < 500, answer.status_code
    assert not [word for word in OURS if word in body]
    assert not answer.cookies
    if language and answer.get("Content-Type", "").startswith("text/html") and body:
        assert f'lang="{language}"'.encode() in body[:400]


@pytest.mark.parametrize("day", DAYS, ids=lambda day: repr(day)[:16])
def test_no_date_troubles_a_page_or_its_twin(at_paris, day):
    for section, language in (("partners", "fr"), ("agreements", "en"), ("figures", "fr")):
        path = address(section, language)
        clear(at_paris.get(path, {"on": day}), language)
        clear(at_paris.get(f"{path}.json", {"on": day}))


def test_only_digits_of_ours_make_a_date(at_paris):
    assert at_paris.get("/en/networks", {"on": "\u0662\u0660\u0661\u0665"}).status_code == 404
    assert at_paris.get("/en/networks.json", {"on": "\uff12\uff10\uff11\uff15"}).status_code == 404


def test_a_leap_day_is_a_day_in_leap_years_alone(at_paris):
    assert at_paris.get("/en/networks", {"on": "2016-02-29"}).status_code == 200
    refused = at_paris.get("/en/networks", {"on": "2015-02-29"})
    assert refused.status_code == 404
    assert b"/en/networks?on=2015-02-28" in refused.content


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: repr(number)[:16])
@pytest.mark.parametrize("name", ["page", "size", "from", "to"])
def test_no_number_troubles_a_list_or_its_twin(at_paris, name, number):
    for path in ("/fr/accords", "/en/partners", "/es/busqueda", "/en/search"):
        clear(at_paris.get(path, {name: number, "q": "paris"}))
        clear(at_paris.get(f"{path}.json", {name: number, "q": "paris"}))


@pytest.mark.parametrize("asked", SEARCHES, ids=lambda asked: repr(asked)[:16])
def test_no_words_trouble_a_search_and_none_come_back_as_markup(at_paris, asked):
    for path in ("/fr/recherche", "/fr/accords", "/fr/partenaires", "/fr/carte"):
        answer = at_paris.get(path, {"q": asked})
        clear(answer, "fr")
        assert b"<script>alert" not in answer.content
    clear(at_paris.get("/en/search.json", {"q": asked}))
    clear(at_paris.get("/en/partners.csv", {"q": asked}))


def test_a_filter_asked_a_thousand_times_is_one_filter(at_paris):
    once = at_paris.get("/en/agreements.json", {"kind": "european_accord"}).json()

    often = at_paris.get("/en/agreements.json?" + "&".join(["kind=european_accord"] * 900)).json()

    assert (often["total"], often["facets"]) == (once["total"], once["facets"])


@pytest.mark.parametrize("path", ["/fr/reseaux", "/en/networks.json", "/data/dictionary.json", "/es", "/"])
def test_more_parameters_than_can_be_read_are_refused_in_words(at_paris, path):
    answer = at_paris.get(f"{path}?{'&'.join(f'kind={n}' for n in range(1500))}")

    assert answer.status_code in (200, 302, 400)
    if answer.status_code == 400:
        said = {"fr": "Cette demande est illisible.", "en": "This request cannot be read."}[path[1:3]]
        assert said in answer.content.decode()


SHAPELESS = (
    "/wp-login.php",
    "/.env",
    "/FR",
    "/fr/a/b/c",
    "/fr.php",
    "/fr//reseaux",
    "/id/..%2f..%2fetc",
    "/id/a%27b",
    "/id/a%00b",
    "/" + "a" * 9000,
    "/%ED%A0%80",
    "/%ff%fe",
    "/fr/%2e%2e/x",
    "/r//fr",
    "/r/-1/fr",
    "/r/\u0661/fr",
    "/static/../release.json",
)


@pytest.mark.parametrize("path", SHAPELESS, ids=lambda path: path[:20])
def test_an_address_of_no_shape_is_answered_like_any_page_that_is_not_there(at_paris, path):
    answer = at_paris.get(path, headers={"accept-language": "pt"})

    assert answer.status_code == 404
    language = "fr" if path.startswith("/fr/") else "pt"
    clear(answer, language)
    words = {"pt": "Esta página não existe, ou não é pública.", "fr": "Cette page n'existe pas, ou n'est pas publique."}
    said = html.unescape(answer.content.decode()).replace("\u2019", "'")
    assert words[language] in said


@pytest.mark.parametrize("number", ["0", "00", "99999999", "999999999", "9" * 400, "2", "01"])
def test_a_release_that_is_none_is_not_there(at_paris, number):
    answers = [
        at_paris.get(f"/r/{number}/en"),
        at_paris.get(f"/r/{number}/en.json"),
        at_paris.get(f"/data/{number}/release.json"),
    ]

    expected = {302, 200} if number == "01" else {404}
    assert {answer.status_code for answer in answers} <= expected


OUTSIDE = (
    "..%2frelease.json",
    "../release.json",
    "%2e%2e/%2e%2e/withdrawals.jsonl",
    "..%5c..%5cx",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "changes.json",
    "content/site.sqlite",
    "./site.sqlite",
    "tables/../site.sqlite",
    "site.sqlite%00.csv",
    "",
    "tables",
    "tables/",
)


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_path_leads_out_of_the_files_of_a_release(at_paris, path):
    answer = at_paris.get(f"/data/1/{path}")

    assert answer.status_code == 404
    assert at_paris.get(f"/data/current/{path}", follow=True).status_code == 404


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize(
    "path", ["/", "/en", "/en/networks", "/en/networks.json", "/id/paris", "/data/1/site.sqlite", "/data/current/x"]
)
def test_reading_is_all_one_can_do(at_paris, verb, path):
    assert getattr(at_paris, verb)(path).status_code == 405


@pytest.mark.parametrize(
    "path", ["/en", "/en/networks", "/en/networks.json", "/en/agenda.ics", "/data/1/site.sqlite", "/en/nope"]
)
def test_a_head_is_answered_as_a_get_is(at_paris, path):
    whole, head = at_paris.get(path), at_paris.head(path)

    assert (head.status_code, head.get("ETag")) == (whole.status_code, whole.get("ETag"))
    assert body_of(head) == b""


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "*",
        "*/*",
        ";;;q=",
        "fr;q=x",
        ",,,",
        "en-" * 5000,
        "\u00e9",
        "zz-ZZ",
        "FR",
        "q=1;en",
        "e",
        "../..",
        "en\tfr",
        "xx,pt",
    ],
)
def test_any_wish_of_language_leads_to_a_page(at_paris, junk):
    answer = at_paris.get("/", headers={"accept-language": junk})

    assert answer.status_code == 302
    assert answer["Location"] in {f"/{language}" for language in LANGUAGES}


@pytest.mark.parametrize("held", ["*", "W/", '"', ",,,", '"x", W/"y"', "\x00", "a" * 50_000, "\u20ac"])
def test_any_tag_held_is_answered(at_paris, held):
    for path in ("/en", "/en/networks.json", "/data/1/site.sqlite"):
        answer = at_paris.get(path, headers={"if-none-match": held})
        assert answer.status_code in (200, 304)


@pytest.mark.parametrize(
    "bounds", ["bytes=0-99", "bytes=-1", "bytes=99999999999-", "bytes=5-1", "bytes=0-0,1-1,2-2", "x", "bytes="]
)
def test_a_part_of_a_file_may_be_asked_for(at_paris, bounds):
    answer = at_paris.get("/data/1/site.sqlite", headers={"range": bounds})

    clear(answer)
    assert answer.status_code in (200, 206, 416)


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost:99999", "localhost@evil.example", "[::1", "a" * 3000, "", "localhost\x00"]
)
def test_a_host_of_another_name_is_never_repeated(at_paris, host, caplog):
    for path in ("/en", "/en/networks", "/en/agenda.ics", "/en.rss", "/en/agreements.csv", "/nope"):
        answer = at_paris.get(path, headers={"host": host})
        clear(answer)
        assert b"evil" not in body_of(answer)


def test_what_is_absent_and_what_is_secret_are_one_answer(at_paris):
    """Keys as a register has them, and keys no register would have."""
    asked = ["never-heard-of", "contact-of-lima", "draft-pact", "a" * 120, "paris-" * 30]
    pages = [at_paris.get(f"/en/agreements/{key}") for key in asked]
    twins = [at_paris.get(f"/id/{key}.json") for key in asked]

    bodies = {page.content.replace(key.encode(), b"KEY") for page, key in zip(pages, asked, strict=True)}
    assert len(bodies) == 1
    assert {(page.status_code, page["Cache-Control"]) for page in pages} == {(404, "no-store")}
    assert len({twin.content for twin in twins}) == 1


# -- addresses drawn at random

_words = st.sampled_from(
    [word for section in addresses().sections.values() for word in section.values()]
    + [word for view in addresses().views.values() for word in view.values()]
) | st.text(max_size=12)
_query = st.dictionaries(
    st.sampled_from(
        [
            "on",
            "page",
            "size",
            "from",
            "to",
            "q",
            "sort",
            "kind",
            "state",
            "theme",
            "area",
            "country",
            "noun",
            "view",
            "years",
        ]
    )
    | st.text(max_size=8),
    st.sampled_from([*DAYS[:20], *NUMBERS[:10], *SEARCHES[:24], "name", "date", "FR", "europe"]) | st.text(max_size=30),
    max_size=4,
)
_address = st.builds(
    lambda number, language, words, suffix, query: (
        "".join(f"/{quote(part, safe='')}" for part in (*(("r", number) if number else ()), language, *words)) + suffix,
        query,
    ),
    st.sampled_from(["", "", "", "1", "0", "77"]),
    st.sampled_from([*LANGUAGES, *LANGUAGES, "xx", "FR", ""]),
    st.lists(_words | st.sampled_from(["paris", "c40", "lima", "mayor-of-paris"]), max_size=3),
    st.sampled_from(FORMATS),
    _query,
)


@settings(
    max_examples=400, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_address)
def test_no_address_at_all_is_a_fault(at_paris, drawn):
    path, query = drawn
    try:
        answer = at_paris.get(path, {name.replace("\ud800", ""): value for name, value in query.items()})
    except UnicodeEncodeError:  # the browser of the test cannot send it
        return

    clear(answer)
    if answer.get("Content-Type", "").startswith("application/json"):
        json.loads(body_of(answer))
    if answer.status_code == 302:
        assert answer["Location"].startswith("/")
        assert not answer["Location"].startswith("//")


def test_every_language_offered_has_its_locale():
    assert set(LANGUAGES) == set(spelling.LOCALES)
