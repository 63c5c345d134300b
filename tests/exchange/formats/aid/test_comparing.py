"""One declaration beside another: each difference has the records that make it."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.exchange.formats.aid.comparing import (
    AMOUNT,
    CAME,
    GONE,
    LEFT,
    NEW,
    NOW_KNOWN,
    Difference,
    Reason,
    differences,
)
from parvis.exchange.formats.aid.declaration import (
    PARTS,
    Heading,
    Payment,
    as_kept,
    declaration,
    digest_of,
    from_kept,
)

MALI = Heading("projects", "ML", "14031", "22000", "water", "EUR")
TOGO = replace(MALI, country="TG")


def paid(key, amount, heading=MALI, year=2024):
    return Payment(year, heading, None if amount is None else Decimal(amount), None, key)


def compared(before, after):
    return differences(declaration(before, 2024), declaration(after, 2024))


def test_nothing_differs_between_a_declaration_and_itself():
    told = [paid("wells", 100), paid("pumps", None, TOGO)]

    assert compared(told, told) == []


def test_a_record_new_gone_or_paid_otherwise_is_told_with_its_amounts():
    (found,) = compared(
        [paid("wells", 100), paid("gone", 5), paid("late", None)],
        [paid("wells", 90), paid("new", 7), paid("late", 3)],
    )

    assert (found.before, found.after, found.gap) == (105, 100, -5)
    assert found.reasons == (
        Reason(GONE, "gone", Decimal(5), None),
        Reason(NOW_KNOWN, "late", None, Decimal(3)),
        Reason(NEW, "new", None, Decimal(7)),
        Reason(AMOUNT, "wells", Decimal(100), Decimal(90)),
    )


def test_a_record_that_moves_to_another_line_is_told_on_both():
    found = compared([paid("wells", 100)], [paid("wells", 100, TOGO)])

    assert found == [
        Difference(MALI, Decimal(100), None, (Reason(LEFT, "wells", Decimal(100), Decimal(100), TOGO),)),
        Difference(TOGO, None, Decimal(100), (Reason(CAME, "wells", Decimal(100), Decimal(100), MALI),)),
    ]


def test_two_records_that_outweigh_each_other_still_differ():
    (found,) = compared([paid("one", 5)], [paid("two", 5)])

    assert (found.gap, [reason.kind for reason in found.reasons]) == (0, [GONE, NEW])


_amounts = st.none() | st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)
_headings = st.builds(
    Heading, st.sampled_from(PARTS), st.sampled_from(("", "ML", "TG")), st.sampled_from(("14031", "99810")),
    st.just("22000"), st.just(""), st.just("EUR"),
)  # fmt: skip
_told = st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(_headings, _amounts)).map(
    lambda held: [Payment(2024, heading, amount, None, key) for key, (heading, amount) in held.items()]
)


@settings(max_examples=60, deadline=None)
@given(_told, _told)
def test_differences_explain_every_cent(before, after):
    was, now = declaration(before, 2024), declaration(after, 2024)

    found = differences(was, now)

    total = sum((line.paid or 0 for line in now), Decimal()) - sum((line.paid or 0 for line in was), Decimal())
    assert sum((one.gap for one in found), Decimal()) == total
    for one in found:
        assert sum((_weight(reason) for reason in one.reasons), Decimal()) == one.gap


def _weight(reason: Reason) -> Decimal:
    """What a reason adds to its own line."""
    before = Decimal() if reason.kind in (NEW, CAME) else reason.before or Decimal()
    after = Decimal() if reason.kind in (GONE, LEFT) else reason.after or Decimal()
    return after - before


@settings(max_examples=40, deadline=None)
@given(_told)
def test_a_declaration_is_kept_and_read_back_the_same(told):
    lines = declaration(told, 2024)

    kept = as_kept(lines)

    assert from_kept(kept) == lines
    assert digest_of(as_kept(from_kept(kept))) == digest_of(kept)
