"""From an address to a page, or to words that say why there is none."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from parvis.foundation.vocabulary.addresses import address, addresses
from parvis.publication import reader
from tests.doors.portal.conftest import plain

LANGUAGES = ("fr", "en", "es", "pt")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", ["", *addresses().sections])
def test_every_section_answers_in_every_language(visitor, section, language):
    answer = visitor.get(address(section, language))

    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.content.decode()


def test_the_bare_address_leads_to_the_reader_s_language(visitor):
    assert visitor.get("/", accept_language="pt-BR,pt;q=0.9").headers["Location"] == "/pt"
    assert visitor.get("/", accept_language="de").headers["Location"] == "/fr"


def test_the_permanent_address_of_a_record_leads_to_its_page(visitor):
    assert visitor.get("/id/accord-porto", accept_language="en").headers["Location"] == "/en/agreements/accord-porto"
    assert visitor.get("/id/never-heard-of").status_code == 404


def test_words_of_another_language_lead_to_those_of_this_one(visitor):
    assert visitor.get("/en/partenaires/porto?q=x").headers["Location"] == "/en/partners/porto?q=x"


NOT_HERE = [
    "/en/nowhere",
    "/en/partners/never-heard-of",
    "/en/agreements/porto",
    "/de/partners",
    "/r/99/en",
    "/en/map/porto",
]


@pytest.mark.parametrize("path", NOT_HERE)
def test_what_is_absent_and_what_is_secret_are_told_in_the_same_words(visitor, path):
    words = visitor.words(path, status=404)

    assert words.startswith("Paris · Parvis") or "This page does not exist, or is not public." in words
    assert "This page does not exist, or is not public." in words


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("2015-02-31", "/en/partners?on=2015-02-28"),
        ("2015-13", "/en/partners?on=2015"),
        ("yesterday", "/en/partners?on=2026-11-22"),
        ("2015/2016", "/en/partners?on=2026-11-22"),
        ("2031", "/en/partners"),
    ],
)
def test_a_bad_date_is_answered_with_the_nearest_good_one(visitor, asked, offered):
    links = visitor.links(f"/en/partners?on={asked}", status=404)

    assert links[0] == offered
    assert visitor.get(offered).status_code == 200


def test_an_unknown_filter_is_dropped_and_said(visitor):
    words = visitor.words("/en/projects?theme=moon&kind=sanitation&colour=red&from=long-ago&sort=luck&page=none")

    assert "“moon” is not among the choices here" in words
    assert "“colour” means nothing here" in words
    assert "“long-ago” is not a year" in words
    assert "Nobody sorts by “luck”" in words
    assert "“none” is not a page number" in words
    assert "Water in Porto" in words
    assert "“moon” is not among the choices here" in visitor.words("/en/search?q=porto&noun=moon")


@pytest.mark.parametrize("section", ["projects", "partners", "map", "search"])
def test_a_huge_page_number_is_told_where_the_list_ends(visitor, section):
    words = visitor.words(f"/en/{section}?page=999999&q=porto", status=404)

    assert "This list ends at page 1." in words


@pytest.mark.parametrize("query", ['"', "NEAR(a b)", "x:y", "-a", "*", "%00", "'; drop table record; --", "a" * 5000])
def test_a_hostile_search_gets_a_plain_answer(visitor, query):
    assert visitor.client.get("/en/search", {"q": query}).status_code == 200


def test_no_page_sets_a_cookie_and_all_may_be_kept(visitor):
    answer = visitor.get("/en/partners")

    assert dict(answer.cookies) == {}
    assert answer.headers["Cache-Control"] == "public, no-cache"


def test_a_page_already_held_costs_nothing(visitor):
    tag = visitor.get("/en/partners").headers["ETag"]

    assert visitor.get("/en/partners", if_none_match=tag).status_code == 304
    assert visitor.get("/fr/partenaires", if_none_match=tag).status_code == 200


def test_a_withdrawal_changes_the_tag_and_hides_the_page(visitor, small_folder, tmp_path, monkeypatch):
    before = visitor.get("/en/agreements/accord-porto").headers["ETag"]
    (small_folder / "withdrawals.jsonl").write_text('{"key": "accord-porto"}\n')
    reader.serve_from(small_folder)
    try:
        assert visitor.get("/en/agreements/accord-porto", if_none_match=before).status_code == 404
        assert "Agreement with Porto" not in visitor.words("/en/partners/porto")
        assert visitor.titles("/en/agreements") == []
    finally:
        (small_folder / "withdrawals.jsonl").unlink()


def test_an_earlier_release_keeps_its_number_in_every_link(visitor):
    links = [link for link in visitor.links("/r/1/en/partners") if link.startswith("/") and "." not in link]

    assert [link for link in links if not link.startswith("/r/1/en")] == []


def test_without_a_release_the_portal_says_so(public_site, serving, tmp_path):
    serving(tmp_path)

    answer = public_site.get("/en")

    assert answer.status_code == 503
    assert "Nothing has been published yet." in answer.content.decode()


def test_writing_is_not_understood(visitor):
    assert visitor.client.post("/en/partners").status_code == 405


@pytest.mark.parametrize(
    ("status", "path", "sentence"),
    [
        (414, "/fr/", "Cette adresse est trop longue pour être lue : demandez-en moins à la fois."),
        (431, "/es/", "Con esta petición llegó más de lo que se puede leer"),
        (400, "/pt/", "Este pedido não pode ser lido."),
        (414, "/guichet/", "This address is longer than can be read: ask for less at once."),
    ],
)
def test_what_the_server_cannot_read_is_refused_on_a_page_in_the_language_of_its_address(
    visitor, status, path, sentence
):
    unread = {"gunicorn.socket": SimpleNamespace(refused=status)}
    answer = visitor.client.get(path, headers={"accept-language": "en"}, **unread)

    assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "no-store")
    assert sentence in plain(answer.content.decode())


def test_a_page_that_is_only_read_says_so_in_the_language_of_its_address(visitor):
    answer = visitor.client.post("/fr", {"q": "x"})

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert "Rien ne peut être envoyé ainsi à cette adresse." in plain(answer.content.decode())
