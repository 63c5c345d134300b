"""What the funding room shares, row by row."""


def test_a_grant_is_shared_with_its_amounts_and_its_ties(told, rows, water):
    told(amount_asked="60000", levy="levy-water", country="SN")

    (row,) = rows("funding", "grants")

    assert {name: row[name] for name in ("key", "beneficiary", "levy", "country", "natural_person")} == {
        "key": "grant-1",
        "beneficiary": "solthis",
        "levy": "levy-water",
        "country": "SN",
        "natural_person": False,
    }
    assert (str(row["amount_asked"]), str(row["amount_voted"]), row["amount_paid"]) == ("60000.00", "50000.00", None)


def test_nothing_shared_says_who_the_natural_person_is(told, rows):
    told(beneficiary=None, natural_person=True, file="RES-2021-7")

    (row,) = rows("funding", "grants")

    assert (row["beneficiary"], row["natural_person"]) == (None, True)
    assert "RES-2021-7" not in map(str, row.values())


def test_a_rule_is_shared_with_its_rate(water, rows):
    (row,) = rows("funding", "levy_rules")

    assert (row["levy"], str(row["rate"]), row["valid_from"]) == ("levy-water", "0.010000", "2005-02-09")
