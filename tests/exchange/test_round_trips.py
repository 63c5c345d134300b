"""Out, in again, equal: what a format can hold comes back the same. What it cannot hold is listed here."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.exchange.formats.dcat import reading as catalogues
from parvis.exchange.formats.dcat.catalogue import Catalogue, Dataset, Distribution, address_of, triples
from parvis.exchange.formats.dcat.writing import as_json_ld, as_rdf_xml, as_turtle
from parvis.exchange.formats.giving360 import grant as giving
from parvis.exchange.formats.giving360.reading import read_grants
from parvis.exchange.formats.giving360.writing import as_json, write_package
from parvis.exchange.formats.iati import activity as iati
from parvis.exchange.formats.iati.reading import propose, read_records
from parvis.exchange.formats.iati.writing import write_activities
from parvis.exchange.formats.scdl.reading import propose_grants
from parvis.exchange.formats.scdl.subvention import CASH, KIND, Subvention, why_not
from parvis.exchange.formats.scdl.writing import write_subventions
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


@few
@given(words, words, money, days, st.booleans())
def test_an_activity_of_iati_comes_back(title, said, amount, day, paid):
    activity = iati.Activity(
        "k", "FR-INSEE-217500016-k", title, said,
        (iati.Organisation({"fr": "Ville"}, "FR-INSEE-217500016", "11", "1"),), "2", (iati.Day("1", day),),
        countries=(iati.Coded("SN"),), sectors=(iati.Coded("14031", "1"),),
        budgets=(iati.Budget(day, day, amount, day),),
        transactions=(iati.Transaction("3" if paid else "2", day, amount),),
    )  # fmt: skip
    city = iati.Organisation({"fr": "Ville"}, "FR-INSEE-217500016", "11")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "activities.xml"
        write_activities([activity], path, reporter=city, made="2026-11-22T12:00:00Z", language="fr")
        (read,) = (propose(record) for record in read_records(path, "activities.xml"))

    assert (read.identifier, read.reporter, dict(read.title), dict(read.description), read.status) == (
        activity.identifier, city.ref, title, said, "2",
    )  # fmt: skip
    assert (read.dates, read.countries, read.sectors) == ({"planned_start": day}, ("SN",), (("1", "14031", ""),))
    assert [(one.kind, one.day, one.amount) for one in read.transactions] == [("3" if paid else "2", day, amount)]
    assert [(one.day, one.amount, one.currency) for one in read.budgets] == [(day, amount, "EUR")]
    assert read.faults == ()


def test_what_an_activity_holds_and_a_proposal_leaves_aside_is_named(tmp_path):
    """Written by us, and kept aside by the reader, which says so: nothing disappears in silence."""
    activity = iati.Activity(
        "k", "x-k", {"fr": "t"}, {"fr": "d"}, (iati.Organisation({"fr": "o"}, "x", "11", "1"),), "2",
        (iati.Day("1", "2024-01-01"),), places=(iati.Place({"fr": "Dakar"}, Decimal("14.69"), Decimal("-17.44")),),
        tags=(iati.Coded("6", "2"),), aid="C01", regions=(iati.Coded("998", "1"),),
        documents=(iati.Document("https://x.example.org", {"fr": "d"}, "A12", languages=("fr",)),),
        results=(iati.Result({"fr": "r"}, {"fr": "i"}, periods=(iati.Measure("2024-01-01", "2024-12-31", "5", "4"),)),),
    )  # fmt: skip
    write_activities([activity], tmp_path / "a.xml", reporter=iati.Organisation({"fr": "o"}, "x", "11"),
                     made="2026-11-22T12:00:00Z", language="fr")  # fmt: skip

    (read,) = (propose(record) for record in read_records(tmp_path / "a.xml", "a.xml"))

    assert {path.rpartition("iati-activity/")[2].partition("/")[0].partition("[")[0] for path in read.left_over} >= {
        "location", "tag", "document-link", "result", "recipient-region", "default-aid-type",
    }  # fmt: skip


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
