"""What the task worker does for an import: reading every row, then writing those that were chosen.

The worker holds the import under lock for as long as it works, in the one transaction of its work: a second worker
passes by, and a worker that is killed leaves nothing half done.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from parvis.exchange.inbound import actions
from parvis.exchange.inbound.enums import AT_WORK, ImportState
from parvis.exchange.inbound.models import Import
from parvis.foundation.accounts.models import User


@task()
def judge(imported: int, person: int) -> None:
    """Read every row of a file. Asked twice, the second time finds nothing to do."""
    _work(imported, person, ImportState.JUDGING, actions.judge_import)


@task()
def accept(imported: int, person: int) -> None:
    """Write the rows that were chosen."""
    _work(imported, person, ImportState.ACCEPTING, actions.accept_import)


@task()
def undo(imported: int, person: int) -> None:
    """Take back what an import wrote, as one act."""
    _work(imported, person, ImportState.UNDOING, actions.finish_undoing)


def give_back_stopped() -> list[int]:
    """Put imports whose worker was killed back where a person can act. Returns their numbers."""
    asked = DBTaskResult.objects.ready().filter(task_path__in=(judge.module_path, accept.module_path, undo.module_path))
    waiting = {told["args"][0] for told in asked.values_list("args_kwargs", flat=True)}
    with transaction.atomic():
        stopped = Import.objects.select_for_update(skip_locked=True).filter(state__in=list(AT_WORK))
        given_back = list(stopped.exclude(pk__in=waiting))
        for imported in given_back:
            _give_up(imported)
    return [imported.pk for imported in given_back]


def _work(imported: int, person: int, state: ImportState, do: Callable[..., Import]) -> None:
    """Do the work if it still waits; whatever stops it, the import goes back to where a person can act."""
    try:
        with transaction.atomic():
            found = Import.objects.select_for_update(skip_locked=True).filter(pk=imported, state=state).first()
            if found is not None:
                do(imported=found, by=User.objects.get(pk=person), at=timezone.now())
    except Exception:
        _give_up(Import.objects.get(pk=imported))
        raise


def _stopped(imported: Import) -> str:
    if imported.state == ImportState.UNDOING:
        return _("The work stopped before its end; nothing was undone.")
    return _("The work stopped before its end; nothing was written.")


def _give_up(imported: Import) -> None:
    with translation.override(imported.spoken):
        actions.give_up(imported=imported, why=_stopped(imported))
