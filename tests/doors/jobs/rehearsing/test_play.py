"""What a rehearsal leaves to do, whatever is given in it besides."""

import pytest

from parvis.domain.funding.models import Grant
from parvis.doors.jobs.rehearsing.play import Left, left_for


@pytest.mark.parametrize(
    ("file", "left"),
    [("2025-REP-0001", Left.PLAN), ("2025-REP-0010", Left.NOTHING), ("", Left.NOTHING), ("W-x", Left.NOTHING)],
)
def test_a_grant_awarded_without_a_file_of_the_rehearsal_leaves_nothing_to_do(file, left):
    assert left_for(Grant(file=file)) == left
