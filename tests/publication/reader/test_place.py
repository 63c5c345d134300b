import logging
import shutil

import pytest

from parvis.publication import reader
from parvis.publication.reader import NoRelease
from parvis.publication.releases import withdrawals
from parvis.publication.releases.archive import Archive
from tests.publication.hand_made import NOON


def test_without_a_release_there_is_none(tmp_path):
    reader.serve_from(tmp_path)

    assert reader.current_or_none() is None
    assert reader.numbers() == []
    assert reader.numbered(1) is None
    with pytest.raises(NoRelease):
        reader.current()


def test_the_place_comes_from_the_environment_when_nothing_was_said(hand, tmp_path, monkeypatch):
    hand.publish(tmp_path)
    reader.place._place = None
    monkeypatch.setenv("PARVIS_VAR", str(tmp_path))

    assert reader.current().number == 1
    assert reader.root() == tmp_path


def test_a_new_release_is_noticed_at_the_next_request(hand, tmp_path):
    hand.publish(tmp_path)
    first = reader.current()
    again = reader.current()
    hand.record("event", "summit", title={"en": "Summit"})
    place = reader.place._place
    hand.publish(tmp_path)
    reader.place._place = place

    second = reader.current()

    assert first is again
    assert (first.number, second.number) == (1, 2)
    assert first.record("summit") is None
    assert second.record("summit") is not None


def test_a_broken_release_leaves_the_last_good_one_served_and_is_logged_once(hand, tmp_path, caplog):
    hand.publish(tmp_path)
    place = reader.place._place
    reader.current()
    hand.record("event", "summit", title={"en": "Summit"})
    folder = hand.publish(tmp_path).folder
    (folder / "content" / "site.sqlite").write_bytes(b"half")
    reader.place._place = place

    with caplog.at_level(logging.ERROR):
        served = [reader.current().number for _ in range(3)]

    assert served == [1, 1, 1]
    assert len(caplog.records) == 1


def test_a_release_mended_where_it_stands_is_served_again_and_one_left_broken_is_logged_once(
    hand, tmp_path, caplog, monkeypatch
):
    monkeypatch.setattr("parvis.publication.reader.place._LOOK_AT_THE_FALLEN", 0.0)
    hand.publish(tmp_path)
    place = reader.place._place
    hand.record("event", "summit", title={"en": "Summit"})
    file = hand.publish(tmp_path).folder / "content" / "site.sqlite"
    whole = file.read_bytes()
    file.write_bytes(b"half")
    reader.place._place = place

    with caplog.at_level(logging.ERROR):
        broken = [reader.current().number for _ in range(3)]
    file.write_bytes(whole)
    mended = [reader.current().number for _ in range(2)]

    assert (broken, mended, len(caplog.records)) == ([1, 1, 1], [2, 2], 1)


def test_a_worker_that_starts_on_a_broken_release_serves_an_earlier_one(hand, tmp_path):
    hand.publish(tmp_path)
    hand.record("event", "summit", title={"en": "Summit"})
    folder = hand.publish(tmp_path).folder
    (folder / "release.json").unlink()
    reader.serve_from(tmp_path)

    assert reader.current().number == 1
    assert reader.numbered(2) is None


def test_a_link_that_leads_nowhere_is_a_broken_release(hand, tmp_path, monkeypatch):
    monkeypatch.setattr("parvis.publication.reader.place._BETWEEN_LOOKS", 0)
    hand.publish(tmp_path)
    Archive(tmp_path).switch(7)
    reader.serve_from(tmp_path)

    assert reader.current().number == 1


def test_what_is_open_is_served_when_every_folder_is_gone(hand, tmp_path):
    hand.publish(tmp_path)
    held = reader.current()
    shutil.rmtree(tmp_path / "releases")

    assert reader.current() is held


def test_an_earlier_release_is_kept_open_and_only_a_few_of_them(hand, tmp_path, monkeypatch):
    monkeypatch.setattr("parvis.publication.reader.place._KEPT_OPEN", 1)
    hand.publish(tmp_path)
    hand.record("event", "summit", title={"en": "Summit"})
    hand.publish(tmp_path)

    first = reader.numbered(1)

    assert reader.numbered(1) is first
    assert reader.numbered(2).number == 2
    assert reader.numbered(1) is not first


def test_a_withdrawal_is_obeyed_at_the_next_request_in_every_release(hand, tmp_path):
    hand.publish(tmp_path)
    before = reader.current()

    withdrawals.add(Archive(tmp_path), key="forum", reason="asked", by=1, at=NOON)

    assert before.record("forum") is not None
    assert reader.current().record("forum") is None
    assert reader.numbered(1).record("forum") is None


def test_a_number_that_is_no_folder_is_no_release(hand, tmp_path):
    hand.publish(tmp_path)
    (tmp_path / "releases" / "notes").mkdir()

    assert reader.numbers() == [1]
    assert reader.numbered(99) is None
