"""Words posted after a session had ended: kept for their writer alone, and given back."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from parvis.domain.funding import actions, queries
from parvis.domain.funding.models import KeptPage
from tests.support import calls

FIELD = re.compile(r'name="([^"]+)"[^>]*?(?: value="([^"]*)"|hidden>\n([^<]*)</textarea>)')


def fields_of(page, action):
    """What a browser without a script would post from the form that goes to an address."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page.content.decode(), re.DOTALL).group()
    return {name: html.unescape(value or text) for name, value, text in FIELD.findall(form)}


def hand_on(client, address):
    return re.search(r'name="-hand" value="([^"]+)"', client.get(address).content.decode()).group(1)


@pytest.fixture
def page(file):
    return reverse("counter:page", args=[file.pk, "project"])


def typed(client, address):
    return {"-hand": hand_on(client, address), "r:title": "0", "title": "Un quai", "r:people": "0", "people": "12"}


def test_a_page_posted_after_its_session_ended_is_given_back_to_its_writer_and_put_back(at_counter, ana, file, page):
    words = typed(at_counter(ana), page)

    away = at_counter().post(page, words)
    kept = KeptPage.objects.get(person=ana)
    back = reverse("counter:given_back", args=[kept.pk])
    client = at_counter(ana)
    shown = client.get(back)
    again = client.post(page, fields_of(shown, page))

    assert away["Location"] == f"{reverse('account_login')}?next={back}"
    assert "Un quai" in shown.content.decode()
    assert "Title of the project" in shown.content.decode()
    assert again.status_code == 200
    assert queries.answers_of(file) == {"title": "Un quai", "people": "12"}
    assert queries.kept_pages_of(ana) == []


def test_who_signs_in_next_on_the_same_machine_sees_nothing_of_it_and_its_writer_still_finds_it(
    at_counter, ana, bruno, page
):
    at_counter().post(page, typed(at_counter(ana), page))
    back = reverse("counter:given_back", args=[KeptPage.objects.get().pk])

    seen = at_counter(bruno).get(back)
    dropped = at_counter(bruno).post(back)
    home = at_counter(ana).get(reverse("counter:home")).content.decode()

    assert (seen.status_code, dropped.status_code) == (404, 404)
    assert "Un quai" not in seen.content.decode()
    assert back in home
    assert "Un quai" not in at_counter(bruno).get(reverse("counter:home")).content.decode()


def test_a_page_of_an_earlier_session_is_given_back_once_its_writer_has_signed_in_elsewhere(ana, file, page):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ana)
    words = typed(browser, page)
    browser.logout()
    browser.force_login(ana)

    answer = browser.post(page, words)

    assert answer["Location"] == reverse("counter:given_back", args=[KeptPage.objects.get(person=ana).pk])
    assert queries.answers_of(file) == {}


def test_a_message_to_the_office_is_kept_too_and_a_sending_leads_back_to_its_page(at_counter, ana, file, call, body):
    received = calls.sent(call, body, ana, timezone.now())
    follow, message = (reverse(f"counter:{name}", args=[received.pk]) for name in ("follow", "message"))
    hand = hand_on(at_counter(ana), follow)
    check, send = (reverse(f"counter:{name}", args=[file.pk]) for name in ("check", "send"))

    away = at_counter().post(message, {"-hand": hand, "words": "Un mot"})
    sent = at_counter().post(send, {"-hand": hand}, headers={"referer": f"http://testserver{check}"})
    client = at_counter(ana)
    shown = client.get(away["Location"].partition("?next=")[2])
    client.post(message, fields_of(shown, message))

    assert [one.words for one in received.messages.all()] == ["Un mot"]
    assert queries.kept_pages_of(ana) == []
    assert sent["Location"] == f"{reverse('account_login')}?next={check}"


def test_a_refused_page_stays_kept_and_nobody_else_s_hand_keeps_anything(at_counter, ana, file, page):
    at_counter().post(page, typed(at_counter(ana), page) | {"-hand": "made up"})
    assert KeptPage.objects.count() == 0

    at_counter().post(page, typed(at_counter(ana), page) | {"r:summary": "0", "summary": "é" * 2_500})
    kept = KeptPage.objects.get()
    client = at_counter(ana)
    shown = client.get(reverse("counter:given_back", args=[kept.pk]))
    fields = fields_of(shown, page) | {"summary": "é" * 200_001}

    assert client.post(page, fields).status_code == 422
    assert queries.kept_pages_of(ana) == [kept]


def test_a_page_that_was_made_without_a_hand_is_told_in_plain_words_that_it_is_old(ana, page):
    browser = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    browser.force_login(ana)

    answer = browser.post(page, {"title": "x"})

    assert answer.status_code == 403
    assert "This page is of an earlier session." in answer.content.decode()


def test_a_page_kept_again_is_one_and_only_the_last_twenty_are_kept(ana):
    for number in (0, *range(actions.kept_pages.MOST_KEPT + 1), 5):
        actions.keep_page(
            person=ana, address=f"/guichet/{number}", words=[("words", ["x"])], with_files=False, at=calls.OPENS
        )

    assert KeptPage.objects.filter(person=ana).count() == actions.kept_pages.MOST_KEPT
