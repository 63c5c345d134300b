"""The desk before a careless clerk and a jealous colleague: no fault, no power borrowed, no word taken for markup."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager

import pytest
from django.core import signing
from django.test import Client

from parvis.doors.desk.sheets.sheet import Sheet
from parvis.doors.desk.views.records import noun_of
from parvis.exchange.inbound.entrances import NOUNS, entrances
from parvis.foundation.accounts.actions import HOUSE, house_account, one_time_link
from parvis.foundation.accounts.models import Role, User
from parvis.publication.bake import preparing
from parvis.register.models import Source, Statement, Subject
from tests.doors.desk.conftest import at_desk, people, source, statement

__all__ = ["at_desk", "people", "source", "statement"]

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{6397*7919}}"
ODD = (
    "\x00",
    "\u00b2",
    "\u0661",
    "9" * 5000,
    "-1",
    "1e99",
    "\ud7ff",
    "\u202e",
    "a" * 100_000,
    "[]",
    "{}",
    "%s%n",
    MARKUP,
)


@pytest.fixture
def officer(at_desk):
    client = at_desk(Role.OFFICER)
    client.raise_request_exception = False
    return client


def sheet_of(client: Client, path: str) -> dict:
    """What the form of a page would send back untouched."""
    sheet = client.get(path).context["sheet"]
    told = {}
    for field in sheet:
        value = field.value()
        if value not in (None, "", []):
            told[field.html_name] = value
    return {**told, "seen_revision": "1"}


PAGE = "/bureau/fiches/sources/city-page/"


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:14])
def test_nothing_typed_in_a_search_is_a_fault(officer, source, odd):
    for path in ("/bureau/recherche/", "/bureau/fiches/sources/", "/bureau/fiches/places/"):
        for asked in ({"q": odd}, {"page": odd, "visibility": odd}):
            answer = officer.get(path, asked)
            assert answer.status_code == (400 if odd == "\x00" else 200), (path, asked)
            assert b"<script>alert" not in answer.content


@pytest.mark.parametrize(
    "odd", ["\u00b2", "9" * 5000, "-1", "99999999999999999999", MARKUP, "a" * 3000], ids=lambda odd: repr(odd)[:14]
)
def test_nothing_typed_in_a_cell_is_a_fault(officer, source, odd):
    sent = {**sheet_of(officer, PAGE), "cites.0.source": "city-page", "cites.0.lines": "1", "names.0.text": "x"}
    cells = (
        "key",
        "kind",
        "visibility",
        "themes",
        "title.fr",
        "publisher_body",
        "date",
        "language",
        "file",
        "original",
        "future_until",
        "names.0.text",
        "names.0.from",
        "names.0.lang",
        "names.0.kind",
        "names.0.-place",
        "cites.0.lines",
        "cites.0.page",
        "cites.0.source",
        "cites.0.fact",
        "cites.0.about",
    )
    refused_until_it_is_taken(
        lambda odd_ones: officer.post(PAGE, {**sent, **odd_ones}), dict.fromkeys(cells, odd), "sheet"
    )


def refused_until_it_is_taken(post, odd_ones, form):
    """Send odd words in every cell at once, then in those that took them, until what is left is written."""
    while odd_ones:
        answer = post(odd_ones)
        assert answer.status_code in (302, 400, 422), sorted(odd_ones)
        assert b"<script>alert" not in answer.content
        if answer.status_code != 422:
            return
        refused = odd_ones.keys() & answer.context[form].errors.keys()
        if not refused:  # the cells together are refused: each alone
            refused = odd_ones.keys()
            assert {post({name: odd}).status_code for name, odd in odd_ones.items()} <= {302, 400, 422}
        odd_ones = {name: odd for name, odd in odd_ones.items() if name not in refused}


@pytest.mark.parametrize("plural", sorted(NOUNS))
def test_no_new_record_of_any_kind_is_a_fault(officer, source, plural):
    """Every cell gets both odd words in turn: once with a head that holds, once with one that does not."""
    path = f"/bureau/fiches/{plural}/nouvelle/"
    names = list(Sheet(entrances()[noun_of(plural)][0], content={}).fields)
    odd, odder = "9" * 20, "a" * 3000
    head = {"key": "a-key", "visibility": "draft", "kind": "", "title.fr": "x"}
    first = {name: (odd, odder)[place % 2] for place, name in enumerate(names)}
    second = {name: (odder, odd)[place % 2] for place, name in enumerate(names)} | head

    answers = [
        officer.post(path, first),
        officer.post(path, {name: told for name, told in second.items() if name not in ("themes", "priorities")}),
    ]

    assert [answer.status_code for answer in answers] == [422, 422]


@pytest.mark.parametrize(
    "name",
    [
        "names.\u00b2.text",
        "names.-1.text",
        "names.999999999.text",
        "names..text",
        "names.",
        "names.0",
        "names.1e3.text",
        f"names.{'9' * 5000}.text",
        f"names.{'0' * 5000}1.text",
        "cites.\u0661.source",
        "names.0.__class__",
        "__proto__",
        "subject",
        "names.499.text",
    ],
)
def test_no_name_of_a_field_is_a_fault(officer, source, name):
    answer = officer.post(PAGE, {**sheet_of(officer, PAGE), name: "x"})

    assert answer.status_code in (200, 302, 400, 422)


@pytest.mark.parametrize("seen", ["\u00b2", "\u0661", "-1", "", "9" * 9, "9" * 5000, "1.0", "\x00"])
def test_any_revision_seen_is_answered(officer, source, seen):
    assert officer.post(PAGE, {**sheet_of(officer, PAGE), "seen_revision": seen}).status_code in (302, 400, 422)


def test_one_name_given_ten_thousand_times_is_refused_and_changes_nothing(officer, source):
    answer = officer.post(PAGE, {**sheet_of(officer, PAGE), **{f"names.{n}.text": "x" for n in range(10_000)}})

    assert answer.status_code == 422
    assert Subject.objects.get(key="city-page").revision == 1


def test_five_megabytes_are_refused_and_change_nothing(officer, source):
    answer = officer.post(PAGE, {**sheet_of(officer, PAGE), "summary.fr": "a" * 5_000_000})

    assert answer.status_code in (400, 422)
    assert Subject.objects.get(key="city-page").revision == 1


def test_fields_the_sheet_does_not_offer_are_not_read(officer, source, people):
    forged = {
        name: str(people[Role.ADMINISTRATOR].pk)
        for name in (
            "owner",
            "subject",
            "subject_id",
            "entered_by",
            "amended_by",
            "ranked_by",
            "noun",
            "id",
            "pk",
            "revision",
            "names.0.subject",
        )
    } | {"key": "another", "noun": "agreement", "entered_at": "1999-01-01", "revision": "99"}

    officer.post(PAGE, {**sheet_of(officer, PAGE), **forged, "date": "2018"})

    head = Subject.objects.get(key="city-page")
    assert (head.noun, head.revision, head.entered_by) == ("source", 2, people[Role.OFFICER])
    assert not Subject.objects.filter(key="another").exists()
    assert Source.objects.count() == 1


def test_fields_a_statement_does_not_offer_are_not_read(officer, source, people):
    said = {"property": "observation", "words_fr": "Dense", "source": "city-page", "lines": "1", "as_of_basis": "text"}
    forged = {
        "rank": "preferred",
        "ranked_by": people[Role.PUBLISHER].pk,
        "recorded_at": "1999-01-01",
        "retracted_at": "2000-01-01",
    }

    officer.post(f"{PAGE}enonce/", {**said, **forged})

    made = Statement.objects.get()
    assert (made.rank, made.ranked_by, made.retracted_at, made.recorded_at.year > 2000) == ("normal", None, None, True)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:14])
def test_nothing_typed_in_a_statement_is_a_fault(officer, statement, odd):
    said = {"property": "observation", "words_fr": "Dense", "source": "city-page", "lines": "1", "as_of_basis": "text"}
    names = ("property", "number", "number_to", "words_fr", "unit", "scope_fr", "currency", "as_of", "as_of_basis")
    names += ("source", "lines")
    if odd == "\x00":  # refused whole, before any cell is read
        assert {officer.post(f"{PAGE}enonce/", {**said, name: odd}).status_code for name in names} == {400}
    refused_until_it_is_taken(
        lambda odd_ones: officer.post(f"{PAGE}enonce/", {**said, **odd_ones}), dict.fromkeys(names, odd), "form"
    )
    for verb in ("retirer", "preferer", "douter"):
        answer = officer.post(f"/bureau/enonces/{statement.pk}/{verb}/", {"reason": odd, "plural": "sources"})
        assert answer.status_code in (302, 400), verb
        assert officer.post(f"/bureau/enonces/{statement.pk}/{verb}/", {"reason": "x", "plural": odd}).status_code in (
            302,
            400,
            404,
        )


@pytest.fixture
def administrator(at_desk, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    client = at_desk(Role.ADMINISTRATOR)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:14])
def test_nothing_typed_by_a_publisher_or_an_administrator_is_a_fault(administrator, source, people, odd):
    sent = (
        ("/bureau/publier/", {"removals": odd}),  # while another publication is under way: read, and not made
        ("/bureau/retraits/", {"key": odd, "reason": odd}),
        ("/bureau/retraits/", {"key": "x", "reason": odd}),
        ("/bureau/comptes/", {"email": odd, "role": odd}),
        ("/bureau/comptes/", {"email": "a@b.example", "role": odd}),
        (f"/bureau/comptes/{people[Role.READER].pk}/", {"role": odd}),
    )

    with another_publication():
        told = {(path, administrator.post(path, data).status_code) for path, data in sent}

    assert {(path, status) for path, status in told if status >= 500} == set()


@pytest.mark.parametrize("odd", ["-1", "\u0661"])
def test_no_count_of_removals_is_a_fault_when_it_is_published(administrator, source, odd):
    assert administrator.post("/bureau/publier/", {"removals": odd}).status_code == 302


def test_no_number_in_an_address_is_a_fault(administrator, source):
    far = "9" * 20
    sent = (
        (f"/bureau/comptes/{far}/", {"close": "1"}),
        (f"/bureau/versions/{far}/revenir/", {}),
        (f"{PAGE}histoire/{far}/", {}),
        (f"/bureau/enonces/{far}/retirer/", {"reason": "x", "plural": "sources"}),
        *((f"/bureau/propositions/{far}/refuser/", {"reason": odd}) for odd in ODD),
    )

    told = {(path, administrator.post(path, data).status_code) for path, data in sent}

    assert {(path, status) for path, status in told if status >= 500} == set()


@contextmanager
def another_publication():
    preparing._write("work.json", {"kind": "publish", "mark": "", "asked": 0.0})
    with (preparing._folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def test_a_forged_form_changes_nothing(people, source):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(people[Role.ADMINISTRATOR])

    answers = {
        client.post(path, {"removals": "0", "close": "1", "key": "city-page", "reason": "x"}).status_code
        for path in (
            PAGE,
            "/bureau/publier/",
            "/bureau/retraits/",
            f"/bureau/comptes/{people[Role.READER].pk}/",
            "/bureau/comptes/",
            "/bureau/versions/1/revenir/",
            "/langue/setlang/",
        )
    }

    assert answers == {403}
    assert User.objects.get(pk=people[Role.READER].pk).is_active


@pytest.mark.parametrize("role", [Role.READER, Role.OFFICER, Role.PUBLISHER])
def test_nobody_lifts_themselves(at_desk, people, role):
    client = at_desk(role)

    client.post(f"/bureau/comptes/{people[role].pk}/", {"role": "administrator"})
    client.post("/bureau/comptes/", {"email": "mine@ville.example", "role": "administrator"})
    client.post("/compte/email/", {"email": people[Role.ADMINISTRATOR].email, "action_add": ""})

    assert User.objects.get(pk=people[role].pk).role == role
    assert not User.objects.filter(email="mine@ville.example").exists()
    assert User.objects.filter(email=people[Role.ADMINISTRATOR].email).count() == 1


def test_the_account_of_the_house_opens_to_nobody(at_desk, people):
    house = house_account()
    client = Client()

    assert client.get(f"/entree/{one_time_link(house)}").status_code == 410
    client.post("/compte/login/", {"login": HOUSE, "password": "!"})
    assert "_auth_user_id" not in client.session
    administrator = at_desk(Role.ADMINISTRATOR)
    assert administrator.post(f"/bureau/comptes/{house.pk}/", {"role": "reader"}).status_code == 404
    administrator.post("/bureau/comptes/", {"email": HOUSE, "role": "administrator"})
    assert User.objects.filter(email=HOUSE, is_active=True).count() == 0


def test_whoever_closes_their_own_account_is_out_at_once(at_desk, people):
    User.objects.create_user("second@ville.example", role=Role.ADMINISTRATOR)
    client = at_desk(Role.ADMINISTRATOR)

    client.post(f"/bureau/comptes/{people[Role.ADMINISTRATOR].pk}/", {"close": "1"})

    answer = client.get("/bureau/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/compte/login/")


def test_a_link_signs_in_under_a_session_of_its_own(people):
    client = Client()
    client.get("/compte/login/")
    session = client.session
    session["planted"] = "by a stranger"
    session.save()
    before = session.session_key

    client.get(f"/entree/{one_time_link(people[Role.READER])}")

    assert client.session["_auth_user_id"] == str(people[Role.READER].pk)
    assert client.session.session_key != before


def test_a_second_link_opens_nothing_once_its_holder_came_in(people, monkeypatch):
    """Two links were handed out; the one left in a mailbox dies when the other is used."""
    used = one_time_link(people[Role.OFFICER])
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 60)
    left = one_time_link(people[Role.OFFICER])
    assert used != left
    Client().get(f"/entree/{used}")

    assert Client().get(f"/entree/{left}").status_code == 410


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:///evil.example"],
)
def test_no_next_leads_out_of_the_office(people, target):
    client = Client()
    person = people[Role.READER]
    person.set_password("a long enough phrase")
    person.save()

    signed_in = client.post(
        "/compte/login/", {"login": person.email, "password": "a long enough phrase", "next": target}
    )
    spoken = client.post("/langue/setlang/", {"language": "en", "next": target})
    left = client.post("/compte/logout/", {"next": target})

    for answer in (signed_in, spoken, left):
        assert "evil" not in answer.get("Location", "")
        assert "javascript" not in answer.get("Location", "")


def test_words_that_look_like_markup_are_words(officer, at_desk, source):
    sent = sheet_of(officer, PAGE)
    officer.post(
        PAGE,
        {
            **sent,
            "title.fr": MARKUP,
            "title.en": MARKUP,
            "summary.fr": MARKUP,
            "names.0.text": MARKUP,
            "publisher.fr": MARKUP,
        },
    )
    assert Subject.objects.get(key="city-page").revision == 2
    said = {"property": "observation", "words_fr": MARKUP, "source": "city-page", "lines": "1", "as_of_basis": "text"}
    officer.post(f"{PAGE}enonce/", said)
    client = at_desk(Role.ADMINISTRATOR)

    for path in (
        "/bureau/",
        "/bureau/recherche/?q=script",
        "/bureau/fiches/sources/",
        PAGE,
        f"{PAGE}histoire/",
        f"{PAGE}enonce/",
        "/bureau/publier/",
    ):
        shown = client.get(path).content
        assert b"<script>alert" not in shown, path
        assert b"<img src=x" not in shown, path
        assert b"6397*7919" in shown or b"50657843" not in shown, path
