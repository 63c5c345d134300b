"""Grants awarded out of envelopes: within what is left, on a decision, explained where more is voted than asked."""

from decimal import Decimal

import pytest

from parvis.domain.funding import actions
from parvis.domain.funding.actions import Source
from parvis.domain.funding.errors import (
    CurrencyDiffers,
    GrantMoveRefused,
    KeptByTheLedger,
    MoreThanAsked,
    NoDecision,
    NotAwarded,
    NotEnoughLeft,
    NothingMoves,
)
from parvis.domain.funding.models import Grant, LedgerAccount
from parvis.domain.funding.queries import (
    entries_of_envelope,
    entries_of_grant,
    envelopes_of,
    envelopes_of_grant,
    ledger_faults,
    standing_of_envelope,
    standing_of_grant,
    year_of,
)
from parvis.doors.jobs.rehearsing.requests import requests, voted_in_all
from parvis.register.entry import take_apart


def acts(grant):
    return [(entry.act, str(entry.amount)) for entry in entries_of_grant(grant.subject)]


def test_a_grant_is_awarded_out_of_its_envelope(envelope, asked, award, vote):
    grant = award(asked(amount_asked="60000"), envelope, "50000.55")

    assert (grant.state, str(grant.amount_voted), grant.decision, grant.envelope, grant.levy.key) == (
        "awarded",
        "50000.55",
        vote,
        envelope.subject,
        "levy-water",
    )
    assert standing_of_envelope(envelope).left == Decimal("449999.45")
    assert standing_of_grant(grant.subject).engaged == Decimal("50000.55")
    assert acts(grant) == [("award", "50000.55")]
    assert list(ledger_faults()) == []


def test_no_account_is_opened_to_see_that_nothing_was_reserved(envelope, asked, award):
    grant = award(asked(), envelope, "50000.55")

    assert list(LedgerAccount.objects.filter(grant=grant.subject).values_list("stage", flat=True)) == ["committed"]


def test_an_envelope_gives_no_cent_more_than_it_has(envelope, asked, award):
    award(asked(), envelope, 500_000)

    with pytest.raises(NotEnoughLeft) as refusal:
        award(asked("asked-2"), envelope, "0.01")

    assert "Only €0.00 is left there (Left in the envelope): €0.01 cannot be taken" in str(refusal.value)


def test_what_is_above_a_levy_comes_from_the_general_budget_line_by_line(envelope, general, asked, slip):
    sources = [Source(general, Decimal(20_000)), Source(envelope, Decimal(500_000))]

    grant = actions.award_grant(grant=asked(), sources=sources, slip=slip)

    assert [each.key for each in envelopes_of_grant(grant.subject)] == ["solidae-2026", "general-2026"]
    assert (grant.amount_voted, grant.envelope) == (520_000, envelope.subject)
    assert list(ledger_faults()) == []


def test_nothing_is_half_written_when_one_line_is_refused(envelope, general, asked, slip):
    grant = asked()
    sources = [Source(envelope, Decimal(500_000)), Source(general, Decimal(300_001))]

    with pytest.raises(NotEnoughLeft):
        actions.award_grant(grant=grant, sources=sources, slip=slip)

    assert acts(grant) == []
    assert standing_of_envelope(envelope).left == 500_000


def test_a_vote_above_what_was_asked_asks_why_and_passes(envelope, asked, award):
    grant = asked(amount_asked="40000")

    with pytest.raises(MoreThanAsked):
        award(grant, envelope, 50_000)
    awarded = award(grant, envelope, 50_000, above_asked={"en": "The works cost more than foreseen."})

    assert awarded.above_asked == {"en": "The works cost more than foreseen."}
    assert awarded.amount_voted == 50_000


def test_what_is_reserved_is_used_first_and_the_rest_is_given_back(envelope, asked, award, slip):
    grant = asked()
    actions.reserve(grant=grant, envelope=envelope, amount=Decimal(100_000), slip=slip)
    actions.release(grant=grant, envelope=envelope, amount=Decimal(10_000), slip=slip)
    reserved = standing_of_envelope(envelope)

    award(grant, envelope, 60_000)

    assert (reserved.left, reserved.reserved) == (410_000, 90_000)
    assert (standing_of_envelope(envelope).left, standing_of_envelope(envelope).reserved) == (440_000, 0)
    assert acts(grant)[2:] == [("award", "60000.00"), ("release", "30000.00")]


def test_an_award_may_go_beyond_its_reservation(envelope, asked, award, slip):
    grant = asked()
    actions.reserve(grant=grant, envelope=envelope, amount=Decimal(40_000), slip=slip)

    award(grant, envelope, 60_000)

    assert acts(grant)[1:] == [("award", "40000.00"), ("award", "20000.00")]


def test_a_refused_grant_gives_back_what_was_reserved(envelope, asked, slip):
    grant = asked()
    actions.reserve(grant=grant, envelope=envelope, amount=Decimal(40_000), slip=slip)

    refused = actions.refuse_grant(grant=grant, slip=slip)

    assert (refused.state, refused.amount_voted) == ("refused", 0)
    assert standing_of_envelope(envelope).left == 500_000


def test_a_grant_is_awarded_once(envelope, asked, award):
    grant = award(asked(), envelope, 1000)

    with pytest.raises(GrantMoveRefused) as refusal:
        award(grant, envelope, 1000)

    assert str(refusal.value) == "A grant that is “Awarded” cannot become “Awarded”."


def test_an_envelope_in_euros_gives_euros(envelope, asked, award):
    with pytest.raises(CurrencyDiffers):
        award(asked(currency="XOF"), envelope, 1000)


def test_an_award_gives_something(envelope, asked, slip):
    with pytest.raises(NothingMoves):
        actions.award_grant(grant=asked(), sources=[], slip=slip)


def test_help_in_kind_is_valued_and_takes_nothing_from_an_envelope(envelope, asked, award, slip):
    grant = asked(form="in_kind", kind="in_kind")

    with pytest.raises(NothingMoves):
        award(grant, envelope, 1200)
    with pytest.raises(NoDecision):
        actions.award_in_kind(
            grant=grant,
            value=Decimal(1200),
            slip=actions.Slip(decision=None, day=slip.day, by=slip.by, at=slip.at),
        )
    given = actions.award_in_kind(grant=grant, value=Decimal(1200), slip=slip)

    assert (given.state, given.amount_voted, acts(given)) == ("awarded", 1200, [])


def test_only_help_in_kind_is_awarded_so(asked, slip):
    with pytest.raises(NothingMoves):
        actions.award_in_kind(grant=asked(), value=Decimal(1200), slip=slip)


def test_an_award_is_raised_and_reduced_by_amendment(envelope, asked, award, slip):
    grant = award(asked(), envelope, 50_000)

    raised = actions.amend_award(grant=grant, envelope=envelope, change=Decimal(5_000), slip=slip)
    reduced = actions.amend_award(grant=grant, envelope=envelope, change=Decimal(-10_000), slip=slip)

    assert (raised.amount_voted, reduced.amount_voted) == (55_000, 45_000)
    assert standing_of_envelope(envelope).left == 455_000
    with pytest.raises(NotEnoughLeft):
        actions.amend_award(grant=grant, envelope=envelope, change=Decimal(-45_001), slip=slip)


def test_only_an_awarded_grant_is_amended(envelope, asked, slip):
    with pytest.raises(NotAwarded):
        actions.amend_award(grant=asked(), envelope=envelope, change=Decimal(1), slip=slip)


def test_a_cancelled_award_gives_back_what_was_committed(envelope, asked, award, slip):
    grant = award(asked(), envelope, 50_000)

    cancelled = actions.cancel_award(grant=grant, slip=slip)

    assert cancelled.state == "cancelled"
    assert standing_of_envelope(envelope).left == 500_000
    assert acts(grant)[-1] == ("cancel", "50000.00")


def test_the_sheet_of_a_grant_does_not_change_what_the_ledger_keeps(envelope, asked, award, amend):
    grant = award(asked(), envelope, 50_000)
    facts = {
        "beneficiary": "solthis",
        "year": 2026,
        "currency": "EUR",
        "state": "awarded",
        "amount_voted": "50000",
        "envelope": "solidae-2026",
    }

    with pytest.raises(KeptByTheLedger):
        amend(grant, grant.subject.revision, **facts | {"amount_voted": "60000"})

    assert amend(grant, grant.subject.revision, **facts | {"country": "SN"}).country == "SN"


def test_an_envelope_tells_its_entries_and_a_year_its_envelopes(envelope, water_2026, asked, award):
    award(asked(), envelope, 50_000)

    assert [entry.act for entry in entries_of_envelope(envelope.subject)] == ["allot", "award"]
    assert [each.key for each in envelopes_of(water_2026)] == ["solidae-2026"]


def test_each_of_the_202_votes_of_2013_above_its_request_is_held_back_until_a_reason_is_given(
    general, subject, award, slip, clerk, noon
):
    """Line by line, as the City's file has them: €16,848,786 asked, €28,045,566 voted."""
    subject("solthis")
    above = [one for one in requests() if one.above]
    actions.vote_levy(levy_year=year_of(general), amount=voted_in_all(above), slip=slip)
    actions.allot(envelope=general, amount=voted_in_all(above), slip=slip)
    told = {"beneficiary": "solthis", "year": 2026, "currency": "EUR", "state": "asked", "kind": "call"}
    contents = [
        take_apart(Grant, {"key": f"line-{one.line}", "title": {"fr": "x"}, "amount_asked": str(one.asked), **told})
        for one in above
    ]
    held = actions.enter_grants(contents, by=clerk, at=noon)

    for grant, one in zip(held, above, strict=True):
        with pytest.raises(MoreThanAsked):
            award(grant, general, one.voted)
        award(grant, general, one.voted, above_asked={"fr": "Voté par le Conseil de 2013."})

    given = Grant.objects.exclude(above_asked={}).values_list("amount_asked", "amount_voted")
    assert len(held) == 202
    assert sorted(given) == sorted((one.asked, one.voted) for one in above)
    assert standing_of_envelope(general).engaged == voted_in_all(above) == Decimal(28_045_566)
