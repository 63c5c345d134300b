from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.foundation.journal.models import Line
from parvis.register.actions import amend_record, enter_record, reserve_keys
from parvis.register.actions.filling import Filler
from parvis.register.content import content_of
from parvis.register.entry import take_apart
from parvis.register.errors import ChangedMeanwhile, InvalidContent, KeyTaken
from parvis.register.models import Citation, Conflict, ConflictSide, Name, Source, Subject, Text

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
EVENING = NOON + timedelta(hours=6)

PAGE = {
    "key": "city-page",
    "kind": "web_page",
    "visibility": "public",
    "themes": ["climate"],
    "title": {"fr": "Page de la Ville", "en": "City page"},
    "publisher": {"fr": "Ville"},
    "date": "2019/2020",
    "date_basis": "inferred",
    "language": "fr",
    "speaks": "self_reported",
    "names": [{"text": "Tblissi", "lang": "fr", "kind": "misspelt", "from": "2015"}],
    "cites": [{"source": "city-page", "lines": "5-7", "about": "date", "fact": "f-1"}],
}


def enter(model, content, by, at=NOON):
    taken = take_apart(model, content)
    return enter_record(model, entry=taken.entry, facts=taken.facts, by=by, at=at)


def amend(record, content, by, seen=1, at=EVENING):
    taken = take_apart(type(record), content)
    return amend_record(record, entry=taken.entry, facts=taken.facts, seen_revision=seen, by=by, at=at)


def problems_of(refusal):
    return [problem.path for problem in refusal.value.problems]


def test_what_is_entered_is_what_is_read_back(clerk):
    record = enter(Source, {**PAGE, "cites": []}, clerk)

    amended = amend(record, PAGE, clerk)

    assert content_of(amended) == {**PAGE, "original": "fr"}


def test_entering_a_record_writes_one_line_in_the_journal_with_no_word_of_it(clerk):
    enter(Source, {**PAGE, "cites": []}, clerk)

    line = Line.objects.get()
    assert (line.verb, line.about, line.actor, line.at) == ("source entered", "city-page", clerk, NOON)
    assert set(line.digests) == {"content"}
    assert len(line.digests["content"]) == 64


def test_a_key_is_never_reused(source, clerk):
    with pytest.raises(KeyTaken) as refusal:
        enter(Source, {**PAGE, "cites": []}, clerk)

    assert "city-page" in str(refusal.value)


def test_records_loaded_together_name_each_other_in_any_order(clerk):
    reserve_keys([("differ", "conflict"), ("city-page", "source")], by=clerk, at=NOON)

    conflict = enter(Conflict, {"key": "differ", "title": {"en": "Two"}, "about": "city-page"}, clerk)
    enter(Source, {**PAGE, "cites": []}, clerk)

    assert conflict.about.key == "city-page"


def test_a_reserved_key_waits_for_its_own_noun(clerk):
    reserve_keys([("city-page", "conflict")], by=clerk, at=NOON)

    with pytest.raises(KeyTaken):
        enter(Source, {**PAGE, "cites": []}, clerk)


def test_reserving_a_taken_key_is_refused(source, clerk):
    with pytest.raises(KeyTaken):
        reserve_keys([("city-page", "source")], by=clerk, at=NOON)


@pytest.mark.parametrize(
    ("spoilt", "path"),
    [
        ({"key": "Not a key"}, "key"),
        ({"visibility": "secret"}, "visibility"),
        ({"title": {}}, "title"),
        ({"title": {"en": "  "}}, "title"),
        ({"title": {"de": "Seite"}}, "title"),
        ({"unheard_of": 1}, "unheard_of"),
        ({"date": "2015-13"}, "date"),
        ({"speaks": "nobody"}, "speaks"),
        ({"publisher": "Ville"}, "publisher"),
        ({"publisher": {"de": "Stadt"}}, "publisher"),
        ({"publisher_body": "nowhere"}, "publisher_body"),
        ({"names": [{"text": "X", "kind": "nickname"}]}, "names.0.kind"),
        ({"names": [{"txt": "X"}]}, "names.0.txt"),
        ({"names": ["X", {"text": "X", "kind": "former"}, {"text": "X", "kind": "alias"}]}, "names.2"),
        ({"cites": [{"source": "nowhere", "lines": "1"}]}, "cites.0.source"),
        ({"cites": [{"source": "city-page", "lines": "8-2"}]}, "cites.0.lines"),
        ({"cites": [{"source": "city-page"}]}, "cites.0"),
        ({"cites": [{"source": "city-page", "lines": "3", "line": 4}]}, "cites.0"),
        ({"future_until": "soon"}, "future_until"),
    ],
)
def test_each_thing_wrong_is_told_at_its_place_and_nothing_is_recorded(clerk, spoilt, path):
    before = Subject.objects.count()

    with pytest.raises(InvalidContent) as refusal:
        enter(Source, {**PAGE, **spoilt}, clerk)

    assert problems_of(refusal) == [path]
    assert (Subject.objects.count(), Text.objects.count(), Line.objects.count()) == (before, 0, 0)


def test_every_problem_is_told_at_once(clerk):
    with pytest.raises(InvalidContent) as refusal:
        enter(Source, {**PAGE, "date": "soon", "file_name": "x", "publisher_body": "nowhere"}, clerk)

    assert problems_of(refusal) == ["date", "file_name", "publisher_body"]


@pytest.mark.parametrize(
    ("sides", "path"),
    [
        ("94", "sides"),
        (["94"], "sides.0"),
        ([{"words": {"en": "94"}, "lines": "x"}], "sides.0.lines"),
        ([{"words": {"en": "94"}, "source": "members-differ-2"}], "sides.0.source"),
        ([{"words": {"en": "94"}, "statement": "city-page#none"}], "sides.0.statement"),
        ([{"words": {"en": "94"}, "owner": 1}], "sides.0.owner"),
    ],
)
def test_a_line_that_is_wrong_is_told_by_its_number(source, clerk, sides, path):
    content = {"key": "members-differ-2", "title": {"en": "Two"}, "sides": sides}

    with pytest.raises(InvalidContent) as refusal:
        enter(Conflict, content, clerk)

    assert problems_of(refusal) == [path]
    assert ConflictSide.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_lines_of_a_record_take_as_many_queries_for_three_as_for_one(conflict, clerk, count):
    filler = Filler()
    line = {"words": {"en": "94"}, "source": "city-page", "lines": "13"}

    with CaptureQueriesContext(connection) as asked:
        filler.save_parts(conflict, {"sides": [line] * count})

    assert [query["sql"].split()[0] for query in asked] == ["SELECT", "SAVEPOINT", "INSERT", "RELEASE"]


def test_lines_the_database_refuses_are_each_told_by_their_number(conflict):
    filler = Filler()
    ends = {2: 3, 3: 12, 4: 5}
    rows = [ConflictSide(owner=conflict, position=place, line_from=9, line_to=end) for place, end in ends.items()]

    filler._save_lines(ConflictSide, [(row, f"sides.{row.position}.", {}) for row in rows])

    assert [problem.path for problem in filler.problems] == ["sides.2", "sides.4"]


def test_amending_replaces_the_lines_as_a_whole(conflict, clerk):
    content = content_of(conflict)
    content["sides"] = [content["sides"][1]]

    amended = amend(conflict, content, clerk)

    assert [side.words for side in amended.sides.all()] == [{"en": "90"}]
    assert amended.subject.revision == 2
    assert amended.subject.amended_by == clerk
    assert amended.subject.amended_at == EVENING


@pytest.fixture
def told_of(source, clerk):
    """A record with words, a name and a source, and how to ask what its history gained since."""
    record = amend(source, PAGE, clerk)
    models = (Text, Name, Citation)
    before = {model: model.pgh_event_model.objects.count() for model in models}

    def gained():
        return {
            model.__name__: list(
                model.pgh_event_model.objects.order_by("pgh_id").values_list("pgh_label", flat=True)[before[model] :]
            )
            for model in models
        }

    return record, gained


def test_what_is_said_as_before_is_not_written_again(told_of, clerk):
    record, gained = told_of

    amended = amend(record, {**PAGE, "date": "2018"}, clerk, seen=2)

    assert gained() == {"Text": [], "Name": [], "Citation": []}
    assert content_of(amended) == {**PAGE, "date": "2018", "original": "fr"}


@pytest.mark.parametrize(
    ("changed", "texts", "names", "citations"),
    [
        ({"title": {"fr": "Page de la Ville", "en": "A page"}}, ["delete", "insert"], [], []),
        ({"title": {"fr": "Page de la Ville"}}, ["delete"], [], []),
        ({"names": [*PAGE["names"], {"text": "Tiflis", "kind": "official"}]}, [], ["insert"], []),
        ({"names": []}, [], ["delete"], []),
        ({"cites": [*PAGE["cites"], {"source": "city-page", "lines": "5"}]}, [], [], ["delete", "insert", "insert"]),
        ({"cites": []}, [], [], ["delete"]),
    ],
)
def test_only_what_changed_is_written_again(told_of, clerk, changed, texts, names, citations):
    record, gained = told_of

    amended = amend(record, {**PAGE, **changed}, clerk, seen=2)

    assert gained() == {"Text": texts, "Name": names, "Citation": citations}
    assert content_of(amended) == {name: said for name, said in {**PAGE, **changed, "original": "fr"}.items() if said}


def test_two_citations_of_one_line_stay_in_the_order_they_were_given(told_of, clerk):
    record, _gained = told_of
    turned = [{"source": "city-page", "lines": "5", "fact": fact} for fact in ("f-2", "f-1")]

    amended = amend(
        amend(record, {**PAGE, "cites": turned[::-1]}, clerk, seen=2), {**PAGE, "cites": turned}, clerk, seen=3
    )

    assert content_of(amended)["cites"] == turned


def test_the_second_of_two_who_save_is_told_and_overwrites_nothing(source, clerk):
    amend(source, {**PAGE, "date": "2018"}, clerk)

    with pytest.raises(ChangedMeanwhile) as refusal:
        amend(source, {**PAGE, "date": "2017"}, clerk)

    assert "clerk@ville.example" in str(refusal.value)
    assert Source.objects.get().date == "2018"


def test_amending_holds_the_record_and_nobody_who_wrote_in_it(source, clerk):
    with CaptureQueriesContext(connection) as asked:
        amend(source, {**PAGE, "date": "2018"}, clerk)

    told = [one["sql"].partition(" FOR UPDATE")[2] for one in asked.captured_queries if " FOR UPDATE" in one["sql"]]
    assert told == [' OF "register_subject"']


def test_amending_with_something_wrong_keeps_what_was(source, clerk):
    before = content_of(source)

    with pytest.raises(InvalidContent):
        amend(source, {**PAGE, "cites": [{"source": "nowhere", "lines": "1"}]}, clerk)

    source.refresh_from_db()
    assert content_of(Source.objects.get()) == before
    assert Citation.objects.count() == 0


def test_the_original_language_is_marked_and_the_others_are_translations(clerk):
    record = enter(Source, {**PAGE, "cites": [], "original": "en"}, clerk)

    assert {text.language: text.state for text in record.subject.texts.all()} == {
        "en": "original",
        "fr": "translated",
    }


def test_a_name_is_folded_for_search(clerk):
    enter(Source, {**PAGE, "cites": [], "names": ["Córdoba"]}, clerk)

    assert list(Name.objects.values_list("text", "folded", "kind")) == [("Córdoba", "cordoba", "alias")]
