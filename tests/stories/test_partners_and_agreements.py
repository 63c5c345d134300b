"""What the city shares with a partner, and what is signed: rows REL of the inventory."""

from __future__ import annotations

import html
import re
from datetime import date

from parvis.domain.partnerships import queries
from parvis.domain.partnerships.models import Agreement
from parvis.foundation.values.certainty import Certainty

MINUTES = {"source": "minutes", "lines": "3"}
CITED = {"cites": [MINUTES]}


def accord(house, key, *steps, kind="european_accord", party="porto", **more):
    """An agreement with a town, known by its dated steps."""
    return house.enter(
        "agreement",
        key,
        kind=kind,
        parties=["city-of-paris", party],
        steps=[{"state": state, "day": day, **MINUTES} for state, day in steps],
        **CITED,
        **more,
    )


def in_force(pages, path):
    """How many agreements the head of the list says are in force."""
    found = re.search(r"(?<!not )in force (\d+)", pages.part(path, r"<p class=\"lede\">.*?</p>")[0])
    return int(found[1]) if found else 0


def standings(pages, path):
    """With whom, and whether it is in force that day, row by row."""
    said = pages.part(path, r'data-label="In force that day">(.*?)</td>')
    return dict(zip(pages.rows(path), said, strict=True))


def town(house, key, country):
    house.enter("place", key, kind="city", level="city", country=country, latitude="40", longitude="10", **CITED)


def test_a_partner_page_shows_everything_shared_with_it_dated_and_sourced(house):
    accord(house, "twinning", ("signed", "2015-05-09"), signed="2015-05-09")
    house.enter("project", "quays", kind="water", places=["porto"], stage="running", since="2016", **CITED)
    house.enter("mission", "talks", kind="mission", destination="porto", starts="2018", state="held", **CITED)
    house.enter("mission", "guests", kind="delegation", destination="porto", starts="2017-03", state="held", **CITED)
    house.enter("event", "regatta", kind="festival", place="porto", starts="2019-06-01", state="held", **CITED)
    house.enter("body", "sailors", kind="association", **CITED)
    given = {
        "beneficiary": "sailors",
        "state": "awarded",
        "year": 2021,
        "currency": "EUR",
        "amount_voted": "7000",
        "place": "porto",
    }
    house.enter("grant", "boats", place_known="stated", **given, **CITED)
    house.enter("network", "ports", kind="thematic", **CITED)
    joined = [{"status": "member", "valid_from": "2014", **MINUTES}]
    house.enter("membership", "porto-in-ports", network="ports", member="porto", statuses=joined, **CITED)
    house.state(
        "porto",
        property="support_received",
        number=50000,
        unit="EUR",
        currency="EUR",
        amount_kind="per_grant",
        scope={"en": "Grant for the quays"},
        as_of="2020",
    )

    pages = house.publish()

    assert pages.timeline("/en/partners/porto") == [
        ("Membership", "2014", "porto-in-ports", "Minutes, l. 3"),
        ("Agreement", "9 May 2015", "twinning", "Minutes, l. 3"),
        ("Project", "2016", "quays", "Minutes, l. 3"),
        ("Mission", "March 2017", "guests", "Minutes, l. 3"),
        ("Mission", "2018", "talks", "Minutes, l. 3"),
        ("Event", "1 Jun 2019", "regatta", "Minutes, l. 3"),
        ("Grant", "2021", "boats", "Minutes, l. 3"),
    ]
    assert pages.part("/en/partners/porto", r"<article class=\"figure.*?</article>") == [
        "Grant for the quays €50,000 a grant 2020 Minutes"
    ]


def test_an_agreement_goes_from_draft_to_its_end_and_is_counted_on_any_date(house):
    accord(
        house,
        "waters",
        ("draft", "2014"),
        ("voted", "2015-02-09"),
        ("signed", "2015-05-09"),
        ("in_force", "2015-07-01"),
        ("renewed", "2018-07-01"),
        ("ended", "2021-07-01"),
        kind="city_cooperation",
    )

    pages = house.publish()

    assert pages.part("/en/agreements/waters", r"<ol class=\"steps\">.*?</ol>") == [
        (
            "2014 Draft Minutes, l. 3 9 Feb 2015 Voted Minutes, l. 3 9 May 2015 Signed Minutes, l. 3 "
            "1 Jul 2015 In force Minutes, l. 3 1 Jul 2018 Renewed Minutes, l. 3 1 Jul 2021 Ended Minutes, l. 3"
        )
    ]
    days = ("2015-03-01", "2015-07-01", "2020-01-01", "2021-06-30", "2021-07-01")
    assert {day: in_force(pages, f"/en/agreements?on={day}") for day in days} == {
        "2015-03-01": 0,
        "2015-07-01": 1,
        "2020-01-01": 1,
        "2021-06-30": 1,
        "2021-07-01": 0,
    }


def test_the_desk_warns_before_an_agreement_ends_and_before_notice_must_be_given(house):
    accord(
        house,
        "waters",
        ("signed", "2020-01-15"),
        ("in_force", "2020-02-01"),
        kind="city_cooperation",
        until="2027-02-01",
        notice_months=2,
    )
    accord(house, "quays", ("in_force", "2020-02-01"), kind="city_cooperation", until="2035-02-01")

    told = house.reminders(date(2026, 11, 22))

    assert told["Agreements that end soon"] == [("waters", "ends on 1 February 2027; notice by 1 December 2026")]
    assert "/bureau/fiches/agreements/waters/" in house.desk().client.get("/bureau/").content.decode()


def test_the_list_of_european_accords_and_its_count_come_from_records_on_any_date(house):
    town(house, "rome", "IT")
    town(house, "vienna", "AT")
    accord(house, "with-porto", ("in_force", "2005"), ("ended", "2010-06-01"))
    accord(house, "with-rome", ("in_force", "2008-01-01"), party="rome", until="2030")
    accord(house, "with-vienna", ("wished", "2020"), party="vienna")
    accord(house, "waters", ("in_force", "2008-01-01"), party="rome", kind="city_cooperation", until="2030")
    pages = house.publish()

    assert [standings(pages, f"/en/agreements/europe?on={day}") for day in ("2009-01-01", "2015-01-01")] == [
        {"Porto": "In force", "rome": "In force"},
        {"rome": "In force"},
    ]
    for day in (date(2009, 1, 1), date(2015, 1, 1), date(2026, 1, 1)):
        path = f"/en/agreements/europe?on={day}"
        assert in_force(pages, path) == list(standings(pages, path).values()).count("In force")
        assert in_force(pages, path) == sum(row.answer == Certainty.YES for row in queries.european_accords(day))


def test_paris_counts_as_many_european_accords_as_it_lists(paris):
    path = "/en/agreements/europe"

    counted = sum(int(n) for n in re.findall(r"<b>(\d+)</b>", paris.main(path).partition("</p>")[0]))

    assert len(paris.rows(path)) == counted == 23
    assert paris.counted(path) == "23 agreements"


def test_the_register_holds_public_bodies_of_any_level_and_filters_cities_alone(house):
    for key, kind in (("minas-gerais", "federated_state"), ("un-women", "un_body"), ("city-of-rome", "city")):
        house.enter("body", key, kind=kind, **CITED)
    accord(house, "with-minas", ("signed", "2015"), party="minas-gerais", kind="framework")
    pages = house.publish()

    assert pages.titles("/en/bodies") == ["City of Paris", "city-of-rome", "minas-gerais", "un-women"]
    assert pages.titles("/en/bodies?kind=city") == ["City of Paris", "city-of-rome"]
    assert "/en/agreements/with-minas" in pages.links("/en/bodies/minas-gerais")


def test_a_tie_keeps_its_level_its_reason_and_its_history_and_the_desk_lists_what_is_close_on_paper(lived_in):
    before = lived_in.enter(
        "relation",
        "with-porto",
        kind="city",
        partner="porto",
        level="ordinary",
        valid_from="2010",
        reason={"en": "A river each."},
        **CITED,
    )
    lived_in.amend(
        before,
        kind="city",
        partner="porto",
        level="special",
        valid_from="2015",
        reason={"en": "A joint port agency."},
        **CITED,
    )

    desk = lived_in.desk()
    now, past = (desk.main(f"/bureau/fiches/relations/with-porto/{page}") for page in ("", "histoire/"))

    assert [said in now for said in ("A joint port agency.", "A river each.")] == [True, False]
    assert [said in past for said in ("A joint port agency.", "A river each.", "Ordinary", "Special")] == [True] * 4
    told = lived_in.reminders(date(2026, 11, 22))
    assert told["Relations to look at again"] == [
        (
            "with-porto",
            "said to be close, with no agreement in force, and no project, mission or event for three years",
        )
    ]
    lived_in.enter("project", "quays", kind="water", places=["porto"], stage="running", stage_as_of="2025", **CITED)
    assert "Relations to look at again" not in lived_in.reminders(date(2026, 11, 22))


def test_the_desk_lists_an_ordinary_tie_that_is_busier_than_its_level(house):
    tie = {"kind": "city", "partner": "porto", "level": "ordinary", "as_of": "2015", **CITED}
    house.enter("relation", "with-porto", **tie)
    assert "Relations to look at again" not in house.reminders(date(2026, 11, 22))

    house.enter("mission", "to-porto", kind="visit", destination="porto", starts="2025-03", state="held", **CITED)

    assert house.reminders(date(2026, 11, 22))["Relations to look at again"] == [
        ("with-porto", "said to be ordinary, with an agreement in force or acts in the last three years")
    ]


def test_a_prospect_has_its_stage_owner_and_next_step_and_becomes_an_agreement_without_retyping(house, settings):
    settings.PARVIS_CITY = "paris"
    prospect = {"kind": "city", "partner": "porto", "stage": "promising", "as_of": "2025-05", "themes": ["climate"]}
    owned = {"followed_by": "city-of-paris", "next_step": {"en": "Meet in spring."}}
    house.enter("relation", "with-porto", **prospect, **owned, **CITED)
    desk = house.desk()
    sheet = desk.main("/bureau/fiches/relations/with-porto/")
    begun = "/bureau/fiches/agreements/nouvelle/?from=with-porto"
    assert [said in sheet for said in ("Meet in spring.", "city-of-paris", "Promising", begun)] == [True] * 4
    assert ("with-porto", "a prospect; last news: May 2025") in house.reminders(date(2026, 11, 22))[
        "Prospects with no news"
    ]

    written = filled_in(desk.main(begun)) | {"key": "pact-porto", "kind": "partnership", "title.en": "Pact with Porto"}
    answer = desk.client.post(begun, written)
    assert answer.status_code == 302
    agreement = Agreement.objects.get(subject__key="pact-porto")
    assert [line.party.key for line in agreement.parties.all()] == ["city-of-paris", "porto"]
    assert [(step.state, step.day) for step in agreement.steps.all()] == [("prospect", "2025-05")]
    assert agreement.subject.themes == ["climate"]


def filled_in(page):
    """What a form would send as it stands: its fields by name."""
    said = {}
    for tag in re.findall(r"<input\b[^>]*>", page):
        read = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if "name" in read and (read.get("type") not in ("checkbox", "radio") or " checked" in tag):
            said[read["name"]] = html.unescape(read.get("value", ""))
    for name, text in re.findall(r'<textarea\b[^>]*\bname="([^"]*)"[^>]*>(.*?)</textarea>', page, flags=re.DOTALL):
        said[name] = html.unescape(text.strip())
    for name, choices in re.findall(r'<select\b[^>]*\bname="([^"]*)"[^>]*>(.*?)</select>', page, flags=re.DOTALL):
        said[name] = re.findall(r'<option value="([^"]*)" selected', choices)
    return said
