import pytest

from parvis.foundation.publishing import Audience, Column, PublishedTable, columns_on_disk

SAID = {"fr": "Sens", "en": "Meaning"}


def table(*columns, rows=list):
    return PublishedTable(
        "grants", SAID, SAID, Audience.PUBLIC, tuple(Column(*column, SAID) for column in columns), rows
    )


def test_only_declared_columns_pass():
    shared = table(
        ("key", "key"), ("amount", "decimal(12,2)"), rows=lambda: [{"key": "a", "amount": 1, "iban": "FR76"}]
    )

    with pytest.raises(ValueError, match="iban"):
        list(shared.checked_rows())


def test_a_missing_column_is_noticed():
    with pytest.raises(ValueError, match="amount"):
        list(table(("key", "key"), ("amount", "int"), rows=lambda: [{"key": "a"}]).checked_rows())


def test_rows_as_declared_pass():
    assert list(table(("key", "key"), rows=lambda: [{"key": "a"}]).checked_rows()) == [{"key": "a"}]


@pytest.mark.parametrize("kind", ["varchar", "decimal", "decimal(12)", ""])
def test_an_unknown_type_is_refused(kind):
    with pytest.raises(ValueError, match="unknown type"):
        Column("amount", kind, SAID)


@pytest.mark.parametrize("meaning", [{}, {"fr": "Sens"}, {"fr": "Sens", "en": ""}])
def test_every_column_says_what_it_means_in_both_languages(meaning):
    with pytest.raises(ValueError, match="meaning"):
        Column("amount", "int", meaning)


def test_a_column_is_declared_once():
    with pytest.raises(ValueError, match="twice"):
        table(("key", "key"), ("key", "text"))


def test_words_take_a_column_a_language():
    names = [name for name, _column in columns_on_disk(table(("key", "key"), ("title", "words")))]

    assert names == ["key", "title_fr", "title_en", "title_es", "title_pt"]


def test_the_key_of_a_table_is_its_key_column():
    assert table(("key", "key")).key == "key"
    assert table(("subject", "ref")).key is None
