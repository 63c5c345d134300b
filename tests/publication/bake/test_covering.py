"""Names covered in a text that is told again by its digest, in rows as they are on disk and in what changed."""

import json

from parvis.publication.bake.covering import Covering, digest_of
from parvis.publication.releases.withdrawals import HiddenText


def covering(text, *places):
    return Covering.of(HiddenText(1, "stay", digest_of("stay", text), (place,)) for place in places)


def test_a_text_of_the_record_alone_is_covered_as_it_is_seen_where_places_overlap_too():
    said = "Stay of M. Ana\u00ad Lima, Ana"
    covered = covering(said, (8, 19), (11, 19), (21, 24))

    assert covered.text("stay", said) == "Stay of […], […]"
    assert (covered.text("stay", "Stay"), covered.text("other", said)) == ("Stay", said)


def test_rows_are_covered_by_whose_they_are_lists_as_they_are_written():
    said = '["Ana Lima","water"]'
    rows = [("stay", said, None, 3), ("other", said, None, 3)]

    assert [list(row) for row in covering(said, (2, 10)).rows(0, rows)] == [
        ["stay", '["[…]","water"]', None, 3],
        ["other", said, None, 3],
    ]


def test_a_record_that_disappeared_is_told_without_the_name_in_what_changed():
    told = {"removed": [{"key": "stay", "noun": "grant", "title": {"fr": "Ana Lima", "en": "A stay"}}], "added": []}

    covered = json.loads(covering("Ana Lima", (0, 8)).changes(json.dumps(told).encode()))

    assert covered["removed"][0]["title"] == {"fr": "[…]", "en": "A stay"}
