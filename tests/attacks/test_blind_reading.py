"""A reviewer tries every address of the office: none tells who asks, in a body, a header, a file, a fault or a log.

And somebody whom a file concerns tries the same: none tells of that file at all.
"""

from __future__ import annotations

import io
import logging
import uuid
import zipfile
from itertools import product
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from parvis.domain.funding import actions
from parvis.domain.funding.actions.ties import declare_interest
from parvis.domain.funding.models import Application, Interest, OutgoingEmail, Selection
from parvis.domain.funding.queries import Terms
from parvis.foundation.accounts.models import Role, User
from tests.attacks.conftest import body_of
from tests.support import calls, reviews

#: Who asks, in every spelling an answer could hold.
ASKER = (
    "varenquel", "zoprich", "umbrafelt.example", calls.SIRET, calls.SIRET[:9], "732 829 320", "-mar-0001", "quailbert",
    "qvxzwk", "umbrafelt", "fr76", "3456 7890", "sextantine", "oyelaran",
)  # fmt: skip


@pytest.fixture
def office(db):
    return {role: User.objects.create_user(f"{role}@ville.example", role=role) for role in Role.values}


@pytest.fixture
def file(office, tmp_path, settings):
    """A file whose every part names its asker, given to rosa and sami, with a paper they may read."""
    settings.VAULT_DIR = tmp_path
    officer = office[Role.OFFICER]
    documents = [
        {"code": "statutes", "words": {"en": "Statutes"}},
        {"code": "accounts", "words": {"en": "Accounts"}, "nameless": True},
    ]
    telling = [{**one, "names_asker": one["code"] == "summary"} for one in calls.form_fields()]
    call = calls.opened_call(officer, documents=documents, fields=telling)
    for name in ("rosa", "sami"):
        reviews.reviewer(call, officer, name)
    ana = calls.applicant("zoprich@umbrafelt.example", first_name="Ana", last_name="Zoprich")
    body = actions.open_body(
        name="Association Varenquel et amis (QVXZWK)", kind="association", scheme="siret", number=calls.SIRET,
        country="FR", town="Quailbert", founded=2010, by=ana, at=calls.OPENS,
    )  # fmt: skip
    made = calls.whole(call, body, ana)
    calls.write(
        made,
        ana,
        {
            "title": "Un quai pour Varenquel",
            "need": f"Ana ZOPRICH (zoprich@umbrafelt.example, {calls.SIRET}) de Varenquel et Amis, à Quailbert. "
            "La section QVXZWK-Nord, umbrafelt.org, FR76 3000 4000 0312 3456 7890 143, FR40732829320. "
            "Tobi OYELARAN signe.",
            "summary": "Nos amis de la Sextantine.",
            "signatory": "Mme Tobi Oyelaran, présidente",
            "contact": "zoprich@umbrafelt.example",
        },
    )
    made.attachments.get(code="accounts").document.__class__.objects.filter(title="accounts").update(
        title="Comptes de Varenquel", file_name="Varenquel 2026.PDF"
    )
    place = actions.place_of(tmp_path, "accounts".ljust(64, "0"))
    place.parent.mkdir(parents=True)
    place.write_bytes(b"%PDF accounts")
    actions.judge_paper(
        attachment=made.attachments.get(code="accounts"), found=(), unread=True, shown=True, reason="Read by eye",
        by=officer, at=reviews.READING,
    )  # fmt: skip
    actions.send_file(application=made.pk, by=ana, at=calls.WHILE_OPEN, language="fr")
    sent = reviews.eligible(Application.objects.get(pk=made.pk), officer)
    actions.write_message(file=sent, side="office", words="À Varenquel", by=officer, at=reviews.READING)
    actions.share_files(call=call, by=officer, at=reviews.READING)
    return sent


def at(person, language="en"):
    client = Client(headers={"accept-language": language}, raise_request_exception=False)
    client.force_login(person)
    return client


def addresses(file):
    """Every address of the office, with all of this file that could stand in it, and things that do not exist."""
    document = file.attachments.get(code="accounts").document.pk
    values = {
        "key": [file.call.key],
        "file": [file.pk, uuid.uuid4()],
        "review": [*(one.pk for one in file.reviews.order_by("pk")), uuid.uuid4()],
        "document": [document],
        "code": ["accounts", "complete"],
        "form": ["csv", "zip", "pdf"],
        "email": [row.pk for row in OutgoingEmail.objects.filter(application=file)][:1] or [1],
        "selection": [1],
        "plural": ["grants"],
        "page": ["questions"],
        "name": ["fields"],
        "body": [file.body_id],
        "call": [file.call.key],
        "path": [f"{document}", "x"],
        "pk": [1, file.pk],
    }
    found = []
    for _ns, (_prefix, resolver) in get_resolver().namespace_dict.items():
        for pattern in resolver.url_patterns:
            names = list(pattern.pattern.converters)
            if getattr(pattern, "name", None) is None:
                continue
            for chosen in product(*(values.get(name, [1]) for name in names)):
                try:
                    found.append(reverse(f"{_ns}:{pattern.name}", kwargs=dict(zip(names, chosen, strict=True))))
                except NoReverseMatch:
                    continue
    searched = [f"{reverse('desk:files')}?q={quote(word)}" for word in ASKER[:3]]
    searched += [f"{reverse('desk:search')}?q={quote(word)}" for word in ASKER[:3]]
    return list(dict.fromkeys([*found, *searched]))


def everything_in(answer) -> str:
    """All that a browser is handed: the status line, each header, the body, and each part of an archive."""
    raw = body_of(answer)
    told = f"{answer.status_code} {answer.reason_phrase} {dict(answer.headers)} {answer.cookies.output()}"
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            told += "".join(archive.namelist())
            raw = b"".join(archive.read(name) for name in archive.namelist())
    return f"{told}{raw.decode('utf-8', 'replace')}".casefold()


def leaks(client, paths, words, methods=("get", "post")):
    """Addresses whose answer holds one of these words that the address itself does not, and those that fault."""
    found = []
    for path in paths:
        for method in methods:
            answer = getattr(client, method)(path)
            told = everything_in(answer)
            if answer.status_code >= 500:
                found.append((method, path, "fault"))
            sent = path.casefold()
            found += [(method, path, word) for word in words if word in told and quote(word).casefold() not in sent]
    return found


def test_no_address_of_the_office_tells_a_reviewer_who_asks(file, caplog):
    caplog.set_level(logging.DEBUG)
    rosa = file.reviews.order_by("reviewer__email").first().reviewer
    paths = addresses(file)
    setting_aside = {reverse("desk:reading_conflict", args=[one.pk]) for one in file.reviews.all()}

    found = leaks(at(rosa), [path for path in paths if path not in setting_aside], ASKER)

    assert (found, len(paths) > 100) == ([], True)
    assert [word for word in ASKER if word in caplog.text.casefold()] == []


def test_a_reading_of_another_one_that_never_was_and_a_fault_look_the_same(file):
    first, second = file.reviews.order_by("reviewer__email")
    client = at(first.reviewer)

    def seen(pk):
        answer = client.get(reverse("desk:reading", args=[pk]))
        return answer.status_code, dict(answer.headers).keys(), len(answer.content)

    assert seen(second.pk)[0] == 404
    assert seen(second.pk) == seen(uuid.uuid4())


def test_what_a_reviewer_sends_back_with_a_mistake_comes_back_without_names(file):
    review = file.reviews.order_by("reviewer__email").first()

    answer = at(review.reviewer).post(
        reverse("desk:reading", args=[review.pk]), {"sign": "1", "mark-need": "5", "comment": "x" * 9000}
    )

    assert (answer.status_code, [word for word in ASKER if word in everything_in(answer)]) == (422, [])


def test_a_file_that_concerns_somebody_of_the_office_is_told_to_them_nowhere(file, office):
    person, other = office[Role.ADMINISTRATOR], office[Role.PUBLISHER]  # whose doors all open
    for review in file.reviews.all():
        reviews.signed(review, {code: actions.Given(3) for code in reviews.CRITERIA})
    actions.rank_files(call=file.call, by=other, at=reviews.READING)
    scenario = actions.save_scenario(call=file.call, name="A", terms=Terms(), by=other, at=reviews.READING)
    actions.close_selection(
        scenario=scenario, reasons={str(file.pk): "Plus assez."}, waiting=frozenset(), by=other, at=reviews.READING
    )
    declare_interest(application=file, words="Mon frère.", by=person, at=reviews.READING)
    told_to_all = {reverse("desk:accounts"), reverse("desk:erasures")}
    paths = [path for path in addresses(file) if path not in told_to_all]
    paths += [reverse("desk:put_before_council", args=[one.pk]) for one in Selection.objects.all()]
    paths += [
        reverse("desk:council_paper", args=[one.pk, form])
        for one, form in product(Selection.objects.all(), ("pdf", "docx"))
    ]
    words = [word for word in ASKER if word not in ("umbrafelt.example", "zoprich")]  # an account has an address

    assert leaks(at(person), paths, words, methods=("get",)) == []
    assert Interest.objects.filter(person=person).count() == 1
