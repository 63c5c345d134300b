"""What a system of record must hold, seen on its pages: rows SYS, PRO and EVA of the inventory."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import override_settings

from parvis.domain.directory import queries as directory
from parvis.domain.funding.queries.limits import funding_rule
from parvis.doors.jobs.loading.city import CityLoader
from parvis.foundation.journal import actions as journal
from parvis.foundation.journal.models import Line
from parvis.publication import reader
from parvis.publication.bake import actions as publication
from parvis.register.errors import InvalidContent
from parvis.register.models import Subject, Text

MINUTES = {"source": "minutes", "lines": "3"}
CITED = {"cites": [MINUTES]}
MORNING = datetime(2026, 11, 22, 11, tzinfo=UTC)
DATA = Path(__file__).resolve().parents[2] / "data"


def test_a_text_has_its_original_and_translations_with_state_and_a_missing_one_falls_back_with_a_notice(house):
    house.enter(
        "project",
        "quays",
        kind="water",
        title={"fr": "Les quais", "en": "The quays"},
        summary={"fr": "Des quais rendus à la promenade."},
        **CITED,
    )

    pages = house.publish()

    states = {(text.field, text.language): text.state for text in Text.objects.filter(subject__key="quays")}
    assert states == {("title", "fr"): "original", ("title", "en"): "translated", ("summary", "fr"): "original"}
    page = pages.main("/en/projects/quays")
    assert '<span lang="fr">Des quais rendus à la promenade.</span>' in page
    assert "in French" in pages.words("/en/projects/quays")
    assert "in French" not in pages.words("/fr/projets/quays")


def test_the_desk_lists_texts_that_speak_of_the_past_as_future_and_offices_that_have_ended(house):
    house.enter("project", "quays", kind="water", summary={"en": "The quays will open by 2020."}, **CITED)
    house.enter("project", "park", kind="water", summary={"en": "A park."}, future_until="2021-05", **CITED)
    house.enter("person", "anna", kind="office_holder", **CITED)
    held = [{"person": "anna", "valid_from": "2014", "valid_to": "2020-06-28", **MINUTES}]
    house.enter("office", "port-chair", kind="chair", body="city-of-paris", holdings=held, **CITED)

    told = house.reminders(date(2026, 11, 22))
    today = house.desk().client.get("/bureau/", headers={"Accept-Language": "en"}).content.decode()

    assert told["Texts that speak of the past as future"] == [
        ("quays", "speaks of the future until 31 December 2020"),
        ("park", "speaks of the future until 31 May 2021"),
    ]
    assert told["Offices that have ended"] == [("port-chair", "last held until 28 June 2020; nobody is known after")]
    assert "/bureau/fiches/offices/port-chair/" in today


def test_someone_speaks_in_the_role_of_that_day_and_a_later_role_does_not_change_the_past(house):
    house.enter("person", "anna", kind="office_holder", title={"en": "Anna"}, **CITED)
    for office, start, end in (("deputy", "2014-04-05", "2018-01-01"), ("mayor", "2018-01-02", "2024-01-01")):
        held = [{"person": "anna", "valid_from": start, "valid_to": end, **MINUTES}]
        house.enter(
            "office", office, kind="mayor", body="city-of-paris", holdings=held, title={"en": office.title()}, **CITED
        )
    anna = Subject.objects.get(key="anna")

    roles = {
        day.year: [held.office.key for held in directory.role_on(anna, day)]
        for day in (date(2016, 5, 1), date(2020, 5, 1))
    }
    pages = house.publish()

    assert roles == {2016: ["deputy"], 2020: ["mayor"]}
    assert (
        pages.section("/en/offices/deputy", "Who held it") == "Who held it 5 Apr 2014 to 1 Jan 2018 Anna Minutes, l. 3"
    )
    assert (
        pages.section("/en/offices/mayor", "Who held it") == "Who held it 2 Jan 2018 to 1 Jan 2024 Anna Minutes, l. 3"
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Tblissi", "tbilisi"),
        ("CDMX", "mexico-city"),
        ("mexico df", "mexico-city"),
        ("CGLU", "uclg"),
        ("uclg", "uclg"),
        ("Bacau", "bacau"),
        ("sao paulo", "sao-paulo"),
        ("COP21", "cop21"),
        ("1000 maires", "mayors-summit-2015"),
        ("side event de la cop21", "mayors-summit-2015"),
    ],
)
def test_search_finds_a_record_of_paris_under_any_alias(paris, asked, found):
    answered = reader.current().search(asked, lang="fr")
    first = answered.exact or answered.rows[0]

    assert first["key"] == found
    assert any(href.endswith(f"/{found}") for href in paris.links(f"/fr/recherche?q={asked}"))


def test_there_is_one_record_of_paris_for_each_real_place(paris):
    geonames = [row["geoname"] for row in reader.current().rows("places") if row["geoname"]]
    names = [row["key"] for row in reader.current().rows("places")]

    assert len(geonames) == len(set(geonames)) > 60
    assert len(names) == len(set(names))


def test_two_acts_are_tied_as_led_to_with_their_proof_and_shown_as_a_chain_from_both_ends(house):
    house.enter("project", "grant", kind="health", title={"en": "Grant"}, **CITED)
    with pytest.raises(InvalidContent):
        house.enter("mission", "talk", kind="visit", led_to=[{"key": "grant"}], **CITED)
    house.enter(
        "mission",
        "visit",
        kind="visit",
        title={"en": "Visit of a doctor"},
        **CITED,
        led_to=[{"key": "grant", "note": {"en": "Voted after the visit."}, **MINUTES}],
    )

    pages = house.publish()

    assert pages.section("/en/missions/visit", "Chain of effects") == (
        "Chain of effects led to Grant Voted after the visit. Minutes, l. 3"
    )
    assert pages.section("/en/projects/grant", "Chain of effects").startswith(
        "Chain of effects came from Visit of a doctor"
    )


def test_paris_shows_a_visit_and_the_grant_it_led_to(paris):
    told = [
        paris.section(f"/en/missions/{key}", "Chain of effects")
        for key in ("visit-sakharov-laureate-2017", "visit-rights-physician-2016")
        if "Chain of effects" in paris.words(f"/en/missions/{key}")
    ]

    assert told
    assert all("led to" in chain and "l. " in chain for chain in told)


def test_every_public_record_can_be_downloaded_in_open_formats_with_licence_and_stable_ids(paris):
    release = reader.current()
    csv = {row["key"] for row in release.rows("subjects")}
    whole = b"".join(paris.client.get("/en/agreements.csv").streaming_content).decode()
    dictionary = paris.client.get("/data/dictionary.json").json()

    assert len(csv) == sum(release.nouns().values())
    assert all(paris.client.get(f"/id/{key}.json").status_code == 200 for key in sorted(csv))
    assert len(whole.splitlines()) - 1 == 33
    assert dictionary["licence"] == "etalab-2.0"
    for path in ("tables/agreements.csv", "tables/agreements.parquet", "site.sqlite"):
        assert paris.client.get(f"/data/1/{path}").status_code == 200, path
    assert "Licence Ouverte" in paris.words("/en/data")


def test_any_record_and_any_version_has_an_address_to_cite(house):
    before = house.enter("project", "quays", kind="water", title={"en": "Quays"}, **CITED)
    house.publish()
    house.amend(before, kind="water", title={"en": "New quays"}, **CITED)

    pages = house.publish()

    answer = pages.client.get("/id/quays", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer["Location"]) == (302, "/en/projects/quays")
    titles = [
        pages.client.get(path).json()["texts"]["title"]["en"]
        for path in ("/id/quays.json", "/r/1/en/projects/quays.json")
    ]
    assert titles == ["New quays", "Quays"]


#: Limits that Riviera sets, and one it leaves to the house.
OF_RIVIERA = {
    "convention_above": 800_000,
    "emergency_lowest": 50_000,
    "emergency_highest": 2_500_000,
    "report_months": 6,
}


def test_another_city_is_set_up_by_its_files_alone(clerk, tmp_path, serving, request):
    serving(tmp_path)
    loaded = CityLoader(DATA / "riviera", by=clerk, at=MORNING).load()
    with override_settings(VAR_DIR=tmp_path, PARVIS_CITY="riviera"):
        publication.publish(removals=0, by=clerk, at=MORNING)
        ours = {name: funding_rule(name, MORNING.date()).value for name in OF_RIVIERA}
    site = request.getfixturevalue("public_site")

    release = reader.current()
    kinds = {row["kind"] for row in release.rows("programmes")}
    assert (release.city["languages"], release.city["currency"], release.city["time_zone"]) == (
        ["pt", "en"],
        "CVE",
        "Atlantic/Cape_Verde",
    )
    assert {"port_dues", "tourist_night"} <= kinds
    assert [(row["kind"], row["programme"]) for row in release.rows("levies")] == [
        ("port_dues", "port-dues-for-the-sea")
    ]
    assert ours == OF_RIVIERA
    kept_at_the_desk = loaded.records.get("workflow", 0)
    assert sum(loaded.records.values()) == sum(release.nouns().values()) + kept_at_the_desk
    for path in ("/pt", "/en", "/pt/parceiros", "/en/money", "/pt/numeros", "/en/money/levies/levy-port-dues"):
        answer = site.get(path)
        assert answer.status_code == 200, path
        assert "Riviera" in answer.content.decode(), path


def test_every_change_of_state_is_logged_and_cannot_be_altered_without_trace(lived_in):
    basis = lived_in.enter("legal_basis", "water-law", kind="law", level="national", state="proposed", **CITED)
    lived_in.amend(basis, kind="law", level="national", state="adopted", adopted="2005-01-27", **CITED)
    journal.seal()

    lines = [(line.verb, line.actor) for line in Line.objects.filter(about="water-law").order_by("id")]
    assert lines == [("legal_basis entered", lived_in.by), ("legal_basis amended", lived_in.by)]
    states = type(basis).pgh_event_model.objects.order_by("pgh_id").values_list("state", flat=True)
    assert list(states) == ["proposed", "adopted"]
    assert list(journal.faults()) == []
    for table in ("journal_line", "journal_seal"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    past = lived_in.desk().main("/bureau/fiches/legal_bases/water-law/histoire/")
    assert [word in past for word in ("Proposed", "Adopted", "clerk@ville.example")] == [True] * 3


def test_an_event_may_have_several_initiators_of_equal_rank(house):
    house.enter("body", "city-of-porto", kind="city", title={"en": "City of Porto"}, **CITED)
    house.enter(
        "event", "river-forum", kind="forum", starts="2020", organisers=["city-of-paris", "city-of-porto"], **CITED
    )

    pages = house.publish()

    assert pages.section("/en/agenda/river-forum", "Organised by") == "Organised by City of Paris , City of Porto"
    assert all(
        "/en/agenda/river-forum" in pages.links(f"/en/bodies/{key}") for key in ("city-of-paris", "city-of-porto")
    )


def test_an_event_points_to_its_venue_and_the_venue_shows_its_events(house):
    house.enter("body", "old-theatre", kind="venue", title={"en": "Old Theatre"}, place="paris", **CITED)
    house.enter("event", "river-forum", kind="forum", starts="2020", place="old-theatre", **CITED)

    pages = house.publish()

    assert "/en/bodies/old-theatre" in pages.links("/en/agenda/river-forum")
    assert "/en/agenda/river-forum" in pages.links("/en/bodies/old-theatre")


def test_fixed_dates_come_back_each_year_by_rule_and_export_as_a_calendar(house):
    house.enter("event", "day-of-languages", kind="day", recurs="yearly", recurs_on="--09-26", **CITED)

    pages = house.publish()
    calendar = pages.client.get("/en/agenda.ics").content.decode()

    assert "day-of-languages" in pages.words("/en/agenda")
    assert "RRULE:FREQ=YEARLY" in calendar or calendar.count("SUMMARY:day-of-languages") > 1
    assert "0926" in calendar


def test_a_question_in_plain_words_leads_to_the_page_and_to_what_its_words_find(paris):
    assert "/fr/promesses" in paris.links("/fr/search?q=promesses+tenues".replace("search", "recherche"))
    nothing = paris.links("/fr/recherche?q=argent+donné+à+Bamako")
    assert {"/fr/argent", "/fr/partenaires/bamako"} <= set(nothing)
    assert "trouvé par « Bamako » seul" in paris.words("/fr/recherche?q=argent+donné+à+Bamako")
    assert "/fr/themes/climate" in paris.links("/fr/recherche?q=climat")
