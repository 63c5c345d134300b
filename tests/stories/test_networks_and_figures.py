"""Networks, figures, claims and what is counted against them: rows NET, POR, SYS, ATT and EVA of the inventory."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from parvis.domain.accountability import queries as accountability
from parvis.foundation.values import Money
from parvis.foundation.vocabulary import DoNotAddUp, add_up, load
from parvis.register.actions import doubt_statement, prefer_statement, record_statement, retract_statement
from parvis.register.errors import InvalidContent, ReasonMissing
from parvis.register.models import Conflict, Statement, Subject

MINUTES = {"source": "minutes", "lines": "3"}
CITED = {"cites": [MINUTES]}
MEMBERS = {"property": "value", "unit": "cities", "scope": {"en": "Member cities"}}


def ports(house):
    """A network whose size two statements give differently."""
    house.enter("network", "ports", kind="thematic", **CITED)
    house.enter(
        "indicator", "port-members", kind="count", about="ports", unit="cities", headline=True, order=1, **CITED
    )
    later = house.state("port-members", number=90, as_of="2022-09", **MEMBERS)
    earlier = house.state("port-members", number=94, as_of="2019", **MEMBERS)
    return earlier, later


def values(pages, path):
    """Each value of a figure's page: value, date, standing."""
    return list(
        zip(
            pages.part(path, r'<th scope="row"><data.*?</th>'),
            pages.part(path, r'data-label="As of">(.*?)</td>'),
            pages.part(path, r'data-label="Standing">(.*?)</td>'),
            strict=True,
        )
    )


def test_memberships_have_dates_of_joining_and_leaving_and_the_page_and_its_count_come_from_them(house):
    for key in ("ports", "rivers"):
        house.enter("network", key, kind="thematic", **CITED)
    member = {"status": "member", "valid_from": "2007", **MINUTES}
    house.enter("membership", "in-ports", network="ports", member="paris", statuses=[member], **CITED)
    left = [{"status": "member", "valid_from": "2005", **MINUTES}, {"status": "left", "valid_from": "2012", **MINUTES}]
    house.enter("membership", "in-rivers", network="rivers", member="paris", statuses=left, **CITED)

    pages = house.publish()

    table = [
        re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, flags=re.DOTALL)[:4]
        for row in re.findall(
            r"<tr>(.*?)</tr>",
            pages.main("/en/networks").partition("<tbody>")[2].partition("</tbody>")[0],
            flags=re.DOTALL,
        )
    ]
    assert [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in table] == [
        ["rivers", "2005", "2012", "left"],
        ["ports", "2007", "", "member"],
    ]
    assert "2 networks, 2 with a date of joining" in pages.words("/en/networks")


def filed(house, **more):
    """A climate plan, and how it stands in the register of a platform."""
    house.enter("network", "platform", kind="platform", **CITED)
    house.enter("programme", "climate-plan", kind="plan", **CITED)
    line = {
        "initiative": "climate-plan", "goal": {"en": "Half the emissions"}, "baseline": {"en": "2004: 100"},
        "target_year": 2030, "filed": "2020-03", "reference": "REG-00417", **MINUTES, **more,
    }  # fmt: skip
    member = {"status": "member", "valid_from": "2014", **MINUTES}
    return house.enter("membership", "on-platform", network="platform", member="paris", statuses=[member],
                       filings=[line], **CITED)  # fmt: skip


def test_an_action_filed_in_a_register_of_others_keeps_their_reference_its_last_day_and_what_differs(house):
    filed(house, compared="2021-05-04", differs={"en": "Their target year is 2035."})

    pages = house.publish()

    told = (
        "Reference in that register REG-00417 Goal Half the emissions Starting point 2004: 100 Year aimed at 2030 "
        "Last compared with ours 4 May 2021 : Their target year is 2035. Minutes, l. 3"
    )  # fmt: skip
    assert pages.section("/en/networks/platform", "Filed in its register").startswith(
        f"Filed in its register March 2020 climate-plan {told}"
    )
    assert pages.section("/en/programmes/climate-plan", "Filed in the registers of others").startswith(
        f"Filed in the registers of others March 2020 platform {told}"
    )
    lines = pages.client.get("/api/v1/datasets/membership_filings/exports/csv").getvalue().decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(lines))
    assert {name: row[name] for name in ("membership", "initiative", "goal_en", "baseline_en", "target_year", "filed",
                                         "reference", "compared", "differs_en")} == {
        "membership": "on-platform", "initiative": "climate-plan", "goal_en": "Half the emissions",
        "baseline_en": "2004: 100", "target_year": "2030", "filed": "2020-03", "reference": "REG-00417",
        "compared": "2021-05-04", "differs_en": "Their target year is 2035.",
    }  # fmt: skip


def test_the_desk_asks_that_what_is_filed_elsewhere_be_compared_once_a_year(house):
    membership = filed(house, compared="2021-05-04")
    asked = {"Filed elsewhere, to be compared": [("on-platform", "last compared on 4 May 2021")]}
    title = "Filed elsewhere, to be compared"

    before, after = (
        {name: lines for name, lines in house.reminders(day).items() if name == title}
        for day in (date(2022, 3, 1), date(2022, 6, 1))
    )

    assert (before, after) == ({}, asked)
    with translation.override("en"), pytest.raises(InvalidContent, match="say when both were compared"):
        house.amend(membership, network="platform", member="paris",
                    statuses=[{"status": "member", "valid_from": "2014", **MINUTES}],
                    filings=[{"words": {"en": "A plan"}, "differs": {"en": "Its year."}}], **CITED)  # fmt: skip


def test_paris_shows_what_its_page_says_of_the_un_platform_and_that_it_gives_no_reference(paris):
    assert paris.section("/en/networks/nazca", "Filed in its register").startswith(
        "Filed in its register 2014 What Paris brings to it; the page names no initiative and gives no reference. "
        "Reference in that register Not given by our sources Last compared with ours Never, on record"
    )


def test_a_claim_that_differs_from_the_list_of_networks_is_flagged(paris):
    words = paris.words("/en/networks")

    assert "at least 10 networks 2016 or later City page on climate networks" in words
    assert "Also published: at least 10. Only 8 are documented here." in words


def test_each_size_of_a_network_keeps_its_date_and_source_and_the_page_says_which_is_shown_and_why(house):
    earlier, _later = ports(house)
    prefer_statement(statement=earlier, reason={"en": "The network's own count."}, by=house.by, at=house.at)

    pages = house.publish()

    assert values(pages, "/en/figures/port-members") == [
        ("90 cities", "September 2022 the text dates it", "Held"),
        ("94 cities", "2019 the text dates it", "shown first"),
    ]
    assert "The network's own count." in pages.words("/en/figures/port-members")
    assert pages.links("/en/figures/port-members").count("/en/sources/minutes") >= 2
    assert "94 cities 2019 Minutes 2 values by source" in pages.words("/en/networks/ports")


def test_paris_shows_both_sizes_of_c40_and_of_aimf(paris):
    for key, both in (
        ("c40-members", {"90 cities", "94 cities"}),
        ("aimf-members", {"221 cities", "more than 250 cities"}),
    ):
        assert {value for value, _when, _standing in values(paris, f"/en/figures/{key}")} == both
        assert [standing for _value, _when, standing in values(paris, f"/en/figures/{key}")].count("shown first") == 1
        assert "Why one is shown first:" in paris.words(f"/en/figures/{key}")


def test_an_observer_that_becomes_a_member_is_a_change_of_status_with_its_dates(house):
    house.enter("network", "ports", kind="thematic", **CITED)
    statuses = [
        {"status": "candidate", "valid_from": "2012", **MINUTES},
        {"status": "observer", "valid_from": "2013", "valid_to": "2016-07", **MINUTES},
        {"status": "member", "valid_from": "2016-07", **MINUTES},
    ]
    house.enter("membership", "in-ports", network="ports", member="paris", statuses=statuses, **CITED)

    told = house.publish().part("/en/networks/ports", r"<ol class=\"steps\">.*?</ol>")

    assert told == ["2012 Candidate Minutes, l. 3 2013 Observer Minutes, l. 3 July 2016 Member Minutes, l. 3"]


def test_the_timeline_of_networks_is_drawn_from_memberships_and_states_its_scope_and_count(paris):
    figure = paris.main("/en/networks").partition('<figure class="chart drawn">')[2].partition("</figure>")[0]

    assert re.search(r"<h2>(.*?)</h2>", figure)[1] == "15 networks, 10 with a date of joining"
    assert '<figcaption><span class="credit">Drawn by Parvis · Records of this release' in figure
    joined = dict(re.findall(r"<t[hd][^>]*>([^<]+)</t[hd]>\s*<td[^>]*>(\d{4})</td>", figure))
    assert joined == {
        "Energy Cities": "2005",
        "C40": "2007",
        "Club ViTECC": "2008",
        "Covenant of Mayors": "2009",
        "Mexico City Pact": "2010",
        "ICORN": "2011",
        "Compact of Mayors": "2014",
        "NAZCA": "2014",
        "100 Resilient Cities": "2015",
    }


def test_a_key_figure_shows_date_and_source_and_changes_when_the_record_changes(house):
    earlier, later = ports(house)
    retract_statement(statement=earlier, reason="Typed twice.", by=house.by, at=house.at)
    card = r'<article class="figure.*?</article>'
    before = house.publish().part("/en", card)
    retract_statement(statement=later, reason="A slip of the pen.", by=house.by, at=house.at)
    house.state("port-members", number=91, as_of="2022-09", **MEMBERS)

    after = house.publish().part("/en", card)

    assert before == ["port-members 90 cities September 2022 Minutes"]
    assert after == ["port-members 91 cities September 2022 Minutes"]


@pytest.mark.parametrize("missing", ["as_of", "unit", "scope", "source"])
def test_a_figure_without_date_unit_scope_or_source_cannot_be_saved(house, missing):
    ports(house)
    said = {**MEMBERS, "number": 5, "as_of": "2020", "source": "minutes", "lines": "9"}
    said.pop(missing)

    with pytest.raises(InvalidContent):
        record_statement(about=Subject.objects.get(key="port-members"), content=said, by=house.by, at=house.at)

    assert Statement.objects.filter(number=5).count() == 0


def test_not_even_the_database_keeps_a_figure_without_its_date(house):
    _earlier, later = ports(house)

    later.pk, later.as_of = None, ""

    with pytest.raises(IntegrityError, match="figure_has_unit_scope_and_date"), transaction.atomic():
        later.save(force_insert=True)


def test_both_sides_of_a_contradiction_live_and_a_choice_has_its_author_and_its_reason(house):
    earlier, later = ports(house)
    sides = [{"words": {"en": "94"}, "as_of": "2019", **MINUTES}, {"words": {"en": "90"}, "as_of": "2022", **MINUTES}]
    house.enter(
        "conflict",
        "sizes-differ",
        kind="disagreement",
        about="port-members",
        sides=sides,
        note={"en": "Three years apart."},
        **CITED,
    )
    with pytest.raises(ReasonMissing):
        prefer_statement(statement=earlier, reason={"en": " "}, by=house.by, at=house.at)
    chosen = prefer_statement(statement=earlier, reason={"en": "Counted by them."}, by=house.by, at=house.at)

    pages = house.publish()

    assert (chosen.ranked_by, chosen.reason) == (house.by, {"en": "Counted by them."})
    assert [statement.number for statement in Statement.objects.held().order_by("number")] == [Decimal(90), Decimal(94)]
    assert "94 1 March" not in pages.words("/en/contradictions/sizes-differ")
    for said in ("94", "90", "Three years apart."):
        assert said in pages.words("/en/contradictions/sizes-differ")
    assert "/en/contradictions/sizes-differ" in pages.links("/en/figures/port-members")
    assert later.pk != chosen.pk


def test_a_choice_between_sides_is_refused_without_a_reason(house):
    sides = [{"words": {"en": "94"}, **MINUTES}, {"words": {"en": "90"}, **MINUTES}]

    with pytest.raises(InvalidContent):
        house.enter("conflict", "sizes-differ", kind="disagreement", sides=sides, preferred=1, **CITED)

    assert Conflict.objects.count() == 0


def test_all_contradictions_of_paris_are_live_with_both_sides(paris):
    keys = {link for link in paris.links("/en/contradictions") if link.startswith("/en/contradictions/")}

    assert paris.counted("/en/contradictions") == "38 contradictions"
    assert len(keys) == 38
    alone = [key for key in keys if len(paris.part(key, r'<(?:li|tr|article|div)[^>]*class="side[^"]*"')) == 1]
    assert alone == []


def test_amounts_of_two_kinds_never_add_up_and_an_amount_always_states_its_currency(house):
    ports(house)
    ceiling = {
        "property": "support_received",
        "number": 1_000_000,
        "unit": "EUR",
        "scope": {"en": "Water"},
        "as_of": "2022",
        "source": "minutes",
        "lines": "9",
    }

    kinds = load().amount_kinds
    million = Money(Decimal(1_000_000), "EUR")
    for amounts in (
        [(million, "yearly"), (million, "actual")],
        [(million, "ceiling"), (million, "cumulative")],
        [(million, "yearly"), (Money(Decimal(1), "USD"), "yearly")],
    ):
        with pytest.raises(DoNotAddUp):
            add_up(amounts, kinds)
    with pytest.raises((InvalidContent, IntegrityError)), transaction.atomic():
        record_statement(
            about=Subject.objects.get(key="porto"),
            content={**ceiling, "amount_kind": "ceiling"},
            by=house.by,
            at=house.at,
        )


def test_the_money_page_of_paris_keeps_ceiling_total_and_amount_per_grant_apart(paris):
    words = paris.words("/en/money")

    assert "A ceiling, a total and an amount per grant never add up." in words
    assert "Yearly ceiling of the 1% water €1M ceiling 19 Sept 2022" in words
    assert "Total paid by the 1% water €7M in all 19 Sept 2022" in words
    assert "Yearly target of the 1% waste €1M a year, target May 2015" in words


def test_a_doubtful_value_keeps_its_reason_and_stays_out_of_totals(house):
    earlier, later = ports(house)
    doubt_statement(statement=later, reason={"en": "It has no unit."}, by=house.by, at=house.at)

    indicator = next(iter(accountability.headline_indicators()))
    pages = house.publish()

    assert [value.number for value in accountability.values_of(indicator)] == [earlier.number]
    assert set(Statement.objects.to_add_up()) == {earlier}
    assert ("90 cities", "September 2022 the text dates it", "Doubtful") in values(pages, "/en/figures/port-members")
    assert "It has no unit." in pages.words("/en/figures/port-members")
    assert "port-members 94 cities 2019 Minutes" in pages.words("/en")


def test_a_press_page_gives_dated_figures_with_source_ready_to_cite(paris):
    told = paris.part("/en/press", r'<p class="citable">.*?</p>')

    assert "23 cities , 19 September 2022, City page on its international action, l. 96." in told
    assert len(told) == 6
    assert [said for said in told if not re.search(r", .*(?:19|20)\d\d.*, .+\.$", said)] == []
    assert "Paris, Parvis, release 1, 22 November 2026." in paris.words("/en/press")


def test_a_rank_names_its_publisher_its_date_and_its_set_or_is_refused(house):
    rank = {
        "kind": "rank",
        "publisher": "city-of-paris",
        "scope": {"en": "Tourism"},
        "as_of": "2017",
        "place_in_rank": 1,
    }
    with pytest.raises(InvalidContent):
        house.enter("claim", "first-for-tourism", **rank, **CITED)

    house.enter(
        "claim", "first-for-visits", **rank, set={"en": "Cities of the world"}, given_by={"en": "A guide"}, **CITED
    )
    words = house.publish().words("/en/claims/first-for-visits")

    for said in (
        "Claimed by: City of Paris",
        "2017",
        "Cities of the world",
        "A guide",
        "No ranking or proof is on file",
    ):
        assert said in words


def test_every_claim_of_paris_has_scope_date_and_source_and_says_who_claims_it(paris):
    keys = [link for link in dict.fromkeys(paris.links("/en/claims")) if link.startswith("/en/claims/")]

    assert len(keys) == 21
    for key in keys:
        words = paris.words(key)
        assert "Claimed by" in words or "Proven" in words, key
        told = words.partition("At a glance")[2]
        assert re.search(r"On (?!Not known).*(?:19|20)\d\d.*Among (?!Not known)", told), key
        assert [link for link in paris.links(key) if link.startswith("/en/sources/")], key


def test_published_totals_are_dated_claims_beside_what_the_records_count(paris):
    words = paris.words("/en/agreements")

    assert "more than 70 agreements 19 Sept 2022 City page on its international action" in words
    assert "4 records here bear this out. The published figure is larger: the others are not documented." in words
    assert "23 cities 19 Sept 2022" in paris.words("/en")
    assert paris.counted("/en/agreements/europe") == "23 agreements"
