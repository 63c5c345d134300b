from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.observatory.paper.labels import Box, Wish, place

FRAME = Box(0, 0, 300, 200)


def wish(key, x, y, text="Brazzaville", **more):
    return Wish(key, x, y, 5, (text,), 12, **more)


def test_a_name_stands_to_the_right_of_its_dot_when_it_can():
    (label,) = place([wish("a", 50, 50)], FRAME).labels

    assert (label.anchor, label.led) == ("start", False)


def test_two_neighbours_are_named_on_either_side():
    placing = place([wish("a", 100, 50, "Brazzaville"), wish("b", 112, 50, "Kinshasa")], FRAME)

    assert {label.wish.key: label.anchor for label in placing.labels} == {"a": "end", "b": "start"}


def test_a_name_that_fits_nowhere_is_told():
    crowd = [Box(0, 0, 300, 200)]

    assert [left.key for left in place([wish("a", 50, 50)], FRAME, crowd).left_out] == ["a"]


def test_what_must_be_seen_is_placed_before_the_others():
    tight = Box(0, 0, 110, 20)

    placing = place([wish("a", 30, 10, "Amman"), wish("b", 40, 10, "Paris", first=True)], tight)

    assert placing.labels[0].wish.key == "b"


def test_further_lines_are_smaller_and_below():
    (label,) = place([Wish("a", 50, 50, 5, ("221", "villes"), 13, small=11)], FRAME).labels

    assert label.drawn().count("<tspan") == 2
    assert 'font-size="11"' in label.drawn()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(10, 290), st.integers(10, 190)), max_size=14, unique=True))
def test_no_name_ever_meets_another_name_or_a_dot(points):
    wishes = [wish(f"{number:02}", x, y, "Yerevan") for number, (x, y) in enumerate(points)]

    placing = place(wishes, FRAME)

    boxes = [label.box for label in placing.labels]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])]
    others = [(label.box, one.mark) for label in placing.labels for one in wishes if one is not label.wish]
    assert not [pair for pair in others if pair[0].meets(pair[1])]
    assert len(placing.labels) + len(placing.left_out) == len(wishes)
