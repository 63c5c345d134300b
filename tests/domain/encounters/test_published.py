import pytest


@pytest.fixture
def known(enter, subject):
    """A public event and mission with someone the public may not know of."""
    for key in ("unaids", "associations"):
        subject(key)
    subject("secret-guest", noun="person", visibility="restricted")
    subject("mayor", noun="office")
    organisers, participants = ["unaids"], ["secret-guest", "associations"]
    bodies = {"organisers": organisers, "participants": participants}
    enter("event", "call", kind="ceremony", starts="2014-12-01", state="held", visibility="public", **bodies)
    enter("event", "secret-event", visibility="draft", **bodies)
    members = ["secret-guest", {"who": "mayor", "role": {"en": "head"}}]
    enter("mission", "yerevan", starts="2015-09", members=members, payer="unaids", visibility="public")
    enter("mission", "secret-mission", starts="2015", members=members, visibility="internal")


def test_events_are_shared_with_their_public_bodies(known, rows):
    assert rows("encounters", "events") == [
        {
            "key": "call",
            "kind": "ceremony",
            "starts": "2014-12-01",
            "ends": "",
            "recurs": "",
            "recurs_on": "",
            "place": None,
            "state": "held",
            "state_as_of": "",
        }
    ]
    assert rows("encounters", "event_bodies") == [
        {"event": "call", "body": "unaids", "role": "organiser"},
        {"event": "call", "body": "associations", "role": "participant"},
    ]


def test_missions_are_shared_with_their_public_members(known, rows):
    assert [(row["key"], row["payer"], row["origin"]) for row in rows("encounters", "missions")] == [
        ("yerevan", "unaids", "unknown")
    ]
    assert rows("encounters", "mission_members") == [{"mission": "yerevan", "who": "mayor", "part": {"en": "head"}}]
