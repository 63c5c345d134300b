import pytest


@pytest.fixture
def known(enter, subject, source):
    """A public programme and project with a place and a partner the public may not know of."""
    source()
    for key in ("amman", "secret-place"):
        subject(key, noun="place", visibility="internal" if key.startswith("secret") else "public")
    subject("secret-body", visibility="draft")
    subject("ap-hp")
    editions = [
        {"label": {"en": "First"}, "when": "2013", "state": "held", "places": ["amman"]},
        {
            "label": {"en": "Second"},
            "when": "2014",
            "state": "planned",
            "places": ["secret-place", "amman"],
            "source": "city-page",
            "lines": "7",
        },
    ]
    places = ["secret-place", "amman"]
    enter("programme", "tandem", kind="residency", visibility="public", places=places, editions=editions)
    enter("programme", "secret-programme", visibility="draft", places=places, editions=editions)
    partners = [{"body": "secret-body", "role": "funder"}, {"body": "ap-hp", "role": "lead"}]
    enter(
        "project",
        "amman-transport",
        kind="transport",
        visibility="public",
        stage="running",
        stage_as_of="2015-05",
        places=places,
        partners=partners,
        programme="secret-programme",
    )
    enter("project", "secret-project", visibility="restricted", places=places, partners=partners)


def test_a_project_names_what_is_public_and_nothing_else(known, rows):
    assert rows("projects", "projects") == [
        {
            "key": "amman-transport",
            "kind": "transport",
            "stage": "running",
            "stage_as_of": "2015-05",
            "programme": None,
            "agreement": None,
            "since": "",
            "until": "",
            "cost": None,
            "currency": "",
            "legal_form": {},
        }
    ]
    assert rows("projects", "project_places") == [{"project": "amman-transport", "place": "amman"}]
    assert rows("projects", "project_partners") == [{"project": "amman-transport", "body": "ap-hp", "role": "lead"}]


def test_a_programme_shares_its_editions_and_their_places(known, rows):
    assert [row["key"] for row in rows("projects", "programmes")] == ["tandem"]
    assert rows("projects", "programme_places") == [{"programme": "tandem", "place": "amman"}]
    assert [
        (row["programme"], row["edition"], row["label"]["en"], row["source"], row["lines"])
        for row in rows("projects", "programme_editions")
    ] == [("tandem", 1, "First", None, ""), ("tandem", 2, "Second", "city-page", "7")]
    assert rows("projects", "edition_places") == [
        {"programme": "tandem", "edition": 1, "place": "amman"},
        {"programme": "tandem", "edition": 2, "place": "amman"},
    ]
