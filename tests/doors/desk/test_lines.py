"""Lines of a row that is brought in, as an officer reads them before accepting it."""

import pytest
from django.utils import translation

from parvis.doors.desk.lines import lines_told
from parvis.exchange.inbound import lines
from parvis.exchange.inbound.targets import Meaning


@pytest.mark.parametrize(
    ("field", "meaning", "cell", "told"),
    [
        ("moves", Meaning.MONEY_ON_A_DAY, "paid 2024-09-01 1200.50 EUR · Ville", "2024-09-01: 1,200.5 EUR"),
        ("budgets", Meaning.MONEY_ON_A_DAY, "budget 2024-01-01 5 EUR", "2024-01-01: 5 EUR"),
        ("shares", Meaning.SHARE, "14031 60 % 2024-05-01", "60 % Basic drinking water supply (14031)"),
        ("papers", Meaning.PAPER, "https://x.example.org/a · Report · 2024-05-01", "Report · https://x.example.org/a"),
        ("aims", Meaning.AIM, "gender · also", "Equality of women and men: One of its aims"),
        (
            "figures", Meaning.RESULT, "output · Taps · 2024-09-01/2025-06-30 · 12 > 10.5",
            "Taps: 10.5 / 12 (2024-09-01–2025-06-30)",
        ),
        ("deadlines", Meaning.DEADLINE, "2026-09-23 · 1/2", "2026-09-23 (1/2)"),
    ],
)  # fmt: skip
def test_a_line_is_told_in_words(field, meaning, cell, told):
    with translation.override("en"):
        line = lines.READS[meaning](cell, "en")
        other = {"property": "observation", "words": {"en": "Something else"}}
        beside = [other] if "property" in line else []

        assert lines_told(field, meaning, [line, *beside]) == told


@pytest.mark.parametrize(
    ("meaning", "cell"),
    [
        (Meaning.MONEY_ON_A_DAY, "paid yesterday 5 EUR"), (Meaning.MONEY_ON_A_DAY, "paid 2024-13-01 5 EUR"),
        (Meaning.SHARE, "14031 160 % 2024-05-01"), (Meaning.PAPER, "javascript:alert(1)"),
        (Meaning.AIM, "gender · much"), (Meaning.RESULT, "output · Taps · 12"), (Meaning.DEADLINE, "soon"),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_such_line_says_so(meaning, cell):
    with pytest.raises(lines.NotSo):
        lines.READS[meaning](cell, "en")
