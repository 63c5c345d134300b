"""What a record becomes in a release, from its rows."""

from datetime import date

from tests.publication.hand_made import Hand


def published(hand: Hand, tmp_path):
    return hand.publish(tmp_path)


def test_without_a_title_the_usual_name_is_one_and_else_the_key(tmp_path):
    hand = Hand()
    hand.record("place", "bamako")
    hand.record("place", "nowhere")
    hand.rows["texts"].clear()
    hand.line("names", subject="bamako", text="Bamako", language="fr", kind="usual")

    release = published(hand, tmp_path)

    assert release.record("bamako")["title"] == {"fr": "Bamako"}
    assert release.record("nowhere")["title"] == {"en": "nowhere"}


def test_a_name_with_an_apostrophe_is_found_written_in_one_word(tmp_path):
    hand = Hand()
    hand.record("place", "ndjamena", title={"fr": "N'Djamena"}, names=[("Fort-Lamy", "former")])

    release = published(hand, tmp_path)

    found = [release.search(query, lang="fr").exact for query in ("ndjamena", "n djamena", "N’Djaména", "fort lamy")]
    assert [one["key"] for one in found] == ["ndjamena"] * 4


def test_a_place_told_of_a_body_places_what_the_body_signs_but_the_city_places_nothing(tmp_path):
    hand = Hand()
    hand.record("place", "paris", title={"en": "Paris"}, country="FR", latitude="48.85", longitude="2.35")
    hand.record("place", "bamako", title={"en": "Bamako"}, country="ML", latitude="12.6", longitude="-8")
    hand.record("body", "city-of-paris", title={"en": "City of Paris"}, place="paris")
    hand.record("body", "city-of-bamako", title={"en": "City of Bamako"}, place="bamako")
    hand.record("agreement", "pact", title={"en": "Pact"}, signed="2014")
    hand.line("agreement_parties", agreement="pact", party="city-of-paris")
    hand.line("agreement_parties", agreement="pact", party="city-of-bamako")
    hand.record("claim", "first", title={"en": "First"}, made_by="x", publisher_body=None)

    release = published(hand, tmp_path)

    placed = {
        key: release.record(key)["country"] for key in ("pact", "city-of-bamako", "city-of-paris", "paris", "first")
    }
    assert placed == {"pact": "ML", "city-of-bamako": "ML", "city-of-paris": None, "paris": "FR", "first": None}


def test_a_record_tied_to_very_many_shows_the_first_and_says_how_many(tmp_path, monkeypatch):
    monkeypatch.setattr("parvis.publication.bake.second_pass.MOST_LINKS", 2)
    hand = Hand()
    hand.record("body", "city-of-paris", title={"en": "City of Paris"})
    for number in range(4):
        hand.record("agreement", f"pact-{number}", title={"en": "Pact"}, body="city-of-paris")

    record = published(hand, tmp_path).record("city-of-paris")

    assert len(record["links"]) == 2
    assert record["links_total"] == 4


def test_membership_lasts_as_long_as_its_statuses(tmp_path):
    hand = Hand()
    hand.record("network", "c40", title={"en": "C40"}, founded="2005")
    hand.record("membership", "in-c40", title={"en": "Paris in C40"}, network="c40")
    hand.line("membership_statuses", membership="in-c40", status="observer", valid_from="2006", valid_to="2010")
    hand.line("membership_statuses", membership="in-c40", status="member", valid_from="2010", valid_to="2015")

    release = published(hand, tmp_path)

    record = release.record("in-c40")
    states = [
        [(row["key"], row["state"]) for row in release.listing("membership", lang="en", on=date(year, 6, 1)).rows]
        for year in (2000, 2008, 2012, 2020)
    ]
    assert (record["state"], record["from_day"], record["to_day"]) == ("member", "2006-01-01", "2015-12-30")
    assert states == [[], [("in-c40", "observer")], [("in-c40", "member")], []]


def test_in_force_follows_what_the_room_worked_out(tmp_path):
    hand = Hand()
    hand.record("agreement", "pact", title={"en": "Pact"}, signed="2014")
    hand.line("agreement_standings", agreement="pact", from_day=None, to_day="2014-01-01", standing="no")
    hand.line("agreement_standings", agreement="pact", from_day="2014-01-01", to_day="2019-01-01", standing="yes")
    hand.line("agreement_standings", agreement="pact", from_day="2019-01-01", to_day=None, standing="no")

    release = published(hand, tmp_path)

    totals = [release.listing("agreement", lang="en", on=date(year, 6, 1)).total for year in (2013, 2016, 2019)]
    assert totals == [0, 1, 0]


def test_an_undated_step_stays_where_it_was_told(tmp_path):
    hand = Hand()
    hand.record("promise", "well", title={"en": "A well"}, made="2015-05")
    hand.line("promise_steps", promise="well", state="said", day="2015-05")
    hand.line("promise_steps", promise="well", state="claimed_kept", day=None)
    hand.line("promise_steps", promise="well", state="in_progress", day="2016")

    release = published(hand, tmp_path)

    on = release.listing("promise", lang="en", on=date(2015, 7, 1)).rows
    assert release.record("well")["state"] == "in_progress"
    assert [row["state"] for row in on] == ["claimed_kept"]


def test_what_was_only_known_on_a_day_is_dated_and_hidden_on_no_day(tmp_path):
    hand = Hand()
    hand.record("project", "tram", title={"en": "Tram"}, stage="running", as_of="2022-09")

    release = published(hand, tmp_path)

    record = release.record("tram")
    assert (record["from_day"], record["year_from"], record["state"]) == (None, 2022, "running")
    assert release.listing("project", lang="en", on=date(2010, 1, 1)).total == 1


def test_what_changes_in_one_statement_is_no_change_of_other_records(tmp_path):
    hand = Hand()
    for number, key in enumerate(("a", "b", "c"), 1):
        hand.record("place", key, title={"en": key})
        hand.line("statements", statement=number, subject=key, property="size", number="1", rank="normal")
    hand.publish(tmp_path)
    hand.rows["statements"] = [
        {"statement": 1, "subject": "a", "property": "size", "number": "1", "rank": "normal"},
        {"statement": 2, "subject": "a", "property": "area", "number": "5", "rank": "normal"},
        {"statement": 3, "subject": "b", "property": "size", "number": "1", "rank": "normal"},
        {"statement": 4, "subject": "c", "property": "size", "number": "1", "rank": "normal"},
    ]

    release = hand.publish(tmp_path)

    assert [row["key"] for row in release.changes["changed"]] == ["a"]


def test_a_role_in_several_languages_does_not_name_a_tie(tmp_path):
    hand = Hand()
    hand.record("place", "bamako", title={"en": "Bamako"})
    hand.record("mission", "trip", title={"en": "Trip"})
    hand.line("mission_places", mission="trip", place="bamako", role=None)

    record = published(hand, tmp_path).record("trip")

    assert [link["role"] for link in record["links"]] == ["place"]
