"""What the task worker does for an import: reading every row, then writing those that were chosen."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from parvis.exchange.inbound import actions
from parvis.exchange.inbound.enums import ImportState
from parvis.exchange.inbound.models import Import
from parvis.foundation.accounts.models import User


@task()
def judge(imported: int, person: int) -> None:
    """Read every row of a file. Asked twice, the second time finds nothing to do."""
    _work(imported, person, ImportState.JUDGING, actions.judge_import, ImportState.READ)


@task()
def accept(imported: int, person: int) -> None:
    """Write the rows that were chosen."""
    _work(imported, person, ImportState.ACCEPTING, actions.accept_import, ImportState.JUDGED)


def _work(imported: int, person: int, state: ImportState, do: Callable[..., Import], back_to: ImportState) -> None:
    """Do the work if it still waits; whatever stops it, the import goes back to where a person can act."""
    found = Import.objects.filter(pk=imported, state=state).first()
    if found is None:
        return
    try:
        do(imported=found, by=User.objects.get(pk=person), at=timezone.now())
    except Exception:
        actions.give_up(imported=found, back_to=back_to, why=_("The work stopped before its end; nothing was written."))
        raise
