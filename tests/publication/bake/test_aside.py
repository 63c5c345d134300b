import os

import pytest

from parvis.publication.bake.aside import aside


def process_and(number: int) -> tuple[int, int]:
    return os.getpid(), 100 // number


def test_little_is_done_at_once_and_much_in_another_process():
    with aside(process_and, 4, much=False) as little, aside(process_and, 4, much=True) as much:
        here, there = little.result(), much.result()

    assert here == (os.getpid(), 25)
    assert there[0] != os.getpid()
    assert there[1] == 25


@pytest.mark.parametrize("much", [False, True])
def test_a_fault_is_told_to_the_one_who_asked(much):
    with pytest.raises(ZeroDivisionError), aside(process_and, 0, much=much) as begun:
        begun.result()
