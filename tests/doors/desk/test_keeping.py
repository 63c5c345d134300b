"""Words posted at the desk after a session had ended: kept for their writer alone, and given back."""

import html
import re

from django.test import Client
from django.urls import reverse

from parvis.domain.funding import queries
from parvis.domain.funding.models import KeptPage
from parvis.foundation.accounts.models import Role
from parvis.register.content import content_of

FIELD = re.compile(r'name="([^"]+)"[^>]*?(?: value="([^"]*)"|hidden>\n([^<]*)</textarea>)')


def form_in(page, action):
    """What a browser without a script would post from the form that goes to an address."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page.content.decode(), re.DOTALL).group()
    return {name: html.unescape(value or text) for name, value, text in FIELD.findall(form)}


def hand_on(client, address):
    return re.search(r'name="-hand" value="([^"]+)"', client.get(address).content.decode()).group(1)


def changed(client, address):
    """A sheet as it is posted, with another title."""
    said = {"title.fr": "Page de la Ville", "title.en": "The page of the City, anew", "publisher.fr": "Ville"}
    rest = {"kind": "web_page", "date": "2022-09-19", "language": "fr", "speaks": "self_reported", "key": "city-page"}
    return {"-hand": hand_on(client, address), "seen_revision": "1", "visibility": "internal", **said, **rest}


def test_a_record_saved_after_its_session_ended_is_given_back_to_its_writer_and_saved(source, people, at_desk):
    address = reverse("desk:record", args=["sources", source.key])
    said = changed(at_desk(Role.OFFICER), address)

    away = Client().post(address, said)
    kept = KeptPage.objects.get(person=people[Role.OFFICER])
    back = reverse("desk:given_back", args=[kept.pk])
    officer = at_desk(Role.OFFICER)
    strangers = [at_desk(role).get(back).status_code for role in (Role.FINANCE, Role.ADMINISTRATOR)]
    today = officer.get(reverse("desk:today")).content.decode()
    shown = officer.get(back)
    again = officer.post(address, form_in(shown, address))

    source.refresh_from_db()
    assert away["Location"] == f"{reverse('account_login')}?next={back}"
    assert strangers == [404, 404]
    assert back in today
    assert "The page of the City, anew" in html.unescape(shown.content.decode())
    assert again.status_code == 302
    assert content_of(source)["title"]["en"] == "The page of the City, anew"
    assert queries.kept_pages_of(people[Role.OFFICER]) == []


def test_a_page_of_an_earlier_session_is_kept_too_and_forgotten_when_its_writer_says_so(source, people):
    browser = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    browser.force_login(people[Role.OFFICER])
    address = reverse("desk:record", args=["sources", source.key])
    said = changed(browser, address)
    browser.logout()
    browser.force_login(people[Role.OFFICER])

    answer = browser.post(address, said)
    shown = browser.get(answer["Location"]).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown).group(1)
    dropped = browser.post(answer["Location"], {"csrfmiddlewaretoken": token})

    assert dropped["Location"] == reverse("desk:today")
    assert KeptPage.objects.count() == 0


def test_a_deed_without_words_and_a_page_made_for_nobody_leave_nothing_behind(people, at_desk):
    hand = hand_on(at_desk(Role.OFFICER), "/bureau/")
    referer = {"referer": "http://testserver/bureau/argent/"}

    bare = Client().post("/bureau/argent/", {"-hand": hand, "do": "vote", "seen": "3"}, headers=referer)
    nobody = Client().post("/bureau/argent/", {"-hand": "made up", "remark": "Lost"}, headers=referer)

    login = reverse("account_login")
    assert [bare["Location"], nobody["Location"]] == [f"{login}?next=/bureau/argent/"] * 2
    assert KeptPage.objects.count() == 0
