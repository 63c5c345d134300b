"""A preview is made once and kept; whoever looks meanwhile is told how far it is; never two at once."""

from __future__ import annotations

import fcntl
from datetime import UTC, datetime

import pytest

from parvis.foundation.accounts.models import Role, User
from parvis.foundation.journal import actions as journal
from parvis.publication.bake import actions, preparing
from parvis.publication.bake.faults import BakeFault
from parvis.publication.releases.comparing import Changes
from parvis.publication.releases.errors import AnotherPublication

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NEW = {"key": "page", "noun": "source", "title": {"en": "Page"}}


@pytest.fixture
def clerk(db, settings, tmp_path):
    settings.VAR_DIR, settings.PARVIS_CITY = tmp_path, "paris"
    return User.objects.create_user("clerk@ville.example", role=Role.PUBLISHER)


@pytest.fixture
def made(monkeypatch):
    """How often a preview was made, and the steps told."""
    told: list[str] = []

    def preview(*, tell):
        tell(lambda: "Reading", 3, 24)
        told.append(preparing.under_way().step)
        return actions.Preview(1, 2, Changes(added=(NEW,)), {"source": 1}, {"page": [("date", "2020", "2021")]})

    monkeypatch.setattr(actions, "preview", preview)
    return told


def test_a_preview_is_kept_until_something_changes(clerk, made):
    before = preparing.mark()
    preparing.ask_for_preview(language="en")
    preparing.ask_for_preview(language="en")
    kept, _moment = preparing.seen(preparing.mark())

    journal.write("tested", about="page", by=clerk, at=NOON)

    assert made == ["Reading"]
    assert kept.changes == Changes(added=(NEW,))
    assert kept.differences == {"page": [("date", "2020", "2021")]}
    assert preparing.mark() != before
    assert preparing.seen(preparing.mark()) is None


def test_a_withdrawal_or_another_release_in_force_makes_it_stale(clerk, tmp_path):
    first = preparing.mark()
    (tmp_path / "withdrawals.jsonl").write_text('{"key": "page"}\n')
    second = preparing.mark()
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases" / "current").symlink_to("4")

    assert len({first, second, preparing.mark()}) == 3


def test_while_somebody_works_nobody_else_begins(clerk, made):
    preparing.set_aside()
    preparing._write("work.json", {"kind": "publish", "mark": "", "asked": 0.0, "step": "Drawing"})
    with (preparing._folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        assert preparing.under_way().step == "Drawing"
        preparing.ask_for_preview(language="en")
        with pytest.raises(AnotherPublication):
            preparing.ask_to_publish(removals=0, by=clerk, language="en")

    assert made == []
    assert preparing.under_way() is None  # whoever worked was killed: another may begin


def test_what_is_asked_waits_for_the_worker_and_then_is_asked_again(clerk, monkeypatch):
    preparing._write("work.json", {"kind": "preview", "mark": "", "asked": 1000.0})
    monkeypatch.setattr(preparing.time, "time", lambda: 1001.0)
    assert preparing.under_way().kind == "preview"

    monkeypatch.setattr(preparing.time, "time", lambda: 1000.0 + preparing._WAITS)

    assert preparing.under_way() is None


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (BakeFault("a link leads nowhere"), "a link leads nowhere"),
        (RuntimeError("boom"), "It stopped on a fault, which the log of the office keeps."),
    ],
)
def test_what_stopped_it_is_told_in_words(clerk, monkeypatch, fault, said):
    def broken(*, tell):
        raise fault

    monkeypatch.setattr(actions, "preview", broken)
    preparing.ask_for_preview(language="en")

    work = preparing.last()
    assert (work.done, work.refused, work.said) == (True, True, said)
    assert preparing.under_way() is None
    assert preparing.seen(preparing.mark()) is None


@pytest.fixture
def left(monkeypatch):
    """Releases that still hold what was hidden; and each time they were made again."""
    waiting, made = [1, 2], []

    def finish(*, tell):
        tell(lambda: "Making release 1 again", 1, 2)
        made.append(preparing.under_way().step)
        done, waiting[:] = list(waiting), []
        return done

    monkeypatch.setattr(actions, "releases_to_make_again", lambda: list(waiting))
    monkeypatch.setattr(actions, "finish_purge", finish)
    return made


def test_releases_are_made_again_once_and_what_came_of_it_is_kept_for_who_asked(clerk, left):
    preparing.ask_to_make_again(by=clerk, language="en")
    done = preparing.last()
    preparing.set_aside()
    preparing.ask_to_make_again(by=clerk, language="en")

    assert left == ["Making release 1 again"]
    assert (done.kind, done.by, done.done, done.refused, list(done.made)) == ("again", clerk.pk, True, False, [1, 2])


def test_what_a_killed_worker_left_is_asked_for_again_but_not_while_somebody_works(clerk, left):
    preparing._write("work.json", {"kind": "again", "mark": "", "asked": 0.0, "step": "Making"})
    with (preparing._folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        meanwhile = preparing.finish_what_was_left()

    finished = preparing.finish_what_was_left()

    assert (meanwhile, finished, preparing.finish_what_was_left()) == ([], [1, 2], [])
    assert left == ["Making release 1 again"]


def test_a_file_cut_short_is_as_if_it_was_not_there(clerk):
    (preparing._folder() / "work.json").write_bytes(b'{"kind": ')

    assert preparing.last() is None


def kept_on_disk(folder):
    return [path.name for path in (folder / "preview").iterdir() if "seen" in path.name]


def test_what_was_seen_names_persons_and_is_erased_once_published(clerk, made, tmp_path, monkeypatch):
    monkeypatch.setattr(actions, "publish", lambda **_asked: 1)
    preparing.ask_for_preview(language="en")
    before = kept_on_disk(tmp_path)

    preparing.ask_to_publish(removals=0, by=clerk, language="en")

    assert (before, kept_on_disk(tmp_path)) == (["seen.json"], [])


def test_what_was_seen_is_erased_once_it_is_no_longer_good_with_what_a_killed_worker_left(clerk, made, tmp_path):
    preparing.ask_for_preview(language="en")
    (tmp_path / "preview" / ".seen.json.77").write_text("{")
    journal.write("tested", about="page", by=clerk, at=NOON)

    preparing.forget_what_is_old()

    assert kept_on_disk(tmp_path) == []


@pytest.mark.parametrize(("hours", "left"), [(0.9, ["seen.json"]), (1.1, [])])
def test_what_was_seen_is_erased_an_hour_later_and_read_by_its_owner_alone(
    clerk, made, tmp_path, monkeypatch, hours, left
):
    preparing.ask_for_preview(language="en")
    mode = (tmp_path / "preview" / "seen.json").stat().st_mode & 0o777
    now = preparing.time.time()
    monkeypatch.setattr(preparing.time, "time", lambda: now + hours * 3600)

    preparing.forget_what_is_old()

    assert (kept_on_disk(tmp_path), mode) == (left, 0o600)
