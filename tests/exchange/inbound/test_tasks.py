"""The worker at an import, killed or met by another; two officers at once: nothing half, nothing twice."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult

from parvis.exchange.inbound import actions, tasks
from parvis.exchange.inbound.enums import ImportState
from parvis.exchange.inbound.errors import BusyImport, NotNow
from parvis.exchange.inbound.models import Import
from parvis.foundation.accounts.models import Role, User
from parvis.register.models import Source, Subject
from tests.attacks.test_two_at_once import outcomes, together
from tests.exchange.inbound.conftest import NOON

PROJECT = Path(__file__).resolve().parents[3]
BODIES = "Nom;Création\nUn;2001\nDeux;2002\nTrois;2003\n"


@pytest.fixture
def clerk(own_database):
    return User.objects.create_user("clerk@ville.example", role=Role.OFFICER)


def waiting(imported, clerk, chosen="all"):
    """The import, its rows chosen, its writing asked of the worker."""
    return actions.begin_accepting(imported=imported, chosen=chosen, numbers=(), by=clerk, at=NOON)


def keys_held(noun):
    """How often each key of a noun stands in the register."""
    return Counter(Subject.objects.filter(noun=noun, revision__gte=1).values_list("key", flat=True))


def killed_at_work(task, imported, clerk, own_database, folder):
    """Let a process do the task, and kill it when rows are written and nothing is committed."""
    command = [sys.executable, "-m", "tests.support.working", own_database, str(folder), task]
    work = subprocess.Popen(
        [*command, str(imported.pk), str(clerk.pk)], cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}"},
    )  # fmt: skip
    assert work.stdout is not None
    told = work.stdout.readline()
    work.kill()
    assert told == b"rows are written\n", work.communicate()[1].decode()
    return work.wait()


def test_a_worker_killed_in_the_middle_leaves_nothing_half_and_the_import_is_given_back(
    own_database, clerk, receive, judge, kept
):
    imported = waiting(judge(receive(BODIES, "bodies")), clerk)
    code = killed_at_work("accept", imported, clerk, own_database, kept)
    held, sources = keys_held("body"), Source.objects.count()

    given_back = tasks.give_back_stopped()
    after = Import.objects.get()
    accepted = after.rows.filter(accepted=True).count()
    actions.accept_import(imported=waiting(after, clerk), by=clerk, at=NOON)

    assert (code, held, sources) == (-9, {}, 0)
    assert (given_back, after.state, accepted) == ([imported.pk], "judged", 0)
    assert after.fault == "The work stopped before its end; nothing was written."
    assert keys_held("body") == {"un": 1, "deux": 1, "trois": 1}


def test_a_worker_killed_while_it_takes_rows_back_leaves_all_of_them(own_database, clerk, receive, judge, accept, kept):
    imported = actions.begin_undoing(imported=accept(judge(receive(BODIES, "bodies"))), by=clerk, at=NOON)
    code = killed_at_work("undo", imported, clerk, own_database, kept)
    held = keys_held("body")

    given_back = tasks.give_back_stopped()
    after = Import.objects.get()
    actions.undo_import(imported=after, by=clerk, at=NOON)

    assert (code, held) == (-9, {"un": 1, "deux": 1, "trois": 1})
    assert (given_back, after.state) == ([imported.pk], "accepted")
    assert after.fault == "The work stopped before its end; nothing was undone."
    assert keys_held("body") == {}


def test_a_worker_killed_while_it_reads_leaves_no_row_of_the_file(own_database, clerk, receive, judge, kept):
    imported = receive(BODIES, "bodies")
    actions.choose_columns(imported=imported, chosen={}, written={}, options={}, remember_as="", by=clerk, at=NOON)
    killed_at_work("judge", imported, clerk, own_database, kept)

    given_back = tasks.give_back_stopped()

    after = Import.objects.get()
    assert (given_back, after.state, after.rows.count()) == ([imported.pk], "read", 0)


def test_work_that_still_waits_for_the_worker_is_not_given_back(clerk, receive, judge, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    imported = waiting(judge(receive(BODIES, "bodies")), clerk)
    tasks.accept.enqueue(imported.pk, clerk.pk)

    assert (DBTaskResult.objects.count(), tasks.give_back_stopped()) == (1, [])


def test_two_workers_at_one_import_write_it_once(clerk, receive, judge):
    imported = waiting(judge(receive(BODIES, "bodies")), clerk)

    came_to = together(*[lambda: tasks.accept.call(imported.pk, clerk.pk)] * 2)

    assert came_to == [None, None]
    assert keys_held("body") == {"un": 1, "deux": 1, "trois": 1}
    assert Import.objects.get().state == ImportState.ACCEPTED


def test_two_officers_who_accept_at_the_same_moment_are_one_who_did_and_one_who_is_told(clerk, receive, judge):
    imported = judge(receive(BODIES, "bodies"))

    came_to = together(*[lambda: waiting(imported, clerk)] * 2)

    assert outcomes(came_to) == {"done": 1, BusyImport.__name__: 1}


def test_an_officer_who_comes_while_it_is_written_is_told_at_once(clerk, receive, judge):
    imported = waiting(judge(receive(BODIES, "bodies")), clerk)

    with pytest.raises(BusyImport):
        actions.drop_import(imported=imported, by=clerk, at=NOON)


def test_a_file_brought_in_twice_at_the_same_moment_enters_each_row_once(clerk, receive, judge, accept):
    first, second = judge(receive(BODIES, "bodies")), judge(receive(BODIES, "bodies"))

    came_to = together(lambda: accept(first), lambda: accept(second))

    said = sorted((one.state, one.fault.partition(".")[0]) for one in came_to)
    assert said == [("accepted", ""), ("judged", "Nothing was written: the register refuses row 2")]
    assert keys_held("body") == {"un": 1, "deux": 1, "trois": 1}
    assert [told.verdict for told in judge_again(came_to, clerk).rows.all()] == ["same", "same", "same"]


def judge_again(came_to, clerk):
    """The one that lost, its rows read again."""
    lost = next(one for one in came_to if one.state == "judged")
    lost = actions.choose_columns(
        imported=lost, chosen={}, written={}, options={}, remember_as="", by=clerk, at=NOON
    )  # fmt: skip
    return actions.judge_import(imported=lost, by=clerk, at=NOON)


def test_undoing_twice_at_the_same_moment_is_one_undoing(clerk, receive, judge, accept):
    imported = accept(judge(receive(BODIES, "bodies")))

    came_to = together(*[lambda: actions.undo_import(imported=imported, by=clerk, at=NOON)] * 2)

    assert outcomes(came_to) == {"done": 1, NotNow.__name__: 1}
    assert keys_held("body") == {}
