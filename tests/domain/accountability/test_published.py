import pytest

from parvis.register.actions import record_statement

EVIDENCE = {"evidence": ["stele"]}


def test_a_promise_kept_is_shared_with_its_evidence(promise, rows):
    promise(("said", "2014"), ("kept", "2019", {**EVIDENCE, "by": "mayor", "source": "page"}), visibility="public")
    promise(("said", "2014"), key="secret", visibility="draft")

    assert [
        (row["key"], row["made_by"], row["state"], row["state_as_of"]) for row in rows("accountability", "promises")
    ] == [("refuge", "mayor", "kept", "2019")]
    assert [
        (row["promise"], row["step"], row["state"], row["by"], row["source"])
        for row in rows("accountability", "promise_steps")
    ] == [("refuge", 1, "said", None, None), ("refuge", 2, "kept", "mayor", "page")]
    assert rows("accountability", "promise_evidence") == [{"promise": "refuge", "step": 2, "record": "stele"}]


def test_kept_is_not_said_in_public_on_secret_evidence(promise, subject, rows):
    subject("secret-proof", visibility="internal")
    promise(("said", "2014"), ("kept", "2019", {"evidence": ["secret-proof"]}), visibility="public")

    assert [row["state"] for row in rows("accountability", "promises")] == ["claimed_kept"]
    assert [row["state"] for row in rows("accountability", "promise_steps")] == ["said", "claimed_kept"]
    assert rows("accountability", "promise_evidence") == []


def test_a_promise_without_a_step_was_made(promise, rows):
    promise(visibility="public")

    assert [(row["state"], row["state_as_of"]) for row in rows("accountability", "promises")] == [("said", "2014")]


def test_claims_are_shared_with_who_claims_and_among_what(claim, rows):
    claim(
        kind="rank",
        place_in_rank=6,
        set={"en": "Cities"},
        visibility="public",
        about="stele",
        evidence=["stele"],
    )
    claim(key="secret", visibility="draft")

    (row,) = rows("accountability", "claims")

    assert {name: row[name] for name in ("key", "kind", "publisher", "about", "place_in_rank", "set", "state")} == {
        "key": "first-city",
        "kind": "rank",
        "publisher": "city-of-paris",
        "about": "stele",
        "place_in_rank": 6,
        "set": {"en": "Cities"},
        "state": "claimed",
    }
    assert rows("accountability", "claim_evidence") == [{"claim": "first-city", "record": "stele"}]


@pytest.mark.parametrize(("visibility", "state"), [("public", "proven"), ("internal", "claimed")])
def test_proven_is_said_in_public_on_public_evidence(claim, subject, rows, visibility, state):
    subject("proof", visibility=visibility)
    claim(state="proven", evidence=["proof"], visibility="public")

    assert [row["state"] for row in rows("accountability", "claims")] == [state]


def test_questions_and_stories_are_shared_with_their_texts(enter, subject, rows):
    subject("title", noun="honour")
    subject("secret", noun="honour", visibility="restricted")
    answer = {"en": "Three were freed after.", "fr": "Trois furent libérés ensuite."}
    enter(
        "question",
        "what-use",
        asked_by={"en": "A resident"},
        state="answered",
        answer=answer,
        evidence=["secret", "title"],
        visibility="public",
    )
    enter("story", "memory", about=["secret", "title"], body={"en": "A title."}, visibility="public")

    assert [(row["asked_by"], row["answer"]) for row in rows("accountability", "questions")] == [
        ({"en": "A resident"}, answer)
    ]
    assert rows("accountability", "question_evidence") == [{"question": "what-use", "record": "title"}]
    assert [row["body"] for row in rows("accountability", "stories")] == [{"en": "A title."}]
    assert rows("accountability", "story_subjects") == [{"story": "memory", "record": "title"}]


def test_figures_are_checked_in_public_against_public_records_only(enter, subject, source, act, rows):
    source("page", date="2016")
    source("secret-page", date="2016", visibility="internal")
    for key in ("lima", "rome"):
        subject(key, noun="place")
    subject("hidden-place", noun="place", visibility="draft")
    places = ["lima", "rome", "hidden-place"]
    enter("project", "p", stage="running", stage_as_of="2015", places=places, visibility="public")
    for key, visibility in (("shown", "public"), ("hidden", "draft")):
        indicator = enter("indicator", key, unit="places", counted_as="project_places", visibility=visibility)
        for page in ("page", "secret-page"):
            content = {
                "property": "value",
                "number": 3,
                "unit": "places",
                "scope": {"en": "All"},
                "as_of": "2016",
                "source": page,
                "lines": "3-4",
            }
            act(record_statement, about=indicator.subject, content=content)

    assert rows("accountability", "figure_checks") == [
        {
            "indicator": "shown",
            "as_of": "2016",
            "claimed": 3,
            "qualifier": "",
            "counted": 2,
            "differs": True,
            "records": ["lima", "rome"],
            "source": "page",
            "lines": "3-4",
        }
    ]
    assert [(row["key"], row["unit"]) for row in rows("accountability", "indicators")] == [("shown", "places")]
