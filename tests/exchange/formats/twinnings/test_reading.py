"""Twinnings of Europe, read whole."""

from decimal import Decimal

import pytest

from parvis.exchange.formats.tables.faults import Unreadable
from parvis.exchange.formats.tables.reading import open_table
from parvis.exchange.formats.twinnings.reading import Town, read_twinnings, unclaimed
from tests.exchange.formats.handout import STANDARDS, handed


@handed
@pytest.mark.parametrize(("file", "pairs"), [("wikidata_france.tsv", 3869), ("wikidata_eu_sistercities.tsv", 13081)])
def test_every_pair_of_the_list_is_read(file, pairs):
    path = STANDARDS / "twinnings" / file
    read = list(read_twinnings(path, file))

    assert len(read) == pairs
    assert sum(1 for pair in read if pair.faults) < pairs * 0.01
    assert unclaimed(open_table(path, file)) == ()


@handed
def test_a_pair_says_two_towns_and_where_they_stand():
    first = next(read_twinnings(STANDARDS / "twinnings/wikidata_france.tsv", "f.tsv"))

    assert first.town == Town("Gordes", "France", Decimal("43.911111111111"), Decimal("5.2002777777778"), 1946)
    assert (first.twin.name, first.twin.country, first.twin.population) == ("Bornem", "Belgium", None)
    assert (first.kilometres, first.in_union) == (802, True)


def test_a_list_of_one_town_a_row_is_no_list_of_twinnings(tmp_path):
    (tmp_path / "x.csv").write_text("ville,pays\nLyon,France\n")

    with pytest.raises(Unreadable, match="two towns in each row"):
        list(read_twinnings(tmp_path / "x.csv", "x.csv"))
