"""A withdrawn record is in no answer of a release whose files still hold it, nor in any count."""

from datetime import date

import pytest

from parvis.publication import reader
from parvis.publication.reader import Filters, Release
from parvis.publication.reader.hiding import mentions
from parvis.publication.reader.withdrawn import OF_NO_RECORD, Hidden, hidden_in
from tests.publication.hand_made import table


@pytest.fixture
def hiding(small) -> Release:
    return Release(small.folder, Hidden(frozenset({"tbilisi", "pact-tbilisi", "never-published"})))


def test_it_has_no_page_and_no_short_row(hiding):
    assert hiding.record("pact-tbilisi") is None
    assert hiding.record_json("pact-tbilisi") is None
    assert hiding.cards(["pact-tbilisi"], lang="en") == {}
    assert hiding.hides_something


def test_it_is_in_no_list_and_no_count(hiding):
    listing = hiding.listing("agreement", lang="en")

    assert [row["key"] for row in listing.rows] == ["accord-undated", "accord-cordoba"]
    assert listing.total == 2
    assert not listing.stored_counts
    assert listing.facets == {
        "kind": [("accord", 2)], "state": [("signed", 1)], "theme": [("culture", 1)], "area": [("europe", 1)],
        "country": [("ES", 1)], "year": [("2018", 1)],
    }  # fmt: skip
    assert hiding.nouns()["agreement"] == 2


def test_it_is_in_no_list_of_a_day_nor_search_in_a_list(hiding):
    on = hiding.listing("agreement", lang="en", on=date(2016, 1, 1))
    found = hiding.listing("agreement", lang="en", filters=Filters(text="pact"))

    assert [row["key"] for row in on.rows] == ["accord-undated"]
    assert found.rows == []


def test_no_search_finds_it_nor_counts_it(hiding):
    results = hiding.search("tbilisi", lang="en")

    assert results.exact is None
    assert [row["key"] for row in results.rows] == ["city-of-tbilisi"]
    assert results.counts == {"body": 1}
    assert hiding.search("tblissi", lang="en").rows == []


def test_no_search_cut_short_finds_it(hiding, monkeypatch):
    from parvis.publication.reader import search

    monkeypatch.setattr(search, "BUDGET_SECONDS", -1)
    monkeypatch.setattr(search, "_STEPS_BETWEEN_LOOKS", 1)
    monkeypatch.setattr(search, "_AFTERWARDS", 10)

    assert [row["key"] for row in hiding.search("tbilisi", lang="en").rows] == ["city-of-tbilisi"]


def test_no_other_record_speaks_of_it(hiding):
    body, forum, conflict = (hiding.record(key) for key in ("city-of-tbilisi", "forum", "two-amounts"))

    assert body["facts"]["place"] is None
    assert forum["ties"] == []
    assert forum["facts"]["place"] is None
    assert conflict["facts"]["about"] is None
    assert [link["key"] for record in (body, forum, conflict) for link in record["links"]] == []


def test_a_contradiction_withdrawn_is_no_longer_named(small):
    hiding = Release(small.folder, Hidden(frozenset({"two-amounts"})))

    assert hiding.record("pact-tbilisi")["conflicts"] == []


def test_no_row_and_no_tie_names_it(hiding):
    assert {row["agreement"] for row in hiding.rows("agreement_parties")} == {"accord-cordoba"}
    assert hiding.rows("ties") == []
    assert [link["key"] for link in hiding.links("city-of-paris", lang="en", noun="agreement")] == ["accord-cordoba"]


def test_the_tag_of_answers_changes_with_all_that_is_hidden_anywhere_and_with_each_making_again(small):
    hidden = (
        Hidden(),
        Hidden(frozenset({"tbilisi"})),
        Hidden(frozenset({"tbilisi"}), frozenset({(9, "a-mark", "of-another-release")})),
        Hidden(frozenset({"tbilisi", "in-no-release"}), frozenset({(9, "a-mark", "of-another-release")})),
    )

    tags = [Release(small.folder, one).etag for one in hidden]
    again = Release(small.folder, hidden[1])
    again.info["purged"] = ["2026-11-23T12:00:00+00:00"]

    assert len({*tags, again.etag}) == 5
    assert tags[0] == small.etag == small.content_hash[:20]


def test_while_a_text_of_no_record_waits_no_row_is_shown_that_belongs_to_none(hand, tmp_path, monkeypatch):
    costs = table("costs", {"what": "text"}, [{"what": "Office of somebody"}])
    made = [*hand.tables(), costs]
    monkeypatch.setattr(hand, "tables", lambda: made)
    release = hand.publish(tmp_path)
    text = frozenset({(1, "a-mark", OF_NO_RECORD)})

    shown = [
        (one.rows("costs"), list(one.columns("costs", "what")), list(one.table("costs").meeting()))
        for one in (release, Release(release.folder, Hidden(texts=text)))
    ]
    kept = Release(release.folder, Hidden(texts=text)).rows("agreement_parties")

    assert shown == [([{"what": "Office of somebody"}], [("Office of somebody",)], [0]), ([], [], [])]
    assert len(kept) == len(release.rows("agreement_parties")) == 4


def test_no_facet_names_it_nor_finds_what_it_is_named_by(hand, tmp_path):
    told = {"currency": "EUR", "voted": "2020"}
    for key, whose in (("wells", "city-of-tbilisi"), ("pumps", "city-of-paris")):
        hand.record("grant", key, beneficiary=whose, amount_voted="5", **told)
    hiding = Release(hand.publish(tmp_path).folder, Hidden(frozenset({"city-of-tbilisi"})))

    listed = hiding.listing("grant", lang="en")
    asked = hiding.listing("grant", lang="en", filters=Filters(bodies=("city-of-tbilisi",)))

    assert (listed.total, listed.facets["body"], listed.stored_counts) == (2, [("city-of-paris", 1)], False)
    assert (asked.total, asked.rows) == (0, [])
    assert hiding.values("grant", "body") == {"city-of-paris"}
    assert list(hiding.summed_by("grant", "body")) == ["city-of-paris"]
    assert hiding.listing("source", lang="en").stored_counts


def test_no_picture_is_shown_while_one_may_say_it_and_a_text_still_to_cover_holds_them_back_too(hand, tmp_path):
    from parvis.publication.bake import Pictures

    drawn = [
        ("world", "en", "<svg>with</svg>", {"rows": ["Tbilisi"]}),
        ("world", "fr", "<svg>avec</svg>", {"rows": ["Tbilissi"]}),
        ("ties", "", "", {"ties": {}}),
    ]
    release = hand.publish(tmp_path, pictures=Pictures(lambda _content: drawn))
    hiding = Release(release.folder, Hidden(frozenset({"tbilisi"})))

    waiting = Release(release.folder, Hidden(texts=frozenset({(1, "a-mark", "gone")})))
    elsewhere = Release(release.folder, Hidden(frozenset({"gone"}), frozenset({(2, "a-mark", "tbilisi")})))

    assert release.drawing("world", "fr") == {"svg": "<svg>avec</svg>", "meta": {"rows": ["Tbilissi"]}}
    assert release.drawing("nothing", "en") is None
    assert [one.drawing("world", "en") for one in (hiding, waiting)] == [None, None]
    assert [one.drawing("ties", "en")["svg"] for one in (hiding, waiting)] == ["", ""]
    assert [one.hides_something for one in (hiding, waiting, elsewhere)] == [True, True, False]
    assert elsewhere.drawing("world", "en") is not None


def test_the_list_of_changes_does_not_name_it(hand, tmp_path):
    hiding = Release(hand.publish(tmp_path).folder, Hidden(frozenset({"forum"})))

    assert "forum" not in {row["key"] for row in hiding.changes["added"]}


def test_a_row_names_a_key_as_a_value_or_in_a_list():
    keys = frozenset({"secret"})

    assert mentions({"place": "secret"}, keys)
    assert mentions({"places": ["paris", "secret"]}, keys)
    assert not mentions({"place": "paris", "number": 3, "words": {"en": "secret"}}, keys)


def test_a_torn_line_of_the_list_is_passed_over(tmp_path, caplog):
    path = tmp_path / "withdrawals.jsonl"
    lines = (
        '{"key": "forum"}',
        "",
        '["forum"]',
        '{"key": "stay", "release": 2, "mark": "a"}',
        '{"key": "x", "release": 2}',
    )
    path.write_text("\n".join((*lines, '{"key": "tor')))

    hidden = hidden_in(path)

    assert hidden == Hidden(frozenset({"forum"}), frozenset({(2, "a", "stay")}))
    assert [hidden.within(*asked) for asked in ((1, ()), (2, ()), (2, ["a"]))] == [
        {"forum"},
        {"forum", "stay"},
        {"forum"},
    ]
    assert len(caplog.records) == 3
    assert hidden_in(tmp_path / "none") == Hidden()
    assert reader.withdrawn.stamp(tmp_path / "none") is None


def test_it_is_among_no_keys_no_columns_and_no_records_read_together(hiding):
    assert hiding.keys("agreement", lang="en") == ["accord-undated", "accord-cordoba"]
    assert "pact-tbilisi" not in {
        agreement for agreement, _ in hiding.columns("agreement_parties", "agreement", "party")
    }
    assert list(hiding.records(["pact-tbilisi", "forum"])) == ["forum"]
