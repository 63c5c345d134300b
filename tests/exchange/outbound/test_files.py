"""Every standard's file is in the release; what a standard cannot hold is counted and told."""

from __future__ import annotations

import csv
import zipfile
from decimal import Decimal

import orjson
import pytest
from lxml import etree

from parvis.exchange.outbound import aid, giving360, iati, scdl
from tests.exchange.outbound.money import content_of, giving_hand, pictures, published_of


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    return content_of(tmp_path_factory.mktemp("giving"))


@pytest.fixture(scope="module")
def standards(content):
    return content / "standards"


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_index_says_what_each_file_holds_and_what_it_cannot(standards):
    told = {one["file"]: one for one in orjson.loads((standards / "index.json").read_bytes())["files"]}

    assert {name: (one["rows"], one["left_out"]) for name, one in told.items()} == {
        "scdl-deliberations.csv": (1, 1),
        "scdl-subventions.csv": (2, 3),
        "360giving.json": (3, 2),
        "360giving.csv": (3, 2),
        "iati-activities.xml": (5, 0),
        "iati-activities-2021.xml": (1, 0),
        "iati-activities-2024.xml": (4, 0),
        "iati-organisation.xml": (1, 0),
        "aid-2021.csv": (1, 0),
        "aid-2024.csv": (4, 0),
        "aid-2025.csv": (1, 0),
        "opportunities.json": (1, 0),
    }
    assert told["360giving.json"]["lacking"] == {"awardDate": 1, "recipientOrganization": 1}


def test_strict_and_companion_are_all_the_grants_that_were_given(standards):
    strict, others = rows_of(standards / "scdl-subventions.csv"), rows_of(standards / "scdl-subventions-others.csv")

    assert [row["objet"] for row in strict] == ["'=Pour complete & l'eau", "'=Pour in-kind & l'eau"]
    assert {row["parvisFiche"]: row["parvisManque"] for row in others} == {
        "abroad": "dateConvention idBeneficiaire conditionsVersement datesPeriodeVersement",
        "person": "dateConvention nomBeneficiaire idBeneficiaire conditionsVersement datesPeriodeVersement",
        "year-only": "dateConvention",
    }


def test_grants_that_360giving_cannot_hold_are_told_with_what_they_lack(standards):
    assert rows_of(standards / "360giving-others.csv") == [
        {"record": "person", "lacks": "recipientOrganization"},
        {"record": "year-only", "lacks": "awardDate"},
    ]


def test_a_grant_is_told_as_the_scdl_tells_it(standards):
    (told, _in_kind) = rows_of(standards / "scdl-subventions.csv")

    assert told == {
        "nomAttribuant": "Ville de Paris",
        "idAttribuant": "21750001600019",
        "dateConvention": "2024-07-15",
        "referenceDecision": "2024 DGRI 12",
        "nomBeneficiaire": "Fonds <Solidarité> & Sida",
        "idBeneficiaire": "49122604900014",
        "rnaBeneficiaire": "",
        "objet": "'=Pour complete & l'eau",
        "montant": "272000.50",
        "nature": "aide en numéraire",
        "conditionsVersement": "échelonné",
        "datesPeriodeVersement": "2024-09-01/2025-06-30",
        "idRAE": "",
        "notificationUE": "non",
        "pourcentageSubvention": "1.00",
        "dispositifAide": "",
    }


def test_a_vote_of_the_citys_council_is_told_whole_and_what_decisions_lack_is_counted(standards):
    (told,) = rows_of(standards / "scdl-deliberations.csv")
    (other,) = rows_of(standards / "scdl-deliberations-others.csv")
    files = orjson.loads((standards / "index.json").read_bytes())["files"]

    assert {name: value for name, value in told.items() if name.startswith(("DELIB_", "VOTE_", "COLL_"))} == {
        "COLL_NOM": "Ville de Paris",
        "COLL_SIRET": "21750001600019",
        "DELIB_ID": "2024 DGRI 12",
        "DELIB_DATE": "2024-07-10",
        "DELIB_MATIERE_CODE": "7.5",
        "DELIB_MATIERE_NOM": "finances locales/subventions",
        "DELIB_OBJET": "Subventions contre le sida",
        "VOTE_EFFECTIF": "163",
        "VOTE_REEL": "150",
        "VOTE_POUR": "120",
        "VOTE_CONTRE": "10",
        "VOTE_ABSTENTION": "20",
        "DELIB_URL": "",
    }
    assert other["parvisFiche"] == "old-vote"
    assert other["parvisManque"] == "DELIB_ID DELIB_DATE DELIB_MATIERE_CODE DELIB_MATIERE_NOM"
    assert next(one["lacking"] for one in files if one["standard"] == "scdl-deliberations") == dict.fromkeys(
        ("DELIB_DATE", "DELIB_ID", "DELIB_MATIERE_CODE", "DELIB_MATIERE_NOM", "VOTE_ABSTENTION", "VOTE_CONTRE",
         "VOTE_EFFECTIF", "VOTE_POUR", "VOTE_REEL"), 1,
    )  # fmt: skip


def test_a_person_who_receives_is_named_in_no_file(standards):
    package = orjson.loads((standards / "360giving.json").read_bytes())
    activities = etree.parse(standards / "iati-activities.xml")
    person = activities.xpath("//iati-activity[iati-identifier[contains(., '-person')]]")[0]

    assert [grant["id"] for grant in package["grants"]] == [
        "parvis-paris-abroad", "parvis-paris-complete", "parvis-paris-in-kind",
    ]  # fmt: skip
    assert [org.get("role") for org in person.findall("participating-org")] == ["1", "2"]


def test_a_date_known_by_its_year_says_so_or_stays_out(standards):
    activities = etree.parse(standards / "iati-activities.xml")
    dates = activities.xpath("//iati-activity[iati-identifier[contains(., 'year-only')]]/activity-date")

    assert [(day.get("type"), day.get("iso-date"), day[0].text[:23]) for day in dates] == [
        ("1", "2021-01-01", "L'année du vote est con"),
        ("3", "2022-12-31", "Date connue en partie :"),
    ]
    committed = "//iati-activity[iati-identifier[contains(., 'year-only')]]/transaction/transaction-type[@code='2']"
    assert activities.xpath(committed) == []


def test_an_activity_moves_only_money_whose_day_is_known(standards):
    activities = etree.parse(standards / "iati-activities.xml")
    moved = activities.xpath("//iati-activity[iati-identifier[contains(., 'complete')]]/transaction")

    assert [
        (one.find("transaction-type").get("code"), one.find("transaction-date").get("iso-date"), one.findtext("value"))
        for one in moved
    ] == [("2", "2024-07-10", "272000.50"), ("3", "2024-09-01", "200000.00"), ("3", "2025-06-30", "72000.50")]
    parties = {(one.find("provider-org").get("ref"), one.find("receiver-org").get("ref")) for one in moved}
    assert parties == {("FR-INSEE-217500016", "FR-INSEE-491226049")}


def test_money_told_by_a_source_moves_on_its_days_where_it_adds_up_to_what_was_paid(standards):
    """``year-only`` was paid in two parts, as a file told; of ``abroad`` the parts do not make the whole."""
    activities = etree.parse(standards / "iati-activities.xml")
    paid = {
        key: [
            (one.find("transaction-date").get("iso-date"), one.findtext("value"))
            for one in activities.xpath(f"//iati-activity[iati-identifier[contains(., '{key}')]]/transaction")
            if one.find("transaction-type").get("code") == "3"
        ]
        for key in ("year-only", "abroad")
    }

    assert paid == {"year-only": [("2021-05-02", "400.00"), ("2021-12-01", "600.00")], "abroad": []}


def test_documents_that_sources_link_to_follow_the_page_of_a_grant(standards):
    activities = etree.parse(standards / "iati-activities.xml")
    (told,) = activities.xpath("//iati-activity[iati-identifier[contains(., 'year-only')]]")

    assert [
        (
            one.get("url"),
            one.get("format"),
            one.findtext("title/narrative"),
            one.xpath("string(document-date/@iso-date)"),
        )
        for one in told.findall("document-link")
    ] == [
        ("https://monde.example.org/id/year-only", "text/html", "Subvention « year-only »", ""),
        ("https://docs.example.org/r.pdf", "application/pdf", "Rapport", "2022-01-15"),
    ]


def test_what_an_officer_told_of_a_grant_is_told_as_iati_tells_it(standards):
    activities = etree.parse(standards / "iati-activities.xml")
    told = activities.xpath("//iati-activity[iati-identifier[contains(., 'complete')]]")[0]

    assert [(one.get("vocabulary"), one.get("code")) for one in told.findall("tag")] == [("2", "6"), ("2", "5")]
    assert [(one.get("code"), one.get("significance")) for one in told.findall("policy-marker")] == [
        ("1", "1"), ("4", "0"),
    ]  # fmt: skip
    assert [
        (one.get("type"), one.findtext("title/narrative"), one.find("indicator").get("measure"),
         *(one.find(f"indicator/period/{name}").get("iso-date") for name in ("period-start", "period-end")),
         *(found.get("value") for found in one.findall("indicator/period/*")[2:]))
        for one in told.findall("result")
    ] == [
        ("1", "Robinets", "1", "2024-09-01", "2025-06-30", "12", "10.5"),
        ("2", "Part raccordée", "2", "2024-01-01", "2024-12-31", "75"),
    ]  # fmt: skip


def test_each_year_has_its_own_file_of_activities(standards):
    whole = etree.parse(standards / "iati-activities.xml").xpath("//iati-identifier/text()")
    by_year = {
        year: etree.parse(standards / f"iati-activities-{year}.xml").xpath("//iati-identifier/text()")
        for year in (2021, 2024)
    }

    assert sorted(one for year in by_year.values() for one in year) == sorted(whole)
    assert [one.rpartition("000-")[2] or one for one in by_year[2021]] == [next(i for i in whole if "year-only" in i)]


def test_what_is_paid_in_a_year_is_added_by_heading_and_what_nobody_recorded_is_counted(standards):
    told = rows_of(standards / "aid-2024.csv")

    assert [
        (row["part"], row["country"], row["sector"], row["channel"], row["levy"], row["paid"],
         row["grants_whose_payment_is_unknown"], row["records"])
        for row in told
    ] == [
        ("in_kind", "", "99810", "22000", "", "5000.00", "0", "in-kind"),
        ("projects", "SN", "14031", "22000", "water", "200000.00", "0", "complete"),
        ("projects", "SN", "99810", "12002", "", "", "1", "abroad"),
        ("scholarships", "SN", "99810", "", "", "", "1", "person"),
    ]  # fmt: skip
    assert told[1]["sector_label"] == "Approvisionnement en eau potable – dispositifs de base"


def test_a_declaration_is_compared_with_the_last_one(standards):
    told = rows_of(standards / "aid-2025-differences.csv")
    water = next(row for row in told if row["levy"] == "water")

    assert (water["before"], water["after"], water["difference"]) == ("200000.00", "72000.50", "-127999.50")


def test_every_row_of_a_standard_leads_back_to_its_record(standards):
    package = orjson.loads((standards / "360giving.json").read_bytes())
    activities = etree.parse(standards / "iati-activities.xml")

    assert package["grants"][1]["url"] == "https://monde.example.org/id/complete"
    assert activities.xpath("//document-link/@url")[1] == "https://monde.example.org/id/complete"


def test_a_call_is_an_opportunity_at_the_hours_of_the_city(standards):
    (told,) = orjson.loads((standards / "opportunities.json").read_bytes())["items"]

    assert (told["title"], told["status"]["value"], told["source"]) == (
        "Appel eau 2027", "forecasted", "https://monde.example.org/id/water-call-2027",
    )  # fmt: skip
    assert told["funding"] == {
        "totalAmountAvailable": {"amount": "900000.00", "currency": "EUR"},
        "minAwardAmount": {"amount": "5000.00", "currency": "EUR"},
        "maxAwardAmount": {"amount": "50000.00", "currency": "EUR"},
    }
    assert told["keyDates"]["closeDate"] == {
        "name": "Closes", "eventType": "singleDate", "date": "2027-03-31", "time": "17:00:00",
    }  # fmt: skip


#: Columns of a grant that each format tells, found by changing each and looking at the files.
TOLD = {
    "scdl-subventions": {
        "amount_voted", "beneficiary", "currency", "decision", "form", "natural_person", "state",
    },
    "360giving": {
        "amount_asked", "amount_paid", "amount_voted", "beneficiary", "country", "currency", "decision", "ends", "levy",
        "natural_person", "place", "programme", "starts", "state",
    },
    "iati-activities": {
        "amount_voted", "beneficiary", "country", "currency", "decision", "ends", "goals", "levy", "natural_person",
        "place", "starts", "state", "year",
    },
    "aid": {
        "amount_paid", "amount_voted", "beneficiary", "country", "currency", "form", "levy", "natural_person", "state",
        "year",
    },
}  # fmt: skip
OTHERWISE = {
    "amount_asked": "300001", "amount_paid": "5", "amount_voted": "272000.51", "beneficiary": "city-of-dakar",
    "country": "ML", "currency": "XOF", "decision": None, "ends": "2025-07-31", "form": "in_kind", "goals": ["1"],
    "levy": None, "natural_person": True, "place": "paris", "programme": "a-programme", "starts": "2024-09-02",
    "state": "refused", "year": 2023, "asked_on": "2024-01-01", "place_known": "stated", "exception": True,
}  # fmt: skip


def test_what_each_format_tells_of_a_grant_and_what_it_cannot_hold():
    """A column whose change changes no row of a file is one that its format cannot hold."""
    before = _written({})
    told = {name: set() for name in TOLD}
    for column, value in OTHERWISE.items():
        after = _written({column: value})
        for name, columns in told.items():
            if after[name] != before[name]:
                columns.add(column)

    assert told == TOLD


def _written(changed):
    """What each format would tell of the grant ``complete``, were it so."""
    hand = giving_hand()
    grants = hand.rows["grants"]
    hand.rows["grants"] = [dict.fromkeys(OTHERWISE) | row for row in grants]
    hand.columns["grants"] |= dict.fromkeys(OTHERWISE)
    (complete,) = [row for row in hand.rows["grants"] if row["key"] == "complete"]
    complete.update(changed, **({"beneficiary": None} if "natural_person" in changed else {}))
    hand.rows.pop("grant_payments")
    published = published_of(hand)
    told = {
        "scdl-subventions": scdl.subventions(published), "360giving": giving360.grants(published),
        "iati-activities": iati.activities(published), "aid": aid.payments(published),
    }  # fmt: skip
    return {name: [one for one in rows if one.key == "complete"] for name, rows in told.items()}


def test_money_keeps_its_cents(standards):
    package = orjson.loads((standards / "360giving.json").read_bytes())

    assert Decimal(str(package["grants"][1]["amountAwarded"])) == Decimal("272000.50")


def test_tables_of_records_come_as_workbooks_that_open(content):
    with zipfile.ZipFile(content / "tables" / "grants.xlsx") as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()

    assert "<f>" not in sheet


def test_the_same_tables_give_the_same_files(content, tmp_path):
    again = content_of(tmp_path)
    files = [path.relative_to(content) for path in sorted(content.rglob("*")) if path.is_file()]

    assert [path for path in files if (content / path).read_bytes() != (again / path).read_bytes()] == []


def test_without_any_grant_there_is_a_catalogue_and_no_package(tmp_path):
    hand = giving_hand()
    for key in ("complete", "abroad", "person", "year-only", "refused", "in-kind"):
        hand.forget(key)

    content = hand.publish(tmp_path, pictures=pictures()).folder / "content" / "standards"

    assert not (content / "360giving.json").exists()
    assert (content / "catalogue.ttl").exists()
