from parvis.register.enums import Visibility


def test_legal_bases_and_their_milestones_are_shared(enter, source, rows):
    source()
    milestone = {"words": {"en": "Vote"}, "expected": "2017", "source": "city-page", "lines": "3-4"}
    enter("legal_basis", "law", kind="law", level="national", state="proposed", milestones=[milestone])
    enter(
        "legal_basis",
        "secret",
        level="national",
        state="proposed",
        visibility="draft",
        milestones=[milestone],
    )

    assert rows("council", "legal_bases") == [
        {
            "key": "law",
            "kind": "law",
            "level": "national",
            "jurisdiction": None,
            "state": "proposed",
            "adopted": "",
            "in_force_from": "",
            "repealed": "",
        }
    ]
    assert rows("council", "legal_milestones") == [
        {
            "legal_basis": "law",
            "words": {"en": "Vote"},
            "expected": "2017",
            "actual": "",
            "source": "city-page",
            "lines": "3-4",
        }
    ]


def test_a_source_that_is_not_public_is_not_named_nor_its_lines(enter, source, rows):
    source(visibility="restricted")
    milestone = {"words": {"en": "Vote"}, "expected": "2017", "source": "city-page", "lines": "3-4"}
    enter("legal_basis", "law", level="national", state="proposed", milestones=[milestone])

    assert [(row["source"], row["lines"]) for row in rows("council", "legal_milestones")] == [(None, "")]


def test_what_a_decision_concerns_in_secret_is_dropped(enter, subject, rows):
    subject("paris-council")
    subject("secret-pact", noun="agreement", visibility=Visibility.INTERNAL)
    subject("pact", noun="agreement")
    enter("decision", "vote", body="paris-council", concerns=["secret-pact", "pact"])

    assert rows("council", "decision_concerns") == [{"decision": "vote", "about": "pact"}]
    assert [row["body"] for row in rows("council", "decisions")] == ["paris-council"]


def test_the_two_tables_of_records_take_one_query_each(enter, rows, django_assert_num_queries):
    for number in range(3):
        enter("legal_basis", f"law-{number}", level="national", state="in_force")

    with django_assert_num_queries(1):
        rows("council", "legal_bases")
