"""A conflict of interest as the minutes tell it."""

from parvis.domain.funding.enums import InterestGround
from parvis.domain.funding.models import Interest


def test_minutes_tell_the_tie_of_every_ground_but_never_where_a_person_lives():
    told = {ground: Interest(ground=ground, words="12 rue du Quai").told for ground in InterestGround}

    assert [ground for ground, words in told.items() if not words] == [InterestGround.ADDRESS]
