"""The counter before hasty, unlucky and hostile people: a sentence each time, nothing lost, nothing half done."""

from datetime import timedelta

import orjson
import pytest
from django.test import Client
from django.urls import reverse

from parvis.domain.funding import actions, queries
from parvis.domain.funding.models import ApplicantBody, Application, Call, Submission
from tests.doors.counter.conftest import ana, at_counter, body, bruno, call, file, officer
from tests.support import calls

__all__ = ["ana", "at_counter", "body", "bruno", "call", "file", "officer"]


@pytest.fixture
def client(at_counter, ana):
    return at_counter(ana)


def save(client, file, saves, window="tab-a"):
    said = {"window": window, "saves": [{"field": path, "value": value, "base": 0} for path, value in saves]}
    return client.post(reverse("counter:save", args=[file.pk]), orjson.dumps(said), content_type="application/json")


def test_a_form_sent_twice_gives_one_receipt_and_the_same_page(client, call, body, ana):
    file = calls.whole(call, body, ana, calls.timezone_now())
    address = reverse("counter:send", args=[file.pk])

    twice = [client.post(address) for _turn in range(2)]

    assert [(answer.status_code, answer["Location"]) for answer in twice] == [
        (302, reverse("counter:follow", args=[file.pk]))
    ] * 2
    assert Submission.objects.filter(application=file).count() == 1


def test_a_sending_one_second_late_says_both_hours_and_keeps_the_draft(at_counter, call, body, ana, monkeypatch):
    file = calls.whole(call, body, ana, calls.timezone_now())
    closes = Call.objects.get(pk=call.pk).closes_at
    monkeypatch.setattr("django.utils.timezone.now", lambda: closes + timedelta(seconds=1))

    answer = at_counter(ana).post(reverse("counter:send", args=[file.pk]))

    assert answer.status_code == 409
    assert "it stays here as a draft" in answer.content.decode()
    assert queries.answers_of(file) == calls.WHOLE
    assert not Submission.objects.exists()


def test_a_clock_set_back_between_two_saves_and_a_sending_loses_nothing(call, body, ana):
    file = calls.whole(call, body, ana, calls.timezone_now())
    back = calls.timezone_now() - timedelta(hours=3)

    calls.write(file, ana, {"title": "After the clock was set back"}, at=back)
    given = actions.send_file(application=file.pk, by=ana, at=back, language="en")

    assert given.content["answers"]["title"] == "After the clock was set back"
    assert given.received_at == back


def test_who_fills_a_call_that_is_edited_is_told_and_keeps_the_form(client, call, file, officer):
    calls.amend(call, calls.content_now(call) | {"summary": {"en": "Edited"}}, by=officer)
    before = client.get(reverse("counter:page", args=[file.pk, "project"])).content.decode()
    content = calls.content_now(call)
    content["fields"] = [one for one in content["fields"] if one["code"] != "need"]
    calls.amend(call, content, by=officer)
    actions.open_form(call=call, by=officer, at=calls.timezone_now())

    told = client.get(reverse("counter:page", args=[file.pk, "project"])).content.decode()

    assert "Your file keeps the form it was begun with" not in before
    assert "Your file keeps the form it was begun with" in told
    assert save(client, file, [("need", "Still asked of me")]).json()["revisions"] == {"need": 1}


@pytest.mark.parametrize(
    "amount",
    [
        "12,500",
        "1 000 000,5",
        "-5",
        "+5",
        "5 $",
        "£ 5",
        "CHF 5",
        "5 000 €",
        "1e99",
        "9" * 30,
        "0x1F",
        "½",
        "١٢",
        "\u202e5",
    ],
)
def test_no_amount_is_a_fault_and_each_is_kept_as_typed(client, file, amount):
    answer = save(client, file, [("budget.74-city", amount), ("budget.60", amount)])

    assert answer.status_code == 200
    assert queries.answers_of(file) == {"budget.74-city": amount, "budget.60": amount}
    assert client.get(reverse("counter:page", args=[file.pk, "money"])).status_code == 200
    assert client.get(reverse("counter:check", args=[file.pk])).status_code == 200


@pytest.mark.parametrize(
    "day", ["31/12/2027", "12/31/2027", "31.12.27", "31 décembre 2027", "2027-02-30", "0000-00-00", "99999-01-01", "⁰"]
)
def test_no_day_is_a_fault_and_each_is_kept_as_typed(client, file, day):
    answer = save(client, file, [("starts", day), ("ends", day)])

    assert answer.status_code == 200
    assert queries.answers_of(file) == {"starts": day, "ends": day}
    assert client.get(reverse("counter:check", args=[file.pk])).status_code == 200


@pytest.mark.parametrize(
    ("scheme", "number"),
    [("siret", "73282932000075"), ("siret", "7328293200007"), ("rna", "W12"), ("siret", "9" * 5000), ("x", "1")],
)
def test_an_identifier_with_a_wrong_key_opens_no_body(client, scheme, number):
    said = {"name": "Amis", "kind": "association", "scheme": scheme, "number": number, "country": "FR"}

    answer = client.post(reverse("counter:new_body"), said)

    assert answer.status_code in (200, 409, 422)
    assert 'class="problem' in answer.content.decode() or "error" in answer.content.decode()
    assert not ApplicantBody.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        {"window": "a\0", "saves": [{"field": "title", "value": "x"}]},
        {"window": "a", "saves": [{"field": "title", "value": "x\0"}]},
        {"window": "a", "saves": [{"field": "tit\0le", "value": "x"}]},
        {"window": "a", "saves": [{"field": "title", "value": {"x": 1}}]},
        {"window": "a", "saves": [{"field": "title", "value": 1.5}]},
        {"window": "a", "saves": [{"field": "title", "value": ["x\0"]}]},
        {"window": "a", "saves": [{"field": "title", "value": "x", "base": 2**31}]},
        {"window": "a", "saves": [{"field": "title", "value": "x", "base": -1}]},
        {"window": "a", "saves": [{"field": "places." + "a" * 200 + ".country", "value": "x"}]},
    ],
)
def test_no_save_is_a_fault_and_none_of_these_is_written(client, file, said):
    answer = client.post(reverse("counter:save", args=[file.pk]), orjson.dumps(said), content_type="application/json")

    assert answer.status_code in (400, 403)
    assert answer.json()["refused"]
    assert queries.answers_of(file) == {}


def test_a_text_longer_than_any_form_takes_is_refused_alone_and_not_written(client, file):
    said = {"window": "a", "saves": [{"field": "title", "value": "x" * 200_001}]}

    answer = client.post(reverse("counter:save", args=[file.pk]), orjson.dumps(said), content_type="application/json")

    assert (answer.status_code, list(answer.json()["refusals"])) == (200, ["title"])
    assert queries.answers_of(file) == {}


def test_a_save_larger_than_any_form_is_refused_before_it_is_read(client, file):
    address = reverse("counter:save", args=[file.pk])
    whole = orjson.dumps({"window": "a", "saves": [{"field": "title", "value": "x" * 2_500_000}]})

    answer = client.post(address, whole, content_type="application/json")

    assert answer.status_code == 413
    assert queries.answers_of(file) == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "forwarded": "host=evil.example"},
        {"accept-language": "x" * 20_000},
        {"accept-language": "fr;q=²,\u00e9;q=9999999999999999"},
        {"cookie": "parvis_session=\u00e9; parvis_csrf=" + "x" * 5000},
        {"content-length": "-1"},
        {"content-length": "\u00b2"},
        {"content-type": "multipart/form-data"},
        {"content-type": "multipart/form-data; boundary=" + "x" * 300},
        {"content-type": "application/json; charset=nothing"},
        {"origin": "null", "referer": "//evil.example"},
        {"range": "bytes=0-," * 2000},
        {"hx-request": "true", "hx-current-url": "javascript:alert(1)", "hx-target": "\u202e"},
    ],
    ids=lambda headers: next(iter(headers)),
)
@pytest.mark.parametrize("name", ["save", "send", "documents", "follow"])
def test_no_header_is_a_fault(client, file, name, headers):
    client.raise_request_exception = False
    address = reverse(f"counter:{name}", args=[file.pk])

    answers = [client.get(address, headers=headers), client.post(address, headers=headers)]

    assert all(answer.status_code < 500 for answer in answers)
    assert not any("evil.example" in answer.get("Location", "") for answer in answers)
    assert Application.objects.get(pk=file.pk).state == "draft"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "\t//evil.example",
    ],
)
def test_no_next_leads_an_applicant_out_of_the_counter(ana, call, file, target):
    client = Client()
    signing_in = {"login": ana.email, "password": "a long pass phrase", "next": target}

    answer = client.post("/compte/login/", signing_in)
    onwards = client.post(reverse("counter:page", args=[file.pk, "project"]), {"-onwards": target})

    assert (answer.status_code, answer["Location"]) == (302, "/guichet/")
    assert "evil" not in onwards.get("Location", "")
    assert "javascript" not in onwards.get("Location", "")
