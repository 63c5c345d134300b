"""The first page of the counter says what is to be done now, and a file sent back says everywhere what it lacks."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from parvis.domain.funding import actions
from tests.doors.counter.views.test_grants import DESK, signed
from tests.support import calls, grants

ASKED = "A summary of three lines is missing."


@pytest.fixture
def sent_back(call, body, ana, officer):
    now = timezone.now()
    file = calls.sent(call, body, ana, now - timedelta(days=2))
    actions.take_step(application=file.pk, code="ask", by=officer, at=now - timedelta(days=1), reason=ASKED)
    return file


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_file_sent_back_says_what_is_asked_on_the_first_page_and_on_each_of_its_own(sent_back, at_counter, ana):
    seat = at_counter(ana)
    section = seat.get(reverse("counter:write", args=[sent_back.pk])).url
    pages = [reverse("counter:home"), section]
    pages += [reverse(f"counter:{name}", args=[sent_back.pk]) for name in ("documents", "check", "follow")]

    assert [words(seat.get(page)).count(ASKED) for page in pages] == [1] * 5


def test_a_file_sent_back_is_not_said_to_be_whole_until_something_of_it_was_changed(sent_back, at_counter, ana):
    seat, check = at_counter(ana), reverse("counter:check", args=[sent_back.pk])

    before = words(seat.get(check))
    calls.write(sent_back, ana, {"title": "Gardens of concrete"}, at=timezone.now())
    after = words(seat.get(check))

    assert "Nothing was changed in this file since the office asked for more." in before
    assert "Every required answer is there. Look again at what the office asked for" in after
    assert ["Everything that is asked is there." in page for page in (before, after)] == [False, False]


def test_a_draft_that_is_whole_is_said_to_be_and_nothing_was_asked_of_it(call, body, ana, at_counter):
    file = calls.whole(call, body, ana, timezone.now())

    page = words(at_counter(ana).get(reverse("counter:check", args=[file.pk])))

    assert "Everything that is asked is there." in page
    assert "the office asked you" not in page


def test_the_reports_a_grant_waits_for_stand_on_the_first_page_with_their_day(grant, at_counter, ana):
    seat, home = at_counter(ana), reverse("counter:home")
    before = words(seat.get(home))
    grants.paid(grant)

    after = words(seat.get(home))

    assert [page.count("due on") for page in (before, after)] == [0, 2]
    assert "Narrative report: due on 30 June 2027" in after
    assert "Financial report: due on 30 June 2027" in after


def test_a_paper_to_sign_is_told_on_the_first_page_until_it_is_signed(grant, at_counter, ana, officer, vault):
    seat, home = at_counter(ana), reverse("counter:home")
    told = [words(seat.get(home))]
    at_counter(officer).post(DESK, {"do": "put_up"})
    told.append(words(seat.get(home)))
    signed(seat)
    told.append(words(seat.get(home)))

    assert ["A paper waits for the signature of your body." in page for page in told] == [False, True, False]


def test_the_amount_of_an_open_call_says_that_it_is_the_most(call, at_counter, ana):
    assert "€40,000.00 at most" in words(at_counter(ana).get(reverse("counter:home")))


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_page_asks_as_much_for_one_file_sent_back_as_for_three(
    call, body, ana, officer, at_counter, count, django_assert_max_num_queries
):
    now = timezone.now()
    for _each in range(count):
        file = calls.sent(call, body, ana, now - timedelta(days=2))
        actions.take_step(application=file.pk, code="ask", by=officer, at=now - timedelta(days=1), reason=ASKED)
    seat = at_counter(ana)
    seat.get(reverse("counter:home"))

    with django_assert_max_num_queries(40) as asked:
        page = words(seat.get(reverse("counter:home")))

    assert page.count(ASKED) == count
    assert len([each for each in asked.captured_queries if "funding_applicationstep" in each["sql"]]) == 1
