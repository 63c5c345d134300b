"""Every file the office received: narrowed, counted, page by page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.domain.funding import actions
from parvis.foundation.accounts.models import Role
from tests.support import calls, reviews


@pytest.fixture
def call(people):
    return calls.opened_call(people[Role.OFFICER])


@pytest.fixture
def file(call):
    return _sent(call, 0)


def _sent(call, place):
    person = calls.applicant(f"person{place}@assoc{place}.example")
    return calls.sent(call, calls.body_of(person, reviews.SIRETS[place]), person)


def asked(client, query=""):
    return client.get(reverse("desk:files") + query)


def values_of(answer, facet):
    group = next(group for group in answer.context["facets"]["groups"] if group["name"] == facet)
    return [(value["word"], value["count"], value["chosen"]) for value in group["values"]]


def test_a_file_is_listed_with_its_call_its_body_and_its_amount(call, file, at_desk):
    html = asked(at_desk(Role.OFFICER)).content.decode()

    told = [word in html for word in (file.number, "Amis des ports", "Small harbours 2027", "Cape Verde", "€15,000")]
    assert told == [True] * 5


def test_a_filter_in_force_is_counted_and_can_be_taken_away(call, file, at_desk):
    answer = asked(at_desk(Role.OFFICER), "?country=SN&q=quai")

    assert (answer.context["total"], values_of(answer, "country")) == (
        0,
        [("Cape Verde", 1, False), ("Senegal", 0, True)],
    )
    assert [chip["address"] for chip in answer.context["facets"]["chosen"]] == [
        "/bureau/dossiers/?q=quai",
        "/bureau/dossiers/?country=SN",
    ]


def test_values_nobody_knows_find_nothing_and_break_nothing(call, file, at_desk):
    answer = asked(at_desk(Role.OFFICER), "?state=gone&band=nine&read=x&call=none&sort=up&page=-3&q=%25")

    assert (answer.status_code, answer.context["total"]) == (200, 0)


def test_a_page_beyond_the_last_is_the_last(call, file, at_desk):
    assert asked(at_desk(Role.OFFICER), "?page=9").context["listing"] == {
        "page": 1, "pages": 1, "before": "", "after": "",
    }  # fmt: skip


def test_the_list_takes_as_many_questions_for_three_files_as_for_one(call, file, at_desk):
    officer = at_desk(Role.OFFICER)
    asked(officer)
    with CaptureQueriesContext(connection) as one:
        asked(officer)
    for_one = len(one)
    for place in (1, 2):
        _sent(call, place)
    asked(officer)  # what arrives is looked at for ties once

    with CaptureQueriesContext(connection) as three:
        asked(officer)

    # Who is at the desk may be known without asking: what the list itself asks is the same.
    assert (len(three), for_one <= 8) == (for_one, True)


def test_a_reader_at_the_desk_sees_the_list_and_no_way_into_a_file(call, file, at_desk):
    html = asked(at_desk(Role.READER)).content.decode()

    assert (file.number in html, reverse("desk:file", args=[file.pk]) in html) == (True, False)


def test_an_officer_who_reads_a_file_blind_cannot_open_it_under_its_name(call, file, at_desk, people):
    for role in (Role.OFFICER, Role.READER):
        actions.ask_reviewer(call=call, person=people[role], by=people[Role.PUBLISHER], at=reviews.READING)
    reviews.eligible(file, people[Role.PUBLISHER])
    actions.share_files(call=call, by=people[Role.PUBLISHER], at=reviews.READING)
    officer = at_desk(Role.OFFICER)

    told = asked(officer).context["total"], officer.get(reverse("desk:file", args=[file.pk])).status_code

    assert (told, "Amis des ports" in officer.get(reverse("desk:call", args=[call.key])).content.decode()) == (
        (0, 404),
        False,
    )


def test_every_filter_order_and_word_asks_as_few_questions_as_the_plain_list(call, file, at_desk):
    client = at_desk(Role.OFFICER)
    asked(client)

    def questions(query):
        with CaptureQueriesContext(connection) as held:
            asked(client, query)
        return len(held)

    facets = f"?call={call.key}&state=submitted&kind=association&country=CV&band=1&read=0"
    orders = [f"?sort={one}" for one in ("number", "asked", "-asked", "sent", "-sent")]
    worded = [f"{one}q=quai" for one in ("?", f"{facets}&", f"{facets}&sort=-asked&page=2&")]
    plain = questions("")
    # the counts of a list without words are asked past what is counted here
    assert {questions(one) for one in (facets, *orders)} == {plain}
    assert {questions(one) for one in worded} == {plain + 1}
