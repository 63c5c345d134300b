"""How files are ranked."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.domain.funding.queries.ranking import Ranked, Reading, rank, scores_without_each, severities, total_of

READINGS = st.lists(
    st.builds(
        Reading,
        file=st.sampled_from(["a", "b", "c", "d"]),
        reviewer=st.integers(1, 4),
        total=st.integers(0, 100).map(Decimal),
    ),
    unique_by=lambda one: (one.file, one.reviewer),
    max_size=12,
)


def test_a_total_is_weighted_and_out_of_a_hundred():
    assert total_of({"need": 4, "partner": 3, "budget": 5}, {"need": 30, "partner": 20, "budget": 50}) == Decimal(
        "86.00"
    )


def test_a_review_that_lacks_a_mark_has_no_total():
    assert total_of({"need": 4}, {"need": 30, "partner": 20}) is None


def test_a_call_without_weights_gives_no_total():
    assert total_of({"need": 4}, {}) is None


def test_files_are_ranked_by_the_mean_of_their_readers_and_equals_share_a_place():
    ranked = rank([
        Reading("a", 1, Decimal(80)), Reading("a", 2, Decimal(90)),
        Reading("b", 1, Decimal(85)), Reading("b", 2, Decimal(85)),
        Reading("c", 1, Decimal(60)), Reading("c", 2, Decimal(94)),
    ])  # fmt: skip

    assert ranked == [
        Ranked("a", Decimal("85.00"), 1, 1, 2, Decimal(10), (Decimal(80), Decimal(90))),
        Ranked("b", Decimal("85.00"), 1, 1, 3, Decimal(0), (Decimal(85), Decimal(85))),
        Ranked("c", Decimal("77.00"), 3, 1, 3, Decimal(34), (Decimal(60), Decimal(94))),
    ]


def test_a_place_is_stable_when_no_reader_alone_makes_it():
    ranked = rank([Reading(file, by, Decimal(total)) for by in (1, 2, 3) for file, total in (("a", 90), ("b", 50))])

    assert [(one.file, one.highest, one.lowest) for one in ranked] == [("a", 1, 1), ("b", 2, 2)]


def test_a_severe_reader_stands_below_the_others_who_read_the_same_files():
    found = severities([
        Reading("a", 1, Decimal(50)), Reading("a", 2, Decimal(80)),
        Reading("b", 1, Decimal(40)), Reading("b", 2, Decimal(60)),
        Reading("c", 3, Decimal(10)),
    ])  # fmt: skip

    assert found == {1: Decimal("-25.00"), 2: Decimal("25.00")}


@settings(max_examples=60)
@given(READINGS, st.randoms())
def test_the_order_of_readings_changes_nothing(readings, chance):
    shuffled = list(readings)
    chance.shuffle(shuffled)

    assert rank(shuffled) == rank(readings)


@settings(max_examples=60)
@given(READINGS)
def test_places_hold_together(readings):
    ranked = rank(readings)

    assert {one.file for one in ranked} == {one.file for one in readings}
    assert all(one.highest <= one.rank <= one.lowest for one in ranked)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    assert all(one.rank == 1 + sum(other.score > one.score for other in ranked) for one in ranked)


@settings(max_examples=60)
@given(READINGS)
def test_what_is_left_without_a_reviewer_is_what_the_others_alone_would_give(readings):
    without = scores_without_each(readings)

    for reviewer in {one.reviewer for one in readings}:
        others = rank([one for one in readings if one.reviewer != reviewer])
        assert without[reviewer] == [(one.file, one.score) for one in others]
        for one in others:
            [held] = [ranked for ranked in rank(readings) if ranked.file == one.file]
            assert held.highest <= one.rank <= held.lowest


def test_readers_who_all_give_the_same_share_one_place_and_none_is_severe():
    readings = [Reading(f"f{n}", reader, Decimal(50)) for n in range(3) for reader in (1, 2)]

    ranked = rank(readings)

    assert {(one.rank, one.highest, one.lowest, one.spread) for one in ranked} == {(1, 1, 1, Decimal(0))}
    assert severities(readings) == {1: Decimal("0.00"), 2: Decimal("0.00")}


def test_one_reader_alone_is_neither_severe_nor_kind_and_nothing_at_all_is_no_ranking():
    alone = [Reading("a", 1, Decimal(40)), Reading("b", 1, Decimal(60))]

    assert (severities(alone), [(one.file, one.rank, one.highest, one.lowest) for one in rank(alone)]) == (
        {},
        [("b", 1, 1, 1), ("a", 2, 2, 2)],
    )
    assert (rank([]), severities([]), scores_without_each([]), scores_without_each(alone)) == ([], {}, {}, {1: []})


def test_a_criterion_that_weighs_nothing_changes_no_total():
    assert total_of({"need": 4, "style": 0}, {"need": 30}) == total_of({"need": 4, "style": 5}, {"need": 30})
