"""What the release in force shows is asked without opening the site."""

from datetime import UTC, datetime

from parvis.publication.releases.archive import Archive
from parvis.publication.releases.showing import shown_since
from parvis.publication.releases.withdrawals import add


def test_a_house_without_a_release_shows_nothing(tmp_path):
    assert shown_since(Archive(tmp_path), ["tbilisi"]) == (None, frozenset())


def test_the_release_in_force_shows_what_it_holds_and_nobody_withdrew(hand, tmp_path):
    made, house = hand.publish(tmp_path), Archive(tmp_path)
    before = shown_since(house, ["tbilisi", "cordoba-spain", "atlantis"])
    add(house, key="tbilisi", reason="Asked for", by=1, at=datetime(2026, 11, 22, 12, tzinfo=UTC))

    after = shown_since(house, ["tbilisi", "cordoba-spain"])

    assert before == (made.moment.date(), {"tbilisi", "cordoba-spain"})
    assert after == (made.moment.date(), {"cordoba-spain"})
