import numpy as np

from parvis.publication.reader.tables.coded import Coded
from parvis.publication.reader.tables.holding import Holding


class Reads:
    """Columns of a thousand bytes, and how often each was read."""

    def __init__(self):
        self.names = []

    def of(self, name):
        def read():
            self.names.append(name)
            return Coded(np.zeros(1000, np.uint8), [])

        return read


def asked(holding, reads, *names, owner="table"):
    for name in names:
        holding.column(owner, name, reads.of(name))


def test_a_column_is_read_once_while_there_is_room():
    holding, reads = Holding(2000), Reads()

    asked(holding, reads, "year", "country", "year", "country")

    assert reads.names == ["year", "country"]


def test_the_column_not_asked_for_longest_is_let_go():
    holding, reads = Holding(2000), Reads()

    asked(holding, reads, "year", "country", "year", "amount", "year", "country")

    assert reads.names == ["year", "country", "amount", "country"]


def test_a_column_larger_than_all_the_room_is_held_until_the_next():
    holding, reads = Holding(10), Reads()

    asked(holding, reads, "year", "year", "amount", "year")

    assert reads.names == ["year", "amount", "year"]


def test_what_an_owner_had_read_goes_with_it():
    holding, reads = Holding(2000), Reads()
    first, second = object(), object()
    asked(holding, reads, "year", owner=first)
    asked(holding, reads, "year", owner=second)

    holding.forget(first)
    asked(holding, reads, "year", "country", owner=second)
    asked(holding, reads, "year", owner=second)

    assert reads.names == ["year", "year", "country"]
