"""IATI: the schema restated is the official one; verdicts agree with the official judge, line by line."""

import csv
import gzip
import itertools
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from parvis.exchange.formats.iati import schema
from parvis.exchange.formats.iati.element import Parts
from parvis.exchange.formats.iati.judging import judge_file
from parvis.exchange.formats.iati.reading import read_records
from parvis.exchange.formats.iati.whole import whole
from parvis.exchange.formats.tables.faults import Unreadable
from tests.exchange.formats.handout import STANDARDS, handed
from tests.exchange.formats.iati.official import XSD, elements

TODAY = date(2026, 11, 25)
HEAD = '<?xml version="1.0"?>\n<iati-activities version="2.03">\n'


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """The first hundred of the real activities."""
    text = gzip.decompress((STANDARDS / "iati/real/activities-637.xml.gz").read_bytes())
    kept = b"</iati-activity>".join(text.split(b"</iati-activity>")[:100]) + b"</iati-activity>\n</iati-activities>\n"
    path = tmp_path_factory.mktemp("iati") / "real.xml"
    path.write_bytes(kept)
    return path


@pytest.fixture
def file(tmp_path):
    def written(inside, head=HEAD, end="</iati-activities>"):
        path = tmp_path / "x.xml"
        path.write_text(head + inside + end)
        return path

    return written


WHOLE = """<iati-activity default-currency="EUR" xml:lang="fr">
<iati-identifier>FR-1-A</iati-identifier>
<reporting-org ref="FR-1" type="80"><narrative>Ville</narrative></reporting-org>
<title><narrative>Puits</narrative></title>
<description><narrative>Des puits</narrative></description>
<participating-org ref="FR-1" role="1"><narrative>Ville</narrative></participating-org>
<activity-status code="2"/>
<activity-date type="1" iso-date="2024-01-01"/>
<recipient-country code="BJ"/>
<sector code="14031"/>
<transaction><transaction-type code="3"/><transaction-date iso-date="2024-02-01"/>
<value value-date="2024-02-01">1200.50</value></transaction>
</iati-activity>"""


@handed
def test_the_schema_restated_is_the_official_one():
    with (Path(schema.__file__).parent / "elements.csv").open(newline="") as table:
        ours = [tuple(row) for row in csv.reader(table)][1:]

    assert ours == elements()


@handed
def test_every_element_of_the_real_activities_is_read(real):
    ours = [
        (each.name.rpartition(":")[2], sum(not name.startswith("xmlns") for name in each.attributes), each.line)
        for record in read_records(real, "r")
        for each in record.walk()
    ]
    theirs = [
        (etree.QName(each).localname, len(each.attrib), each.sourceline)
        for record in etree.parse(real).getroot()
        for each in record.iter(etree.Element)
    ]

    assert [(name, count) for name, count, _line in ours] == [(name, count) for name, count, _line in theirs]
    assert sum(1 for one, other in zip(ours, theirs, strict=True) if one[2] == other[2]) > len(ours) * 0.9


def spoilt(text):
    """The same activity, spoilt in one way after the other."""
    yield text.replace('code="2"', 'code2="2"', 1)
    yield text.replace("2024-01-01", "2024-13-01")
    yield text.replace(">1200.50<", ">beaucoup<")
    yield text.replace('<activity-status code="2"/>', "")
    yield text.replace('<sector code="14031"/>', '<unknown/><sector code="14031"/>')
    yield text.replace("<title>", "<title>mot")
    yield text.replace('<activity-status code="2"/>', '<activity-status code="2"/><activity-status code="2"/>')
    yield text.replace(
        '<recipient-country code="BJ"/>\n<sector code="14031"/>',
        '<sector code="14031"/>\n<recipient-country code="BJ"/>',
    )
    yield text.replace(' type="80"', "")
    yield text.replace('xml:lang="fr"', 'xml:lang="fr" humanitarian="oui"')
    yield text.replace('xml:lang="fr"', 'xml:lang="fr" hierarchy="1.5"')
    yield text.replace('xml:lang="fr"', 'xml:lang="fr" last-updated-datetime="2024-01-01"')
    yield text
    yield text.replace('xml:lang="fr"', 'xml:lang="fr" xmlns:x="https://x.example/" x:more="1"')


@handed
def test_verdicts_of_the_schema_are_those_of_the_official_judge(file):
    official = etree.XMLSchema(etree.parse(XSD / "iati-activities-schema.xsd"))

    for text in spoilt(WHOLE):
        path = file(text)
        document = etree.parse(path)
        theirs = official.validate(document)
        ours = [each for judged in judge_file(path, "x", on=TODAY) for each in judged.wrong if each.by == "schema"]

        assert (not ours) == theirs, (text, ours, official.error_log)
        if not theirs:
            lines = {error.line for error in official.error_log}  # what lacks is told where something else comes
            assert ours[0].fault.row in lines or (ours[0].rule == "missing" and ours[0].fault.row <= min(lines))


@handed
def test_the_real_activities_have_the_verdicts_of_the_official_judge(real):
    official = etree.XMLSchema(etree.parse(XSD / "iati-activities-schema.xsd"))
    document = etree.parse(real)
    spans = [record.sourceline for record in document.getroot()]
    official.validate(document)
    wrong = {max(line for line in spans if line <= error.line) for error in official.error_log}

    ours = {judged.line for judged in judge_file(real, "r", on=TODAY) if not judged.valid}

    assert ours == wrong


RULES = [
    ('code="BJ"', 'code="BJ" percentage="90"', "3.1.4"),
    ("2024-02-01", "2044-02-01", "11.2.1"),
    ("FR-1-A<", "FR-2-A<", "1.1.21"),
    (' default-currency="EUR"', "", "7.8.1"),
    (' xml:lang="fr"', "", "4.1.1"),
    ('<sector code="14031"/>', "", "6.2.2"),
    ('<recipient-country code="BJ"/>', "", "3.7.1"),
    ('<sector code="14031"/>', '<sector code="14031"/><sector code="14032" percentage="50"/>', "2.1.1"),
    ("<narrative>Puits</narrative>", "<narrative/>", "4.3.1"),
    ('type="1" iso-date', 'type="3" iso-date', "6.11.1"),
    ("FR-1-A<", "FR-1-A/B<", "1.3.13"),
]


@pytest.mark.parametrize(("before", "after", "rule"), RULES, ids=[f"{rule}" for _before, _after, rule in RULES])
def test_a_broken_rule_is_named_by_its_number_and_its_line(before, after, rule, file):
    whole = next(judge_file(file(WHOLE), "x", on=TODAY))
    judged = next(judge_file(file(WHOLE.replace(before, after)), "x", on=TODAY))

    assert [each.rule for each in whole.wrong] == []
    assert rule in [each.rule for each in judged.wrong]
    assert all(each.fault.row and 3 <= each.fault.row <= 15 for each in judged.wrong)


def test_a_code_outside_its_list_is_told(file):
    judged = next(judge_file(file(WHOLE.replace('code="14031"', 'code="99"')), "x", on=TODAY))

    assert [(each.by, each.rule, each.fault.told(), each.fault.row) for each in judged.wrong] == [
        ("list", "Sector", "“99” is not in the list Sector.", 12)
    ]


@handed
def test_the_money_of_the_real_activities_is_read_to_the_cent(real):
    read = [whole(record)[0] for record in read_records(real, "real.xml")]

    told = etree.parse(real).getroot().findall("iati-activity")
    assert [
        [(one.type, one.day, one.amount, one.currency) for one in activity.transactions] for activity in read
    ] == [
        [
            (
                one.find("transaction-type").get("code"), one.find("transaction-date").get("iso-date")[:10],
                Decimal(one.find("value").text.strip()), one.find("value").get("currency", ""),
            )
            for one in activity.findall("transaction")
        ]
        for activity in told
    ]  # fmt: skip
    assert sum(len(activity.transactions) for activity in read) > 100


def test_an_organisation_file_is_judged(file):
    text = """<iati-organisation><organisation-identifier>FR-1</organisation-identifier>
<name><narrative>V</narrative></name>
<reporting-org ref="FR-1" type="80"><narrative>V</narrative></reporting-org>
<total-budget><period-start iso-date="2025-01-01"/><period-end iso-date="2024-01-01"/>
<value value-date="2024-01-01">1</value></total-budget>
</iati-organisation>"""
    head = '<iati-organisations version="2.03">\n'

    judged = next(judge_file(file(text, head, "</iati-organisations>"), "x", on=TODAY))

    assert (judged.valid, sorted(each.rule for each in judged.wrong)) == (True, ["4.5.1", "7.8.2", "8.6.3"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><iati-activities>&a;</iati-activities>',
            "row 1: The file declares",
        ),
        (HEAD + "<iati-activity>" + "<a>" * 10_000, "row 3: The file is nested more than 60 levels"),
        (HEAD + "<iati-activity></iati-activities>", "row 3: This is no XML that can be read: mismatched tag"),
        ("<html/>", "row 1: This is no IATI file"),
        ("", "This is no XML"),
        ("a,b\n1,2\n", "This is no XML"),
    ],
    ids=["entities", "10 000 levels", "broken", "a page", "empty", "a table"],
)
def test_what_is_no_iati_file_is_refused_with_its_line(text, said, tmp_path):
    (tmp_path / "x.xml").write_text(text)

    with pytest.raises(Unreadable, match=re.escape(said)):
        list(Parts(tmp_path / "x.xml", "x.xml"))


def test_one_record_without_end_is_bounded(tmp_path):
    path = tmp_path / "x.xml"
    with path.open("w") as file:
        file.write(HEAD + "<iati-activity>")
        file.writelines(itertools.repeat("<tag code='1'/>", 500_000))

    with pytest.raises(Unreadable, match="One record holds more than 400000 elements"):
        list(Parts(path, "x.xml"))
