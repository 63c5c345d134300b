"""The reviewer's pages."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.domain.funding import actions
from parvis.domain.funding.actions import beneficiaries
from parvis.domain.funding.models import Interest, Review
from parvis.foundation.accounts.models import Role
from tests.support import calls, reviews

NAMES = ("amis des ports", "lima", "assoc.example", "732829320", "présidente", "2027-mar")


@pytest.fixture
def call(people):
    return calls.opened_call(people[Role.OFFICER])


@pytest.fixture
def readings(call, people):
    """A file given to two reviewers."""
    officer = people[Role.OFFICER]
    for name in ("rosa", "sami"):
        reviews.reviewer(call, officer, name)
    ana = calls.applicant(first_name="Ana", last_name="Lima")
    file = reviews.eligible(calls.sent(call, calls.body_of(ana), ana), officer)
    actions.share_files(call=call, by=officer, at=reviews.READING)
    return reviews.readings_of(file)


def at(person):
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def page(review):
    return reverse("desk:reading", args=[review.pk])


def marks(**given):
    return {f"mark-{code}": value for code, value in {"need": "4", "partner": "3", "budget": "4", **given}.items()}


def test_a_reviewer_who_signs_in_is_brought_to_their_files_and_refused_elsewhere_without_a_menu_of_closed_doors(
    readings,
):
    client = at(readings[0].reviewer)

    first = client.get("/bureau/")
    refused = client.get(reverse("desk:listing", args=["bodies"]))

    assert first["Location"] == reverse("desk:readings")
    assert refused.status_code == 403
    assert reverse("desk:listing", args=["agreements"]) not in refused.content.decode()
    assert f'href="{reverse("desk:readings")}"' in refused.content.decode()


def test_no_page_of_a_reviewer_tells_who_asks(readings):
    review = readings[0]
    client = at(review.reviewer)

    told = "".join(client.get(address).content.decode() for address in (reverse("desk:readings"), page(review)))

    assert [name for name in NAMES if name in told.casefold()] == []
    assert review.code in told


def listed(client, name="to_read"):
    """What the list says of each file, less the reading itself."""
    rows = client.get(reverse("desk:readings")).context[name]
    return [{key: said for key, said in row.items() if key != "review"} for row in rows]


def test_the_list_says_what_each_file_is_about_and_how_far_its_reading_went(readings):
    client = at(readings[0].reviewer)
    before = client.get(reverse("desk:readings")).content.decode()

    client.post(page(readings[0]), {"mark-need": "2"})

    after = client.get(reverse("desk:readings")).content.decode()
    assert listed(client) == [
        {
            "title": "Un quai pour Porto-Lume", "call": "Small harbours 2027", "theme": "ocean",
            "country": "Cape Verde", "asked": "€15,000.00", "marked": 1, "criteria": 3,
            "given": "10\N{NO-BREAK SPACE}April\N{NO-BREAK SPACE}2027", "signed": "",
        }
    ]  # fmt: skip
    assert ("not begun" in before, "not begun" in after, "1 of 3" in after) == (True, False, True)


def test_no_word_of_a_list_tells_who_asks_whatever_the_file_says_of_itself(call, people):
    officer = people[Role.OFFICER]
    themed = {"summary": {"type": "text", "most": 300, "carries": "theme"}, "places": {"carries": "country"}}
    fields = [one | themed.get(one["code"], {}) for one in calls.form_fields()]
    call = calls.amend(call, {**calls.content_now(call), "fields": fields}, officer, calls.OPENS)
    actions.open_form(call=call, by=officer, at=calls.OPENS)
    for name in ("rosa", "sami"):
        reviews.reviewer(call, officer, name)
    ana = calls.applicant(first_name="Ana", last_name="Lima")
    file = calls.whole(call, calls.body_of(ana), ana)
    calls.write(file, ana, {"title": "AMIS-DES-PORTS (Ana Lima), 732 829 320 : un quai", "summary": "Amis des Ports !"})
    actions.send_file(application=file.pk, by=ana, at=calls.WHILE_OPEN, language="fr")
    reviews.eligible(type(file).objects.get(pk=file.pk), officer)
    actions.share_files(call=call, by=officer, at=reviews.READING)
    review = reviews.readings_of(file)[0]

    html = at(review.reviewer).get(reverse("desk:readings")).content.decode()

    (row,) = listed(at(review.reviewer))
    assert (row["title"], row["theme"], row["country"]) == ("[…] ([…]), […] : un quai", "[…] !", "Cape Verde")
    assert [name for name in (*NAMES, "829 320", "marseille") if name in html.casefold()] == []


def test_the_list_takes_the_same_number_of_queries_for_one_file_and_for_three(readings, call, people):
    officer, client = people[Role.OFFICER], at(readings[0].reviewer)
    client.get(reverse("desk:readings"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("desk:readings"))
    for place, number in enumerate(reviews.SIRETS[1:]):
        person = calls.applicant(f"person{place}@assoc{place}.example")
        reviews.eligible(calls.sent(call, calls.body_of(person, number), person), officer)
    actions.share_files(call=call, by=officer, at=reviews.READING)

    with CaptureQueriesContext(connection) as three:
        rows = listed(client)

    assert (len(rows), len(three)) == (3, len(one))


def test_the_next_file_is_the_one_below_in_the_list_and_the_first_after_the_last(readings, call, people):
    officer, client = people[Role.OFFICER], at(readings[0].reviewer)
    for place, number in enumerate(reviews.SIRETS[1:]):
        person = calls.applicant(f"person{place}@assoc{place}.example")
        reviews.eligible(calls.sent(call, calls.body_of(person, number), person), officer)
    actions.share_files(call=call, by=officer, at=reviews.READING)
    listed_keys = [row["review"].pk for row in client.get(reverse("desk:readings")).context["to_read"]]

    following = [client.get(reverse("desk:reading", args=[pk])).context["following"] for pk in listed_keys]

    assert (len(listed_keys), following) == (3, [*listed_keys[1:], listed_keys[0]])


def test_a_review_of_another_does_not_exist(readings):
    assert at(readings[0].reviewer).get(page(readings[1])).status_code == 404


def test_a_reviewer_comes_to_no_other_page_of_the_desk(readings, call):
    client = at(readings[0].reviewer)

    refused = [
        client.get(reverse(name, args=args)).status_code
        for name, args in (("desk:files", []), ("desk:reviewing", [call.key]), ("desk:selection", [call.key]))
    ]
    assert refused == [403, 403, 403]


def test_marks_are_kept_and_come_back(readings):
    client = at(readings[0].reviewer)

    client.post(page(readings[0]), {**marks(need="2"), "why-need": "Thin", "comment": "So so"})

    told = client.get(page(readings[0])).content.decode()
    assert ('name="mark-need" value="2" checked' in told, "Thin</textarea>" in told, "So so</textarea>" in told) == (
        True, True, True,
    )  # fmt: skip


def test_a_review_is_signed_and_leaves_the_list_to_read(readings):
    client = at(readings[0].reviewer)

    answer = client.post(page(readings[0]), {**marks(), "sign": "1"})

    assert answer["Location"] == reverse("desk:readings")
    told = client.get(reverse("desk:readings")).context
    assert [[row["review"] for row in told[name]] for name in ("to_read", "signed")] == [[], [readings[0]]]


def test_a_review_that_cannot_be_signed_says_why_and_keeps_what_was_written(readings):
    client = at(readings[0].reviewer)

    answer = client.post(page(readings[0]), {**marks(need="5"), "sign": "1"})

    assert answer.status_code == 422
    assert "A mark of 0 or of 5 needs its reason in words." in answer.content.decode()
    assert Review.objects.get(pk=readings[0].pk).marks.get(criterion="need").value == 5


def test_a_conflict_is_one_act_and_final(readings):
    client = at(readings[0].reviewer)

    client.post(reverse("desk:reading_conflict", args=[readings[0].pk]), {"words": "My cousin runs it."})

    assert client.get(page(readings[0])).status_code == 404
    assert [(one.person, one.words) for one in Interest.objects.all()] == [(readings[0].reviewer, "My cousin runs it.")]


def test_ties_are_declared_line_by_line(readings):
    client, person = at(readings[0].reviewer), readings[0].reviewer

    client.post(
        reverse("desk:ties"),
        {"kind": ["employer", "mandate", "nonsense"], "name": ["City of Riviera", "", "X"], "number": ["", "W1", "2"]},
    )

    assert [(tie.kind, tie.name, tie.number) for tie in person.ties.all()] == [
        ("employer", "City of Riviera", ""),
        ("mandate", "", "W1"),
    ]
    assert "City of Riviera" in client.get(reverse("desk:ties")).content.decode()


@pytest.fixture
def papers(people, tmp_path, settings):
    """A file that holds statutes, accounts, and a letter which its form asks for without names."""
    settings.VAULT_DIR = tmp_path
    officer = people[Role.OFFICER]
    documents = [
        {"code": "statutes", "words": {"en": "Statutes"}},
        {"code": "accounts", "words": {"en": "Accounts"}, "nameless": True},
    ]
    call = calls.opened_call(officer, documents=documents)
    for name in ("rosa", "sami"):
        reviews.reviewer(call, officer, name)
    ana = calls.applicant(first_name="Ana", last_name="Lima")
    file = reviews.eligible(calls.sent(call, calls.body_of(ana), ana), officer)
    file.attachments.get(code="accounts").document.__class__.objects.filter(title="accounts").update(
        title="Comptes des Amis des ports", file_name="Amis des ports 2026.PDF"
    )
    place = actions.place_of(tmp_path, "accounts".ljust(64, "0"))
    place.parent.mkdir(parents=True)
    place.write_bytes(b"%PDF accounts")
    actions.judge_paper(
        attachment=file.attachments.get(code="accounts"), found=(), unread=True, shown=True, reason="Read by eye",
        by=officer, at=reviews.READING,
    )  # fmt: skip
    actions.share_files(call=call, by=officer, at=reviews.READING)
    return reviews.readings_of(file)


def paper(review, code):
    return reverse("desk:reading_paper", args=[review.pk, code])


def test_a_document_asked_for_without_names_is_read_under_the_code_of_the_review(papers):
    review = papers[0]

    answer = at(review.reviewer).get(paper(review, "accounts"))

    told = (answer["Content-Disposition"], answer["Content-Type"], b"".join(answer.streaming_content))
    assert told == (
        f'attachment; filename="{review.code}-accounts.pdf"', "application/octet-stream", b"%PDF accounts",
    )  # fmt: skip


def test_a_document_that_may_tell_who_asks_is_named_not_shown_and_why(papers):
    review = papers[0]
    client = at(review.reviewer)

    html = client.get(page(review)).content.decode()

    assert (paper(review, "accounts") in html, paper(review, "statutes") in html) == (True, False)
    assert "Not shown: the form does not ask for it without names" in html
    assert client.get(paper(review, "statutes")).status_code == 404
    assert [name for name in NAMES if name in html.casefold()] == []


def test_a_document_is_read_by_those_alone_who_were_given_the_file(papers, people):
    tried = [
        at(person).get(paper(papers[0], "accounts")).status_code
        for person in (papers[1].reviewer, people[Role.ADMINISTRATOR], people[Role.APPLICANT])
    ]

    assert tried == [404, 404, 403]


def test_a_body_on_record_is_hidden_under_each_of_its_names(readings, people):
    officer = people[Role.OFFICER]
    body = readings[0].application.body
    body.record = beneficiaries.record_of(body, by=officer, at=reviews.READING)
    body.save()
    body.record.names.create(text="Société du quai", language="fr")
    calls.Application.objects.filter(pk=readings[0].application_id).update(title="Un phare pour la Societe du Quai")

    html = at(readings[0].reviewer).get(page(readings[0])).content.decode()

    assert ("Un phare pour la […]" in html, "quai" in html.partition("<h2>")[2].partition("</h2>")[0].casefold()) == (
        True,
        False,
    )


def test_a_reviewer_whose_address_becomes_that_of_who_asks_is_shown_nothing_more_of_the_file(readings):
    rosa, client = readings[0].reviewer, at(readings[0].reviewer)
    first = client.get(page(readings[0])).status_code

    type(rosa).objects.filter(pk=rosa.pk).update(email="rosa@assoc.example")

    assert (first, client.get(page(readings[0])).status_code) == (200, 404)
    assert list(client.get(reverse("desk:readings")).context["to_read"]) == []
