"""Themes, offices and partners side by side: rows NET, HUM, ATT and REL that gather several rooms on one page."""

from __future__ import annotations

from parvis.publication import reader
from parvis.publication.reader import Filters

MINUTES = {"source": "minutes", "lines": "3"}
CITED = {"cites": [MINUTES]}


def test_an_office_has_dated_holders_and_results_and_its_sentence_follows_the_dates(house):
    house.enter("network", "ports", kind="thematic", **CITED)
    house.enter("person", "ada", kind="office_holder", title={"en": "Ada"}, **CITED)
    house.enter("project", "quays", kind="water", places=["porto"], stage="running", stage_as_of="2022", **CITED)
    holding = {"person": "ada", "valid_from": "2018-03-01", "valid_to": "2021-06-30", **MINUTES}
    result = {"day": "2020", "words": {"en": "The quays were begun."}, "record": "quays", **MINUTES}
    house.enter("office", "chair", kind="chair", body="ports", holdings=[holding], results=[result], **CITED)

    pages = house.publish()

    assert "In one sentence" not in pages.words("/en/offices/chair?on=2017")  # nobody knew who would come
    held = [pages.section(f"/en/offices/chair{day}", "In one sentence") for day in ("?on=2019-05", "")]
    assert held == [
        "In one sentence Ada had held this office since 1 March 2018.",
        "In one sentence Ada held this office from 1 March 2018 to 30 June 2021.",
    ]
    assert "Ada had held this office since 1 March 2018." in pages.section("/en/networks/ports?on=2019-05", "Offices")
    assert pages.section("/en/offices/chair", "What was done in it") == (
        "What was done in it 2020 The quays were begun. quays Minutes, l. 3"
    )


def test_paris_tells_who_chaired_c40_and_what_was_done_without_saying_that_it_still_does(paris):
    words = paris.words("/en/networks/c40")

    assert (
        "Anne Hidalgo held this office on this date: 2019 or 2020. No source gives its beginning or its end." in words
    )
    results = paris.section("/en/offices/chair-of-c40", "What was done in it")
    assert [name for name in ("Reinventing Cities", "Women4Climate", "Justice4Climate") if name in results] == [
        "Reinventing Cities",
        "Women4Climate",
        "Justice4Climate",
    ]


def test_paris_entered_al_las_by_a_change_of_status_while_another_was_its_observer(paris):
    standing = paris.section("/en/networks/al-las", "Standing of the city")
    everyone = paris.section("/en/networks/al-las", "Who stood how, in order of time")

    assert standing.index("2013 Not in it") < standing.index("by July 2016 Member")
    assert "2013 – 2016 ARRICOD Minutes of the AL-LAs conference, l. 78–84 Observer" in everyone
    assert everyone.index("ARRICOD") < everyone.index("Joined after the first phase, by July 2016")


def test_the_page_of_a_theme_shows_every_network_active_on_it_and_lists_are_cut_by_kind_and_theme(paris):
    release = reader.current()
    told = {theme: _networks(release, theme) for theme in ("climate", "culture", "europe", "cooperation")}

    for theme, keys in told.items():
        linked = paris.links(f"/en/themes/{theme}")
        assert {
            key for key in release.cards(_all_networks(release), lang="en") if f"/en/networks/{key}" in linked
        } == keys
        assert paris.counted(f"/en/networks?theme={theme}").startswith(str(len(keys)))
    assert len(told["climate"]) == 8
    assert paris.counted("/en/networks?kind=compact&theme=climate") == "3 networks"
    assert "/en/themes/climate" in paris.links("/en/networks/c40")


def _networks(release, theme):
    return {row["key"] for row in release.each("network", lang="en", filters=Filters(themes=(theme,)))}


def _all_networks(release):
    return [row["key"] for row in release.each("network", lang="en")]


def test_a_united_nations_body_is_a_partner_with_its_joint_acts_and_the_documents_that_tell_of_it(paris):
    listed = paris.titles("/en/bodies?kind=un_body")

    assert listed == ["UN Women", "UNAIDS", "United Nations"]
    assert [act[:3] for act in paris.timeline("/en/bodies/unaids")] == [
        ("Event", "1 Dec 2014", "Call of Paris on HIV/AIDS")
    ]
    assert [act[:3] for act in paris.timeline("/en/bodies/un-women")] == [
        ("Relation", "May 2015", "Working with UN Women")
    ]
    documents = paris.section("/en/bodies/unaids", "Documents that tell of it")
    assert documents == (
        "Documents that tell of it Communication to the Paris Council on international action l. 122–125"
    )


def test_a_title_has_its_giver_and_its_year_and_is_said_unsourced_without_one(paris):
    page = paris.section("/en/claims/most-gay-friendly-city", "At a glance")
    listed = paris.words("/en/claims?kind=title")

    assert "On 2018" in page
    assert "Given by Not named: unsourced" in page
    assert "Unsourced: who gave it is not named · 7 years old" in listed


def test_a_rank_shows_how_old_it_is_on_the_day_shown(paris):
    for key in ("rank-innovation-market-europe", "rank-innovation-market-world"):
        glance = paris.section(f"/en/claims/{key}", "At a glance")
        assert "Given by PwC (May 2014) or CB Insights (November 2014)" in glance
        assert "On May 2015" in glance
        assert "Age 11 years old" in glance
    assert paris.words("/en/claims?kind=rank").count("11 years old") == 3


def test_profile_figures_of_a_partner_are_dated_and_sourced_and_two_partners_are_compared(paris):
    profile = paris.section("/en/partners/belo-horizonte", "Profile")
    for figure in ("2.5 million people", "5.2 million people", "20 million people"):
        assert f"{figure} 4 Jul 2016 Minutes of the AL-LAs conference" in profile
    assert "/en/partners/compare?with=belo-horizonte" in paris.links("/en/partners/belo-horizonte")

    path = "/en/partners/compare?with=belo-horizonte&with=montevideo"

    assert paris.rows(path, 'th scope="col"') == ["Belo Horizonte", "Montevideo"]
    assert {"Tie", "Country", "Distance, computed", "Shared acts on record", "Population", "Share"} <= set(
        paris.rows(path)
    )
    words = paris.words(path)
    assert (
        "2.5 million people People of Belo Horizonte · 4 Jul 2016 · Minutes of the AL-LAs conference, l. 1006" in words
    )
    assert "90% Share of Montevideo’s budget from its own resources · 4 Jul 2016" in words


def test_comparing_with_a_place_nobody_knows_is_said_and_nothing_breaks(paris):
    words = paris.words("/en/partners/compare?with=porto&with=atlantis&with=c40")

    assert "“atlantis” is no place on record: it was left aside." in words
    assert "“c40” is no place on record: it was left aside." in words
