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


PERSON = {"beneficiary": None, "natural_person": True, "visibility": "internal", "kind": "mobility"}


def test_nothing_shared_says_who_the_natural_person_is(told, rows):
    for number in range(5):
        told(
            key=f"grant-to-jane-{number}", title={"en": "Jane Canary"}, file="Canary", amount_voted="1000.10", **PERSON
        )

    assert list(rows("funding", "grants")) == []
    (total,) = rows("funding", "grants_to_persons")
    assert {name: str(value) for name, value in total.items()} == {
        "year": "2021",
        "kind": "mobility",
        "currency": "EUR",
        "grants": "5",
        "amount_voted": "5000.50",
    }


def test_fewer_than_five_persons_are_not_counted_apart(told, rows):
    for number in range(4):
        told(key=f"grant-{number}", **PERSON)

    assert list(rows("funding", "grants_to_persons")) == []


def test_the_vote_is_dated_by_the_day_of_its_decision_and_else_by_its_year(told, rows, enter, subject):
    subject("paris-council")
    enter("decision", "vote", body="paris-council", day="2021-07-06")
    told(decision="vote")
    told(key="grant-2")

    assert [row["voted"] for row in rows("funding", "grants")] == ["2021-07-06", "2021"]


def test_a_grant_for_several_places_shares_each_of_them(told, rows, subject):
    subject("country-bj", noun="place")
    subject("country-tg", noun="place")
    told(place="country-bj", places=["country-tg"])

    assert [(row["grant"], row["place"]) for row in rows("funding", "grant_places")] == [("grant-1", "country-tg")]


def test_a_rule_is_shared_with_its_rate(water, rows):
    (row,) = rows("funding", "levy_rules")

    assert (row["levy"], str(row["rate"]), row["valid_from"]) == ("levy-water", "0.010000", "2005-02-09")
