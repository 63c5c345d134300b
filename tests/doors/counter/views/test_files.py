"""A file as its body follows it: what may be done with it, and what keeps it from being sent."""

import re
from datetime import UTC, datetime

from django.urls import reverse
from django.utils import timezone

from parvis.domain.funding import actions
from parvis.domain.funding.models import Application
from tests.support import calls


def test_a_file_is_withdrawn_in_two_acts_with_its_reason_and_can_still_be_read(call, body, ana, at_counter):
    file = calls.sent(call, body, ana, timezone.now())
    seat, page = at_counter(ana), reverse("counter:follow", args=[file.pk])

    offered = seat.get(page).content.decode()
    seat.post(reverse("counter:step", args=[file.pk, "withdraw"]), {"reason": "Put off a year"})
    after = seat.get(page).content.decode()

    folded = re.search(r"<details[^>]*><summary>Withdraw[^<]*</summary>.*?</details>", offered, re.DOTALL).group()
    assert "is read no more, and is not put back" in folded
    assert offered.count("/etape/withdraw/") == folded.count("/etape/withdraw/") == 1
    assert Application.objects.get().state == "withdrawn"
    assert ("Put off a year" in after, "Receipt (PDF)" in after, "/etape/withdraw/" in after) == (True, True, False)


def test_a_line_of_a_budget_that_is_wrong_is_named_and_led_to(file, at_counter, ana):
    seat = at_counter(ana)
    seat.post(reverse("counter:page", args=[file.pk, "money"]), {"r:budget.64": "0", "budget.64": "many"})

    wrong = seat.get(reverse("counter:check", args=[file.pk])).content.decode()

    assert 'page/money/#f-budget-64">Budget of the project · 64 Staff</a>' in wrong


def test_the_day_of_an_answer_on_a_call_is_written_as_the_house_writes_days(call, officer, ana, at_counter):
    asked = actions.ask_about_call(call=call, words="À deux ?", by=None, at=calls.WHILE_OPEN)
    at = datetime(2027, 3, 31, 23, tzinfo=UTC)  # the first of April on the clocks of the city
    actions.answer_about_call(question=asked, words={"fr": "À deux ?"}, answer={"fr": "Oui."}, by=officer, at=at)

    page = at_counter(ana, "fr").get(reverse("counter:call", args=[call.key])).content.decode()

    assert re.findall('<p class="note">([^<]*2027)</p>', page) == ["1er\xa0avril\xa02027"]
