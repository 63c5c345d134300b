"""Stories of calls: who may ask, how editions follow one another, what the public reads."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import ApplicationState
from parvis.domain.funding.models import CallQuestion
from parvis.foundation.accounts.models import User
from parvis.register.fields import MomentField
from tests.support import calls

CITED = {"visibility": "public", "cites": [{"source": "minutes", "lines": "7"}]}
KEY = "call-small-harbours-2027"


def around_now():
    now = timezone.now()
    return {
        "opens_at": MomentField.written(now - timedelta(days=30)),
        "closes_at": MomentField.written(now + timedelta(days=12, hours=3)),
        "cites": CITED["cites"],
    }


@pytest.fixture
def call(house):
    """The call of Riviera, open at this moment."""
    return calls.opened_call(house.by, at=house.at, **around_now())


def test_each_call_states_who_may_ask_and_a_refusal_cites_the_rule(house, call):
    unweighed = [{"code": code, "words": {"en": code.capitalize()}} for code in ("need", "partner")]
    calls.enter_call(house.by, key="call-alike", code="ALI", criteria=unweighed, **around_now())
    pages = house.publish()
    page = f"/en/calls/{KEY}"

    assert "Association, Non-governmental organisation" in pages.words(page)
    refused = pages.words(f"{page}?body=firm&founded=2001")
    assert "No: one rule is not met." in refused
    assert "✗ This call is for: Association, Non-governmental organisation." in refused
    young = pages.words(f"{page}?body=association&founded={timezone.now().year}")
    assert "✗ The body exists for 2 years at least." in young
    assert "Yes, by the rules stated here." in pages.words(f"{page}?body=association&founded=2001")
    assert "Yes, by the rules stated here." in pages.words(f"{page}?body=association&founded=31+mars+2001")
    assert "Write a year, or a day" in pages.words(f"{page}?body=association&founded=long+ago")
    assert "one rule is not met" not in pages.words(f"{page}?body=nonsense")
    looked_at = pages.section("/en/calls/call-alike", "What we look at")
    assert "No weight is written: each criterion counts as much as another. Need Partner" in looked_at
    assert "weight not known" not in looked_at


def test_the_counter_tests_the_rules_at_once_and_begins_nothing_for_a_body_they_refuse(house, call):
    ana = calls.applicant()
    firm = calls.body_of(ana)
    firm.kind = "firm"
    firm.save(update_fields=["kind"])
    from django.test import Client

    client = Client(headers={"accept-language": "en"})
    client.force_login(ana)

    page = client.get(f"/guichet/appels/{KEY}/").content.decode()
    answer = client.post(f"/guichet/appels/{KEY}/commencer/", {"body": firm.pk}, follow=True).content.decode()

    assert "✗ This call is for: Association, Non-governmental organisation." in " ".join(page.split())
    assert calls.content_now(call)["summary"]["en"] in page
    assert re.findall(r"<strong>(\d+%)</strong>", page) == ["40%", "30%", "30%"]
    assert "This call is not open to this body. This call is for: Association" in answer
    assert call.applications.count() == 0


def test_a_new_edition_is_begun_from_the_last_and_the_dates_of_calls_are_a_calendar(house, call):
    at = datetime(2028, 1, 10, 9, tzinfo=UTC)
    again = actions.begin_call(follows=call, kind="", title={}, opens_at=None, closes_at=None, by=house.by, at=at)

    content = calls.content_now(again)
    assert (content["edition"], content["visibility"], content["follows"]) == ("2028", "draft", KEY)
    assert "opens_at" not in content
    assert content["title"]["en"] == "Small harbours 2028"
    assert [one["code"] for one in content["fields"]] == [one["code"] for one in calls.content_now(call)["fields"]]

    pages = house.publish()
    feed = Calendar.from_ical(pages.client.get("/en/calls.ics").content)
    of_the_call = Calendar.from_ical(pages.client.get(f"/en/calls/{KEY}.ics").content)
    en_francais = Calendar.from_ical(pages.client.get(f"/fr/appels/{KEY}.ics").content)
    assert 'href="/en/calls.ics"' in pages.source("/en/calls")
    moments = [moment.replace(microsecond=0) for moment in (call.opens_at, call.closes_at)]
    for calendar in (feed, of_the_call):
        told = [(str(event["summary"]), event["dtstart"].dt) for event in calendar.walk("VEVENT")]
        assert told == list(zip(["Opens: Small harbours 2027", "Closes: Small harbours 2027"], moments, strict=True))
    closing = en_francais.walk("VEVENT")[1]
    hour = f"{timezone.localtime(call.closes_at):%H:%M}"
    assert (str(closing["summary"]), closing["dtstart"].dt) == ("Clôture\xa0: Small harbours 2027", moments[1])
    assert str(closing["description"]).endswith(f", {hour} (heure de Paris).")
    assert [alarm["trigger"].dt for alarm in closing.walk("VALARM")] == [timedelta(days=-1)]


def test_the_public_page_says_for_whom_how_much_and_until_when(house, call):
    asked = actions.ask_about_call(
        call=call, words="I am Ana of Amis des ports: May we ask twice?", by=None, at=house.at
    )
    words, answer = {"en": "May a body ask twice?"}, {"en": "Once an edition."}
    actions.answer_about_call(question=asked, words=words, answer={"en": "Twice."}, by=house.by, at=house.at)
    actions.correct_call_answer(
        question=asked, words=words, answer=answer, seen=house.at, by=house.by, at=house.at + timedelta(days=2)
    )
    actions.ask_about_call(call=call, words="Not answered yet", by=None, at=house.at)

    pages = house.publish()
    words = pages.words(f"/en/calls/{KEY}")

    assert "12 days left" in words
    assert "(Paris time)" in words
    assert "from €5,000.00 to €40,000.00 per project" in words
    assert pages.section(f"/en/calls/{KEY}", "What we look at").startswith(
        "What we look at 40% Need 30% Partner 30% Budget"
    )
    asked = pages.source(f"/en/calls/{KEY}").partition('id="eligible"')[2]
    families = re.findall(r'<optgroup label="([^"]+)">\s*<option value="(\w+)"', asked)
    assert (families[0], len(families)) == (("Associations and civil society", "association"), 10)
    assert "May a body ask twice? Once an edition. 22 Nov 2026 · answer corrected 24 Nov 2026" in words
    for secret in ("Ana", "Amis des ports", "Not answered yet"):
        assert secret not in pages.source(f"/en/calls/{KEY}")
    assert CallQuestion.objects.filter(answered_at__isnull=True).count() == 1


def test_the_public_page_says_what_the_law_will_ask_each_with_its_text_and_nothing_once_the_call_is_closed(house, call):
    now = timezone.now()
    past = {"opens_at": MomentField.written(now - timedelta(days=90)), "closes_at": MomentField.written(now)}
    calls.enter_call(house.by, key="call-closed", code="CLO", **(around_now() | past))
    pages = house.publish()

    said = pages.section(f"/en/calls/{KEY}", "What the law asks if a request is granted")
    assert "A written convention, signed by both before anything is paid, if the City gives your body more than" in said
    assert "€23,000.00 in the year, cash and in kind" in said
    assert "Loi 2000-321, art. 10 ; décret 2001-495, art. 1" in said
    assert "Loi 2000-321, art. 10-1 ; décret 2021-1947" in said
    assert "Ce que la loi demande" in pages.words(f"/fr/appels/{KEY}")
    assert "What the law asks" not in pages.words("/en/calls/call-closed")


def test_a_call_whose_days_no_source_gives_is_shown_as_such(paris):
    assert "Dates not known" in paris.words("/en/calls/call-solidae-water")
    assert "€200,000.00 per project, stated as a flat amount" in paris.words("/en/calls/call-solidae-water")
    assert "€75,000.00 per project, stated as a flat amount" in paris.words("/en/calls/call-solidae-waste")
    assert "weight not known" in paris.section("/en/calls/call-health", "What we look at")
    assert "call-model" not in paris.source("/en/calls")
    assert sorted(paris.titles("/en/calls")) == sorted(
        [
            "Health and the fight against HIV",
            "Paris Erasmus",
            "Paris Europe label",
            "Research in Paris",
            "SOLIDAE: household waste",
            "SOLIDAE: water and sanitation",
        ]
    )


def test_a_file_goes_from_its_first_word_to_its_receipt_and_nothing_of_it_is_public(house, call):
    ana = calls.applicant()
    now = timezone.now()
    file = calls.whole(call, calls.body_of(ana), ana, now)
    actions.send_file(application=file.pk, by=ana, at=now, language="en")

    file.refresh_from_db()
    assert file.state == ApplicationState.SUBMITTED
    pages = house.publish()
    published = b"".join(path.read_bytes() for path in house.folder.rglob("*") if path.is_file())
    for secret in (b"quai des p", b"Amis des ports", b"ana@assoc", calls.SIRET.encode(), b"2027-MAR-0001"):
        assert secret not in published
    assert pages.client.get(f"/guichet/dossiers/{file.pk}/").status_code == 404
    assert queries.files_of(User.objects.get(email="clerk@ville.example")).count() == 0
