"""A question spelt once is answered as Django answers it, whatever is asked the second time."""

from django.utils import timezone

from parvis.foundation.accounts.actions import house_account
from parvis.foundation.accounts.spelt import Spelt
from parvis.foundation.journal import actions as journal
from parvis.foundation.journal.models import Line


def lines_of(about):
    return Line.objects.filter(actor=about).select_related("actor").defer("about").order_by("-id")


def test_rows_come_with_what_they_are_of_and_without_what_was_left_aside(db, django_assert_num_queries):
    by, spelt = house_account(), Spelt(lines_of, int)
    for verb in ("one", "two"):
        journal.write(verb, about="application:1", by=by, at=timezone.now(), content=verb)

    spelt(by.pk + 1)
    found = spelt(by.pk)

    assert found == list(lines_of(by.pk))
    assert [(line.verb, line.digests, line.get_deferred_fields()) for line in found] == [
        ("two", {"content": "two"}, {"about"}),
        ("one", {"content": "one"}, {"about"}),
    ]
    with django_assert_num_queries(0):
        assert [line.actor.email for line in found] == [by.email, by.email]


def test_nobody_found_is_nobody(db):
    assert Spelt(lines_of, int).first(house_account().pk) is None
