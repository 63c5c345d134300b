"""360Giving: broken files are refused for the faults that the official schema names."""

import json
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from parvis.exchange.formats.giving360.checking import check_grant
from parvis.exchange.formats.giving360.reading import path_of, read_grants
from parvis.exchange.formats.tables.faults import Unreadable
from tests.exchange.formats.handout import STANDARDS, handed

GIVING = STANDARDS / "360giving"
SAMPLES = GIVING / "samples"
#: Every sample that holds grants, nested and flat; the others are refused as a whole.
READABLE = (
    "GeoCodePostcodeRecipientInd.xlsx", "RecipientIndDEI.json", "RecipientIndWithoutToIndividualsDetails.xlsx",
    "additional_fields.json", "badfile_all_validation_errors.json", "bom.csv", "codelist.csv",
    "duration_usefulness.json", "fundingproviders-grants_2_grants.xlsx", "fundingproviders-grants_2_grants_cp1252.csv",
    "fundingproviders-grants_broken_grants.json", "fundingproviders-grants_fixed_2_grants.json",
    "fundingproviders_grants_2_grants.csv", "oneof.csv",
)  # fmt: skip
REFUSED = ("fundingproviders-grants_malformed.json", "publishers.json", "validation_errors-3.json")


FORMATS = FormatChecker(formats=())


@FORMATS.checks("date-time")
def _is_moment(text):
    return not isinstance(text, str) or ("T" in text and datetime.fromisoformat(text).tzinfo is not None)


@FORMATS.checks("uri")
def _is_address(text):
    return not isinstance(text, str) or bool(urlsplit(text).scheme and " " not in text)


FORMATS.checkers = {
    name: (check, (ValueError,)) for name, (check, _raises) in FORMATS.checkers.items() if name in ("date-time", "uri")
}


@pytest.fixture(scope="module")
def judge():
    schema = json.loads((GIVING / "360-giving-schema.json").read_text())
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    registry = Registry().with_resource(schema["$id"], Resource(schema, DRAFT202012))
    return Draft202012Validator(schema, registry=registry, format_checker=FORMATS)


def officially(judge, grant, number):
    """Path and rule of each fault the official schema finds in a grant; who receives it is told branch by branch."""
    found = set()
    for error in judge.iter_errors(grant):
        path = "/".join(["grants", str(number), *map(str, error.absolute_path)])
        if error.validator == "oneOf" and not error.absolute_path:
            branches = [
                {item.message.split("'")[1] for item in error.context if item.schema_path[0] == branch}
                for branch in (0, 1)
            ]
            found |= {(f"{path}/{name}", "required") for name in min(branches, key=len)}
            found |= {(path, "oneOf")} if branches[0] == branches[1] else set()
        elif error.validator == "required":
            found.add((f"{path}/{error.message.split(chr(39))[1]}", "required"))
        else:
            found.add((path, error.validator))
    return found


@handed
@pytest.mark.parametrize("file", READABLE)
def test_a_file_has_the_faults_its_judge_names(file, judge):
    """A flat file is judged as the grants it is read as: the schema knows nothing of columns."""
    read = list(read_grants(SAMPLES / file, file))
    grants = json.loads((SAMPLES / file).read_text())["grants"] if file.endswith("json") else map(_nested, read)

    ours = {(each.path, each.rule) for grant in read for each in grant.wrong}
    theirs = set().union(*(officially(judge, grant, number) for number, grant in enumerate(grants)))

    assert {pair for pair in ours if pair[1] != "codelist"} == theirs


def _nested(read):
    return json.loads(json.dumps(read.content, default=lambda told: int(told) if told == int(told) else float(told)))


@handed
@pytest.mark.parametrize("file", REFUSED)
def test_a_sample_that_holds_no_grants_is_refused_whole(file):
    with pytest.raises(Unreadable):
        list(read_grants(SAMPLES / file, file))


@handed
def test_no_sample_is_forgotten():
    assert {path.name for path in SAMPLES.iterdir()} == {*READABLE, *REFUSED}


@handed
def test_every_fault_of_the_bad_file_is_told_in_words():
    read = next(read_grants(SAMPLES / "badfile_all_validation_errors.json", "bad.json"))

    told = {each.path.removeprefix("grants/0/"): each.fault.told() for each in read.wrong}
    assert told["awardDate"] == "“bad date” is not a date: write 2024-12-30."
    assert told["amountAwarded"] == "A number is expected here."
    assert told["fundingOrganization"] == "This list is empty; it has one line at least."
    assert told["description"] == "“description” is missing."
    assert not read.holds


@handed
def test_every_currency_and_country_of_the_standard_is_known():
    schema = json.loads((GIVING / "360-giving-schema.json").read_text())
    whole = {
        "id": "1", "title": "t", "description": "d", "amountAwarded": 1, "awardDate": "2024-01-01",
        "recipientOrganization": [{"id": "1", "name": "n"}], "fundingOrganization": [{"id": "1", "name": "n"}],
    }  # fmt: skip
    currencies = schema["$defs"]["currency"]["enum"]
    countries = schema["$defs"]["Location"]["properties"]["countryCode"]["enum"]

    unknown = [code for code in currencies if list(check_grant(whole | {"currency": code}, 0))]
    lost = [
        code
        for code in countries
        if code and list(check_grant(whole | {"currency": "EUR", "beneficiaryLocation": [{"countryCode": code}]}, 0))
    ]

    assert (unknown, lost) == ([], [])


@handed
@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("fundingproviders-grants_malformed.json", "This is not JSON"),
        ("publishers.json", "The file holds no grants"),
        ("validation_errors-3.json", "The file holds no grants"),
    ],
)
def test_what_is_no_package_is_refused(file, said):
    with pytest.raises(Unreadable, match=said):
        list(read_grants(SAMPLES / file, file))


@handed
def test_a_flat_table_and_its_workbook_are_read_as_the_same_grants():
    table = list(read_grants(SAMPLES / "fundingproviders_grants_2_grants.csv", "a.csv"))
    book = list(read_grants(SAMPLES / "fundingproviders-grants_2_grants.xlsx", "a.xlsx"))

    first = table[0].content
    assert first["recipientOrganization"][0]["name"] == "Company Name Limited"
    assert (first["awardDate"], first["amountAwarded"], first["plannedDates"]) == (
        "2014-07-24",
        152505,
        [{"duration": 30}],
    )
    assert [each.content["title"] for each in table] == [each.content["title"] for each in book]
    assert "Surname of applicant" in table[0].unknown


@handed
def test_a_table_in_an_old_encoding_is_read():
    read = list(read_grants(SAMPLES / "fundingproviders-grants_2_grants_cp1252.csv", "c.csv"))

    assert [each.content["amountAwarded"] for each in read] == [152505, 178990]


def test_titles_of_the_standard_lead_to_their_paths():
    assert path_of("Recipient Org:Name") == ("recipientOrganization", "name")
    assert path_of("Planned Dates:Duration (months)") == ("plannedDates", "duration")
    assert path_of("Grant number") is None


def test_a_text_where_the_standard_has_lines_is_a_fault_and_no_crash(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("Identifier,Title,Planned Dates,Planned Dates:Start Date\nx-1,t,soon,2024-01-01\n")

    (grant,) = read_grants(path, "x.csv")

    assert ("grants/0/plannedDates", "type") in {(wrong.path, wrong.rule) for wrong in grant.wrong}
