"""JSON counted on its bytes, whatever the places where a reading stops."""

import io
import json

import ijson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.exchange.formats.tables.faults import Unreadable
from parvis.exchange.formats.tables.watched import Watched


def _read(data, size, depth=8):
    watched = Watched(io.BytesIO(data), "f.json", depth)
    read = b""
    while chunk := watched.read(size):
        read += chunk
    return read


_VALUES = st.recursive(
    st.none() | st.integers(-(10**30), 10**30) | st.text(alphabet='a"\\[]{}9é', max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet='b"\\[{', max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


def _depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(_depth, inner), default=0)


@given(_VALUES, st.integers(1, 40), st.integers(0, 4))
def test_depth_is_that_of_the_brackets_outside_texts_wherever_a_reading_stops(value, size, most):
    data = json.dumps(value, ensure_ascii=False).encode()

    if _depth(value) > most:
        with pytest.raises(Unreadable, match=f"nested more than {most} levels"):
            _read(data, size, most)
    else:
        assert _read(data, size, most) == data


@pytest.mark.parametrize("size", [1, 7, 1000, 65536])
@pytest.mark.parametrize("number", ["9" * 1001, "-0." + "1" * 1001, "1e1000", "1.5E+000099999999", "1e-4000"])
def test_a_number_without_end_is_refused_before_it_reaches_the_parser(number, size):
    with pytest.raises(Unreadable, match="more than 1000 digits"):
        list(ijson.parse(Watched(io.BytesIO(f'[{{"amount": {number}}}]'.encode()), "f.json", 8), buf_size=size))


@pytest.mark.parametrize("size", [1, 7, 65536])
def test_digits_within_a_text_are_no_number(size):
    data = json.dumps([{"a": "9" * 5000, "b": "1e99999", "c": 10**900, "d": 1e300}]).encode()

    assert _read(data, size) == data


def test_a_hundred_thousand_brackets_never_reach_the_parser():
    with pytest.raises(Unreadable, match="nested more than 64 levels"):
        next(ijson.parse(Watched(io.BytesIO(b"[" * 100_000), "f.json", 64)))
