"""What we publish comes back at the desk: recognised, accepted, and the same the second time.

What a record of ours cannot take back from each format is listed here: it is said at the desk, not dropped.
"""

from decimal import Decimal

import pytest

from parvis.domain.council.models import Decision
from parvis.domain.directory.models import Body
from parvis.domain.funding.models import Grant
from parvis.domain.projects.models import Project
from parvis.exchange.inbound import actions
from parvis.register.models import Source, Statement
from tests.exchange.inbound.conftest import NOON
from tests.exchange.outbound.money import SIRET, content_of

#: Of an activity: the same for every grant of a city, or a place that its words name already.
NOT_TAKEN_BACK = {
    "reporting-org", "recipient-region", "location", "collaboration-type",
}  # fmt: skip


@pytest.fixture(scope="module")
def standards(tmp_path_factory):
    return content_of(tmp_path_factory.mktemp("own")) / "standards"


@pytest.fixture
def twice(receive, judge, accept, standards):
    """A file brought in, accepted, and brought in again; with what no record of ours takes back."""

    def brought(name):
        data, options = (standards / name).read_bytes(), {"bodies": "enter", "strict": "take"}
        first = accept(judge(receive(data, "recognise", name=name), options=options))
        again = judge(receive(data, "recognise", name=name), options=options)
        verdicts = [
            {code: count for code, count in each.tallies["verdicts"].items() if count} for each in (first, again)
        ]
        return verdicts, {said.partition(" (")[0] for said in first.tallies["unclaimed"]}

    return brought


def test_grants_of_the_scdl_come_back(twice):
    verdicts, left = twice("scdl-subventions.csv")

    grant = Grant.objects.get(form="cash")
    assert verdicts == [{"new": 2}, {"same": 2}]
    assert (grant.amount_voted, grant.starts, grant.ends) == (Decimal("272000.50"), "", "")  # payments are no term
    assert (grant.year, grant.agreed_on) == (2024, "2024-07-15")
    assert left == set()
    assert {(one.property, one.words["fr"]) for one in Statement.objects.filter(subject=grant.pk)} == {
        ("payment_terms", "échelonné"), ("payment_period", "2024-09-01/2025-06-30"),
    }  # fmt: skip


def test_decisions_of_the_scdl_come_back_with_their_votes(twice):
    verdicts, left = twice("scdl-deliberations.csv")

    decision = Decision.objects.get()
    assert verdicts == [{"new": 1}, {"same": 1}]
    assert (decision.number, decision.day, decision.matter) == ("2024 DGRI 12", "2024-07-10", "7.5")
    assert (decision.seats, decision.voters, decision.votes_for, decision.votes_against, decision.abstentions) == (
        163, 150, 120, 10, 20,
    )  # fmt: skip
    assert left == {"DELIB_MATIERE_NOM", "BUDGET_ANNEE", "BUDGET_NOM", "PREF_ID", "PREF_DATE", "DELIB_URL"}


@pytest.mark.parametrize("name", ["360giving.json", "360giving.csv"])
def test_grants_of_360giving_come_back(name, twice):
    verdicts, left = twice(name)

    grant = Grant.objects.get(amount_asked__isnull=False)
    flat = {
        "recipientOrganization.0.addressCountry", "beneficiaryLocation.0.latitude", "beneficiaryLocation.0.longitude",
        "beneficiaryLocation.0.name", "dateModified", "url",
    }  # fmt: skip
    nested = {
        *(f"classifications.0.{name}" for name in ("code", "title", "vocabulary")),
        *(f"disbursementTransaction.{n}.{name}" for n in (0, 1)
          for name in ("currency", "id", "transactionDate", "value")),
    }  # fmt: skip
    assert verdicts == [{"new": 3}, {"same": 3}]
    assert (grant.amount_asked, grant.amount_voted, grant.amount_paid) == (
        Decimal(300000), Decimal("272000.50"), Decimal("272000.50"),
    )  # fmt: skip
    assert left - flat - nested == ({"grantProgramme.0.code", "grantProgramme.0.title"} & left)
    assert (left & nested == nested) is (name == "360giving.json")


def test_activities_of_iati_come_back_as_projects_where_the_city_is_not_known(twice):
    verdicts, left = twice("iati-activities.xml")

    assert verdicts == [{"new": 5}, {"same": 5}]
    assert set(Project.objects.values_list("stage", flat=True)) <= {"running", "closed"}
    assert left == NOT_TAKEN_BACK


def test_activities_of_iati_come_back_as_the_grants_they_are(twice, enter):
    enter("body", "city-of-paris", title={"fr": "Ville de Paris"}, identifiers={"siret": SIRET})

    verdicts, left = twice("iati-activities.xml")

    grant = Grant.objects.get(amount_voted=Decimal("272000.50"))
    assert verdicts == [{"new": 4, "refused": 1}, {"same": 4, "refused": 1}]
    assert (grant.amount_paid, grant.year, grant.starts, grant.ends, grant.country) == (
        Decimal("272000.50"), 2024, "2024-09-01", "2025-06-30", "SN",
    )  # fmt: skip
    assert sorted(grant.goals) == ["5", "6"]
    assert [(one.aim, one.importance) for one in grant.aims.all()] == [("gender", "also"), ("trade", "not")]
    assert list(grant.figures.values_list("words", "unit", "aimed_at", "reached")) == [
        ({"fr": "Robinets"}, "", Decimal(12), Decimal("10.5")),
        ({"fr": "Part raccordée"}, "percent", None, Decimal(75)),
    ]
    assert left == NOT_TAKEN_BACK


def test_grants_of_ours_that_come_back_find_their_own_records(receive, judge, enter, standards, minutes):
    enter("body", "city-of-paris", title={"fr": "Ville de Paris"}, identifiers={"siret": SIRET})
    enter("body", "solidarite-sida", title={"fr": "Autre nom"}, identifiers={"siret": "49122604900014"})
    enter("grant", "complete", title={"fr": "Subvention « complete »"}, beneficiary="solidarite-sida", year=2024,
          amount_voted="272000.50", currency="EUR", state="awarded", form="cash", cites=minutes)  # fmt: skip

    rows = [
        judge(receive((standards / name).read_bytes(), "recognise"), options={"strict": "take"}).rows.get(
            key="complete"
        )
        for name in ("iati-activities.xml", "360giving.json")
    ]

    assert [(row.verdict, row.content["beneficiary"]) for row in rows] == [("changed", "solidarite-sida")] * 2


def test_the_organisation_of_iati_comes_back_as_a_body(twice):
    verdicts, left = twice("iati-organisation.xml")

    assert verdicts == [{"new": 1}, {"same": 1}]
    assert Body.objects.count() == 1
    assert left == {
        "reporting-org", "total-budget", "recipient-country-budget", "total-expenditure", "document-link",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["catalogue.ttl", "catalogue.jsonld", "catalogue.rdf"])
def test_the_catalogue_comes_back_as_sources(name, twice):
    verdicts, left = twice(name)

    datasets = Source.objects.filter(subject__kind="dataset").count()
    assert verdicts == [{"new": datasets}, {"same": datasets}]
    assert datasets > 10
    assert {"dcat:distribution", "dcat:keyword", "dct:license"} <= left


def test_the_rows_a_standard_cannot_hold_find_their_records(receive, judge, enter, standards):
    """The companion of the strict file: its rows lack what the standard needs, and each names its record."""
    data = (standards / "scdl-subventions-others.csv").read_bytes()

    read = judge(receive(data, "recognise"), options={"bodies": "enter"})

    assert {row.key for row in read.rows.all()} >= {row.split(",")[-2] for row in data.decode().splitlines()[1:]}
    assert {"parvisManque"} <= set(read.tallies["unclaimed"])


def test_a_file_of_ours_says_nothing_the_register_does_not_know_better(receive, judge, enter, standards, minutes):
    """A year told as its first day, a title as a description, a sector, a yearly budget: made by our own file."""
    enter("body", "city-of-paris", title={"fr": "Ville de Paris"}, identifiers={"siret": SIRET})
    enter("body", "who-receives", title={"fr": "Qui reçoit"})
    data, options = (standards / "iati-activities.xml").read_text(), {"bodies": "enter", "strict": "take"}
    for purpose, title in (
        ("=Pour year-only &amp; l'eau", "Subvention « year-only »"),
        ("For year-only", "Grant “year-only”"),
    ):
        data = data.replace(f">{purpose}<", f">{title}<")
    rows = judge(receive(data, "recognise"), options=options).rows.exclude(verdict="refused")
    row = next(row for row in rows if row.content["starts"] == f"{row.content['year']}-01-01")
    key = row.content["identifier"].removeprefix("FR-INSEE-217500016-")
    enter("grant", key, title=row.content["title"], beneficiary="who-receives", year=row.content["year"],
          currency="EUR", state="awarded", amount_voted=row.content["amount_voted"], cites=minutes)  # fmt: skip

    again = judge(receive(data, "recognise"), options=options).rows.get(key=key)

    changed = {name for name, value in again.content.items() if value != (again.before or {}).get(name)}
    assert changed & {"starts", "purpose", "identifier", "file", "themes", "title"} == set()
    assert {said["property"] for said in again.content.get("statements", [])} & {"sector_share", "budgeted"} == set()


def test_a_grant_the_register_has_under_another_key_is_the_same_or_is_asked_about(receive, judge, enter, told, minutes):
    enter("body", "solidarite", title={"fr": "Fonds Solidarité"})
    for key, title in (("one", "Puits"), ("two", "Autre objet")):
        enter("grant", key, title={"fr": title}, beneficiary="solidarite", year=2024, amount_voted="5000",
              state="awarded", form="cash", currency="EUR", cites=minutes)  # fmt: skip

    imported = judge(
        receive("Objet;Bénéficiaire;Année;Montant voté\nPuits;Fonds Solidarité;2024;5000\n"
                "Forages;Fonds Solidarité;2024;5000\nPuits;Fonds Solidarité;2024;6000\n", "grants")
    )  # fmt: skip

    assert imported.rows.get(number=2).key == "one"
    assert [row[1] for row in told(imported)] == ["same", "refused", "new"]
    assert [double["key"] for double in imported.rows.get(number=3).doubles] == ["one", "two"]


def test_many_rows_are_said_to_be_the_records_beside_them_at_once(receive, judge, enter, told, clerk, minutes):
    enter("body", "solidarite", title={"fr": "Fonds Solidarité"})
    for key, amount in (("one", "5000"), ("two", "6000")):
        enter("grant", key, title={"fr": "Nos mots"}, beneficiary="solidarite", year=2024, amount_voted=amount,
              state="awarded", form="cash", currency="EUR", cites=minutes)  # fmt: skip
    lines = "".join(f"Leurs mots {amount};Fonds Solidarité;2024;{amount}\n" for amount in (5000, 6000, 7000))
    imported = judge(receive(f"Objet;Bénéficiaire;Année;Montant voté\n{lines}", "grants"))

    said = actions.recognise_each(imported=imported, by=clerk, at=NOON)
    imported.refresh_from_db()
    after = actions.judge_import(imported=imported, by=clerk, at=NOON)

    assert said == 2
    assert [(row.verdict, row.key) for row in after.rows.all()][:2] == [("changed", "one"), ("changed", "two")]
    assert told(after)[2][1] == "new"


def test_a_grant_of_no_year_is_refused_and_counted(receive, judge, told):
    imported = judge(
        receive("Objet;Bénéficiaire;Année;Montant\nPuits;X;;5000\n", "grants"), options={"bodies": "enter"}
    )

    assert told(imported)[0][1] == "refused"
    assert imported.tallies["sums"] == {
        "amount_voted": {"new": "0", "changed": "0", "same": "0", "refused": "5000"}
    }  # fmt: skip
