from django.urls import reverse

from parvis.foundation.accounts.models import Role
from parvis.register.content import content_of
from parvis.register.models import Source

AT = {"plural": "sources", "key": "city-page"}


def amend(desk, seen, date):
    desk.post(
        reverse("desk:record", kwargs=AT),
        {
            "key": "city-page", "kind": "web_page", "visibility": "public", "title.fr": "Page", "publisher.fr": "Ville",
            "date": date, "date_basis": "text", "language": "fr", "speaks": "self_reported", "seen_revision": seen,
        },
    )  # fmt: skip


def test_history_shows_each_revision_and_its_author(at_desk, source, people):
    desk = at_desk(Role.PUBLISHER)
    amend(desk, "1", "2018")

    steps = desk.get(reverse("desk:history", kwargs=AT)).context["steps"]

    assert [(step["revision"], step["who"].email) for step in steps] == [
        (2, "publisher@ville.example"),
        (1, "officer@ville.example"),
    ]


def test_an_unknown_revision_cannot_be_restored(at_desk, source):
    answer = at_desk(Role.OFFICER).post(reverse("desk:restore", kwargs={**AT, "revision": 9}))

    assert answer.status_code == 404


def test_restoring_makes_a_new_revision_and_erases_nothing(own_desk):
    desk, before = own_desk
    amend(desk, "1", "2018")

    desk.post(reverse("desk:restore", kwargs={**AT, "revision": 1}))

    record = Source.objects.get()
    assert (record.subject.revision, content_of(record)) == (3, before)
