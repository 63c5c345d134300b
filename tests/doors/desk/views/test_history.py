from django.urls import reverse

from parvis.foundation.accounts.models import Role
from parvis.register.content import content_of
from parvis.register.models import Source

AT = {"plural": "sources", "key": "city-page"}
UNDO = "/bureau/fiches/sources/city-page/histoire/annuler/"


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


def test_one_s_own_last_save_is_undone_within_ten_minutes(own_desk):
    desk, before = own_desk
    amend(desk, "1", "2018")

    desk.post(UNDO, {"seen_revision": "2"})

    record = Source.objects.get()
    assert (record.subject.revision, content_of(record)) == (3, before)


def test_nobody_undoes_what_somebody_else_saved(at_desk, source):
    amend(at_desk(Role.PUBLISHER), "1", "2018")

    at_desk(Role.OFFICER).post(UNDO, {"seen_revision": "2"})

    assert Source.objects.get().date == "2018"


def test_history_names_fields_in_words(own_desk):
    desk, _before = own_desk
    amend(desk, "1", "2018")

    (latest, _first) = desk.get(reverse("desk:history", kwargs=AT)).context["steps"]

    assert ("Date", "19\xa0September\xa02022", "2018") in [
        (change.label, change.before, change.after) for change in latest["changes"]
    ]
