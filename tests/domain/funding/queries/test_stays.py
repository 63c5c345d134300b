"""Small numbers of stays point at nobody."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.domain.funding.queries.stays import folded


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        ({"IT": 4}, []),
        ({"IT": 5}, [("IT", 5)]),
        ({"IT": 9, "DE": 6, "PT": 1}, [("IT", 9), ("", 7)]),
        ({"IT": 9, "DE": 3, "PT": 2}, [("IT", 9), ("", 5)]),
        ({"IT": 6, "": 2}, [("", 8)]),
        ({"IT": 2, "DE": 2, "PT": 1}, [("", 5)]),
    ],
)
def test_groups_under_five_are_told_with_the_others(counted, told):
    assert folded(counted) == told


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["IT", "DE", "PT", "ES", "GB", ""]), st.integers(1, 12)))
def test_whatever_is_told_is_five_at_least_and_nothing_is_lost(counted):
    told = folded(counted)

    assert all(number >= 5 for _value, number in told)
    assert not told or sum(number for _value, number in told) == sum(counted.values())
