"""Texts on their way, offices and their results, acts of rights and Europe: rows GOV, HUM, EUR, REL, CLI and ATT."""

from __future__ import annotations

import re

from parvis.domain.council.actions import adopt_legal_basis
from parvis.publication import reader
from parvis.publication.reader import Filters

MINUTES = {"source": "minutes", "lines": "3"}
CITED = {"cites": [MINUTES]}
ARTICLE = "en/decisions/article"


def test_a_proposed_text_shows_planned_and_real_dates_keeps_each_version_and_becomes_a_legal_basis(house):
    debate = {"words": {"en": "Debate"}, "expected": "2016-09-15", "actual": "2016-09-20", **MINUTES}
    vote = {"words": {"en": "Adoption"}, "expected": "2017-02-05", **MINUTES}
    draft = house.enter(
        "legal_basis", "article", kind="constitution", level="municipal", state="proposed",
        summary={"en": "Cities act abroad."}, milestones=[debate, vote], **CITED,
    )  # fmt: skip
    proposed = house.publish()
    on_its_way = proposed.section(f"/{ARTICLE}", "Milestones")

    adopt_legal_basis(basis=draft, adopted="2017-02-05", in_force_from="2018-09-17", by=house.by, at=house.at)
    adopted = house.publish()

    assert on_its_way == (
        "Milestones 20 Sept 2016 Expected: 15 September 2016 Debate Minutes, l. 3 "
        "5 Feb 2017 Announced, no later source Adoption Minutes, l. 3"
    )
    now, then = adopted.words(f"/{ARTICLE}"), adopted.words(f"/r/1/{ARTICLE}")
    assert "Adopted 5 February 2017 In force from 17 September 2018" in now
    assert ("In force" in then, "Proposed" in then, "Proposed" in now) == (False, True, False)


def test_paris_shows_each_date_planned_for_mexico_city_s_article_and_that_no_source_says_it_came(paris):
    told = paris.part("/en/decisions/mexico-city-international-article", r'<span class="pill[^"]*">(.*?)</span>')

    assert told.count("Announced, no later source") == 3  # the fourth moment came
    assert told[0] == "Proposed"


def test_programmes_begun_under_the_chair_of_c40_are_listed_on_its_office(paris):
    office = "/en/offices/chair-of-c40"
    results = paris.main(office).partition("What was done in it")[2].partition("</section>")[0]

    assert re.findall(r'href="(/en/programmes/[^"]*)"', results) == [
        "/en/programmes/reinventing-cities",
        "/en/programmes/women4climate",
        "/en/programmes/justice4climate",
    ]


def test_the_chair_of_a_women_s_commission_is_an_office_held_with_its_results(paris):
    office = "/en/offices/chair-of-uclg-womens-commission"

    assert "Anne Hidalgo held this office on this date: May 2015." in paris.section(office, "In one sentence")
    assert "Chair of UCLG’s women’s commission" in paris.section("/en/networks/uclg", "Offices")
    assert paris.section(office, "What was done in it") == (
        "What was done in it May 2015 Joint work with the United Nations and UN Women on the place of women, which the "
        "text calls unprecedented UN Women Communication to the Paris Council on international action, l. 362–364 "
        "May 2015 The announcement of a network of mayors for equality, to be created by 2016 Create a network of "
        "mayors for equality Communication to the Paris Council on international action, l. 364–365"
    )


def test_a_house_for_defenders_is_a_project_with_its_stage_and_the_support_of_the_city(paris):
    page = "/en/projects/human-rights-defenders-house"

    assert paris.section(page, "Partners") == (
        "Partners Lead International Federation for Human Rights Partner City of Paris"
    )
    assert "Stage Idea Known on 19 September 2022" in paris.words(page)


def test_all_joint_acts_with_a_defender_of_the_press_are_gathered_on_its_page(paris):
    page = "/en/bodies/reporters-without-borders"

    assert paris.section(page, "Grants").startswith("Grants €42,000.00 voted in 3 grants")
    assert "Support to press freedom." in paris.section(page, "Said in words")


def test_european_networks_stand_under_europe_and_in_the_register_of_networks_from_one_record(paris):
    wanted = {"eurocities", "energy-cities", "cemr"}
    of_europe = reader.current().each("network", lang="en", filters=Filters(themes=("europe",)))

    under_europe = {row["key"] for row in of_europe}
    addresses = {f"/en/networks/{key}" for key in wanted}
    assert wanted <= under_europe
    assert addresses <= set(paris.links("/en/themes/europe"))
    assert addresses <= set(paris.links("/en/networks"))


def test_a_statement_of_solidarity_has_its_date_its_languages_and_stands_among_the_acts(paris):
    told = {
        "en": ("/en/agenda/garissa-solidarity-2015", "In May 2015 Paris states its solidarity with the students"),
        "fr": ("/fr/agenda/garissa-solidarity-2015", "En mai 2015, Paris dit sa solidarité avec les étudiants"),
    }

    assert [words in paris.words(page) for page, words in told.values()] == [True, True]
    assert "Solidarity with the students of Garissa" in paris.titles("/en/agenda?kind=statement")


def test_a_target_shows_its_measure_and_its_horizon_and_what_has_none_is_an_aspiration(paris):
    told = {key: more for key, *more in reader.current().columns("promises", "key", "kind", "measure")}

    assert {key: measure for key, (kind, measure) in told.items() if kind == "target"} == {
        "innovation-space-2020": "innovation-space",
        "quito-tell-visitors": "habitat-3-visitors",
        "waste-levy-one-million": "waste-levy-target",
    }
    assert "Due by 2020 Measured by Space for start-ups" in paris.words("/en/promises/innovation-space-2020")
    assert told["lima-among-twenty"] == ["aspiration", None]
    assert "Aspiration" in paris.words("/en/promises/lima-among-twenty")
