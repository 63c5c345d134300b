"""Previews, publications, and releases made again without names, by the task worker: a page says how far they are.

What is under way and what came of it stand in two small files of ``var/preview``: whoever asks reads them, and
only the one who holds the archive writes them. A preview is kept until the register, the city's own file, the
release in force or the withdrawals change. It holds names of persons: it is erased once published, once it is no longer
good, once somebody was erased, and an hour after it was made.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, Any

import orjson
from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_tasks import task

from parvis.domain.directory.actions import LET_STAND
from parvis.foundation.accounts.models import User
from parvis.foundation.journal.models import Line
from parvis.foundation.values.refusal import Refusal
from parvis.publication.reader.schema import FORMAT
from parvis.publication.releases.comparing import Changes
from parvis.publication.releases.errors import AnotherPublication, PersonsNamed

from . import actions
from .actions import Preview, Tell
from .collecting import city_of_this_house
from .faults import BakeFault
from .persons import Named, still_standing

log = logging.getLogger(__name__)

PREVIEW, PUBLISH, AGAIN = "preview", "publish", "again"
#: How long something asked for may wait for the worker before it is asked for again.
_WAITS = 20.0
#: How long what was seen is kept on disk when nobody publishes.
_KEPT_FOR = 3600.0


@dataclass(frozen=True, slots=True)
class Work:
    """What was asked last: a preview, a publication, or releases to make again; how far it is, what came of it."""

    kind: str
    mark: str
    asked: float
    by: int = 0
    step: str = ""
    part: int = 0
    parts: int = 0
    done: bool = False
    refused: bool = False
    said: str = ""
    made: Sequence[int] = ()
    steps: Mapping[str, str] = field(default_factory=dict)

    @property
    def seconds(self) -> int:
        """For how long it has been under way."""
        return max(0, int(time.time() - self.asked))

    @property
    def step_told(self) -> str:
        """How far it is, in the language of who reads."""
        return self.steps.get(get_language() or "") or self.step


def mark() -> str:
    """What changes whenever a preview may differ. A name let stand is taken off what was seen, without a new look."""
    lines = Line.objects.exclude(verb=LET_STAND).aggregate(last=Max("pk"), many=Count("pk"))
    house = actions.archive()
    told = [lines["last"], lines["many"], house.in_force, sorted(house.withdrawn), city_of_this_house(), FORMAT]
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS, default=str)).hexdigest()


def seen(current: str) -> tuple[Preview, float] | None:
    """The last preview and its moment, if nothing has changed since."""
    told = _read("seen.json")
    if not told or told.get("mark") != current or "named" not in told:
        if told:
            forget()
        return None
    changes = Changes(**{kind: tuple(records) for kind, records in told["changes"].items()})
    differing = {key: [tuple(one) for one in rows] for key, rows in told["differences"].items()}
    named = still_standing(Named.kept(one) for one in told["named"])
    kept = Preview(told["parent"], told["number"], changes, told["records"], differing, named)
    return kept, told["at"]


def forget() -> None:
    """Erase what was seen, which names persons, and what a killed worker left of it."""
    for left in (_folder() / "seen.json", *_folder().glob(".seen.json.*")):
        left.unlink(missing_ok=True)


def forget_what_is_old() -> None:
    """Erase what was seen if it is no longer good, or if it has been there for an hour."""
    kept = seen(mark())
    if kept is None or time.time() - kept[1] > _KEPT_FOR:
        forget()


def last() -> Work | None:
    """What was asked last. None when nothing was, or when it was told and set aside."""
    told = _read("work.json")
    return Work(**told) if told else None


def under_way() -> Work | None:
    """What is being made now, or waits for the worker."""
    work = last()
    if work is None or work.done:
        return None
    return work if _someone_works() or work.seconds < _WAITS else None


def set_aside() -> None:
    """Forget what came of the last work: the person was told."""
    (_folder() / "work.json").unlink(missing_ok=True)


def ask_for_preview(*, language: str) -> None:
    """Have a preview made, unless something is being made already."""
    if under_way() is None:
        current = mark()
        _write("work.json", asdict(Work(PREVIEW, current, time.time())))
        make_preview.enqueue(current, language)


def ask_to_publish(*, removals: int, by: User, language: str) -> None:
    """Have a release made and put in force. Raises AnotherPublication when something is being made already."""
    if under_way() is not None:
        raise AnotherPublication
    _write("work.json", asdict(Work(PUBLISH, "", time.time(), by=by.pk)))
    make_release.enqueue(removals, by.pk, language)


def ask_to_make_again(*, by: User | None, language: str) -> None:
    """Have the releases that still hold what was hidden made again. Where something else is made, after it.

    Whoever asks waits to be told what came of it: each in a file of their own, so that nobody is told for another.
    """
    person = by.pk if by else 0
    if person:
        _write(f"again-{person}.json", {})
    if under_way() is None:
        _write("work.json", asdict(Work(AGAIN, "", time.time(), by=person)))
    make_again.enqueue(person, language)


def came_of_it(by: User) -> Work | None:
    """What came of the releases this person asked to have made again, told once; None while it is not known."""
    told = _read(f"again-{by.pk}.json")
    if not told:
        return None
    (_folder() / f"again-{by.pk}.json").unlink(missing_ok=True)
    return Work(**told)


def finish_what_was_left() -> list[int]:
    """Ask for what a killed worker left undone, or another work kept waiting. Returns the releases to be made again."""
    if _someone_works():
        return []
    actions.archive().mend()
    if left := actions.releases_to_make_again():
        ask_to_make_again(by=None, language=settings.LANGUAGE_CODE)
    return left


@task()
def make_again(by: int, language: str) -> None:
    """Make again the releases whose files still hold what was hidden. Asked twice, the second time finds none."""
    work = nothing = Work(AGAIN, "", time.time(), by=by, done=True)
    if actions.releases_to_make_again():
        with _told(replace(nothing, done=False), language) as tell:
            tell(lambda: _("Looking for what is to be made again"))
            numbers = actions.finish_purge(tell=tell)
            tell(lambda: _("Done"), len(numbers), len(numbers), made=numbers)
        came = last()  # or what somebody asked for in the meantime
        work = came if came and came.kind == AGAIN and came.done else nothing
    elif (asked := last()) and asked.kind == AGAIN and not asked.done:
        _write("work.json", asdict(nothing))
    if work.refused or not actions.releases_to_make_again():
        _tell_who_waits(work)


def _tell_who_waits(work: Work) -> None:
    """Tell each who asked and knows nothing yet, or only of what stopped it. What was hidden since is told later."""
    for waits in _folder().glob("again-*.json"):
        known = _read(waits.name)
        if not known or known["refused"]:
            _write(waits.name, asdict(work))


@task()
def make_preview(current: str, language: str) -> None:
    """Make a preview and keep it."""
    if seen(current) is None:
        with _told(Work(PREVIEW, current, time.time()), language) as tell:
            made = actions.preview(tell=tell)
            kept = {
                "mark": current, "at": time.time(), "parent": made.parent, "number": made.number,
                "changes": made.changes.all, "records": made.records, "differences": made.differences,
                "named": [one.as_kept for one in made.named],
            }  # fmt: skip
            _write("seen.json", kept)


@task()
def make_release(removals: int, by: int, language: str) -> None:
    """Publish what the register says now, in a person's name."""
    with _told(Work(PUBLISH, "", time.time(), by=by), language) as tell:
        person = User.objects.get(pk=by)
        try:
            actions.publish(removals=removals, by=person, at=timezone.now(), tell=tell)
        except PersonsNamed:  # somebody may have become known since what was seen
            forget()
            raise
        forget()


@contextmanager
def _told(work: Work, language: str) -> Iterator[Tell]:
    """Do something alone, in the language of who asked, writing down what came of it; and, for any, how far it is."""
    with _only_one(within=2.0) as alone, translation.override(language):
        if not alone:
            raise AnotherPublication
        told = asdict(work)

        def tell(step: Callable[[], str], part: int = 0, parts: int = 0, **more: Any) -> None:
            told.update(step=step(), steps=_in_each_language(step), part=part, parts=parts, **more)
            _write("work.json", told)

        tell(lambda: _("Reading the register"))
        try:
            yield tell
        except (Refusal, BakeFault) as refusal:
            told.update(refused=True, said=str(refusal))
        except Exception:
            told.update(refused=True, said=_("It stopped on a fault, which the log of the office keeps."))
            log.exception("%s stopped", work.kind)
        finally:
            _write("work.json", told | {"done": True})


def _in_each_language(said: Callable[[], str]) -> dict[str, str]:
    """Words for whoever reads them."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = said()
    return found


def _folder() -> Path:
    folder = Path(settings.VAR_DIR) / "preview"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _read(name: str) -> dict[str, Any]:
    try:
        told: dict[str, Any] = orjson.loads((_folder() / name).read_bytes())
    except (OSError, ValueError):
        return {}
    return told


def _write(name: str, told: dict[str, Any]) -> None:
    """Whole or not at all: a reader sees the old words or the new ones."""
    part = _folder() / f".{name}.{os.getpid()}"
    part.touch(mode=0o600)
    part.write_bytes(orjson.dumps(told, default=str))
    part.replace(_folder() / name)


@contextmanager
def _only_one(*, within: float) -> Iterator[bool]:
    """Hold the lock of those who work. Somebody who only looks holds it for less than a moment."""
    with (_folder() / "lock").open("w") as lock:
        end, held = time.monotonic() + within, _took(lock, fcntl.LOCK_EX)
        while not held and time.monotonic() < end:
            time.sleep(0.05)
            held = _took(lock, fcntl.LOCK_EX)
        yield held


def _someone_works() -> bool:
    with (_folder() / "lock").open("w") as lock:
        return not _took(lock, fcntl.LOCK_SH)


def _took(lock: IO[str], how: int) -> bool:
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
