from datetime import date
from threading import Thread

import orjson
import pytest

from parvis.publication import reader
from parvis.publication.reader import BrokenRelease, Release


def test_a_record_holds_what_was_said_of_it_and_its_ties(small):
    record = small.record("pact-tbilisi")

    assert record["facts"] == {"signed": "2014-10", "end": "2020"}
    assert record["texts"]["title"] == {"en": "Pact with Tbilisi", "fr": "Pacte avec Tbilissi"}
    assert record["originals"] == {"title": "fr", "summary": "fr"}
    assert [row["state"] for row in record["rows"]["agreement_steps"]] == ["signed", "renewed", "ended"]
    assert [(cite["source"], cite["from"], cite["to"]) for cite in record["citations"]] == [("page-2022", 47, 48)]
    assert [(said["id"], said["number"], said["scope"]) for said in record["statements"]] == [
        (1, "6500000", {"en": "in all"})
    ]
    assert record["conflicts"] == ["two-amounts"]
    assert [(tie["key"], tie["role"], tie["direction"]) for tie in record["links"]] == [
        ("city-of-paris", "party", "out"),
        ("city-of-tbilisi", "party", "out"),
        ("two-amounts", "about", "in"),
        ("forum", "led_to", "in"),
    ]
    assert (record["state"], record["country"], record["from_day"], record["to_day"]) == (
        "ended", "GE", "2014-10-01", "2020-12-30",
    )  # fmt: skip


def test_what_is_not_in_the_release_is_none(small):
    assert small.record("secret-draft") is None
    assert small.record_json("") is None


def test_a_record_as_json_is_the_record(small):
    assert orjson.loads(small.record_json("forum")) == small.record("forum")


def test_a_release_says_what_it_is(small):
    assert (small.number, small.parent, small.day) == (1, None, date(2026, 11, 22))
    assert small.city["key"] == "paris"
    assert small.languages == ("fr", "en")
    assert small.nouns() == {"agreement": 3, "body": 2, "conflict": 1, "event": 1, "place": 4, "source": 1}
    assert not small.hides_something
    assert small.etag == small.content_hash[:20]


def test_rows_of_a_table_come_as_declared(small):
    rows = small.rows("agreement_parties", agreement="pact-tbilisi")

    assert [row["party"] for row in rows] == ["city-of-paris", "city-of-tbilisi"]
    assert small.rows("places", key="tbilisi")[0]["areas"] == ["europe"]
    assert small.rows("ties")[0]["note"] == {"en": "It led to it"}


def test_a_table_or_column_nobody_declared_is_refused(small):
    with pytest.raises(KeyError):
        small.rows("sqlite_schema")
    with pytest.raises(KeyError):
        small.rows("places", **{'key" = 1 OR "key': 1})


def test_the_dictionary_says_what_each_column_means(small):
    table = next(table for table in small.tables() if table["name"] == "ties")

    assert table["rows"] == 1
    assert [column["name"] for column in table["columns"]] == ["cause", "effect", "note", "source", "lines"]
    assert all(column["meaning"]["fr"] and column["meaning"]["en"] for column in table["columns"])


def test_short_rows_of_several_records_come_in_the_order_asked(small):
    cards = small.cards(["forum", "nobody", "tbilisi", "forum"], lang="fr")

    assert [(key, card["title"], card["title_lang"]) for key, card in cards.items()] == [
        ("forum", "Forum on water", "en"), ("tbilisi", "Tbilissi", "fr"),
    ]  # fmt: skip


def test_ties_of_a_record_can_be_asked_for_by_noun_and_by_page(small):
    links = small.links("city-of-paris", lang="en", noun="agreement")
    second = small.links("city-of-paris", lang="en", noun="agreement", page=2, size=1)

    assert [link["key"] for link in links] == ["accord-cordoba", "pact-tbilisi"]
    assert [link["key"] for link in second] == ["pact-tbilisi"]
    assert [link["key"] for link in small.links("page-2022", lang="en")] == [
        "pact-tbilisi", "two-amounts", "forum",
    ]  # fmt: skip


def test_each_thread_reads_by_a_connection_of_its_own(small):
    seen = []
    thread = Thread(target=lambda: seen.append((small.db, small.record("forum")["key"])))

    thread.start()
    thread.join()

    assert seen[0][1] == "forum"
    assert seen[0][0] is not small.db


def test_a_release_cannot_be_written_to(small):
    import sqlite3

    with pytest.raises(sqlite3.OperationalError):
        small.db.execute("DELETE FROM record")


def test_a_closed_release_opens_again_when_asked(hand, tmp_path):
    release = hand.publish(tmp_path)

    release.close()
    release.close()

    assert release.record("forum")["key"] == "forum"


def _spoil_length(folder):
    file = folder / "content" / "site.sqlite"
    file.write_bytes(file.read_bytes()[:-4096])


def _spoil_kind(folder):
    _rewrite(folder, "PRAGMA application_id = 7")


def _spoil_format(folder):
    _rewrite(folder, "PRAGMA user_version = 9999")


def _rewrite(folder, statement):
    import sqlite3

    db = sqlite3.connect(folder / "content" / "site.sqlite")
    db.execute(statement)
    db.commit()
    db.close()


def _spoil_told(folder):
    (folder / "release.json").write_text("{")


def _take_away(folder):
    (folder / "content" / "site.sqlite").unlink()


@pytest.mark.parametrize("spoil", [_spoil_length, _spoil_kind, _spoil_format, _spoil_told, _take_away])
def test_a_broken_folder_is_no_release(hand, tmp_path, spoil):
    folder = hand.publish(tmp_path).folder

    spoil(folder)

    with pytest.raises(BrokenRelease):
        Release(folder)


def test_changes_are_told_from_one_release_to_the_next(hand, tmp_path):
    hand.publish(tmp_path)
    hand.forget("forum")
    hand.record("event", "summit", title={"en": "Summit"}, starts="2024", place="tbilisi")
    hand.rows["agreements"][0]["signed"] = "2014-11"

    release = hand.publish(tmp_path, removals=1)

    told = {kind: [row["key"] for row in rows] for kind, rows in release.changes.items()}
    assert (release.number, release.parent) == (2, 1)
    assert told == {"added": ["summit"], "changed": ["pact-tbilisi"], "removed": ["forum"]}
    assert reader.numbers() == [1, 2]


def test_changes_that_cannot_be_read_are_none(hand, tmp_path):
    release = hand.publish(tmp_path)

    (release.folder / "changes.json").unlink()

    assert release.changes == {"added": [], "changed": [], "removed": []}


def test_several_records_are_read_together_in_the_order_asked_for(small):
    records = small.records(["forum", "pact-tbilisi", "secret-draft", "forum"])

    assert list(records) == ["forum", "pact-tbilisi"]
    assert records["forum"] == small.record("forum")


def test_a_few_columns_of_a_table_are_told_row_by_row_and_none_where_there_is_none(small):
    told = small.columns("agreement_parties", "agreement", "party", "nobody")

    assert [row for row in told if row[0] == "pact-tbilisi"] == [
        ("pact-tbilisi", "city-of-paris", None), ("pact-tbilisi", "city-of-tbilisi", None),
    ]  # fmt: skip
    assert list(small.columns("no_table", "key")) == []


def test_what_is_worked_out_from_the_whole_release_is_worked_out_once(small):
    asked = []

    answers = [small.remembered("how many", lambda: asked.append(1) or len(asked)) for _ in range(3)]

    assert answers == [1, 1, 1]
