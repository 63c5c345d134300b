"""Files in the formats of others: recognised by what is in them, shown row by row, accepted or not."""

from decimal import Decimal

import pytest

from parvis.domain.council.models import Decision
from parvis.domain.directory.models import Body
from parvis.domain.projects.models import Programme, Project
from parvis.exchange.formats.giving360.reading import read_grants
from parvis.exchange.formats.scdl.schemas import DELIBERATIONS
from parvis.exchange.inbound import actions
from parvis.exchange.inbound.errors import NotRecognised
from parvis.exchange.inbound.refused import refused_rows
from parvis.exchange.inbound.verdicts import verdicts_of
from parvis.register.models import Source, Statement
from tests.exchange.formats.handout import STANDARDS, handed
from tests.exchange.formats.iati.test_reading import WHOLE
from tests.exchange.inbound.conftest import NOON

PORTAL = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n'
PUITS = "<narrative>Puits</narrative>"
ACTIVITY = WHOLE.replace(PUITS, f'{PUITS}<narrative xml:lang="en">Wells</narrative>')
IATI = HEAD + ACTIVITY + "</iati-activities>"


def said_of(key):
    """What is held about a record: property, number, currency, day, scope, words."""
    held = Statement.objects.held().filter(subject__key=key).order_by("property", "as_of", "pk")
    return [(one.property, one.number, one.currency, one.as_of, one.scope, one.words) for one in held]


@handed
@pytest.mark.parametrize(
    ("file", "standard", "target"),
    [
        ("360giving/samples/fundingproviders-grants_fixed_2_grants.json", "giving360", "grants"),
        ("360giving/samples/fundingproviders_grants_2_grants.csv", "giving360", "grants"),
        ("360giving/samples/fundingproviders-grants_2_grants.xlsx", "giving360", "grants"),
        ("scdl/examples/VALID_paris.csv", "scdl_grants", "grants"),
        ("scdl/real_dirty/201907*", "scdl_grants", "grants"),
        ("scdl/real_dirty/2249*", "scdl_grants", "grants"),
        ("paris/paris_2013_demandes_2tiers.csv", "paris_asked", "grants"),
        ("paris/paris_dgri_2020_2022_gold.csv", "paris_given", "grants"),
        ("twinnings/wikidata_france.tsv", "twinnings", "agreements"),
        ("eu_calls/horizon_calls_60.json", "eu_calls", "programmes"),
        ("eu_calls/sedia_search_sample.json", "eu_calls", "programmes"),
    ],
)
def test_a_file_of_a_standard_is_recognised_by_what_is_in_it(file, standard, target, receive):
    path = next(STANDARDS.glob(file))

    imported = receive(path.read_bytes(), "recognise", name="whatever.bin")

    assert (imported.how["standard"], imported.target) == (standard, target)


def test_what_follows_no_standard_is_told_and_nothing_is_kept(receive, kept):
    with pytest.raises(NotRecognised, match=r"file\.csv follows none of the standards"):
        receive("Nom;Ville\na;b\n", "recognise")

    assert list((kept / "imports").iterdir()) == []


def test_what_is_read_in_part_is_told_as_such(receive, judge):
    day = 'iso-date="2024-01-01"/><value value-date="2024-01-01">5</value></transaction>'
    promised = f'<transaction><transaction-type code="11"/><transaction-date {day}'

    judged = judge(receive(IATI.replace("</iati-activity>", f"{promised}</iati-activity>"), "recognise"))

    assert judged.tallies["unclaimed"] == ["reporting-org (1)", "transaction, in part (1)"]


def test_an_activity_of_iati_becomes_a_project_with_what_has_no_place_said(receive, judge, accept, clerk):
    judged = judge(receive(IATI, "recognise", name="a.xml"), options={"bodies": "enter"})
    imported = accept(judged)
    project = Project.objects.get()
    words = dict(project.subject.texts.filter(field="title").values_list("language", "body"))
    again = judge(receive(IATI.replace('code="2"', 'code="4"'), "recognise"), options={"bodies": "enter"})
    actions.undo_import(imported=imported, by=clerk, at=imported.decided_at)

    assert judged.tallies["unclaimed"] == ["reporting-org (1)"]
    assert (project.subject.key, project.stage, project.since) == ("fr-1-a", "running", "2024-01-01")
    assert words == {"fr": "Puits", "en": "Wells"}
    assert [row.verdict for row in again.rows.all()] == ["changed"]
    assert Project.objects.filter(subject__revision__gte=1).count() == 0


BROKEN = ACTIVITY.replace('<activity-status code="2"/>', "").replace("FR-1-A", "FR-1-B").replace(">Puits<", ">Forage<")


def test_an_activity_that_breaks_the_schema_is_refused_at_its_line_or_taken_as_published(receive, judge, told, clerk):
    imported = judge(receive(HEAD + ACTIVITY + BROKEN + "</iati-activities>", "recognise"), options={"bodies": "enter"})
    refused = told(imported)
    actions.choose_strictness(imported=imported, strict="take", by=clerk, at=NOON)
    imported.refresh_from_db()
    taken = actions.judge_import(imported=imported, by=clerk, at=NOON)

    assert refused == [
        (1, "new", []),
        (2, "refused", ["iati-activity: line 15: “iati-activity” needs “activity-status”."]),
    ]
    assert [one["line"] for one in verdicts_of(taken, by="schema")] == [15]
    assert taken.tallies["standard"]["rules"] == [["schema", "missing", 1]]
    assert [row[1] for row in told(taken)] == ["new", "new"]


@handed
@pytest.mark.parametrize(
    ("file", "rules"),
    [
        ("VALID_paris.csv", []),
        ("INVALID_columns_paris.csv", [("missing-required-header", 1, "nature")]),
        (
            "INVALID_cells_paris.csv",
            [
                ("constraint-error", 2, "nature"), ("constraint-error", 2, "datesPeriodeVersement"),
                ("type-error", 3, "notificationUE"), ("constraint-error", 3, "pourcentageSubvention"),
                ("french-siret-value", 3, "idAttribuant"), ("one-of-required", 3, "idBeneficiaire"),
            ],
        ),
    ],
)  # fmt: skip
def test_the_desk_tells_the_faults_the_national_judge_names_and_refuses_their_rows(file, rules, receive, judge, told):
    data = (STANDARDS / "scdl/examples" / file).read_bytes()

    imported = judge(receive(data, "recognise", name=file), options={"bodies": "enter"})

    said = list(verdicts_of(imported))
    wrong = {row for _rule, row, _column in rules if row > 1} or ({2, 3} if rules else set())
    assert [(one["rule"], one["line"], one["column"]) for one in said] == rules
    assert {number for number, verdict, _why in told(imported) if verdict == "refused"} == wrong


@handed
def test_grants_as_really_published_are_understood_and_told_apart_from_the_letter(receive, judge):
    path = next((STANDARDS / "scdl/real_dirty").glob("201907*"))

    imported = judge(receive(path.read_bytes(), "recognise"), options={"bodies": "enter", "strict": "take"})

    first = imported.rows.first()
    assert (first.verdict, first.content["amount_voted"], first.content["year"]) == ("new", "423051.84", 2019)
    assert ["row", "mended"] in [rule[:2] for rule in imported.tallies["standard"]["rules"]]


@handed
def test_broken_grants_of_360giving_are_refused_for_what_its_judge_names(receive, judge, told):
    path = STANDARDS / "360giving/samples/fundingproviders-grants_broken_grants.json"

    imported = judge(receive(path.read_bytes(), "recognise"), options={"bodies": "enter"})

    named = {(one["column"], one["rule"]) for one in verdicts_of(imported) if one["grave"]}
    refused = {number for number, verdict, _why in told(imported) if verdict == "refused"}
    assert named == {
        (wrong.path, wrong.rule) for grant in read_grants(path, path.name) for wrong in grant.wrong
    }  # fmt: skip
    assert refused >= {grant.place + 1 for grant in read_grants(path, path.name) if grant.wrong}


@handed
def test_of_thirteen_thousand_twinnings_only_ours_is_proposed_and_a_known_one_is_the_same(receive, judge, enter):
    enter("place", "paris", title={"fr": "Paris"}, level="city", country="FR")
    enter("place", "rome", title={"fr": "Rome"}, level="city", country="IT")
    enter("body", "city-of-paris", title={"fr": "Ville de Paris"})
    enter("agreement", "twinning-rome", kind="twinning", parties=["city-of-paris", "rome"])
    data = (STANDARDS / "twinnings/wikidata_france.tsv").read_bytes()

    imported = judge(receive(data, "recognise"))

    (row,) = imported.rows.all()
    assert (row.verdict, row.key, row.content) == ("same", "twinning-rome", {})
    assert [note["sentence"] for note in imported.how["notes"]] == [
        "3868 pairs name other towns than ours: they are left aside."
    ]


def test_a_twinning_between_parties_who_agreed_on_something_else_is_asked_about(receive, judge, enter, told):
    enter("place", "paris", title={"fr": "Paris"}, level="city", country="FR")
    enter("place", "rome", title={"fr": "Rome"}, level="city", country="IT")
    enter("body", "city-of-paris", title={"fr": "Ville de Paris"})
    enter("agreement", "accord-rome", kind="european_accord", parties=["city-of-paris", "rome"])

    imported = judge(receive("ville;ville jumelée\nRome;Paris\n", "recognise"))

    assert [double["key"] for double in imported.rows.get().doubles] == ["accord-rome"]
    assert told(imported) == [
        (2, "refused", [": An agreement between the same parties is in the register: say whether it is the same."])
    ]


@handed
def test_calls_of_the_european_portal_become_programmes_of_others(receive, judge, accept):
    data = (STANDARDS / "eu_calls/horizon_calls_60.json").read_bytes()

    imported = accept(judge(receive(data, "recognise")))

    first = Programme.objects.get(subject__key="horizon-cl2-2026-01-transfo-03")
    assert (first.subject.kind, first.since, first.until) == ("call", "2026-05-12", "2026-09-23")
    assert imported.tallies["written"] == 60
    assert imported.tallies["unclaimed"] == ["programme (60)"]
    assert said_of("horizon-cl2-2026-01-transfo-03") == [
        ("budgeted", Decimal(3000000), "EUR", "2026-05-12", {"en": "announced 2026-05-12 3000000.0 EUR"}, {}),
        ("deadline", None, "", "2026-09-23", {}, {"fr": "2026-09-23", "en": "2026-09-23"}),
        ("document", None, "", "", {}, {"en": f"{PORTAL}/horizon-cl2-2026-01-transfo-03"}),
    ]


def test_datasets_of_a_catalogue_become_sources(receive, judge, accept):
    imported = accept(judge(receive(CATALOGUE, "recognise", name="c.ttl")))

    source = Source.objects.exclude(subject__key__startswith="import-").get()
    assert (source.subject.kind, source.publisher, source.date) == ("dataset", {"fr": "Ville"}, "2026-01-02")
    assert imported.tallies["unclaimed"] == ["dcat:distribution (1)", "dcat:keyword (1)"]


CATALOGUE = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
<https://c.example.org/d/grants> a dcat:Dataset ; dct:title "Subventions"@fr, "Grants"@en ;
  dct:description "Toutes"@fr ; dcat:keyword "x"@fr ; dct:modified "2026-01-02" ;
  dct:publisher [ foaf:name "Ville" ] ; dcat:distribution <https://c.example.org/d/grants.csv> .
"""


def test_organisations_of_iati_become_bodies(receive, judge, accept):
    text = """<iati-organisations version="2.03"><iati-organisation>
<organisation-identifier>FR-SIREN-217500016</organisation-identifier>
<name><narrative xml:lang="fr">Ville</narrative></name>
<reporting-org ref="FR-SIREN-217500016" type="80"><narrative>V</narrative></reporting-org>
</iati-organisation></iati-organisations>"""

    imported = accept(judge(receive(text, "recognise"), options={"strict": "take"}))

    assert (imported.target, Body.objects.get().identifiers) == ("bodies", {"org_id": "FR-SIREN-217500016"})


def test_decisions_of_the_council_are_brought_in_from_scdl(receive, judge, accept):
    head = ",".join(field.name for field in DELIBERATIONS.fields)
    text = f"{head}\nVille de Paris,21750001600019,2024 DRI 1,2024-07-10,7.5,Finances,Objet,,,,,163,150,100,30,20,\n"

    imported = accept(judge(receive(text, "recognise"), options={"bodies": "enter"}))

    decision = Decision.objects.get()
    assert imported.tallies["standard"]["rules"] == []
    assert (decision.number, decision.day, decision.subject.kind) == ("2024 DRI 1", "2024-07-10", "deliberation")
    assert (decision.matter, decision.seats, decision.votes_for, decision.abstentions) == ("7.5", 163, 100, 20)


def test_refused_records_go_as_a_spreadsheet_and_come_back_mended(receive, judge, clerk):
    refused = judge(receive(HEAD + BROKEN + "</iati-activities>", "recognise"), options={"bodies": "enter"})

    back = judge(receive(refused_rows(refused), "recognise", name="back.xlsx"), options={"bodies": "enter"})

    assert (back.how["standard"], back.how["kind"]) == ("iati_activities", "xlsx")
    assert [(row.verdict, row.key) for row in back.rows.all()] == [("new", "fr-1-b")]
