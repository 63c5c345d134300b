"""Days and amounts in the reader's words."""

from datetime import date

import pytest
from django.utils.translation import override

from parvis.register.reading import day_said


@pytest.mark.parametrize(
    ("language", "day", "said"),
    [
        ("fr", date(2025, 1, 1), "1er janvier 2025"),
        ("fr", date(2025, 1, 11), "11 janvier 2025"),
        ("en", date(2025, 1, 1), "1 January 2025"),
        ("es", date(2025, 1, 1), "1 de enero de 2025"),
    ],
)
def test_a_day_is_said_as_the_reader_says_it(language, day, said):
    with override(language):
        assert day_said(day) == said
