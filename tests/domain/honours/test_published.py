import pytest


@pytest.fixture
def known(enter, subject, source):
    """A public title and a nomination in secret, a memorial and what it remembers."""
    subject("film-maker", noun="person")
    subject("nominee-in-danger", noun="person", visibility="restricted")
    subject("paris-council")
    source("page", date="2022")
    source("record", date="2020")
    steps = [
        {"step": "awarded", "day": "2019", "source": "record", "lines": "25"},
        {"step": "awarded", "day": "2018", "source": "page", "lines": "27"},
    ]
    outcome = {"day": "2019", "words": {"en": "Freed, after the title"}, "source": "page", "lines": "27"}
    enter(
        "honour",
        "title",
        kind="honorary_citizenship",
        honoree="film-maker",
        awarded_by="paris-council",
        steps=steps,
        outcomes=[outcome],
        visibility="public",
    )
    enter(
        "honour",
        "secret",
        honoree="nominee-in-danger",
        steps=steps,
        outcomes=[outcome],
        visibility="restricted",
    )
    acts = [{"day": "2015-07", "words": {"en": "20 years"}, "state": "planned", "source": "page", "lines": "374"}]
    enter("commemoration", "srebrenica", kind="massacre", event_day="1995-07-11", acts=acts, visibility="public")
    enter("commemoration", "draft", event_day="1995-07-11", acts=acts, visibility="draft")
    enter("memorial", "garden", kind="garden", remembers="srebrenica", visibility="public")
    enter("memorial", "secret-memorial", kind="garden", remembers="draft", visibility="internal")


def test_titles_are_shared_with_their_steps_and_what_came_after(known, rows):
    assert rows("honours", "honours") == [
        {
            "key": "title",
            "kind": "honorary_citizenship",
            "honoree": "film-maker",
            "awarded_by": "paris-council",
            "state": "awarded",
            "awarded": "2018",
        }
    ]
    assert [(row["honour"], row["day"], row["source"]) for row in rows("honours", "honour_steps")] == [
        ("title", "2019", "record"),
        ("title", "2018", "page"),
    ]
    assert [(row["honour"], row["words"]) for row in rows("honours", "honour_outcomes")] == [
        ("title", {"en": "Freed, after the title"})
    ]


def test_the_latest_step_is_the_furthest(enter, subject, rows):
    subject("someone", noun="person")
    steps = [{"step": "nominated", "day": "2018"}, {"step": "ceremony", "day": "2019"}]
    enter("honour", "a", honoree="someone", steps=steps, visibility="public")
    enter("honour", "b", honoree="someone", visibility="public")

    assert [(row["key"], row["state"], row["awarded"]) for row in rows("honours", "honours")] == [
        ("a", "ceremony", ""),
        ("b", "", ""),
    ]


def test_memorials_and_commemorations_are_shared(known, rows):
    assert [(row["key"], row["remembers"], row["at_home"]) for row in rows("honours", "memorials")] == [
        ("garden", "srebrenica", False)
    ]
    assert rows("honours", "commemorations") == [{"key": "srebrenica", "kind": "massacre", "event_day": "1995-07-11"}]
    assert [(row["commemoration"], row["day"], row["state"]) for row in rows("honours", "commemoration_acts")] == [
        ("srebrenica", "2015-07", "planned")
    ]


def test_anniversaries_are_shared_for_a_century(known, rows):
    found = rows("honours", "anniversaries")

    assert [row for row in found if row["day"].startswith("2025")] == [
        {"commemoration": "srebrenica", "day": "2025-07-11", "years": 30, "round": True}
    ]
    assert (found[0]["day"], found[-1]["day"], len(found)) == ("2000-07-11", "2100-07-11", 101)


def test_anniversaries_begin_the_year_after(enter, rows):
    enter("commemoration", "later", event_day="2098", visibility="public")

    assert [row["day"] for row in rows("honours", "anniversaries")] == ["2099", "2100"]
