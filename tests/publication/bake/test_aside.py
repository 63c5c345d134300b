import os
import signal

import pytest

from parvis.publication.bake import baking
from parvis.publication.bake.aside import aside
from parvis.publication.bake.releasing import release
from parvis.publication.releases.archive import Archive
from parvis.publication.releases.errors import HelperLost
from tests.publication.hand_made import CITY, NOON, Hand


def process_and(number: int) -> tuple[int, int]:
    return os.getpid(), 100 // number


def test_little_is_done_at_once_and_much_in_another_process():
    with aside(much=False) as at_once, aside(much=True) as beside:
        here, there, again = (begin(process_and, 4).result() for begin in (at_once, beside, beside))

    assert here == (os.getpid(), 25)
    assert there[0] != os.getpid()
    assert there == again == (there[0], 25)


@pytest.mark.parametrize("much", [False, True])
def test_a_fault_is_told_to_the_one_who_asked(much):
    with pytest.raises(ZeroDivisionError), aside(much=much) as begin:
        begin(process_and, 0).result()


def killed(*_asked) -> None:
    """A work in the midst of which its process is killed, as a machine short of memory does."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_helper_killed_is_told_in_one_sentence_nothing_is_published_and_the_next_bake_works(tmp_path, monkeypatch):
    hand, archive = Hand(), Archive(tmp_path)
    hand.record("place", "porto", title={"pt": "Porto"})
    monkeypatch.setattr(baking, "_MUCH", 0)  # worth a second process

    with monkeypatch.context() as at_work:
        at_work.setattr(baking, "export_tables", killed)
        with pytest.raises(HelperLost) as lost:
            release(archive, hand.tables(), city=CITY, moment=NOON)

    left = sorted(path.name for path in archive.releases.iterdir())
    number = release(archive, hand.tables(), city=CITY, moment=NOON)
    assert str(lost.value) == "The program that writes the files was stopped: no release was made. Publish again."
    assert left == [".lock", ".withdrawing"]
    assert (number, archive.in_force) == (1, 1)
