"""Promises, stories, maps and what every page keeps: rows POR and COM of the inventory."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from parvis.domain.accountability.errors import KeptWithoutEvidence, StoryAboutNothing
from parvis.foundation.vocabulary.addresses import address_of, addresses
from parvis.publication import reader
from parvis.publication.reader import Filters
from parvis.register.actions import tie_records

MINUTES = {"source": "minutes", "lines": "3"}
CITED = {"cites": [MINUTES]}
SECTIONS = (
    "",
    "/map",
    "/partners",
    "/agreements",
    "/agreements/europe",
    "/networks",
    "/projects",
    "/programmes",
    "/money",
    "/promises",
    "/rights",
    "/memory",
    "/agenda",
    "/missions",
    "/questions",
    "/claims",
    "/figures",
    "/sources",
    "/contradictions",
    "/versions",
    "/data",
    "/press",
    "/stories",
    "/offices",
    "/people",
    "/bodies",
    "/decisions",
    "/themes",
    "/themes/climate",
    "/partners/compare",
    "/contact",
    "/privacy",
    "/accessibility",
    "/search?q=paris",
)


def promise(house, *steps, **more):
    return house.enter(
        "promise",
        "open-the-quays",
        kind="promise",
        made_by="city-of-paris",
        made="2020-03-01",
        steps=list(steps),
        **CITED,
        **more,
    )


def test_a_promise_has_dated_states_with_evidence_and_its_history_is_public(house):
    house.enter("project", "quays", kind="water", places=["porto"], stage="closed", stage_as_of="2023", **CITED)
    promise(
        house,
        {"state": "said", "day": "2020-03-01", **MINUTES},
        {"state": "in_progress", "day": "2021", **MINUTES},
        {"state": "kept", "day": "2023-05-02", "evidence": ["quays"], **MINUTES},
    )

    pages = house.publish()

    assert pages.part("/en/promises/open-the-quays", r"<ol class=\"steps\">.*?</ol>") == [
        "1 Mar 2020 Said Minutes, l. 3 2021 In progress Minutes, l. 3 2 May 2023 Kept quays Minutes, l. 3"
    ]
    assert "/en/projects/quays" in pages.links("/en/promises/open-the-quays")
    assert "1 record as evidence" in pages.words("/en/promises")


def test_kept_without_evidence_is_refused_and_nothing_is_stored(house):
    with pytest.raises(KeptWithoutEvidence):
        promise(house, {"state": "kept", "day": "2023-05-02", **MINUTES})

    assert house.publish().client.get("/en/promises/open-the-quays").status_code == 404


def test_a_story_is_about_a_record_at_least_and_shows_what_came_later(house):
    with pytest.raises(StoryAboutNothing):
        house.enter("story", "how-quays-opened", body={"en": "They opened."}, **CITED)
    house.enter("project", "quays", kind="water", places=["porto"], stage="running", stage_as_of="2022", **CITED)
    house.enter("story", "how-quays-opened", day="2022", body={"en": "They opened."}, about=["quays"], **CITED)

    pages = house.publish()

    assert "/en/projects/quays" in pages.links("/en/stories/how-quays-opened")
    assert "They opened." in pages.words("/en/stories/how-quays-opened")
    assert "Changed since this story was written" not in pages.words("/en/stories/how-quays-opened")


def test_a_story_shows_what_changed_and_what_came_after_it_was_written(house):
    quays = {"kind": "water", "places": ["porto"], "stage": "running", "stage_as_of": "2022", **CITED}
    before = house.enter("project", "quays", **quays)
    house.enter("story", "how-quays-opened", day="2022", body={"en": "They opened."}, about=["quays"], **CITED)
    house.enter("event", "quays-flooded", kind="conference", starts="2024-05", state="held", **CITED)
    tie_records(cause=before.subject, content={"key": "quays-flooded", **MINUTES}, by=house.by, at=house.at)
    house.publish()
    house.at = datetime(2026, 12, 24, 11, tzinfo=UTC)
    house.amend(before, **{**quays, "stage": "closed", "stage_as_of": "2026"})

    words = house.publish(at=house.at).section("/en/stories/how-quays-opened", "Changed since this story was written")

    assert words == (
        "Changed since this story was written May 2024 quays-flooded Event 24 Dec 2026 quays the record was amended"
    )


def test_a_critic_s_question_of_paris_has_its_dated_answer_and_its_evidence(paris):
    path = "/en/questions/what-use-are-honorary-titles"

    assert "Nothing says they were freed because of it." in paris.section(path, "Answer")
    assert "Answered 2019 or 2020" in paris.section(path, "At a glance")
    assert "/en/rights/honorary-citizen-oleg-sentsov" in paris.links(path)
    assert any(href.endswith("/guichet/questions/") for href in paris.links("/en/questions"))
    assert len(paris.part("/en/questions", r'<span class="pill[^"]*">.*?</span>')) == len(paris.titles("/en/questions"))


def test_a_card_opens_without_a_script_and_its_full_text_has_its_own_address(paris):
    cards = re.findall(r'<article class="figure.*?</article>', paris.main("/en"), flags=re.DOTALL)
    differing = [card for card in cards if "values by source" in card]

    assert len(cards) >= 6
    assert len(differing) >= 3
    for card in differing:
        assert re.search(r"<details[^>]*>\s*<summary", card)
    for address in [href for href in paris.links("/en") if href.startswith(("/en/figures/", "/en/promises/"))]:
        assert paris.client.get(address).status_code == 200


def test_the_map_has_its_filters_its_full_list_and_calls_nobody(paris):
    words, listed = paris.words("/en/map"), paris.links("/en/partners")
    towns = {href for href in listed if re.fullmatch(r"/en/partners/[a-z0-9-]+", href)}

    assert len(towns) == 52
    assert towns <= set(paris.links("/en/map"))
    assert paris.counted("/en/map") == paris.counted("/en/partners") == "52 cities"
    for name in ("kind", "theme", "from", "to"):
        assert f'name="{name}"' in paris.main("/en/map")
    assert paris.counted("/en/map?kind=agreement") == paris.counted("/en/partners?kind=agreement") == "26 cities"
    assert paris.counted("/en/map?theme=climate&from=2015&to=2015") == paris.counted(
        "/en/partners?theme=climate&from=2015&to=2015"
    )
    assert "Kind of tie" in words
    assert called_elsewhere(paris.source("/en/map")) == []


def called_elsewhere(source):
    """Addresses of other sites a page would fetch by itself: sources, styles, scripts, images; not plain links."""
    fetched = re.findall(
        r'<(?:script|img|iframe|source|video|audio|link|use|image)\b[^>]*?\b(?:src|href)="([^"]*)"', source
    )
    return [
        address
        for address in fetched
        if address.startswith(("http:", "https:", "//")) and "localhost" not in address and "testserver" not in address
    ]


def test_the_map_of_european_accords_shows_as_many_cities_as_the_list(paris):
    path = "/en/agreements/europe"
    plate = paris.main(path).partition('class="plate-wide">')[2].partition("</svg>")[0]

    assert paris.counted(path) == "23 agreements"
    assert "23 cities bound to Paris by a European accord" in paris.words(path)
    assert len(re.findall(r'<circle[^>]*class="mark agreement"', plate)) == 23
    assert len(paris.rows(path)) == 23


def test_the_date_of_a_page_comes_from_real_changes_and_earlier_versions_stay_open(house):
    before = house.enter(
        "project",
        "quays",
        kind="water",
        title={"en": "Quays"},
        places=["porto"],
        stage="idea",
        stage_as_of="2022",
        **CITED,
    )
    first = house.publish(at=datetime(2026, 11, 22, 11, tzinfo=UTC))
    then = first.words("/en/projects/quays")
    house.at = datetime(2026, 12, 24, 11, tzinfo=UTC)
    house.amend(
        before, kind="water", title={"en": "New quays"}, places=["porto"], stage="running", stage_as_of="2026", **CITED
    )

    pages = house.publish(at=house.at)

    assert pages.words("/en/projects/quays").startswith("Paris · Parvis As of 24 December 2026 · release 2")
    assert "New quays" in pages.words("/en/projects/quays")
    old = pages.words("/r/1/en/projects/quays")
    assert "New quays" not in old
    assert "Quays" in old
    assert "Idea" in then
    assert "/r/1/en" in pages.links("/en/versions")
    assert "Last changed 24 Dec 2026" in pages.words("/en/projects/quays")
    assert "/r/1/en/projects/quays" in pages.links("/en/projects/quays")
    assert "Last changed 22 Nov 2026" in pages.words("/en/partners/porto")


def test_a_theme_says_when_anything_on_it_last_changed_and_leads_to_earlier_versions(paris):
    assert paris.words("/en/themes/climate").startswith(
        "Paris · Parvis As of 22 November 2026 · release 1 http://testserver/en/themes/climate "
        "Themes Climate Climate Last changed 22 Nov 2026 · Earlier versions"
    )
    assert "/en/versions" in paris.links("/en/themes/climate")


def test_the_office_of_paris_is_reached_by_people_and_its_mail_is_not_read_by_robots(paris):
    page, words = paris.main("/en/contact"), paris.words("/en/contact")

    assert "9, place de l’Hôtel-de-Ville, 75196 Paris" in words
    assert "sg-relationsinternationales at paris dot fr" in words
    assert re.search(r"[\w.+-]+@[\w-]+\.\w+|mailto:", page) is None
    assert "aria-hidden" not in page.partition("By e-mail")[2].partition("</dd>")[0]


def test_a_text_whose_future_has_gone_by_is_flagged_on_its_page(house):
    house.enter(
        "project", "quays", kind="water", summary={"en": "The quays will open by 2020."}, future_until="2020", **CITED
    )

    words = house.publish().words("/en/projects/quays")

    assert "This text speaks of the future until 2020. No later source says whether it took place." in words


def test_reading_any_page_of_paris_sets_no_cookie_fetches_nothing_elsewhere_and_the_notice_says_so(paris):
    for section in SECTIONS:
        answer = paris.client.get(f"/en{section}")
        assert answer.status_code == 200, section
        assert "Set-Cookie" not in answer.headers, section
        assert re.match(r"default-src '(?:self|none)'", answer.headers["Content-Security-Policy"]), section
        assert called_elsewhere(answer.content.decode()) == [], section
    words = paris.words("/en/privacy")
    assert "No cookie is set, and nothing is stored in your browser." in words
    assert "Nothing is loaded from outside: fonts, maps and pictures come from this site." in words
    assert not paris.client.cookies


def test_a_link_to_what_is_not_published_cannot_be_baked_and_shows_nowhere(house):
    house.enter("decision", "vote", kind="deliberation", body="city-of-paris", visibility="draft", **CITED)
    house.enter("agreement", "waters", kind="twinning", parties=["city-of-paris", "porto"], decision="vote", **CITED)

    pages = house.publish()

    assert [href for href in pages.links("/en/agreements/waters") if "decisions" in href] == []


def test_every_picture_is_shown_with_its_credit(paris):
    pictured = [f"/en{section}" for section in SECTIONS] + ["/en/partners/bamako", "/en/figures/aimf-members"]
    credited = re.compile(r'class="credit">Drawn by Parvis · [^<]{6,}</span>')
    drawn = re.compile(r'<svg\b[^>]*role="img"')

    bare = [path for path in pictured if drawn.search(page := paris.source(path)) and not credited.search(page)]

    assert bare == []
    assert "Natural Earth, public domain" in paris.words("/en/map")
    assert "<img" not in "".join(paris.source(path) for path in pictured)


def test_every_picture_has_its_words_and_no_text_is_garbled(paris):
    garbled = re.compile("\ufffd|Ã[©¨ª«§´¢®¯]|â€[™œ“”]|Â[ «»]")
    assert garbled.search("Caf\u00c3\u00a9")
    assert not garbled.search("Café, Côté, « Paris »")
    for section in SECTIONS:
        source = paris.source(f"/en{section}")
        assert garbled.search(source) is None, section
        for image in re.findall(r"<img\b[^>]*>", source):
            assert re.search(r'\balt="[^"]+"', image), image
        for drawing in re.findall(r'<svg\b[^>]*role="img"[^>]*>.*?</svg>', source, flags=re.DOTALL):
            assert re.search(r"aria-label(?:ledby)?=|<title", drawing[:600]), (section, drawing[:200])


def test_pages_on_receiving_refugees_say_that_it_is_the_state_s_task(paris):
    notice = "Here the City acts beyond its duty: receiving refugees is the State’s task."
    tied = [href for href in paris.links("/en/themes/refugees") if re.fullmatch(r"/en/[a-z]+/[a-z0-9-]+", href)]
    told = ["/en/themes/refugees", "/en/rights", "/en/programmes?theme=refugees", *_of_theme(paris, "refugees")]

    assert [path for path in told if notice not in paris.words(path)] == []
    assert set(_of_theme(paris, "refugees")) >= {"/en/programmes/refuge-plan", "/en/agenda/first-humanitarian-centre"}
    assert set(_of_theme(paris, "refugees")) & set(tied)
    for path in ("/en/programmes/one-percent-water", "/en/themes/climate", "/en/programmes"):
        assert notice not in paris.words(path), path


def _of_theme(pages, code):
    """Every page of a record of that theme."""
    release = reader.current()
    cards = release.each(tuple(release.shelves), lang="en", filters=Filters(themes=(code,)))
    return [address_of(card["noun"], card["key"], "en") for card in cards if card["noun"] in addresses().nouns]


def test_open_data_and_the_log_of_releases_are_read_without_an_account(paris):
    release = paris.client.get("/data/current/release.json", follow=True)
    files = [href for href in paris.links("/en/data") if href.startswith("/data/")]

    assert release.status_code == 200
    assert len(files) > 50
    for address in files[:20]:
        answer = paris.client.get(address)
        assert answer.status_code == 200, address
    assert f"{sum(reader.current().nouns().values())} records" in paris.words("/en/versions")
