"""The whole way of a euro, and the money of a year, of a crisis, of an agreement: rows FUN and REL of the inventory."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from parvis.domain.funding import actions
from parvis.domain.funding.actions import Part, Slip, Source
from parvis.domain.funding.enums import Condition, Direction, ReportKind
from parvis.domain.partnerships.models import Agreement
from parvis.register.models import Subject

B = "\u00a0"
CITED = {"cites": [{"source": "minutes", "lines": "3"}]}
CANARY = "canary-typed-by-a-clerk"
ASKED = {"beneficiary": "wells", "year": 2026, "currency": "EUR", "state": "asked", "amount_asked": "60000"}


@pytest.fixture
def slip(house):
    """The council's decision of 10 March 2026, which votes, awards and pays."""
    house.enter("body", "council", kind="assembly", **CITED)
    vote = house.enter("decision", "vote", body="council", number="2026-7", day="2026-03-10", **CITED).subject
    return Slip(decision=vote, day=date(2026, 3, 10), by=house.by, at=house.at, reason=CANARY)


@pytest.fixture
def envelope(house, slip):
    """Half a million out of 800,000 voted on the water levy of 2026."""
    levy = house.enter("levy", "levy-water", kind="water", rules=[{"rate": "0.01", "valid_from": "2005"}], **CITED)
    year = actions.open_levy_year(
        levy=levy, year=2026, currency="EUR", base=Decimal(100_000_000), base_source="Budget", by=house.by, at=house.at
    )
    made = house.enter("envelope", "solidae", kind="call", levy="levy-water", year=2026, **CITED)
    actions.vote_levy(levy_year=year, amount=Decimal(800_000), slip=slip)
    actions.allot(envelope=made, amount=Decimal(500_000), slip=slip)
    return made


@pytest.fixture
def give(house, envelope, slip):
    """Award a grant asked for on a day, and pay its first instalment on another."""
    wells = house.enter("body", "wells", kind="association", **CITED).subject
    actions.declare_standing(body=wells, contract_signed=date(2026, 1, 1), by=house.by, at=house.at)

    def given(key, asked_on, paid_on, **more):
        grant = house.enter("grant", key, kind="call", asked_on=asked_on, **ASKED, **more, **CITED)
        grant = actions.award_grant(grant=grant, sources=[Source(envelope, Decimal(60_000))], slip=slip)
        own = {"by": house.by, "at": house.at}
        terms = {"starts": date(2026, 1, 1), "ends": date(2026, 12, 31), "regranting": False}
        actions.draw_up_convention(grant=grant, number=f"2026-{key}", **terms, **own)
        actions.sign_convention(grant=grant, signed=date(2026, 3, 20), **own)
        parts = [Part(envelope, Decimal(40_000)), Part(envelope, Decimal(20_000), Condition.NARRATIVE)]
        first, _second = actions.plan_instalments(grant=grant, parts=parts, **own)
        if paid_on is None:
            return grant
        order = actions.order_payment(instalment=first, slip=replace(slip, day=paid_on))
        actions.export_orders(on=paid_on, **own)
        answer = actions.Answer(line=1, number=order.number, paid=paid_on, amount=order.amount, reference="M-1")
        actions.take_answers(answers=[answer], **own)
        return grant

    return given


def test_every_step_of_a_grant_is_told_with_its_day_and_its_decision(house, give):
    grant = give("pumps", "2026-03-01", date(2026, 4, 30))
    own = {"by": house.by, "at": house.at}
    report = actions.receive_report(
        grant=grant, kind=ReportKind.NARRATIVE, received=date(2026, 9, 1), words=CANARY, **own
    )
    actions.review_report(report=report, accepted=True, on=date(2026, 9, 15), **own)
    pages = house.publish()

    chain = pages.section("/en/money/grants/pumps", "Follow the money")

    steps = (
        "Levy levy-water",
        "Vote of the budget 10 Mar 2026 · Vote €800,000.00 · vote",
        "Envelope solidae 10 Mar 2026 · Put in an envelope €500,000.00 · vote",
        "Call or fund The source names no call and no fund.",
        "Request €60,000.00 1 Mar 2026",
        "Decision vote €60,000.00 10 Mar 2026 Minutes",
        "Convention 20 Mar 2026 2026-pumps · 1 Jan 2026",
        "Instalments 30 Apr 2026 · 1. Once the convention is signed €40,000.00 · paid",
        "2. Once a narrative report is accepted €20,000.00 · to be paid",
        "Paid €40,000.00 30 Apr 2026 · Paid €40,000.00 · vote",
        "Reports 1 Sept 2026 · Narrative report · accepted 15 September 2026",
        "Result No result is on record.",
    )
    assert [step for step in steps if step not in chain] == []
    assert [chain.index(step) for step in steps] == sorted(chain.index(step) for step in steps)
    assert CANARY not in pages.source("/en/money/grants/pumps")


def test_what_the_ledger_has_not_paid_is_told_as_nothing_yet_and_not_as_unknown(house, give):
    """The page of its levy says that nothing was paid: the page of the grant says no less."""
    grant = give("pumps", "2026-03-01", None)
    pages = house.publish()

    assert "Voted €60,000.00 Paid nothing yet" in pages.words("/en/money/grants/pumps")
    assert "Versé rien encore" in pages.words("/fr/argent/subventions/pumps")
    assert "€60,000.00 nothing yet" in pages.words("/en/money/grants")
    assert "Paid €0.00" in pages.section("/en/money/levies/levy-water", "Year by year")
    assert grant.amount_paid is None


def test_days_to_payment_are_one_figure_and_what_is_not_known_is_counted_apart(house, give):
    give("pumps", "2026-03-01", date(2026, 4, 30))
    give("taps", "2026-03-01", date(2026, 3, 31))
    give("wells-again", "2026", date(2026, 4, 30))

    told = house.publish().words("/en/money/waits")

    assert "45 days half-way, over 2 grants paid; nine in ten are paid within 60 days." in told
    assert "For 1 other grant given, one of the two days is not known." in told
    assert "2026 45 days, 60 days 60 2 1" in told


def test_no_figure_stands_where_no_grant_has_both_days(paris):
    told = paris.words("/en/money/waits")

    assert (
        "Not known Of the 98 grants given on record, none has both its day of request and its day of payment." in told
    )
    assert "The median is the middle grant" in told


def test_the_way_of_the_money_says_which_steps_no_source_tells(paris):
    steps = paris.part("/en/money", r'<h3><a href="[^"]*">([^<]*)</a></h3>\s*<p class="amount is-not-known">')

    assert steps == ["The city pays", "What it is said to bring"]
    assert "The council votes €3,215,051 98 grants, 2020 to 2022" in paris.section("/en/money", "Follow the money")


def test_a_year_adds_its_lines_to_the_cent_and_keeps_the_totals_that_were_published(paris):
    """Three years of real grants; three texts with three totals of the whole budget."""
    foot = {year: paris.part(f"/en/money/budget/{year}", r"<tfoot>(.*?)</tfoot>")[0] for year in (2020, 2021, 2022)}
    committed = paris.part("/en/money/budget/2021", r'data-label="Voted grant by grant">(.*?)</td>')

    assert foot == {
        2020: "All lines not known €1,202,000.00 not known of the lines that say it",
        2021: "All lines not known €956,800.00 not known of the lines that say it",
        2022: "All lines not known €1,056,251.00 not known of the lines that say it",
    }
    assert sum(Decimal(one.strip("€").replace(",", "")) for one in committed[:-1]) == Decimal("956800.00")
    overview = paris.words("/en/money/budget")
    assert "€6,700,000.00 May 2015" in overview
    assert "more than €6,500,000.00 19 Sept 2022" in overview
    assert "less this total: -€5,443,749.00" in paris.words("/en/money/budget/2022")


def test_a_line_of_the_ledger_stands_beside_grants_told_and_no_grant_counts_twice(house, give):
    give("pumps", "2026-03-01", date(2026, 4, 30))
    told = {"beneficiary": "wells", "state": "awarded", "year": 2026, "currency": "EUR", "amount_voted": "1000.10"}
    house.enter("grant", "told-by-history", **told, **CITED)
    house.enter("grant", "a-hall", form="in_kind", kind="in_kind", **told, **CITED)

    pages = house.publish()
    page, hall = pages.words("/en/money/budget/2026"), pages.words("/en/money/grants/a-hall")

    assert (
        "Help in kind A thing or a service, counted at its estimated value: no budget pays it out. Call or fund" in hall
    )
    assert ("Instalments" in hall, "From request to payment" in hall) == (False, False)
    assert "levy-water €800,000.00 €60,000.00 €40,000.00 the City's ledger" in page
    assert "No call or fund named 1 grant not known €1,000.10" in page
    assert "Help in kind, at its estimated value 1 grant not known €1,000.10" in page
    assert "All lines €800,000.00 €62,000.20 €40,000.00" in page


def test_each_crisis_is_totalled_by_year_and_published_totals_keep_their_scope(paris):
    told = paris.words("/en/money/emergencies")

    assert "Covid-19 Epidemic €20,000.00 €30,000.00 €50,000.00 2" in told
    assert "All crises, each grant once €70,000.00 €30,000.00 €100,000.00 3" in told
    published = paris.section("/en/money/emergencies", "Totals that were published")
    assert "€2,000,000.00 Humanitarian crises, period not stated (since 2014, it seems)" in published
    assert "€1,075,000.00 French NGOs helping victims of armed conflict, since 2014" in published
    assert "€50,000.00 voted in 2 grants" in paris.section("/en/money/emergencies/crisis-covid-19", "Grants")


def test_an_agreement_tells_its_money_both_ways_what_is_left_and_its_use(house, slip):
    parties = ["paris", "porto"]
    clause = {"kind": "money", "words": {"en": "Shared works"}, "source": "minutes", "lines": "4"}
    pact = house.enter("agreement", "pact", kind="framework", parties=parties, clauses=[clause], **CITED)
    house.enter("project", "bridge", kind="technical", agreement="pact", **CITED)
    porto = Subject.objects.get(key="porto")
    agreement = Agreement.objects.get(pk=pact.pk)
    for direction, amount in ((Direction.GIVEN, 200_000), (Direction.RECEIVED, 50_000)):
        actions.vote_allocation(
            agreement=agreement, party=porto, year=2026, direction=direction, amount=Decimal(amount), currency="EUR",
            slip=slip,
        )  # fmt: skip
    grant = {"beneficiary": "porto", "state": "awarded", "year": 2026, "currency": "EUR", "agreement": "pact"}
    house.enter("grant", "first-works", amount_voted="60000", amount_paid="15000", **grant, **CITED)
    pages = house.publish()

    page = pages.words("/en/money/frameworks/pact")

    assert "2026 €200,000.00 €50,000.00 €60,000.00 €15,000.00 €140,000.00" in page
    assert "2026 · From the city · Porto · €200,000.00 · 10 Mar 2026 · vote" in page
    assert "Shared works" in page
    assert ("Projects under it bridge" in page, "first-works Porto" in page) == (True, True)
    assert "2026 €200,000.00 €50,000.00" in pages.words("/en/money/frameworks")
    assert CANARY not in pages.source("/en/money/frameworks/pact")


def test_the_framework_agreements_of_the_city_say_their_parties_term_use_and_what_is_not_known(paris):
    told = paris.words("/en/money/frameworks")

    assert (
        "Agreement with the Institut français Framework agreement · City of Paris , Institut français · 3 years" in told
    )
    assert "No yearly allocation and no grant under it is on record." in told
    assert "Both fund performances and works by artists and companies from Paris shown abroad." in told
    assert "Cooperation agreement between Madrid and Lima Cooperation convention, between other cities" in told
    assert "about €200,000 a year" in told


def test_money_is_told_by_the_group_it_puts_first_and_criteria_say_theirs(paris):
    """Twenty-two real grants name a group in their purpose; the others name none, and the whole is not touched."""
    told = paris.words("/en/money/groups")

    foot = paris.part("/en/money/groups", r"<tfoot>(.*?)</tfoot>")[0]
    assert foot == "All, each counted once €1,202,000.00 €956,800.00 €1,056,251.00 €3,215,051.00 98"
    assert ("€95,000.00" in told, "€287,000.00" in told) == (True, True)
    assert "weight not known Health and the fight against HIV Women, children and the people most exposed first" in told
    assert "Whom it puts first Women, Children and young people" in paris.words(
        "/en/money/grants/grant-2021-34-premiere-urgence-internationale"
    )


def test_a_grant_for_two_groups_counts_whole_in_each_and_a_criterion_weighs(house):
    told = {"beneficiary": "porto", "state": "awarded", "year": 2026, "currency": "EUR"}
    house.enter("grant", "clinic", amount_voted="100", groups=["women", "children"], **told, **CITED)
    house.enter("grant", "school", amount_voted="300", groups=["children"], **told, **CITED)
    house.enter("grant", "road", amount_voted="600", **told, **CITED)
    first = {"code": "first", "weight": 40, "words": {"en": "Children first"}, "groups": ["children"]}
    house.enter("call", "call-health", kind="health", criteria=[first], **CITED)

    page = house.publish().words("/en/money/groups")

    assert "Children and young people €400.00 €400.00 40% 2 Women €100.00 €100.00 10% 1" in page
    assert "No group named €600.00 €600.00 60% 1 All, each counted once €1,000.00 €1,000.00 3" in page
    assert "40 out of 100 call-health Children first Children and young people" in page


def test_what_a_levy_planned_is_drawn_beside_what_was_voted_with_the_gap_and_its_reason(house, slip):
    plan = [
        {"year": 2026, "amount": "1000000", "note": {"en": "The base grew late", "fr": "La base a crû tard"}},
        {"year": 2027, "amount": "1200000"},
    ]
    levy = house.enter("levy", "levy-waste", kind="waste", plan=plan, rules=[{"rate": "0.01"}], **CITED)
    base = {"base": Decimal(100_000_000), "base_source": "Budget", "by": house.by, "at": house.at}
    year = actions.open_levy_year(levy=levy, year=2026, currency="EUR", **base)
    actions.vote_levy(levy_year=year, amount=Decimal(750_000), slip=slip)
    pages = house.publish()

    told = pages.section("/en/money/levies/levy-waste", "Planned and voted")
    drawn = pages.main("/en/money/levies/levy-waste").partition('id="plan"')[2]

    assert "2026 €1,000,000.00 €750,000.00 -€250,000.00 The base grew late" in told
    assert "2027 €1,200,000.00 not known not known not said" in told
    assert [drawn.count(f'width="{width}"') for width in (833, 625, 1000)] == [1, 1, 1]


def test_a_rate_is_told_to_its_last_figure_wherever_it_is_told(house):
    kind = {"kind": "water", "rules": [{"rate": "0.0025", "valid_from": "2005"}]}
    house.enter("levy", "levy-water", **kind, **CITED)
    house.enter(
        "call", "call-wells", kind="water", amount_rule="rate", most_rate="33.33", currency="EUR",
        bands=[{"most": "1000", "share": "66.67"}, {"share": "33.35"}], **CITED,
    )  # fmt: skip
    pages = house.publish()

    said = {
        tongue: [pages.words(f"/{tongue}/{one}").replace(B, " ") for one in addresses]
        for tongue, addresses in {
            "fr": ("argent/leviers", "argent/leviers/levy-water", "argent/mon-foyer?bill=1000"),
            "en": ("money/levies", "money/levies/levy-water", "money/household?bill=1000"),
        }.items()
    }
    call = pages.words("/en/calls/call-wells")

    assert [words.count("0,25 %") for words in said["fr"]] == [1, 1, 1]
    assert [words.count("0.25%") for words in said["en"]] == [1, 1, 1]
    assert [call.count(share) for share in ("33.33% of the cost at most", "66.67%", "33.35%")] == [1, 1, 1]
