from parvis.publication.releases.comparing import Changes, compare, differences


def keys(records) -> list[str]:
    return [record["key"] for record in records]


def test_the_first_release_is_all_new(small):
    changes = compare(None, small.folder / "content")

    assert len(changes.added) == 12
    assert (changes.changed, changes.removed) == ((), ())
    assert changes.added[0] == {"key": "accord-cordoba", "noun": "agreement", "title": {"en": "Accord with Córdoba"}}


def test_nothing_differs_from_itself(small):
    content = small.folder / "content"

    assert not compare(content, content)
    assert not Changes()


def test_what_differs_is_told_value_by_value(hand, tmp_path):
    before = hand.publish(tmp_path).folder / "content"
    hand.rows["agreements"][0]["signed"] = "2014-11"
    hand.rows["agreement_steps"] = [row for row in hand.rows["agreement_steps"] if row["state"] != "renewed"]
    after = hand.publish(tmp_path).folder / "content"

    told = differences(before, after, "pact-tbilisi")

    assert ("facts.signed", "2014-10", "2014-11") in told
    assert ("rows.agreement_steps[2].state", "renewed", "ended") in told
    assert ("rows.agreement_steps[3].state", "ended", None) in told
    assert keys(compare(before, after).changed) == ["pact-tbilisi"]


def test_a_record_on_one_side_only_differs_in_everything(hand, tmp_path):
    before = hand.publish(tmp_path).folder / "content"
    hand.record("event", "summit", title={"en": "Summit"})
    after = hand.publish(tmp_path).folder / "content"

    told = differences(before, after, "summit")

    assert ("key", None, "summit") in told


def test_counts_name_nobody(hand, tmp_path):
    changes = compare(None, hand.publish(tmp_path).folder / "content")

    assert changes.counts == {
        "removed": {}, "changed": {},
        "added": {"agreement": 3, "body": 2, "conflict": 1, "event": 1, "place": 4, "source": 1},
    }  # fmt: skip
