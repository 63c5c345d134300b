"""A page is judged, not the machine it is judged on."""

from __future__ import annotations

import pytest

from scripts.lighthouse import slowdown


@pytest.mark.parametrize(
    ("processor", "times"),
    [(2_400, 4.0), (1_750, 4.0), (1_000, 2.3), (875, 2.0), (400, 1.0), (0, 1.0)],
)
def test_a_telephone_is_four_times_slower_than_a_fast_desktop_and_never_faster_than_here(processor, times):
    assert slowdown(processor) == times
