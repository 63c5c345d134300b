import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.exchange.inbound.entrances import NOUNS, entrances
from parvis.foundation.accounts.models import Role
from parvis.register.entry import take_apart
from parvis.register.models import Source, Subject
from tests.doors.desk.conftest import NOON

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
    written = changed(date="soon", **{"cites.0.source": "nowhere", "cites.0.lines": "3", "names.0.text": "Tblissi"})

    answer = at_desk(Role.OFFICER).post(sheet(), written)

    form = answer.context["sheet"]
    assert answer.status_code == 422
    assert set(form.errors) == {"date"}
    assert form["date"].value() == "soon"
    assert form["names.0.text"].value() == "Tblissi"
    assert Source.objects.get().date == "2022-09-19"


def test_a_text_longer_than_any_is_given_back_whole_with_the_sentence_that_says_so(at_desk, source):
    text = "é" * 1_500_000  # nine megabytes as a browser sends it

    answer = at_desk(Role.OFFICER).post(sheet(), changed(**{"summary.fr": text, "publisher.en": text}))

    form = answer.context["sheet"]
    sentence = "Too long: 1,440,000 too many, 60,000 characters at most, there are 1,500,000. Nothing was cut."
    assert answer.status_code == 422
    assert list(form.errors.values()) == [[sentence]]
    assert (form["summary.fr"].value(), form["publisher.en"].value()) == (text, text)


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


def test_a_save_that_says_nothing_new_is_no_revision_and_says_so(at_desk, source):
    desk = at_desk(Role.OFFICER)
    desk.post(
        sheet(), changed(date="2018", **{"cites.0.source": "city-page", "cites.0.lines": "3", "names.0.text": "P"})
    )
    shown = desk.get(sheet()).context["sheet"]
    written = {bound.html_name: bound.value() for bound in shown if bound.value() not in (None, "", [])}

    answer = desk.post(sheet(), {**written, "key": "city-page", "seen_revision": "2"}, follow=True)

    assert "Nothing was changed: the record stands as it was." in answer.content.decode()
    assert Subject.objects.get(key="city-page").revision == 2


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
def test_a_list_takes_the_same_number_of_queries_however_long(at_desk, source, count, django_assert_num_queries):
    desk = at_desk(Role.OFFICER)
    for place in range(count):
        desk.post(reverse("desk:enter", kwargs={"plural": "sources"}), {**WRITTEN, "key": f"minutes-{place}"})

    with django_assert_num_queries(3):
        desk.get("/bureau/fiches/sources/")


def measured(desk, address):
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", ["/bureau/", "/bureau/fiches/sources/city-page/", "/bureau/recherche/?q=page"])
def test_a_page_takes_as_many_queries_for_three_records_as_for_one(at_desk, source, people, address):
    desk = at_desk(Role.OFFICER)
    names = {f"cites.{place}.source": "city-page" for place in range(3)}
    lines = {f"cites.{place}.lines": str(place + 1) for place in range(3)}
    desk.post(sheet(), changed(**{"cites.0.source": "city-page", "cites.0.lines": "1"}))
    desk.post(reverse("desk:enter", kwargs={"plural": "sources"}), {**WRITTEN, "key": "page-0"})
    enter_dated_things(people, "one")
    before = measured(desk, address)

    desk.post(sheet(), changed(seen_revision="2", **names, **lines))
    for place in (1, 2):
        desk.post(reverse("desk:enter", kwargs={"plural": "sources"}), {**WRITTEN, "key": f"page-{place}"})
        enter_dated_things(people, f"more-{place}")

    assert measured(desk, address) == before


def enter_dated_things(people, mark):
    """One of each thing Today speaks of."""
    lines = {"source": "city-page", "lines": "1"}
    who, hall, town, office = (f"{name}-{mark}" for name in ("who", "hall", "town", "office"))
    held = [{"person": who, "valid_to": "2016", **lines}]
    claimed = {"kind": "first", "scope": {"en": "all"}, "as_of": "2015", "state": "claimed"}
    drafted = [{"state": "draft", "day": "2015", **lines}]
    things = [
        ("person", who, {"kind": "office_holder"}),
        ("body", hall, {"kind": "city"}),
        ("body", town, {"kind": "city"}),
        ("office", office, {"body": hall, "holdings": held}),
        ("promise", f"promise-{mark}", {"made_by": office, "made": "2015", "deadline": "2016"}),
        ("claim", f"claim-{mark}", {"publisher": hall, **claimed}),
        ("relation", f"relation-{mark}", {"partner": town, "level": "special"}),
        ("agreement", f"waters-{mark}", {"parties": [hall, town], "steps": drafted}),
    ]
    for noun, key, content in things:
        model, enter, _amend = entrances()[noun]
        said = {"key": key, "title": {"en": f"Thing {key}"}, "cites": [lines], **content}
        taken = take_apart(model, said)
        enter(entry=taken.entry, facts=taken.facts, by=people[Role.PUBLISHER], at=NOON)
