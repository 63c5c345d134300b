"""A record is withdrawn at once; its releases are made again by the task worker, and the page says how far it is."""

import fcntl

import pytest
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from parvis.foundation.accounts.models import Role
from parvis.publication import reader
from parvis.publication.bake import BakeFault, Pictures, actions, preparing
from parvis.register.actions import enter_record
from parvis.register.entry import take_apart
from parvis.register.models import Source
from tests.doors.desk.conftest import NOON
from tests.doors.desk.conftest import PAGE as CITY_PAGE

LIST, PAGE = "/bureau/retraits/", "/bureau/retraits/city-page/"
ASKED = {"reason": "Asked by the person", "typed": "city-page"}


@pytest.fixture
def published(settings, tmp_path, source, people, monkeypatch):
    monkeypatch.setattr(actions, "pictures_on", lambda _city, _at: Pictures(lambda _content: ()))
    settings.VAR_DIR, settings.PARVIS_CITY = tmp_path, "riviera"
    actions.publish(removals=0, by=people[Role.PUBLISHER], at=NOON)
    reader.serve_from(tmp_path)
    yield tmp_path
    reader.place._place = None


@pytest.fixture
def two_published(published, people):
    """A second record, so that two may be withdrawn, and a second release."""
    taken = take_apart(Source, CITY_PAGE | {"key": "port-page", "title": {"fr": "Page du port", "en": "Port page"}})
    enter_record(Source, entry=taken.entry, facts=taken.facts, by=people[Role.OFFICER], at=NOON)
    actions.publish(removals=0, by=people[Role.PUBLISHER], at=NOON)
    return published


@pytest.fixture
def no_worker(settings):
    """What is asked of the worker waits in its queue."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def waiting():
    return [(task.task_path.rpartition(".")[2], task.args_kwargs["args"]) for task in DBTaskResult.objects.all()]


def test_a_record_is_hidden_at_once_and_its_releases_wait_for_the_worker(published, at_desk, people, no_worker):
    desk = at_desk(Role.PUBLISHER)

    page = desk.post(PAGE, ASKED, follow=True).content.decode()
    seen = reader.current()
    still = desk.get(LIST, headers={"x-parvis-progress": "1"}).content.decode()

    assert waiting() == [("make_again", [people[Role.PUBLISHER].pk, "en"])]
    assert (seen.record("city-page"), seen.hides_something) == (None, True)
    assert "“city-page” is hidden in every release." in page
    assert ["data-parvis-progress" in one for one in (page, still)] == [True, True]
    assert 'id="withdraw-key"' in page  # another record may be withdrawn meanwhile
    assert b"City page" in (published / "releases/1/content/site.sqlite").read_bytes()


def test_once_they_are_made_again_who_asked_is_told_and_nothing_waits(published, at_desk):
    desk = at_desk(Role.PUBLISHER)

    page = desk.post(PAGE, ASKED, follow=True).content.decode()

    assert "These releases were made again without what was hidden or withdrawn: 1." in page
    assert ("data-parvis-progress" in page, "wait to be made again" in page) == (False, False)
    assert b"City page" not in (published / "releases/1/content/site.sqlite").read_bytes()
    assert desk.get(LIST, headers={"x-parvis-progress": "1"}).status_code == 204


def test_what_was_left_undone_is_told_and_asked_for_by_a_publisher_alone(published, at_desk, people):
    actions.withdraw_record(key="city-page", reason="Asked", by=people[Role.PUBLISHER], at=NOON)
    pages = [at_desk(role).get(LIST).content.decode() for role in (Role.READER, Role.PUBLISHER)]

    refused = at_desk(Role.OFFICER).post(LIST)
    left = actions.releases_to_make_again()
    done = at_desk(Role.PUBLISHER).post(LIST, follow=True).content.decode()

    assert ["wait to be made again: 1." in page for page in pages] == [True, True]
    assert ["Make them again" in page for page in pages] == [False, True]
    assert (refused.status_code, left) == (403, [1])
    assert "These releases were made again without what was hidden or withdrawn: 1." in done
    assert actions.releases_to_make_again() == []


def test_what_stopped_the_making_is_told_and_the_record_stays_hidden(published, at_desk, monkeypatch):
    def broken(**_told):
        raise BakeFault("a link leads nowhere")

    monkeypatch.setattr(actions, "finish_purge", broken)
    page = at_desk(Role.PUBLISHER).post(PAGE, ASKED, follow=True).content.decode()

    assert "a link leads nowhere" in page
    assert "wait to be made again: 1." in page
    assert reader.current().record("city-page") is None


def test_a_record_is_withdrawn_while_something_else_is_being_made(published, at_desk, no_worker):
    with (preparing._folder() / "lock").open("w") as lock, actions.archive().alone():
        fcntl.flock(lock, fcntl.LOCK_EX)
        page = at_desk(Role.PUBLISHER).post(PAGE, ASKED, follow=True).content.decode()

    assert "“city-page” is hidden in every release." in page
    assert reader.current().record("city-page") is None
    assert len(waiting()) == 1


def sentences(page):
    """What a page tells of releases made again."""
    told = ("These releases were made again", "No release holds what was hidden or withdrawn any more.")
    return [one in page for one in told]


def test_two_withdrawals_at_once_are_both_hidden_and_made_and_each_who_asked_is_told(two_published, at_desk, no_worker):
    one, other, third = (at_desk(role) for role in (Role.PUBLISHER, Role.ADMINISTRATOR, Role.OFFICER))
    one.post(PAGE, ASKED)
    other.post("/bureau/retraits/port-page/", ASKED | {"typed": "port-page"})
    seen = reader.current()
    hidden = (seen.record("city-page"), seen.record("port-page"), actions.releases_to_make_again())

    for _name, args in waiting():
        preparing.make_again.call(*args)
    pages = [desk.get(LIST).content.decode() for desk in (one, other, third, one, other)]

    files = b"".join(path.read_bytes() for path in (two_published / "releases").rglob("*") if path.is_file())
    assert hidden == (None, None, [1, 2])
    assert ([name for name, _args in waiting()], actions.releases_to_make_again()) == (["make_again"] * 2, [])
    assert [word in files for word in (b"City page", b"Port page", b"city-page", b"port-page")] == [False] * 4
    assert [sentences(page)[0] for page in pages] == [True, True, False, False, False]


def test_who_withdraws_while_releases_are_made_is_told_once_theirs_is(two_published, at_desk, no_worker, monkeypatch):
    one, other = (at_desk(role) for role in (Role.PUBLISHER, Role.ADMINISTRATOR))
    finish = actions.finish_purge

    def withdrawn_meanwhile(**told):
        done = finish(**told)
        other.post("/bureau/retraits/port-page/", ASKED | {"typed": "port-page"})
        return done

    one.post(PAGE, ASKED)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(actions, "finish_purge", withdrawn_meanwhile)
        preparing.make_again.call(*waiting()[0][1])
    too_soon = [sentences(desk.get(LIST).content.decode()) for desk in (one, other)]
    preparing.make_again.call(*waiting()[0][1])

    assert too_soon == [[False, False], [False, False]]
    assert [sentences(desk.get(LIST).content.decode()) for desk in (one, other)] == [[True, False], [True, False]]


def test_who_asks_when_all_is_made_already_is_told_that_nothing_is_left(published, at_desk, people, no_worker):
    one, other = (at_desk(role) for role in (Role.PUBLISHER, Role.ADMINISTRATOR))
    one.post(PAGE, ASKED)
    preparing.make_again.call(*waiting()[0][1])
    other.post(LIST)

    preparing.make_again.call(*waiting()[0][1])

    assert [sentences(desk.get(LIST).content.decode()) for desk in (one, other)] == [[True, False], [False, True]]


def test_the_step_is_told_in_the_language_of_who_reads(published, at_desk, people, no_worker, monkeypatch):
    desk, told = at_desk(Role.PUBLISHER), []

    def standing(*, tell):
        tell(lambda: preparing._("Making release %(number)s again") % {"number": 1}, 1, 1)
        told.extend(desk.get(LIST, headers={"accept-language": code}).content.decode() for code in ("en", "fr", "es"))
        return [1]

    desk.post(PAGE, ASKED)
    monkeypatch.setattr(actions, "finish_purge", standing)
    with translation.override("pt"):
        preparing.make_again.call(people[Role.PUBLISHER].pk, "pt")

    words = ("Making release 1 again", "On refait la version 1", "Se rehace la versión 1")
    assert [[word in page for word in words] for page in told] == [
        [True, False, False], [False, True, False], [False, False, True],
    ]  # fmt: skip
