import pytest

from parvis.domain.partnerships.published import TABLES


@pytest.fixture
def known(pact, subject, source):
    """A public agreement with a party the public may not know of."""
    source()
    subject("secret-partner", visibility="internal")
    pact(
        ("draft", "2014"),
        ("signed", "2014-10-15"),
        key="pact",
        kind="city_cooperation",
        visibility="public",
        parties=("paris", "rome", "secret-partner"),
        clauses=[{"kind": "equality", "words": {"en": "Equality"}, "source": "city-page", "lines": "3"}],
        term_years=3,
        renewal="fixed",
    )
    pact(
        ("draft", "2015"),
        key="secret-pact",
        visibility="draft",
        clauses=[{"kind": "k", "words": {"en": "w"}}],
    )


def test_agreements_say_what_they_are_and_until_when(known, rows):
    (row,) = rows("partnerships", "agreements")

    assert {name: row[name] for name in ("key", "kind", "state", "end", "term_years", "renewal", "decision")} == {
        "key": "pact",
        "kind": "city_cooperation",
        "state": "signed",
        "end": "2017-10-15",
        "term_years": 3,
        "renewal": "fixed",
        "decision": None,
    }
    assert str(row["attested_until"]) == "2014-10-15"


def test_a_party_that_is_not_public_is_dropped(known, rows):
    assert [row["party"] for row in rows("partnerships", "agreement_parties")] == ["paris", "rome"]


def test_lines_of_agreements_are_those_of_public_ones(known, rows):
    assert [(row["agreement"], row["state"], row["day"]) for row in rows("partnerships", "agreement_steps")] == [
        ("pact", "draft", "2014"),
        ("pact", "signed", "2014-10-15"),
    ]
    assert rows("partnerships", "agreement_clauses") == [
        {
            "agreement": "pact",
            "kind": "equality",
            "words": {"en": "Equality"},
            "source": "city-page",
            "lines": "3",
        }
    ]


def test_standings_cut_time_so_that_any_day_can_be_asked(known, rows):
    found = [
        (str(row["from_day"]), str(row["to_day"]), row["standing"])
        for row in rows("partnerships", "agreement_standings")
    ]

    assert found == [
        ("None", "2014-10-15", "no"),
        ("2014-10-15", "2017-10-15", "yes"),
        ("2017-10-15", "None", "no"),
    ]


def test_memberships_and_their_statuses_are_shared(enter, subject, rows):
    subject("paris", noun="place")
    enter("network", "al-las", visibility="public", founded="2013")
    statuses = [{"status": "observer", "from": "2013", "to": "2016"}, {"status": "member", "from": "2016"}]
    enter("membership", "paris-in", network="al-las", member="paris", visibility="public", statuses=statuses)
    subject("lima", noun="place")
    enter("membership", "lima-in", network="al-las", member="lima", visibility="draft", statuses=statuses)

    assert [(row["key"], row["founded"]) for row in rows("partnerships", "networks")] == [("al-las", "2013")]
    assert rows("partnerships", "memberships") == [
        {"key": "paris-in", "network": "al-las", "member": "paris", "state": "member", "joined": "2016"}
    ]
    assert [(row["status"], row["valid_to"]) for row in rows("partnerships", "membership_statuses")] == [
        ("observer", "2016"),
        ("member", ""),
    ]


def test_relations_are_shared(enter, cities, rows):
    enter("relation", "to-rome", partner="rome", level="special", as_of="2015-05", visibility="public")
    enter("relation", "to-lima", partner="lima", stage="contact", as_of="2015-05", visibility="internal")

    assert [(row["partner"], row["level"], row["stage"]) for row in rows("partnerships", "relations")] == [
        ("rome", "special", "")
    ]


@pytest.fixture
def three_of_each(pact, enter, cities):
    for number in range(3):
        pact(("signed", "2014"), key=f"pact-{number}", visibility="public")
        network = enter("network", f"network-{number}", visibility="public").key
        statuses = [{"status": "member", "from": "2013"}]
        enter(
            "membership",
            f"in-{number}",
            network=network,
            member="paris",
            visibility="public",
            statuses=statuses,
        )


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_table_asks_the_database_once_a_row(table, three_of_each, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        assert list(table.checked_rows()) is not None
