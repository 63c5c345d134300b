"""What the task worker does for the desk: the letters of a selection, some at a time."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from parvis.domain.funding import actions, queries
from parvis.domain.funding.models import Selection
from parvis.doors.desk.letters import Letters
from parvis.foundation.accounts.models import User

#: So many letters are kept in one transaction: a worker that is killed leaves those it kept, the rest is asked again.
AT_ONCE = 50


@task()
def make_letters(selection: int, person: int) -> None:
    """Make every letter of a selection that is not made yet. Asked twice, the second time finds nothing to do."""
    found = Selection.objects.select_related("call__subject", "call__programme", "decision").get(pk=selection)
    by, letters = User.objects.get(pk=person), Letters(found)
    while lines := list(queries.lines_to_write(found, by)[:AT_ONCE]):
        actions.keep_letters(selection=found, letters=letters.written(lines), by=by, at=timezone.now())
