"""What the pages say of a small city whose every fact is known."""

from __future__ import annotations

import re


def test_a_partner_page_tells_everything_shared_in_order(visitor):
    words = visitor.words("/en/partners/porto")

    assert "Tied by an agreement of 2015." in words
    assert words.index("Agreement with Porto") < words.index("Water in Porto") < words.index("A forum")
    assert "City page, l. 47–48" in words


def test_a_partner_page_says_what_could_not_be_found(visitor):
    words = visitor.words("/en/partners/porto")

    gaps = words[words.index("What we could not find") :]
    assert "The agreement itself: the day it was signed" in gaps
    assert "Any sum given or received" in gaps
    assert "What became of: Water in Porto" in gaps


def test_a_misspelt_name_serves_search_and_is_not_shown_as_a_name(visitor):
    assert "Portto" not in visitor.words("/en/partners/porto")
    assert "found by the name “Portto”" in visitor.words("/en/search?q=portto")


def test_what_is_only_announced_is_said_so(visitor):
    assert visitor.words("/en/partners/porto").count("Announced, no later source") == 2


def test_partners_and_map_hold_the_same_cities(visitor):
    assert visitor.titles("/en/partners") == visitor.titles("/en/map") == ["Porto"]
    assert "1 city on the map" in visitor.words("/en/map")


def test_before_the_agreement_the_tie_is_what_remains(visitor):
    assert "Agreement" in visitor.words("/en/partners")
    assert "Project, no agreement known" in visitor.words("/en/partners?on=2001")


def test_an_agreement_is_not_listed_before_it_began(visitor):
    assert "not known 1" in visitor.words("/en/agreements").lower()
    assert visitor.titles("/en/agreements?on=2010") == []
    assert "Nothing on record had begun by that day." in visitor.words("/en/agreements?on=2010")


def test_a_figure_shows_the_preferred_value_and_all_the_others(visitor):
    words = visitor.words("/en/figures/members")

    assert words.index("221") < words.index("more than 250")
    assert "2 values by source" in words
    assert "Why one is shown first: The latest." in words
    assert visitor.main("/en/figures/members").count('<data value="221">') == 2


def test_a_claim_is_never_shown_as_true(visitor):
    words = visitor.words("/en/claims")

    assert "Claimed by: City of Paris" in words
    assert "No proof on file" in words


def test_a_promise_is_kept_only_with_its_evidence(visitor):
    words = visitor.words("/en/promises")

    assert "A promise kept Promise" not in words
    assert "1 record as evidence" in words
    assert "Deadline passed, no evidence" in words
    assert "Agreement with Porto" in visitor.words("/en/promises/kept-one")


def test_promises_are_counted_by_where_they_stand_a_square_each(visitor):
    rows = visitor.main("/en/promises").partition('class="unit-rows"')[2].partition("</ul>")[0].split("<li>")[1:]
    told = {row.partition("<b>")[2].partition("</b>")[0]: row.count("<rect") for row in rows}

    assert {int(count): squares for count, squares in told.items()} == {1: 1}
    assert len(rows) == 2
    assert "unit-rows" not in visitor.main("/en/promises?on=2014-06")


def test_a_title_missing_in_the_reader_s_language_is_marked_with_its_own(visitor):
    page = visitor.main("/en/sources/minutes")

    assert '<span lang="fr">Compte rendu</span>' in page
    assert "(in French)" in visitor.words("/en/sources/minutes")


def test_a_source_lists_each_fact_with_its_lines(visitor):
    words = visitor.words("/en/sources/page")

    assert "Agreement with Porto l. 47–48" in words
    assert "Members 221 cities l. 74" in words


def test_words_looked_for_in_a_source_leave_only_the_facts_that_hold_them(visitor):
    page = visitor.main("/en/sources/page?q=pôrto")

    assert re.findall(r'<tr>\s*<th scope="row"><a[^>]*>(.*?)</a>', page) == ["Agreement with Porto"]
    assert "1 answer to “pôrto”." in page
    assert re.findall(r'<details class="fold"( open)?>', page) == [" open"]


def test_the_facts_of_a_source_are_folded_by_what_they_are_about_when_they_are_many(visitor, monkeypatch):
    from parvis.doors.portal.shown import folded

    monkeypatch.setattr(folded, "FEW", 1)
    page = visitor.main("/en/sources/page")

    assert " open" not in "".join(re.findall(r'<details class="fold"[^>]*>', page))
    assert len(re.findall(r'<details class="fold"', page)) == len(set(re.findall(r'id="held-(\w+)"', page))) > 1


def test_a_contradiction_shows_both_sides(visitor):
    words = visitor.words("/en/contradictions/how-many")

    assert words.index("over 250") < words.index("Minutes" if "Minutes" in words else "Compte rendu")
    assert "221" in words


def test_an_anniversary_is_computed_from_the_day_of_the_release(visitor):
    words = visitor.words("/en/memory")

    assert "7 Apr 2027 A day in April 33 years" in words


def test_an_empty_list_says_which_filter_to_remove(visitor):
    words = visitor.words("/en/projects?theme=&q=zzz")

    assert "Nothing matches this filter." in words
    assert "Removing “zzz” shows 1." in words


def test_the_mail_of_the_office_cannot_be_read_by_robots(visitor, monkeypatch):
    from parvis.publication import reader

    city = {**reader.current().city, "contact": {"mail": "office@city.example"}}
    monkeypatch.setattr(reader.current(), "city", city)

    page = visitor.main("/en/contact")
    assert "office@city.example" not in page
    assert "office at city dot example" in visitor.words("/en/contact")


def test_projects_are_narrowed_to_a_city(visitor):
    page = visitor.main("/en/projects?place=porto")

    assert re.findall(r'<h3><a href="/en/projects/([a-z-]+)"', page) == ["porto-water"]
    assert "Porto" in page


def test_a_page_of_a_past_day_is_printed_with_that_day(visitor):
    frame = re.search(r'<div class="wrap print-frame".*?</div>', visitor.main("/en/partners?on=2015-06-01"))[0]

    assert "As of 1\u00a0June\u00a02015" in frame


def test_a_promise_read_on_a_past_day_knows_nothing_of_what_came_later(visitor):
    then, now = visitor.words("/en/promises/kept-one?on=2014-06"), visitor.words("/en/promises/kept-one")

    assert ("No evidence yet" in then, "Kept" in then) == (True, False)
    assert ("No evidence yet" in now, "Kept" in now) == (False, True)
    assert "1 record as evidence" not in visitor.words("/en/promises?on=2014-06")
