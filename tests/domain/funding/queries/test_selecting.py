"""A what-if over ranked files."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.domain.funding.enums import LeftOut
from parvis.domain.funding.queries.ranking import Reading
from parvis.domain.funding.queries.selecting import Candidate, Terms, shares_by, simulate, without_each

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


def test_past_wins_count_against_the_order_and_disciplines_have_their_share():
    files = [
        Candidate("again", Decimal(80), Decimal(10), discipline="dance", past=2),
        Candidate("new", Decimal(75), Decimal(10), discipline="dance"),
        Candidate("music", Decimal(60), Decimal(10), discipline="music"),
    ]

    assert _told(simulate(files, Terms(less_a_win=Decimal(5), most_a_discipline=1), Decimal(100))) == [
        ("new", True, None),
        ("again", False, LeftOut.DISCIPLINE),
        ("music", True, None),
    ]
    assert [line.candidate.file for line in simulate(files, Terms(), Decimal(100)).lines] == ["again", "new", "music"]


AMOUNTS = st.decimals(min_value=1, max_value=10_000, places=2)


@settings(max_examples=100)
@given(st.lists(AMOUNTS, max_size=15), AMOUNTS)
def test_no_scenario_passes_the_envelope_by_a_cent(asked, envelope):
    files = [Candidate(str(number), Decimal(50), amount) for number, amount in enumerate(asked)]

    outcome = simulate(files, Terms(), envelope)

    assert outcome.total == sum((line.proposed for line in outcome.chosen), Decimal(0))
    assert outcome.total + outcome.left == envelope
    assert outcome.left >= 0


def test_sums_by_theme_and_by_country_add_up_to_the_scenario_and_unsaid_ones_come_last():
    candidates = [
        Candidate("a", Decimal(90), Decimal(100), "SN", "water"),
        Candidate("b", Decimal(80), Decimal(50), "ML", ""),
        Candidate("c", Decimal(70), Decimal(30), "SN", "health"),
        Candidate("d", Decimal(60), Decimal(40), "SN", "water"),
    ]

    outcome = simulate(candidates, Terms(), Decimal(185))

    assert [(one.code, one.files, one.asked, one.chosen, one.given) for one in shares_by(outcome, "theme")] == [
        ("water", 2, Decimal(140), 1, Decimal(100)),
        ("health", 1, Decimal(30), 1, Decimal(30)),
        ("", 1, Decimal(50), 1, Decimal(50)),
    ]
    assert [(one.code, one.chosen, one.given) for one in shares_by(outcome, "country")] == [
        ("SN", 2, Decimal(130)),
        ("ML", 1, Decimal(50)),
    ]


def test_without_one_reader_a_scenario_says_who_comes_in_and_who_falls_out():
    readings = [
        Reading("a", 1, Decimal(90)), Reading("a", 2, Decimal(40)), Reading("a", 3, Decimal(80)),
        Reading("b", 1, Decimal(60)), Reading("b", 2, Decimal(70)), Reading("b", 3, Decimal(65)),
    ]  # fmt: skip
    candidates = [
        Candidate("a", Decimal(70), Decimal(100)),
        Candidate("b", Decimal(65), Decimal(80)),
    ]

    found = without_each(readings, candidates, Terms(), Decimal(100))

    assert [(one.reviewer, one.comes_in, one.falls_out, one.total, one.same) for one in found] == [
        (1, ("b",), ("a",), Decimal(80), False),
        (2, (), (), Decimal(100), True),
        (3, (), (), Decimal(100), True),
    ]


def test_files_of_one_score_on_both_sides_of_the_end_of_the_envelope_are_told_apart_by_nobody():
    files = [Candidate(name, Decimal(70), Decimal(10_000)) for name in ("a", "b")]
    lower = Candidate("c", Decimal(60), Decimal(10_000))

    outcome = simulate([*files, lower], Terms(), Decimal(15_000))

    assert [(line.candidate.file, line.why, line.even) for line in outcome.lines] == [
        ("a", None, False),
        ("b", LeftOut.ENVELOPE, True),
        ("c", LeftOut.ENVELOPE, False),
    ]


def test_a_score_at_the_threshold_itself_is_chosen_and_no_file_at_all_gives_nothing():
    assert _told(simulate(FILES[2:3], Terms(threshold=Decimal(70)), Decimal(150_000))) == [("c", True, None)]
    assert (simulate([], Terms(), Decimal(9)).lines, without_each([], [], Terms(), Decimal(9))) == ((), [])
