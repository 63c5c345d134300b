import pytest
from django.urls import reverse

from parvis.exchange.inbound.entrances import NOUNS
from parvis.foundation.accounts.models import Role
from parvis.register.models import Source, Subject

WRITTEN = {
    "key": "minutes-2016",
    "kind": "minutes",
    "visibility": "public",
    "title.fr": "Compte rendu",
    "title.en": "Minutes",
    "publisher.fr": "Alliance",
    "date": "2016-07-04",
    "date_basis": "text",
    "language": "fr",
    "speaks": "partner",
}


def sheet(key="city-page"):
    return reverse("desk:record", kwargs={"plural": "sources", "key": key})


def changed(**more):
    return {**WRITTEN, "title.fr": "Page", "seen_revision": "1", **more}


def test_a_record_is_entered_from_its_sheet(at_desk, source):
    answer = at_desk(Role.OFFICER).post(reverse("desk:enter", kwargs={"plural": "sources"}), WRITTEN)

    assert answer["Location"] == sheet("minutes-2016")
    entered = Source.objects.get(subject__key="minutes-2016")
    assert (entered.date, entered.speaks, entered.subject.visibility) == ("2016-07-04", "partner", "public")


def test_what_is_wrong_is_said_beside_its_field_and_every_word_is_kept(at_desk, source):
    written = changed(
        date="soon", **{"cites.0.source": "nowhere", "cites.0.lines": "3", "names.0.text": "Tblissi"}
    )

    answer = at_desk(Role.OFFICER).post(sheet(), written)

    form = answer.context["sheet"]
    assert answer.status_code == 422
    assert set(form.errors) == {"date"}
    assert form["date"].value() == "soon"
    assert form["names.0.text"].value() == "Tblissi"
    assert Source.objects.get().date == "2022-09-19"


def test_a_key_already_taken_is_refused_in_words(at_desk, source):
    answer = at_desk(Role.OFFICER).post(
        reverse("desk:enter", kwargs={"plural": "sources"}), {**WRITTEN, "key": "city-page"}
    )

    assert answer.status_code == 422
    assert "city-page" in answer.context["sheet"].errors["key"][0]
    assert Subject.objects.count() == 1


def test_the_second_of_two_is_told_what_changed_and_keeps_their_words(own_desk):
    desk, _before = own_desk
    desk.post(sheet(), changed(date="2018"))

    answer = desk.post(sheet(), changed(date="2017"))

    assert answer.status_code == 422
    assert [(row.path, row.before, row.after, row.take) for row in answer.context["meanwhile"]] == [
        ("date", "2018", "2017", False)
    ]
    assert answer.context["sheet"]["date"].value() == "2017"
    assert Source.objects.get().date == "2018"


def test_what_only_the_other_changed_is_proposed_and_taking_it_keeps_both(own_desk):
    desk, _before = own_desk
    desk.post(sheet(), changed(date="2018"))
    mine = changed(date="2022-09-19", speaks="independent")

    answer = desk.post(sheet(), mine)
    taken = [row.path for row in answer.context["meanwhile"] if row.take]
    desk.post(sheet(), {**mine, "seen_revision": "2", "-take": taken})

    kept = Source.objects.get()
    assert (taken, kept.date, kept.speaks) == (["date"], "2018", "independent")


def test_after_comparing_their_words_can_be_put_over(at_desk, source):
    at_desk(Role.OFFICER).post(sheet(), changed(date="2018"))

    at_desk(Role.PUBLISHER).post(sheet(), changed(date="2017", seen_revision="2"))

    assert Source.objects.get().date == "2017"


@pytest.mark.parametrize("seen", ["", "x", "-3", "9" * 40])
def test_a_save_that_does_not_say_what_it_saw_is_a_conflict_never_a_fault(at_desk, source, seen):
    assert at_desk(Role.OFFICER).post(sheet(), changed(seen_revision=seen)).status_code == 422


@pytest.mark.parametrize("plural", sorted(NOUNS))
def test_every_kind_of_record_has_its_list_and_its_empty_sheet(at_desk, plural):
    desk = at_desk(Role.OFFICER)

    assert desk.get(reverse("desk:listing", kwargs={"plural": plural})).status_code == 200
    assert desk.get(reverse("desk:enter", kwargs={"plural": plural})).status_code == 200


@pytest.mark.parametrize("address", ["/bureau/fiches/weather/", "/bureau/fiches/sources/no-such-key/"])
def test_what_is_not_there_is_not_found(at_desk, address):
    assert at_desk(Role.OFFICER).get(address).status_code == 404


def test_a_list_is_searched_with_any_accents(at_desk, source, people):
    desk = at_desk(Role.OFFICER)
    desk.post(sheet(), changed(**{"names.0.text": "Córdoba"}))

    found = desk.get("/bureau/fiches/sources/", {"q": "cordoba"}).context["rows"]

    assert [subject.key for subject, _title in found] == ["city-page"]
    assert desk.get("/bureau/fiches/sources/", {"q": "zzz", "page": "99999999999"}).context["rows"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_takes_the_same_number_of_queries_however_long(
    at_desk, source, count, django_assert_num_queries
):
    desk = at_desk(Role.OFFICER)
    for place in range(count):
        desk.post(reverse("desk:enter", kwargs={"plural": "sources"}), {**WRITTEN, "key": f"minutes-{place}"})

    with django_assert_num_queries(5):
        desk.get("/bureau/fiches/sources/")
