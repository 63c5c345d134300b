"""Who comes through which door of the counter: the table is made from the addresses themselves."""

import re
from itertools import product
from uuid import UUID

import orjson
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse

from parvis.domain.funding import actions
from parvis.domain.funding.enums import MemberRole
from parvis.foundation.accounts.models import Role, User
from tests.exchange.formats.test_uploads import PDF
from tests.support import calls

PATTERNS = {pattern.name: pattern for pattern in get_resolver("parvis.doors.counter.urls").url_patterns}
VERBS = ("get", "post")
OPEN = {"ask_account", "open_account"}
#: What those who prepare a call look at before it opens.
OF_THE_OFFICE = {"preview"}
#: Addresses that belong to nobody in particular: anybody signed in may open them.
SHARED = {"home", "new_body", "own_name", "call", "begin", "ask", "questions", "emergency"}


def address_of(name, file, body, document, member):
    known = {
        "file": file.pk, "body": body.pk, "document": document.pk, "member": member.pk, "key": file.call.key,
        "section": "project", "code": "withdraw", "turn": 1, "token": "x", "grant": "a-quay", "kind": "narrative",
        "page": "form", "kept": file.pk, "amendment": 1, "invitation": 1,
    }  # fmt: skip
    return reverse(f"counter:{name}", kwargs={key: known[key] for key in PATTERNS[name].pattern.converters})


@pytest.fixture
def document(body, ana):
    return actions.store_document(
        body=body, title="Statutes", file_name="s.pdf", media_type="application/pdf", size=9, sha256="0" * 64,
        scanned=False, by=ana, at=calls.OPENS,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _its_grant(request):
    """A grant stands behind the addresses that name one, and only there: it takes a while to make."""
    name = getattr(request.node, "callspec", None) and request.node.callspec.params.get("name")
    if name and "at_counter" in request.fixturenames and "grant" in PATTERNS[name].pattern.converters:
        request.getfixturevalue("grant")


@pytest.fixture
def outsiders(db):
    stranger = calls.applicant("stranger@other.example")
    calls.body_of(stranger, "55210055400013")
    office = [User.objects.create_user(f"{role}@city.example", role=role) for role in (Role.READER, Role.ADMINISTRATOR)]
    return [stranger, *office]


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_every_address_says_what_it_asks(name):
    assert PATTERNS[name].callback.asks == ("nothing" if name in OPEN else PATTERNS[name].callback.asks)
    assert PATTERNS[name].callback.asks in ({"nothing"} if name in OPEN else {"account", "script"})


@pytest.mark.parametrize("name", sorted(set(PATTERNS) - OPEN))
def test_nobody_is_let_in_unsigned(name, at_counter, file, body, document):
    address = address_of(name, file, body, document, body.members.get())
    turned_away = 401 if PATTERNS[name].callback.asks == "script" else 302

    for verb in VERBS:
        assert getattr(at_counter(), verb)(address).status_code in {turned_away, 405}, verb


@pytest.mark.parametrize("name", sorted(set(PATTERNS) - OPEN - SHARED - OF_THE_OFFICE))
def test_what_belongs_to_a_body_does_not_exist_for_others_whatever_their_role(
    name, at_counter, file, body, document, outsiders
):
    address = address_of(name, file, body, document, body.members.get())
    hidden = {404, 405, 400, 403} if name == "save" else {404, 405}

    for person, verb in product(outsiders, VERBS):
        status = getattr(at_counter(person), verb)(address).status_code
        assert status in hidden, f"{person.role} {verb} {address}: {status}"


@pytest.mark.parametrize("name", sorted(set(PATTERNS) - OPEN))
def test_no_address_fails_for_its_own_people(name, at_counter, file, body, document, ana):
    address = address_of(name, file, body, document, body.members.get())

    for verb in ("get", "post"):
        try:
            status = getattr(at_counter(ana), verb)(address).status_code
        except FileNotFoundError:
            continue  # the vault of this test holds no file
        assert status < 500


@pytest.mark.parametrize("name", sorted(OF_THE_OFFICE))
def test_what_the_office_prepares_is_hidden_from_applicants(name, at_counter, file, body, document, ana, outsiders):
    address = address_of(name, file, body, document, body.members.get())
    stranger, reader, administrator = outsiders

    statuses = [at_counter(person).get(address).status_code for person in (ana, stranger, reader, administrator)]

    assert statuses == [404, 404, 200, 200]


def test_an_applicant_sees_nothing_of_the_desk_and_is_led_to_the_counter(at_counter, ana):
    for address in ("/bureau/", "/bureau/fiches/calls/", "/bureau/boite-envoi/", "/bureau/comptes/"):
        answer = at_counter(ana).get(address)

        said = "This is the desk of the City&#x27;s agents"
        assert (answer.status_code, 'class="button" href="/guichet/"' in answer.content.decode()) == (403, True)
        assert said.replace("&#x27;", "'") in answer.content.decode()
    nowhere = at_counter(ana).get("/bureau/nulle-part/")
    assert nowhere.status_code == 404
    assert '<a href="/guichet/">Back to the counter</a>' in nowhere.content.decode()


def test_an_officer_at_the_counter_is_told_where_they_are_and_led_to_the_desk(at_counter, officer, ana, file):
    home, theirs = (at_counter(officer).get(f"/guichet/{path}") for path in ("", f"dossiers/{file.pk}/"))
    mine = at_counter(ana).get("/guichet/").content.decode()

    told = "This is the counter, where bodies ask for grants."
    assert (home.status_code, theirs.status_code) == (200, 404)
    assert (told in home.content.decode(), told in mine) == (True, False)
    assert "What bodies ask for is read at the desk." in theirs.content.decode()


def test_each_page_of_both_doors_says_that_a_rehearsal_is_one(at_counter, ana, officer, settings):
    pages = [
        (ana, "/guichet/"),
        (ana, "/guichet/organismes/nouveau/"),
        (None, "/guichet/compte/"),
        (officer, "/bureau/"),
    ]
    played = '<aside class="rehearsal"'

    plain = [played in at_counter(person).get(page).content.decode() for person, page in pages]
    settings.PARVIS_REHEARSAL = True
    told = [played in at_counter(person).get(page).content.decode() for person, page in pages]

    assert (plain, told) == ([False] * 4, [True] * 4)


def test_a_file_nobody_knows_is_told_in_the_same_words_as_one_of_others(at_counter, file, outsiders):
    client = at_counter(outsiders[0])

    theirs = client.get(reverse("counter:follow", args=[file.pk]))
    nobodys = client.get(reverse("counter:follow", args=[UUID(int=7)]))

    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    words = [re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in (theirs, nobodys)]
    assert words[0] == words[1]


WRITERS = {MemberRole.WRITER, MemberRole.SIGNATORY, MemberRole.MANAGER}
#: What is done at the counter: who of a body may, and what is sent.
DEEDS = {
    "begin": (WRITERS, lambda body, **_: {"body": body.pk}),
    "page": (WRITERS, lambda **_: {"r:title": "0", "title": "A quay"}),
    "save": (WRITERS, lambda **_: {"window": "a", "saves": [{"field": "title", "value": "A quay", "base": 0}]}),
    "message": (set(), lambda **_: {"words": "Good morning"}),  # a draft, which no office reads
    "step": (WRITERS, lambda **_: {"reason": "We wait a year"}),
    "upload": (WRITERS, lambda **_: {"document": SimpleUploadedFile("Statuts.pdf", PDF)}),
    "documents": (WRITERS, lambda document, **_: {"code": "statutes", "chosen": str(document.pk)}),
    "remove_document": (WRITERS, lambda **_: {}),
    "invite": ({MemberRole.MANAGER}, lambda **_: {"email": "new@assoc.example", "role": "manager"}),
    "change_member": ({MemberRole.MANAGER}, lambda **_: {"role": "manager"}),
}


def all_of_funding():
    """Every row of the room."""
    models = apps.get_app_config("funding").get_models()
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}


@pytest.mark.parametrize("role", MemberRole.values)
@pytest.mark.parametrize("deed", sorted(DEEDS))
def test_somebody_of_a_body_does_what_their_part_allows_and_nothing_beyond(
    deed, role, at_counter, vault, file, body, bruno, document
):
    may, sent = DEEDS[deed]
    other = body.members.create(person=calls.applicant("c@assoc.example"), role=MemberRole.READER, since=calls.OPENS)
    body.members.filter(person=bruno).update(role=role)
    before = all_of_funding()
    told = sent(body=body, document=document)
    content = (orjson.dumps(told), "application/json") if deed == "save" else (told,)

    answer = at_counter(bruno).post(address_of(deed, file, body, document, other), *content)

    assert answer.status_code < 500
    assert (all_of_funding() != before) == (role in may)


def test_each_part_of_a_body_reads_the_file_and_the_office_reads_none_here(at_counter, file, body, bruno, outsiders):
    page = reverse("counter:follow", args=[file.pk])

    for role in MemberRole.values:
        body.members.filter(person=bruno).update(role=role)
        assert at_counter(bruno).get(page).status_code == 200
    assert {at_counter(person).get(page).status_code for person in outsiders} == {404}
