"""A what-if over ranked files."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.domain.funding.enums import LeftOut
from parvis.domain.funding.queries.selecting import Candidate, Terms, simulate

FILES = [
    Candidate("a", Decimal(82), Decimal(200_000), "ML", "water"),
    Candidate("b", Decimal(79), Decimal(198_000), "SN", "water"),
    Candidate("c", Decimal(70), Decimal(150_000), "ML", "waste"),
    Candidate("d", Decimal(64), Decimal(50_000), "TG", "waste"),
]


def _told(outcome):
    return [(line.candidate.file, line.chosen, line.why) for line in outcome.lines]


def test_the_ranking_is_followed_while_the_envelope_lasts_and_a_smaller_file_may_still_fit():
    outcome = simulate(FILES, Terms(), Decimal(450_000))

    assert _told(outcome) == [
        ("a", True, None),
        ("b", True, None),
        ("c", False, LeftOut.ENVELOPE),
        ("d", True, None),
    ]
    assert (outcome.total, outcome.left) == (Decimal(448_000), Decimal(2_000))
    assert (outcome.next_over.candidate.file, outcome.next_over.over) == ("c", Decimal(98_000))


def test_threshold_and_shares_of_countries_and_themes_leave_out():
    terms = Terms(threshold=Decimal(65), most_a_country=1, most_a_theme=1)

    assert _told(simulate(FILES, terms, Decimal(900_000))) == [
        ("a", True, None),
        ("b", False, LeftOut.THEME),
        ("c", False, LeftOut.COUNTRY),
        ("d", False, LeftOut.THRESHOLD),
    ]


def test_what_is_kept_by_hand_passes_the_threshold_and_never_the_envelope():
    terms = Terms(threshold=Decimal(80), kept=frozenset({"d", "b"}), out=frozenset({"a"}))

    assert _told(simulate(FILES, terms, Decimal(60_000))) == [
        ("a", False, LeftOut.BY_HAND),
        ("b", False, LeftOut.ENVELOPE),
        ("c", False, LeftOut.THRESHOLD),
        ("d", True, None),
    ]


def test_another_sum_may_be_proposed_than_the_one_asked():
    outcome = simulate(FILES[:1], Terms(amounts={"a": Decimal("120000.50")}), Decimal(150_000))

    assert outcome.total == Decimal("120000.50")


AMOUNTS = st.decimals(min_value=1, max_value=10_000, places=2)


@settings(max_examples=100)
@given(st.lists(AMOUNTS, max_size=15), AMOUNTS)
def test_no_scenario_passes_the_envelope_by_a_cent(asked, envelope):
    files = [Candidate(str(number), Decimal(50), amount) for number, amount in enumerate(asked)]

    outcome = simulate(files, Terms(), envelope)

    assert outcome.total == sum((line.proposed for line in outcome.chosen), Decimal(0))
    assert outcome.total + outcome.left == envelope
    assert outcome.left >= 0
