"""No text of a release names a person the house knows, unless a publisher let it; nothing tells the name elsewhere."""

import json
import logging

import pytest
from django.core.management import CommandError, call_command

from parvis.domain.directory.actions import let_names_stand
from parvis.domain.directory.enums import Known
from parvis.domain.directory.errors import NameNeverStands
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.journal.models import Line
from parvis.publication.bake import actions, preparing
from parvis.publication.bake.persons import names_in, names_in_each, persons_known, persons_named
from parvis.publication.releases.errors import PersonsNamed, PersonsNamedBefore
from parvis.register.models import Subject, Text
from tests.publication.canaries import MOMENT
from tests.publication.hand_made import Hand

NAME = "Zéphyrine Ostramelle"
KNOWN = {("Zéphyrine", "Ostramelle"): Known.BY_NAME}


def known():
    names = {"first_name": "Zéphyrine", "last_name": "Ostramelle"}
    return User.objects.create_user("z@assoc.example", role=Role.APPLICANT, **names)


@pytest.fixture
def applicant(db):
    return User.objects.create_user(
        "z@assoc.example", role=Role.APPLICANT, first_name="Zéphyrine", last_name="Ostramelle"
    )


@pytest.fixture
def named(register, house, applicant):
    """A public text that names an applicant."""
    Text.objects.filter(subject__key="pact-lima", field="title", language="en").update(
        body="Stay of OSTRAMELLE Zephyrine in Lima"
    )


def let(publisher, *names, reason="Titre d'un livre"):
    return let_names_stand(names=[one.to_let_stand for one in names], reason=reason, by=publisher, at=MOMENT)


def published(publisher):
    return actions.publish(removals=0, by=publisher, at=MOMENT)


def test_a_name_in_a_public_text_is_shown_where_it_stands(named):
    (seen,) = actions.preview().named

    assert (seen.key, seen.field, seen.how) == ("pact-lima", "texts.title.en", Known.BY_NAME)
    assert (seen.before, seen.words, seen.after) == ("Stay of ", "OSTRAMELLE Zephyrine", " in Lima")
    assert actions.archive().numbers == []


def test_a_name_let_stand_is_not_asked_about_again_another_text_is_and_nothing_tells_the_name(named, publisher, caplog):
    caplog.set_level(logging.DEBUG)
    let(publisher, *actions.preview().named)
    first = published(publisher)
    Text.objects.filter(body__contains="OSTRAMELLE").update(body="Stays of OSTRAMELLE Zephyrine")
    with pytest.raises(PersonsNamed) as told:
        published(publisher)

    lines = json.dumps([[line.verb, line.about, line.digests] for line in Line.objects.all()])
    assert first == 1
    assert "name let stand" in lines
    assert "ostramelle" not in (lines + caplog.text + str(told.value)).lower()


def test_a_person_shown_on_purpose_is_not_asked_about(register, house, enter, publisher, applicant):
    enter("person", "zq", kind="honoured", title={"fr": NAME, "en": NAME})
    Text.objects.filter(subject__key="pact-lima", language="en").update(body=f"Pact signed by {NAME}")

    assert actions.preview().named == ()


def test_one_who_may_be_in_danger_is_never_named_whatever_was_let(register, house, enter, publisher, applicant):
    Text.objects.filter(subject__key="pact-lima", language="en").update(body=f"Stay of {NAME}")
    let(publisher, *actions.preview().named)
    enter("person", "zq", kind="honoured", title={"fr": NAME}, visibility="restricted")

    assert [one.how for one in actions.preview().named] == [Known.SHELTERED]
    with pytest.raises(PersonsNamed):
        published(publisher)


def test_a_preview_that_is_kept_forgets_a_name_once_it_is_let_stand(named, publisher):
    preparing.ask_for_preview(language="en")
    mark = preparing.mark()
    before = preparing.seen(mark)[0].named

    let(publisher, *before)

    assert preparing.mark() == mark
    assert [one.words for one in before] == ["OSTRAMELLE Zephyrine"]
    assert preparing.seen(mark)[0].named == ()


def test_somebody_known_since_the_preview_makes_it_be_made_again(register, house, publisher):
    Text.objects.filter(subject__key="pact-lima", language="en").update(body=f"Stay of {NAME}")
    preparing.ask_for_preview(language="en")
    known()

    preparing.ask_to_publish(removals=0, by=publisher, language="en")

    assert "name persons (places: 1)" in preparing.last().said
    assert preparing.seen(preparing.mark()) is None


def test_the_command_refuses_says_where_and_a_start_opens_the_office_all_the_same(named, capsys):
    with pytest.raises(CommandError, match=r"name persons \(places: 1\)"):
        call_command("make_release")

    call_command("make_release", at_start=True)
    call_command("make_release", preview=True)

    said = capsys.readouterr().out
    assert actions.archive().numbers == []
    assert said.splitlines()[-1] == "names a person: pact-lima texts.title.en"
    assert "ostramelle" not in said.splitlines()[-1].lower()


def put_back(publisher):
    return actions.roll_back(to=1, by=publisher, at=MOMENT)


def two_releases(publisher, text):
    """The first says this text, the second another."""
    english = Text.objects.filter(subject__key="pact-lima", field="title", language="en")
    english.update(body=text)
    published(publisher)
    english.update(body="Pact")
    published(publisher)


def test_going_back_to_a_release_that_names_somebody_known_since_stops_until_it_is_let_stand(
    register, house, publisher
):
    two_releases(publisher, f"Stay of {NAME}")
    known()

    with pytest.raises(PersonsNamedBefore) as told:
        put_back(publisher)
    before = actions.archive().in_force
    let(publisher, *actions.named_in(1))
    put_back(publisher)

    assert (before, actions.archive().in_force) == (2, 1)
    assert "ostramelle" not in str(told.value).lower()


@pytest.mark.parametrize("kept", ["internal", "restricted"])
def test_going_back_to_a_release_where_a_person_stood_who_is_public_no_more_stops(
    register, house, publisher, enter, kept
):
    enter("person", "zq", kind="honoured", title={"fr": NAME})
    published(publisher)
    Subject.objects.filter(key="zq").update(visibility=kept)
    actions.publish(removals=1, by=publisher, at=MOMENT)

    with pytest.raises(PersonsNamedBefore):
        put_back(publisher)

    assert {(one.key, one.sheltered) for one in actions.named_in(1)} == {("zq", kept == "restricted")}
    if kept == "restricted":
        with pytest.raises(NameNeverStands):
            let(publisher, *actions.named_in(1))


def test_going_back_passes_over_a_person_who_is_public_still_and_the_command_says_why_it_does_not(
    register, house, publisher, enter
):
    enter("person", "zq", kind="honoured", title={"fr": NAME})
    two_releases(publisher, f"Pact signed by {NAME}")
    known()
    put_back(publisher)
    actions.roll_back(to=2, by=publisher, at=MOMENT)
    Subject.objects.filter(key="zq").update(visibility="internal")

    with pytest.raises(CommandError, match=r"release 1 name persons the house knows today \(places: 2\)"):
        call_command("rollback_release", "1")


def test_every_text_of_every_table_is_read_the_key_among_them(tmp_path, monkeypatch, db):
    monkeypatch.setattr("parvis.publication.bake.persons.persons_known", lambda: KNOWN)
    hand = Hand()
    hand.record("agreement", "stay-of-zephyrine-ostramelle", title={"en": "A stay"})
    hand.record("source", "page", title={"en": "Page"})
    hand.line(
        "statements", statement=1, subject="page", property="note", source="page", rank="normal",
        words={"fr": f"dit par {NAME}"}, reason={"en": f"{NAME}: {NAME}"}, unit="Ostramelle",
    )  # fmt: skip
    content = hand.publish(tmp_path).folder / "content"

    found = persons_named(content, hand.tables())

    assert [(one.key, one.field) for one in found] == [
        ("stay-of-zephyrine-ostramelle", "subjects.key"),
        ("page", "statements.words.fr"),
        ("page", "statements.reason.en"),
    ]


def test_a_public_namesake_of_who_asks_in_their_own_name_is_named_in_records_of_persons_alone(
    tmp_path, monkeypatch, db
):
    monkeypatch.setattr(
        "parvis.publication.bake.persons.persons_known", lambda: dict.fromkeys(KNOWN, Known.IN_OWN_NAME)
    )
    hand = Hand()
    hand.record("person", "zq", title={"en": NAME}, summary={"en": f"{NAME}, mayor"})
    hand.record("agreement", "stay", title={"en": f"Stay of {NAME}"})
    content = hand.publish(tmp_path).folder / "content"

    assert [one.key for one in persons_named(content, hand.tables())] == ["stay"]


def test_an_account_that_bears_the_name_of_a_place_or_a_service_is_nobody_and_of_an_association_may_be(
    tmp_path, monkeypatch, db
):
    names = ("Saint Denis", "Relations Internationales", "Jeanne Atelier")
    known = {(name, ""): Known.BY_NAME for name in names}
    monkeypatch.setattr("parvis.publication.bake.persons.persons_known", lambda: known)
    hand = Hand()
    hand.record("place", "saint-denis", title={"fr": "Saint-Denis"}, kind="city")
    hand.record("body", "dgri", title={"fr": "Relations internationales"}, kind="city_unit")
    hand.record("body", "atelier", title={"fr": "Atelier Jeanne"}, kind="association")
    content = hand.publish(tmp_path).folder / "content"

    assert [one.key for one in persons_named(content, hand.tables())] == ["atelier"]


def test_what_is_known_is_asked_in_as_many_queries_for_many_as_for_one(applicant, django_assert_num_queries):
    with django_assert_num_queries(8):
        one = persons_known()
    for number in range(40):
        User.objects.create_user(
            f"{number}@assoc.example", role=Role.APPLICANT, first_name="Ana", last_name=f"Lima{number:x}x"
        )

    with django_assert_num_queries(8):
        many = persons_known()

    assert (len(one), len(many)) == (1, 41)


def test_names_in_what_somebody_writes_are_told_as_they_are_written_but_for_public_persons(applicant, enter):
    User.objects.create_user("mayor@ville.example", first_name="Ana", last_name="Lima")
    enter("person", "ana", kind="office_holder", title={"fr": "Ana Lima"})

    assert names_in(["A stay", f"Stay of {NAME.upper()}, {NAME}, seen by Ana Lima"]) == ["ZÉPHYRINE OSTRAMELLE"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Le 8eme séjour de Zéphyr1ne 0stramelle", "Zéphyr1ne 0stramelle"),
        ("Z. 0stramel1e", "Z. 0stramel1e"),
        ("Stay of Zéphy-\n  rine Ostra-\nmelle", "Zéphy-\n  rine Ostra-\nmelle"),
        ("Mme Zéphyrine O., autrice", "Zéphyrine O"),
    ],
)
def test_a_name_written_for_readers_alone_stops_the_release_and_is_told_at_the_save(
    text, words, register, house, applicant
):
    Text.objects.filter(subject__key="pact-lima", field="title", language="en").update(body=text)

    assert names_in([text]) == [words]
    assert [one.words for one in actions.preview().named] == [words]


def test_a_given_name_and_a_letter_that_a_public_person_bears_too_are_theirs(tmp_path, monkeypatch, db):
    monkeypatch.setattr("parvis.publication.bake.persons.persons_known", lambda: KNOWN)
    hand = Hand()
    hand.record("person", "other", title={"en": "Zéphyrine Odelin"})
    hand.record("agreement", "stay", title={"en": "Signed by Zéphyrine O."})
    content = hand.publish(tmp_path).folder / "content"

    assert persons_named(content, hand.tables()) == ()


def test_a_name_written_short_is_found_and_who_may_be_in_danger_is_refused_by_their_initial_not_by_a_title(
    tmp_path, monkeypatch, db
):
    monkeypatch.setattr("parvis.publication.bake.persons.persons_known", lambda: dict.fromkeys(KNOWN, Known.SHELTERED))
    hand = Hand()
    hand.record("agreement", "stay", title={"en": "Stay of Z. Ostramelle", "fr": "Séjour de Mme Ostramelle"})
    hand.record("place", "street", title={"en": "Ostramelle street"})
    content = hand.publish(tmp_path).folder / "content"

    found = persons_named(content, hand.tables())

    assert {(one.words, one.sheltered) for one in found} == {("Z. Ostramelle", True), ("Mme Ostramelle", False)}


def test_a_short_name_that_a_public_person_bears_too_is_theirs(tmp_path, monkeypatch, db):
    monkeypatch.setattr("parvis.publication.bake.persons.persons_known", lambda: KNOWN)
    hand = Hand()
    hand.record("person", "zoe", title={"en": "Zoé Ostramelle"})
    hand.record("agreement", "stay", title={"en": "Signed by Mrs Ostramelle, then by Z. Ostramelle"})
    content = hand.publish(tmp_path).folder / "content"

    assert persons_named(content, hand.tables()) == ()


def test_what_is_told_at_the_save_is_what_the_release_stops_at(register, house, enter, applicant):
    User.objects.create_user("s@ville.example", first_name="Saint", last_name="Denis")
    User.objects.create_user("a@ville.example", first_name="Ana", last_name="Lima")
    enter("place", "saint-denis", level="city", kind="city", country="FR", title={"fr": "Saint-Denis"})
    enter("person", "ana", kind="office_holder", title={"fr": "Ana Lima"})
    text = f"Ana Lima in Saint-Denis, with Mr Denis and Mme Lima, Z. Ostramelle and {NAME}"
    Text.objects.filter(subject__key="pact-lima", field="title", language="en").update(body=text)

    told = names_in([text])

    assert told == [NAME, "Z. Ostramelle"]
    assert sorted(told) == sorted(one.words for one in actions.preview().named)


def test_names_are_read_anew_at_a_save_only_when_one_came_went_or_changed(applicant, django_assert_num_queries):
    names_in(["A stay"])
    with django_assert_num_queries(1):
        before = names_in(["A stay of Ana Ostramelle"])

    User.objects.filter(pk=applicant.pk).update(first_name="Ana")  # as any door may, and no journal tells it

    assert before == []
    assert names_in([f"Stay of Ana Ostramelle, then of {NAME}"]) == ["Ana Ostramelle"]
    applicant.delete()
    assert names_in(["Stay of Ana Ostramelle"]) == []


def test_many_texts_are_looked_through_in_as_many_queries_as_one(applicant, django_assert_num_queries):
    lots = [[f"Stay of {NAME}", "Water"], ["Water"], [f"{NAME.upper()}: {NAME}", "Z. Ostramelle"]]
    names_in_each(lots)

    with django_assert_num_queries(2):
        one = names_in_each(lots[:1])
    with django_assert_num_queries(2):
        found = names_in_each(lots)

    assert one == [[NAME]]
    assert found == [[NAME], [], [NAME.upper(), "Z. Ostramelle"]]
