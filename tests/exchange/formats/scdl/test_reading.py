"""SCDL to the letter, as its national judge says it, and as files are really published."""

import json
from collections import Counter
from decimal import Decimal

import pytest

from parvis.exchange.formats.scdl.reading import judge, propose_grants, read_strict, unclaimed
from parvis.exchange.formats.scdl.schemas import DELIBERATIONS, GRANTS
from parvis.exchange.formats.tables.reading import open_table
from tests.exchange.formats.handout import STANDARDS, handed
from tests.support.official import needs_judges, verdict

SCDL = STANDARDS / "scdl"


@handed
@pytest.mark.parametrize(("schema", "file"), [(GRANTS, "subventions-2.1.1"), (DELIBERATIONS, "deliberations-2.1.5")])
def test_the_schema_restated_is_the_official_one(schema, file):
    official = json.loads((SCDL / f"{file}.json").read_text())
    kinds = {"string": "text", "date": "day", "number": "number", "integer": "count", "boolean": "answer"}

    ours = [
        (
            each.name,
            each.kind if each.kind != "uri" else "text",
            each.required,
            each.longest,
            each.least,
            each.most,
            each.among,
        )
        for each in schema.fields
    ]
    theirs = [
        (
            each["name"], kinds[each["type"]], held.get("required", False), held.get("maxLength", 0),
            held.get("minimum"), held.get("maximum"), tuple(held.get("enum", ())),
        )
        for each in official["fields"]
        for held in [each.get("constraints", {})]
    ]  # fmt: skip
    patterns = {
        each["name"]: each["constraints"]["pattern"]
        for each in official["fields"]
        if "pattern" in each.get("constraints", {})
    }
    assert ours == theirs
    assert {each.name: each.pattern for each in schema.fields if each.pattern} == {
        name: pattern.replace("\\-", "-").replace("\\/", "/") for name, pattern in patterns.items()
    }


#: What validata-core 0.9.7 says of each file: the rule, the row of the file, the column.
_FICTIVE = [
    ("constraint-error", 3, "nomAttribuant"),
    *(("french-siret-value", row, "idAttribuant") for row in (3, 4, 5)),
]
JUDGED = {
    "SCDL_ONE_MISSING_MANDATORY.csv": [
        ("missing-required-header", 1, "objet"),
        ("constraint-error", 2, "idAttribuant"),
        *_FICTIVE,
    ],
    "SCDL_MANY_MISSING_MANDATORY.csv": [
        ("missing-required-header", 1, "objet"),
        ("missing-required-header", 1, "montant"),
        ("constraint-error", 2, "idAttribuant"),
        *_FICTIVE,
    ],
    "VALID_paris.csv": [],
    "INVALID_columns_paris.csv": [("missing-required-header", 1, "nature")],
    "INVALID_cells_paris.csv": [
        ("constraint-error", 2, "nature"),
        ("constraint-error", 2, "datesPeriodeVersement"),
        ("type-error", 3, "notificationUE"),
        ("constraint-error", 3, "pourcentageSubvention"),
        ("french-siret-value", 3, "idAttribuant"),
        ("one-of-required", 3, "idBeneficiaire"),
    ],
}


@handed
@pytest.mark.parametrize("file", JUDGED)
def test_broken_files_are_refused_for_the_faults_their_judge_names(file):
    wrong = judge(SCDL / "examples" / file, file, GRANTS)

    assert [(each.rule, each.fault.row, each.fault.column) for each in wrong] == JUDGED[file]


@needs_judges
@handed
@pytest.mark.parametrize(
    "path",
    [path for folder in ("examples", "real_dirty") for path in sorted((SCDL / folder).glob("*.csv"))],
    ids=lambda path: path.name[:30],
)
def test_the_national_judge_says_the_same_of_every_file(path):
    """Where it names no cell, we name the column to look at. A blank row is a fault to it; we pass over blank rows."""
    said = [tuple(one) for one in verdict("scdl", SCDL / "subventions-2.1.1.json", path)]
    blank = {row for row, _column, rule in said if rule == "blank-row"}
    theirs = Counter((row, column or "", rule) for row, column, rule in said if row not in blank or row is None)

    ours = Counter(_as_the_judge(each) for each in judge(path, path.name, GRANTS))

    assert ours == theirs


def _as_the_judge(each):
    if each.rule == "row":
        return each.fault.row, "", "extra-cell"
    nowhere = each.rule in ("one-of-required", "missing-required-header")
    row = None if each.rule == "missing-required-header" else each.fault.row
    return row, "" if nowhere else each.fault.column, each.rule


@handed
@pytest.mark.parametrize(
    ("file", "missing"),
    [
        ("SCDL.csv", ["objet"]),
        ("SCDL_LESS_DATA.csv", ["objet"]),
        ("SCDL_MANY_MISSING_MANDATORY.csv", ["objet", "montant"]),
        ("SCDL_ONE_MISSING_MANDATORY.csv", ["objet"]),
    ],
)
def test_files_that_lack_a_column_are_told_which(file, missing):
    wrong = judge(SCDL / "examples" / file, file, GRANTS)

    assert [each.fault.column for each in wrong if each.rule == "missing-required-header"] == missing


@handed
def test_the_vendee_cut_its_amounts_by_their_own_commas_and_they_are_put_together_again():
    file = next((SCDL / "real_dirty").glob("2019*"))
    grants = list(propose_grants(open_table(file, file.name)))

    first = grants[0]
    assert (first.amount, first.siret, first.starts, first.ends) == (
        Decimal("423051.84"), "13000342900011", "2019-10-01", "2021-12-31",
    )  # fmt: skip
    assert [str(fault) for fault in first.mended] == [
        "row 2, column montant: The amount was cut in two by its comma: it is read as 423 051,84."
    ]
    assert all(grant.amount is not None or grant.faults for grant in grants)


@handed
def test_maine_et_loire_writes_its_numbers_with_spaces_and_a_stray_apostrophe():
    file = next((SCDL / "real_dirty").glob("2249*"))
    table = open_table(file, file.name)
    grants = list(propose_grants(table))

    assert (grants[0].funder_siret, grants[0].siret, grants[0].amount) == (
        "22490001900015",
        "82212742900014",
        Decimal("24000.0"),
    )
    assert (grants[0].starts, grants[0].ends) == ("2017-10-06", "2018-06-30")
    assert unclaimed(table, GRANTS) == ("natureDecision", "Colonne1")
    assert sum(1 for grant in grants if not grant.faults) > len(grants) * 0.7


def test_deliberations_add_up_their_votes(tmp_path):
    path = tmp_path / "d.csv"
    head = ",".join(each.name for each in DELIBERATIONS.fields)
    path.write_text(
        f"{head}\nVille de Paris,21750001600019,2024 DRI 1,2024-07-10,7.5,Finances,Objet,2024/2023,Budget,,2024-07-09,"
        "163,150,100,20,20,ftp\n"
    )

    rows = list(read_strict(open_table(path, "d.csv"), DELIBERATIONS))

    assert [(each.rule, each.fault.column) for each in rows[0].wrong] == [
        ("type-error", "DELIB_URL"),
        ("compare-columns-value", "PREF_DATE"),
        ("sum-columns-value", "VOTE_REEL"),
        ("year-interval-value", "BUDGET_ANNEE"),
    ]


@pytest.mark.parametrize("told", ["1²0", "--5", "1.0", "9" * 5000])
def test_what_only_looks_like_a_count_is_a_fault_of_its_cell_and_is_added_to_nothing(told, tmp_path):
    path = tmp_path / "votes.csv"
    row = {field.name: "" for field in DELIBERATIONS.fields} | {"VOTE_REEL": told, "VOTE_POUR": "1", "VOTE_CONTRE": "2"}
    path.write_text(f"{','.join(row)}\n{','.join(row.values())}\n")

    (read,) = read_strict(open_table(path, "votes.csv"), DELIBERATIONS)

    assert [(wrong.rule, wrong.fault.column) for wrong in read.wrong if wrong.fault.column == "VOTE_REEL"] == [
        ("type-error", "VOTE_REEL")
    ]
