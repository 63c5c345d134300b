from decimal import Decimal

import pyarrow as pa
from pyarrow import parquet

from parvis.observatory.tables import ReleaseTables, Titles, number, rows, text, word


def test_words_are_read_from_a_mapping_or_from_columns():
    assert word({"scope": {"fr": "villes", "en": "cities"}}, "scope", "fr") == "villes"
    assert word({"scope_fr": "villes", "scope_en": "cities"}, "scope", "en") == "cities"


def test_words_missing_in_a_language_are_given_in_another():
    assert word({"scope": {"fr": "villes"}}, "scope", "pt") == "villes"
    assert word({}, "scope", "pt") == ""


def test_a_number_and_a_text_may_be_absent():
    assert (number({"n": Decimal("1.5")}, "n"), number({"n": None}, "n"), text({"t": None}, "t")) == (
        1.5,
        None,
        "",
    )


def test_the_tables_of_a_release_are_streamed_each_time_from_the_first_row(tmp_path):
    (tmp_path / "tables").mkdir()
    parquet.write_table(pa.table({"key": ["a", "b"]}), tmp_path / "tables" / "places.parquet")

    tables = ReleaseTables(tmp_path)

    assert [[row["key"] for row in rows(tables, "places")] for _ in range(2)] == [["a", "b"], ["a", "b"]]
    assert list(rows(tables, "absent")) == []


def test_a_record_without_title_in_a_language_keeps_another():
    titles = Titles(
        {"texts": [{"subject": "a", "field": "title", "language": "fr", "body": "Erevan"}]}, ["a", "unknown"]
    )

    assert [titles.of(key, "es") for key in ("a", "unknown")] == ["Erevan", "unknown"]
