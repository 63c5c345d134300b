"""What the public sees of money: rows FUN and REL of the inventory, on the real grants of Paris."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from parvis.domain.funding import actions
from parvis.domain.funding.actions import Slip, Source
from parvis.domain.funding.actions.posting import Way, account_of, post
from parvis.domain.funding.enums import Act, Stage

GRANTS = "/en/money/grants"
WHOLE = Decimal("3215051.00")


def amounts(pages, path, column="Voted"):
    """The amounts of one column of a table of grants, as numbers."""
    found = pages.part(path, rf'data-label="{column}">(.*?)</td>')
    return [Decimal(re.sub(r"[^\d.]", "", one)) for one in found if "€" in one]


def fetched(pages, path):
    answer = pages.client.get(path)
    assert answer.status_code == 200, path
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_explorer_opens_on_a_full_table_and_says_what_it_adds(paris):
    assert paris.counted(GRANTS) == "98 grants"
    assert "€3,215,051.00 voted" in paris.words(GRANTS)
    assert sum(amounts(paris, GRANTS)) + sum(amounts(paris, f"{GRANTS}?page=2")) == WHOLE


@pytest.mark.parametrize(
    ("asked", "count", "total"),
    [
        ("year=2020", 30, "€1,202,000.00"),
        ("year=2021", 33, "€956,800.00"),
        ("year=2022", 35, "€1,056,251.00"),
        ("fund=label-solidev", 15, "€113,150.00"),
        ("country=MG", 4, "€47,000.00"),
        ("place=bamako", 1, "€7,000.00"),
        ("body=sidaction", 3, "€602,000.00"),
        ("theme=europe&year=2022", 4, "€35,000.00"),
    ],
)
def test_each_filter_says_how_many_and_how_much(paris, asked, count, total):
    path = f"{GRANTS}?{asked}"

    assert paris.counted(path) == f"{count} grant{'' if count == 1 else 's'}"
    assert f"{total} voted" in paris.words(path)


def test_a_value_no_grant_has_is_left_aside_and_said_in_the_readers_language(paris):
    asked = ("country=ZZ", "year=1850", "fund=moon", "theme=moon", "body=nobody", "place=nowhere", "view=tower")
    words = paris.words(f"/fr/argent/subventions?{'&'.join(asked)}")

    left = [one.partition("=")[2] for one in asked]
    assert [value for value in left if f"« {value} » n’est pas parmi les choix" not in words] == []
    assert words.count("ce filtre a été laissé de côté") == len(asked)
    assert "98 subventions" in words


def test_map_and_chart_show_the_same_grants_as_the_table(paris):
    """Twenty-nine countries, each with its disc and its row; what has no country is said."""
    on_map, in_chart = paris.main(f"{GRANTS}?view=map"), paris.words(f"{GRANTS}?view=chart")

    discs = re.findall(r"<circle ", on_map.partition('class="plate-narrow"')[0])
    rows = paris.part(f"{GRANTS}?view=map", r'<th scope="row">(.*?)</th>')
    assert (len(discs), len(rows), rows[-1]) == (29, 30, "Country not known")
    assert "€3,215,051.00 voted" in in_chart
    assert "56 grants are not on the map, since their country is not known: €" in paris.words(f"{GRANTS}?view=map")
    assert "2020 €1,202,000.00 30 2021 €956,800.00 33 2022 €1,056,251.00 35" in in_chart


def test_what_is_shown_can_be_taken_away_in_four_formats(paris):
    asked = "?year=2022&fund=label-solidev&view=chart"

    as_csv = list(csv.DictReader(io.StringIO(fetched(paris, f"{GRANTS}.csv{asked}").decode())))
    book = CalamineWorkbook.from_filelike(io.BytesIO(fetched(paris, f"{GRANTS}.xlsx{asked}")))
    sheet = book.get_sheet_by_name("grants").to_python()[1:]
    column = sheet[0].index("amount_voted")
    in_json = paris.client.get(f"{GRANTS}.json{asked}").json()
    on_map = paris.client.get(f"{GRANTS}.geojson?year=2022&place=kyiv")

    told = [Decimal(row["amount_voted"]) for row in as_csv]
    assert sum(told) == sum(Decimal(str(row[column])) for row in sheet[1:]) == Decimal(26650)
    assert in_json["total"] == len(told) == 4
    assert {row["beneficiary_title"] for row in as_csv} == {row["beneficiary_title"] for row in in_json["rows"]}
    assert b"".join(on_map.streaming_content).count(b'"Feature"') == 1


def test_a_grant_is_followed_from_the_levy_to_the_result_and_what_is_not_known_is_said(paris):
    path = f"{GRANTS}/grant-2020-07-fonds-armenien-de-france"
    chain = paris.section(path, "Follow the money")

    steps = (
        "Levy", "Vote of the budget", "Envelope", "Call or fund", "Request", "Decision", "Convention", "Instalments",
        "Paid", "Reports", "Result",
    )  # fmt: skip
    assert [chain.index(step) for step in steps] == sorted(chain.index(step) for step in steps)
    assert "Decision €50,000.00 2020 The number of the decision is not known." in chain
    assert "No payment is on record." in chain
    assert "Armenia , Azerbaijan inferred from title" in paris.words(path)


def test_a_body_shows_its_grants_year_by_year(paris):
    told = paris.section("/en/bodies/sidaction", "Grants")

    assert "€602,000.00 voted in 3 grants" in told
    assert told.index("2022 €200,000.00") < told.index("2021 €180,000.00") < told.index("2020 €222,000.00")


def test_a_city_and_its_country_show_the_grants_they_received(paris):
    assert "€7,000.00 voted in 1 grant" in paris.section("/en/partners/bamako", "Grants")
    assert "€47,000.00 voted in 4 grants" in paris.section("/en/partners/country-mg", "Grants")
    assert "A nutrition centre in Bamako" in [title for _, _, title, _ in paris.timeline("/en/partners/bamako")]


def test_a_day_in_the_past_shows_what_had_been_voted(paris):
    path = f"{GRANTS}?on=2020"

    assert paris.counted(path) == "30 grants"
    assert "€1,202,000.00 voted" in paris.words(path)


def test_countries_and_years_add_up_to_the_whole(paris):
    """The foot counts each grant once; grants of several countries stand whole in each row."""
    foot = paris.part("/en/money/countries", r"<tfoot>(.*?)</tfoot>")[0]

    assert foot == "All, each counted once €1,202,000.00 €956,800.00 €1,056,251.00 €3,215,051.00 98"
    assert "Country not known €511,500.00 €775,300.00 €878,251.00 €2,165,051.00 56" in paris.words(
        "/en/money/countries"
    )


def test_a_household_sees_its_share_with_the_formula_the_year_and_the_source(paris):
    words = paris.words("/en/money/household?people=2&bill=320,50")

    assert "at most €12.35 a year €1,234.50 × 1%" in paris.words("/en/money/household?bill=1 234,50 €")
    assert "about €0.30 a year €0.60 ÷ 4 × 2" in words
    assert "at most €3.21 a year €320.50 × 1%" in words
    assert "19 Sept 2022 City page on its international action" in words
    assert "Water and sanitation projects since 2005" in words


@pytest.mark.parametrize(
    "asked", ["people=none", "people=0", "people=99", "bill=-3", "bill=NaN", "bill=1e9", "bill=1.234"]
)
def test_what_is_no_household_is_refused_in_words(paris, asked):
    words = paris.words(f"/en/money/household?{asked}")

    assert "Write a number of people" in words or "Write the bill of a year" in words
    assert "a year €" not in words


def test_a_levy_says_its_rule_and_that_without_a_base_there_is_no_ceiling(paris):
    path = "/en/money/levies/levy-water"

    assert "At most 1% · Resources of the water service Oudin-Santini law" in paris.section(path, "The rule")
    assert "nothing may be committed" in paris.section(path, "Year by year")
    assert "€1M ceiling" in paris.section(path, "What the sources say of it")
    assert "Water and sanitation projects since 2005" in paris.section(path, "What it paid for")


def test_results_stand_by_fund_with_unit_and_the_rule_on_counting_twice(paris):
    words = paris.words("/en/money/results")

    assert "two results are never added here" in words
    health = words.partition("Grants for health and against HIV")[2].partition("Emergency aid")[0]
    assert "on average 500,000 people a year" in health
    assert "more than 50,000 people" in health
    assert "€884,000.00 voted in 8 grants on record" in health


def test_the_overview_says_what_the_grants_come_to_and_which_budgets_give(paris):
    words = paris.words("/en/money")

    assert "€3,215,051.00 voted in 98 grants, 2020 to 2022." in words
    assert "it is not all the city gives" in words
    assert "none has both its day of request and its day of payment" in words
    assert "Resources of the service not published: no ceiling can be computed" in words


def test_search_finds_a_body_and_its_grants(paris):
    assert "Sidaction" in paris.words("/en/search?q=sidaction")
    assert "Power generators for the city of Kyiv" in paris.words("/en/search?q=generators")


def test_a_fund_sets_what_was_published_beside_what_is_on_record(paris):
    """For 2021 the City published 1.7 million; eight grants in three years name the fund."""
    told = paris.section("/en/programmes/health-grants", "Published, and on record")

    assert "2021 €1,700,000.00 €302,000.00 3 -€1,398,000.00" in told
    assert "€884,000.00 voted in 8 grants" in paris.section("/en/programmes/health-grants", "Grants")
    assert "/en/money/countries?fund=health-grants" in paris.links("/en/programmes/health-grants")


CITED = {"cites": [{"source": "minutes", "lines": "3"}]}


def paid_grant(house):
    """A levy, its year, an envelope, and a grant of it for Porto, asked for, voted, and paid in part."""
    levy = house.enter("levy", "levy-water", kind="water", rules=[{"rate": "0.01", "valid_from": "2005"}], **CITED)
    house.enter("body", "council", kind="assembly", **CITED)
    vote = house.enter("decision", "vote", body="council", number="2026-7", day="2026-03-10", **CITED).subject
    house.enter("body", "wells", kind="university", **CITED)
    slip = Slip(decision=vote, day=date(2026, 3, 10), by=house.by, at=house.at, reason="canary-typed-by-a-clerk")
    year = actions.open_levy_year(
        levy=levy, year=2026, currency="EUR", base=Decimal(100_000_000), base_source="Budget", by=house.by, at=house.at
    )
    envelope = house.enter("envelope", "solidae", kind="call", levy="levy-water", year=2026, **CITED)
    actions.vote_levy(levy_year=year, amount=Decimal(800_000), slip=slip)
    actions.allot(envelope=envelope, amount=Decimal(500_000), slip=slip)
    facts = {"beneficiary": "wells", "year": 2026, "currency": "EUR", "state": "asked", "amount_asked": "60000"}
    grant = house.enter("grant", "pumps", place="porto", place_known="stated", asked_on="2026-03-01", **facts, **CITED)
    grant = actions.award_grant(grant=grant, sources=[Source(envelope, Decimal(60_000))], slip=slip)
    accounts = (
        account_of(year, stage, envelope=envelope, grant=grant.subject) for stage in (Stage.COMMITTED, Stage.PAID)
    )
    post(Act.PAY, Decimal(20_000), [Way(*accounts)], replace(slip, day=date(2026, 4, 30)), grant=grant.subject)


def test_a_euro_is_followed_from_the_levy_to_its_payment_and_back(house):
    paid_grant(house)
    pages = house.publish()

    chain = pages.section("/en/money/grants/pumps", "Follow the money")
    assert "Levy levy-water Minutes" in chain
    assert "Decision vote €60,000.00 10 Mar 2026" in chain
    assert "30 Apr 2026 · Paid €20,000.00" in chain
    assert "From request to payment 60 days" in pages.words("/en/money/grants/pumps")

    assert "Asked for €60,000.00 Voted €60,000.00 Paid" in pages.words("/en/money/grants/pumps")
    assert pages.section("/en/money/grants/pumps", "This grant").split("Where")[0] == "This grant Body wells "
    assert "Demandé 60 000,00 € Voté" in pages.words("/fr/argent/subventions/pumps")

    year = pages.section("/en/money/levies/levy-water", "Year by year")
    assert "Ceiling €1,000,000.00 Voted €800,000.00 Committed €60,000.00 Paid €20,000.00" in year
    assert "Still left €740,000.00" in year
    assert "€60,000.00 voted in 1 grant" in pages.section("/en/money/levies/levy-water", "Grants")
    assert "canary" not in pages.source("/en/money/grants/pumps") + pages.source("/en/money/levies/levy-water")


def test_help_in_kind_stands_beside_money_in_the_totals_of_a_body(house):
    house.enter("body", "rights", kind="association", **CITED)
    told = {"beneficiary": "rights", "state": "awarded", "year": 2026, "currency": "EUR"}
    house.enter("grant", "defence", amount_voted="5000", title={"en": "Defence of defenders"}, **told, **CITED)
    house.enter(
        "grant", "room", form="in_kind", amount_voted="1200", title={"en": "A hall for a night"}, **told, **CITED
    )

    grants = house.publish().section("/en/bodies/rights", "Grants")

    assert "€6,200.00 voted in 2 grants" in grants
    assert (
        "A hall for a night (in English) in kind, estimated" in grants
        or "A hall for a night in kind, estimated" in grants
    )
    assert "Defence of defenders" in grants


def test_winners_are_told_by_year_and_discipline_and_who_won_again(paris):
    page = "/en/money/disciplines"

    assert "2020, 2021, 2022 Fonds Fanak 3 grants, €24,000.00 in all" in paris.words(page)
    assert "Cinema and audiovisual arts" in paris.words(page)
    assert paris.part(page, r"<tfoot>.*?</tfoot>")[0].endswith("13 11")


def test_support_to_works_of_the_french_speaking_world_is_recorded_with_theme_and_discipline(paris):
    words = paris.words("/en/money/grants/grant-2021-42-coup-de-soleil")

    assert "Culture and French-speaking world" in words
    assert "Discipline Books and literature" in words
