"""Out, in again, equal: what a format can hold comes back the same. What it cannot hold is listed here."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.exchange.formats.dcat import reading as catalogues
from parvis.exchange.formats.dcat.catalogue import Catalogue, Dataset, Distribution, address_of, triples
from parvis.exchange.formats.dcat.writing import as_json_ld, as_rdf_xml, as_turtle
from parvis.exchange.formats.giving360 import grant as giving
from parvis.exchange.formats.giving360.reading import read_grants
from parvis.exchange.formats.giving360.writing import as_json, write_package
from parvis.exchange.formats.iati import activity as iati
from parvis.exchange.formats.iati.reading import read_records
from parvis.exchange.formats.iati.whole import whole
from parvis.exchange.formats.iati.writing import write_activities, write_organisation
from parvis.exchange.formats.opportunities.writing import Moment, Money, Opportunity, write_opportunities
from parvis.exchange.formats.scdl.deliberation import COLUMNS, Deliberation
from parvis.exchange.formats.scdl.deliberation import why_not as lacking
from parvis.exchange.formats.scdl.reading import propose_grants, read_strict
from parvis.exchange.formats.scdl.schemas import DELIBERATIONS
from parvis.exchange.formats.scdl.subvention import CASH, KIND, Subvention, why_not
from parvis.exchange.formats.scdl.writing import write_deliberations, write_subventions
from parvis.exchange.formats.tables.reading import open_table

few = settings(max_examples=25, deadline=None)
#: One line of text as offices write it; a spreadsheet's signs at its head are another test's matter.
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" "), min_size=1, max_size=60
).map(lambda text: "a" + " ".join(text.split()))
days = st.dates(date(1995, 1, 1), date(2030, 12, 31)).map(lambda day: day.isoformat())
money = st.decimals(0, 10**9, places=2)
words = st.dictionaries(st.sampled_from(("fr", "en")), texts, min_size=1)


@few
@given(texts, texts, money, days, days, st.integers(0, 300), st.sampled_from((CASH, KIND)))
def test_a_grant_of_the_scdl_comes_back(beneficiary, purpose, amount, agreed, first, length, nature):
    last = (date.fromisoformat(first) + timedelta(days=length)).isoformat()
    row = Subvention("k", "Ville", "21750001600019", agreed, "2024 DGRI 1", beneficiary, "49122604900014", "", purpose,
                     amount, nature, "unique", f"{first}/{last}")  # fmt: skip
    assert why_not(row) == []
    with TemporaryDirectory() as folder:
        strict = Path(folder) / "strict.csv"
        write_subventions([row], strict, Path(folder) / "others.csv")
        (read,) = propose_grants(open_table(strict, "strict.csv"))

    assert (read.beneficiary, read.purpose, read.amount, read.decided, read.starts, read.ends, read.nature) == (
        beneficiary, purpose, amount, agreed, first, last, nature,
    )  # fmt: skip
    assert (read.funder_siret, read.siret, read.notified, read.share, read.faults) == (
        "21750001600019", "49122604900014", False, Decimal(1), (),
    )  # fmt: skip


votes = st.tuples(*(st.integers(0, 60) for _part in range(3)))


@few
@given(texts, texts, texts, days, votes, st.booleans(), st.none() | days)
def test_a_decision_of_the_scdl_comes_back_to_the_letter(number, purpose, body, day, counted, budgeted, received):
    """Every column of the schema, read by its own name; and no fault in any."""
    row = Deliberation(
        "k", body, "21750001600019", number.replace(" ", "-")[:30], day, "7.5", "Finances", purpose,
        budget_year="2024" if budgeted else "", budget="Budget" if budgeted else "",
        prefecture="075-2024" if received else "", received_on=received or "", seats=163, voters=sum(counted),
        votes_for=counted[0], votes_against=counted[1], abstentions=counted[2],
    )  # fmt: skip
    with TemporaryDirectory() as folder:
        strict = Path(folder) / "strict.csv"
        write_deliberations([row], strict, Path(folder) / "others.csv")
        read = list(read_strict(open_table(strict, "strict.csv"), DELIBERATIONS))

    early, crowded = bool(received and received < day), sum(counted) > 163
    assert lacking(row) == ["PREF_DATE"] * early + ["VOTE_EFFECTIF"] * crowded
    if lacking(row):
        assert read == []
        return
    told = {name: "" if getattr(row, field) is None else str(getattr(row, field)) for name, field in COLUMNS.items()}
    assert [(dict(one.cells), one.wrong) for one in read] == [(told, ())]


@few
@given(texts, texts, money, st.none() | money, st.none() | money, days, days)
def test_a_call_of_commongrants_comes_back(title, said, most, least, total, opens, closes):
    amounts = {name: None if amount is None else Money(amount, "EUR")
               for name, amount in (("most", most), ("least", least), ("total", total))}  # fmt: skip
    call = Opportunity("k", "https://c.example.org/id/k", title, said, "open", **amounts, opens=Moment(opens),
                       closes=Moment(closes, "17:00:00"), created="2026-11-22T12:00:00Z",
                       modified="2026-11-22T12:00:00Z")  # fmt: skip
    with TemporaryDirectory() as folder:
        path = Path(folder) / "opportunities.json"
        write_opportunities([call], path)
        (read,) = orjson.loads(path.read_bytes())["items"]

    funding, dates = read.get("funding", {}), read["keyDates"]
    assert (read["title"], read["description"], read["status"], read["source"]) == (
        title, said, {"value": "open"}, call.address,
    )  # fmt: skip
    assert {name: Decimal(funding[key]["amount"]) if key in funding else None for name, key in _FUNDING.items()} == {
        "most": most, "least": least, "total": total,
    }  # fmt: skip
    assert (dates["postDate"]["date"], dates["closeDate"]["date"], dates["closeDate"]["time"]) == (
        opens, closes, "17:00:00",
    )  # fmt: skip


_FUNDING = {"most": "maxAwardAmount", "least": "minAwardAmount", "total": "totalAmountAvailable"}


@few
@given(texts, texts, money, st.none() | money, days)
def test_a_grant_of_360giving_comes_back_from_its_flat_table(title, said, amount, asked, awarded):
    """What the flat table holds; lines that repeat (transactions) are in the package only."""
    grant = giving.Grant(
        "k", "parvis-paris-k", title, said, "EUR", amount, awarded, giving.Organisation("FR-INSEE-217500016", "Paris"),
        giving.Organisation("GB-CHC-1164883", said), asked=asked, starts=awarded,
    )  # fmt: skip
    with TemporaryDirectory() as folder:
        table = Path(folder) / "flat.csv"
        write_package([grant], Path(folder) / "package.json", table, title="t", issued=awarded)
        (read,) = read_grants(table, "flat.csv")

    assert (read.content, read.wrong) == (_numbered(as_json(grant)), ())


@few
@given(texts, texts, money, st.none() | money, days, days, st.none() | st.decimals(-90, 90, places=5))
def test_a_grant_of_360giving_comes_back_whole(title, said, amount, paid, awarded, modified, latitude):
    grant = giving.Grant(
        "k", "parvis-paris-k", title, said, "EUR", amount, awarded, giving.Organisation("FR-INSEE-217500016", "Paris"),
        giving.Organisation("parvis-paris-b", said, "SN"), paid=paid, url="https://city.example.org/id/k",
        starts=awarded, programme=("p", title), modified=f"{modified}T00:00:00Z",
        locations=(giving.Location(title, "SN", latitude, latitude),),
        classifications=(giving.Classification("DAC", "14031", said),),
        disbursements=(giving.Disbursement("d", awarded, amount),),
    )  # fmt: skip
    with TemporaryDirectory() as folder:
        package = Path(folder) / "package.json"
        write_package([grant], package, Path(folder) / "flat.csv", title="t", issued=awarded)
        (read,) = read_grants(package, "package.json")

    assert (read.content, read.wrong) == (_numbered(as_json(grant)), ())


def _numbered(told):
    """Whole numbers as JSON has them."""
    if isinstance(told, dict):
        return {name: _numbered(one) for name, one in told.items()}
    if isinstance(told, list):
        return [_numbered(one) for one in told]
    return int(told) if isinstance(told, Decimal) and told == told.to_integral_value() else told


words_or_none = st.just({}) | words
codes = st.sampled_from(("14031", "41010", "99810"))
coded = st.builds(
    iati.Coded, codes, st.just("1"), st.none() | st.decimals(0, 100, places=2), st.just(""), words_or_none
)
organisations = st.builds(
    iati.Organisation, words, st.sampled_from(("", "FR-SIREN-491226049")), st.sampled_from(("11", "22")),
    st.sampled_from(("1", "4")), st.sampled_from(("", "22000")),
)  # fmt: skip
parties = st.none() | st.builds(iati.Organisation, words, st.sampled_from(("", "GB-CHC-1164883")), st.just("22"))
measures = st.builds(iati.Measure, days, days, st.sampled_from(("", "5", "7.5")), st.sampled_from(("", "0", "12")))
activities = st.builds(
    iati.Activity,
    key=st.just(""),
    identifier=texts,
    title=words,
    description=words,
    organisations=st.lists(organisations, min_size=1, max_size=3).map(tuple),
    status=st.sampled_from(("2", "4")),
    dates=st.lists(st.builds(iati.Day, st.sampled_from("1234"), days, words_or_none), max_size=2).map(tuple),
    scope=st.sampled_from(("", "4")),
    countries=st.lists(st.builds(iati.Coded, st.sampled_from(("SN", "ML"))), max_size=2).map(tuple),
    places=st.lists(
        st.builds(iati.Place, words)
        | st.builds(iati.Place, words, st.just(Decimal("14.69")), st.just(Decimal("-17.44"))),
        max_size=2,
    ).map(tuple),
    sectors=st.lists(coded, max_size=2).map(tuple),
    tags=st.lists(st.builds(iati.Coded, st.sampled_from(("6", "11")), st.just("2")), max_size=2).map(tuple),
    markers=st.lists(
        st.builds(iati.Coded, st.sampled_from("15"), st.just("1"), significance=st.sampled_from("012")), max_size=2
    ).map(tuple),
    humanitarian=st.booleans(),
    flow=st.sampled_from(("", "10")),
    tied=st.sampled_from(("", "5")),
    aid=st.sampled_from(("", "C01")),
    budgets=st.lists(
        st.builds(iati.Budget, days, days, money, days, st.sampled_from("12"), st.sampled_from(("", "USD"))), max_size=2
    ).map(tuple),
    transactions=st.lists(
        st.builds(
            iati.Transaction, st.sampled_from("1234"), days, money, st.sampled_from(("", "r-1")), words_or_none,
            parties, parties, st.sampled_from(("", "USD")),
        ),
        max_size=3,
    ).map(tuple),
    documents=st.lists(
        st.builds(iati.Document, st.just("https://x.example.org/a?b=1&c=2"), words, st.just("A12"),
                  languages=st.just(("fr", "en")), day=st.just("") | days),
        max_size=2,
    ).map(tuple),
    related=st.just(()) | st.just((("x-1", "2"),)),
    results=st.lists(
        st.builds(iati.Result, words, words, st.sampled_from("123"), st.sampled_from("12"),
                  st.lists(measures, max_size=2).map(tuple)),
        max_size=2,
    ).map(tuple),
    currency=st.sampled_from(("EUR", "XOF")),
    updated=st.just("") | days.map(lambda day: f"{day}T00:00:00Z"),
)  # fmt: skip


@few
@given(activities)
def test_an_activity_of_iati_comes_back_whole(activity):
    """Every field of an activity, but its key, which is the end of its identifier."""
    city = iati.Organisation({"fr": "Ville"}, "FR-INSEE-217500016", "11")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "activities.xml"
        write_activities([activity], path, reporter=city, made="2026-11-22T12:00:00Z", language="fr")
        (read,) = (whole(record) for record in read_records(path, "activities.xml"))

    assert read == (activity, ())


@few
@given(words, st.lists(st.tuples(st.integers(1995, 2030), money), max_size=3, unique_by=lambda one: one[0]))
def test_an_organisation_of_iati_comes_back(name, years):
    budgets = tuple(iati.Yearly(year, amount) for year, amount in years)
    file = iati.OrganisationFile("FR-INSEE-217500016", name, "11", "EUR", budgets=budgets, expenditure=budgets)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "organisation.xml"
        write_organisation(file, path, made="2026-11-22T12:00:00Z", language="fr")
        (read,) = read_records(path, "organisation.xml")

    def amounts(kind):
        return [
            iati.Yearly(int(one.first("period-start").attributes["iso-date"][:4]), Decimal(one.first("value").text))
            for one in read.all(kind)
        ]

    told = {code or "fr": text for code, text in read.first("name").words().items()}
    assert (read.first("organisation-identifier").text, told) == (file.identifier, name)
    assert (amounts("total-budget"), amounts("total-expenditure")) == ([*budgets], [*budgets])


@few
@given(words, words, st.lists(texts, min_size=1, max_size=3, unique=True))
def test_a_dataset_of_the_catalogue_comes_back_from_each_spelling(title, said, keywords):
    files = (Distribution("https://c.example.org/a.csv", "csv", "a.csv", 12, "ab" * 32),)
    dataset = Dataset("grants", title, said, tuple(sorted(keywords)), files, "https://c.example.org/fr")
    catalogue = Catalogue("https://c.example.org", "https://c.example.org/data/catalogue", title, said, {"fr": "Ville"},
                          "", "", "https://l.example.org/", ("fr", "en"), "2026-11-22T12:00:00+01:00",
                          "https://c.example.org/fr", (dataset,))  # fmt: skip
    told = list(triples(catalogue))
    found = []
    with TemporaryDirectory() as folder:
        for suffix, write in (("ttl", as_turtle), ("jsonld", as_json_ld), ("rdf", as_rdf_xml)):
            path = Path(folder) / f"c.{suffix}"
            path.write_bytes(write(told))
            (read,) = catalogues.read_catalogue(path, path.name)
            found.append((read.address, dict(read.title), dict(read.description), sorted(read.keywords),
                          [one.download for one in read.distributions]))  # fmt: skip

    assert (
        found == [(address_of(catalogue, dataset), title, said, sorted(keywords), ["https://c.example.org/a.csv"])] * 3
    )
