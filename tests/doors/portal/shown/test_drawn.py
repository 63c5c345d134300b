"""Rows drawn once: what is kept is what would be drawn, for that language, that day, that release."""

import pytest

from parvis.doors.portal.shown import drawn
from parvis.publication.reader import Release

LISTS = ("/en/agreements", "/fr/accords", "/en/projects", "/en/projects?on=2016", "/en/agenda")


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    monkeypatch.setattr(drawn, "_kept", {})


def test_a_list_read_again_reads_no_record_and_shows_the_same(visitor, monkeypatch):
    first = [visitor.main(path) for path in LISTS]
    read = []
    monkeypatch.setattr(Release, "records", lambda _self, keys: read.extend(keys) or {})

    again = [visitor.main(path) for path in LISTS]

    assert again == first
    assert read == []


def test_a_row_is_kept_for_its_language_and_its_day(visitor):
    alone = {}
    for path in LISTS:
        drawn._kept.clear()
        alone[path] = visitor.main(path)

    assert {path: visitor.main(path) for path in LISTS} == alone


def test_no_more_rows_are_kept_than_said(visitor, monkeypatch):
    monkeypatch.setattr(drawn, "_MOST", 3)

    for path in LISTS:
        visitor.main(path)

    assert 0 < len(drawn._kept) <= 3
