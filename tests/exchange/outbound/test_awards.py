"""What is said of a grant beside its record, as the standards take it: how it is paid, how it counts as aid."""

from decimal import Decimal

from parvis.exchange.formats.scdl.subvention import why_not
from parvis.exchange.outbound import giving360, iati, scdl
from parvis.exchange.outbound.awards import awards
from tests.exchange.outbound.money import giving_hand, published_of


def test_a_grant_without_orders_of_payment_is_told_as_its_file_or_an_officer_tells_it():
    hand = _without_payments()
    for name, said in (
        ("payment_terms", "unique"), ("payment_period", "2024"), ("beneficiary_share", "0.45"),
        ("notified_to_the_union", "oui"), ("aid_scheme", "D-12"), ("register_of_business_aid", "33"),
    ):  # fmt: skip
        _said(hand, "complete", name, fr=said)

    told = next(row for row in scdl.subventions(published_of(hand)) if row.key == "complete")

    assert (told.conditions, told.period, told.share, told.notified, told.scheme, told.rae) == (
        "unique", "2024-01-01/2024-12-31", Decimal("0.45"), True, "D-12", "33",
    )  # fmt: skip
    assert why_not(told) == []


def test_orders_of_payment_go_before_what_a_file_says():
    hand = giving_hand()
    _said(hand, "complete", "payment_terms", fr="unique")
    _said(hand, "complete", "payment_period", fr="2019")

    told = next(row for row in scdl.subventions(published_of(hand)) if row.key == "complete")

    assert (told.conditions, told.period) == ("échelonné", "2024-09-01/2025-06-30")


def test_a_period_that_is_no_date_is_left_to_the_companion():
    hand = _without_payments()
    _said(hand, "complete", "payment_terms", fr="unique")
    _said(hand, "complete", "payment_period", fr="au printemps")

    told = next(row for row in scdl.subventions(published_of(hand)) if row.key == "complete")

    assert why_not(told) == ["datesPeriodeVersement"]


def test_what_is_said_of_a_project_holds_for_its_grants_unless_they_say_otherwise():
    hand = giving_hand()
    hand.columns["grants"]["project"] = None
    for row in hand.rows["grants"]:
        row["project"] = "wells" if row["key"] == "complete" else None
    _said(hand, "wells", "aid_sector", fr="Éducation primaire (11220)")
    _said(hand, "wells", "flow_type", fr="APD (10)")
    _said(hand, "wells", "tied_status", fr="Liée (4)")
    _said(hand, "complete", "tied_status", fr="Non liée (5)")

    told = next(one for one in iati.activities(published_of(hand)) if one.key == "complete")
    other = next(one for one in iati.activities(published_of(hand)) if one.key == "abroad")
    given = next(one for one in giving360.grants(published_of(hand)) if one.key == "complete")

    assert (told.flow, told.tied, told.sectors[0].code) == ("10", "5", "11220")
    assert told.sectors[0].said["fr"] == "Tel que dit de son projet"
    assert (other.flow, other.tied) == ("", "")
    assert given.classifications[0].code == "11220"


def test_a_transfer_the_bank_sent_back_is_no_payment_in_any_standard():
    hand = giving_hand()
    sent_back = {"grant": "complete", "amount": "72000.50"}
    hand.line("grant_payments", **sent_back, act="pay", day="2025-05-02", sent_back="2025-05-09")
    hand.line("grant_payments", **sent_back, act="return", day="2025-05-09")

    before, after = (
        next(one for one in awards(published_of(each)) if one.key == "complete") for each in (giving_hand(), hand)
    )

    assert [one.day for one in after.instalments] == ["2024-09-01", "2025-06-30"]
    assert before.paid == after.paid == Decimal("272000.50")


def _without_payments():
    hand = giving_hand()
    hand.rows["grant_payments"] = [row for row in hand.rows["grant_payments"] if row["grant"] != "complete"]
    return hand


def _said(hand, subject, name, **words):
    hand.line("statements", subject=subject, property=name, rank="normal", source="a-file", words=words)
