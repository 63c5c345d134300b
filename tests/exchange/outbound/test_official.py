"""Official judges agree with every file; where a standard cannot hold something, the difference is listed here."""

from __future__ import annotations

import json
from datetime import datetime

import jsonschema
import pytest
import rdflib
from lxml import etree
from referencing import Registry, Resource

from tests.exchange.outbound.money import content_of
from tests.support.official import STANDARDS, needs_judges, needs_schemas, verdict


@pytest.fixture(scope="module")
def standards(tmp_path_factory):
    return content_of(tmp_path_factory.mktemp("judged")) / "standards"


@needs_judges
@needs_schemas
@pytest.mark.parametrize(
    ("schema", "file"),
    [("subventions-2.1.1", "scdl-subventions"), ("deliberations-2.1.5", "scdl-deliberations")],
)
def test_validata_agrees_with_the_strict_files_and_not_with_their_companions(standards, schema, file):
    rules = STANDARDS / "scdl" / f"{schema}.json"

    assert verdict("scdl", rules, standards / f"{file}.csv") == []
    assert verdict("scdl", rules, standards / f"{file}-others.csv") != []


def _schemas_of_360giving():
    """The two schemas with their traps undone: the ``http`` address of the draft, a reference to the version before."""
    found = {}
    for name in ("360-giving-schema", "360-giving-package-schema"):
        text = (
            (STANDARDS / "360giving" / f"{name}.json").read_text().replace("http://json-schema", "https://json-schema")
        )
        found[name] = json.loads(text.replace("standard/1.4.2/", "standard/1.4.3/"))
    return found


def _formats():
    """Formats are held to: a day alone is no moment."""
    formats = jsonschema.FormatChecker(formats=())

    @formats.checks("date-time", raises=ValueError)
    def is_moment(told):
        return "T" in told and bool(datetime.fromisoformat(told))

    return formats


@needs_schemas
def test_the_360giving_schema_agrees_with_the_package(standards):
    schemas = _schemas_of_360giving()
    known = Registry().with_resources([(one["$id"], Resource.from_contents(one)) for one in schemas.values()])
    judge = jsonschema.Draft202012Validator(
        schemas["360-giving-package-schema"], registry=known, format_checker=_formats()
    )
    package = json.loads((standards / "360giving.json").read_bytes())

    assert [fault.message for fault in judge.iter_errors(package)] == []
    package["grants"][0]["amountAwarded"] = "many"
    assert [fault.json_path for fault in judge.iter_errors(package)] == ["$.grants[0].amountAwarded"]


@needs_judges
@needs_schemas
def test_the_flat_table_holds_the_package_but_for_what_repeats(standards):
    """A flat row has one place and no list: transactions and classifications stay in the package."""
    package = json.loads((standards / "360giving.json").read_bytes())["grants"]
    read = verdict("360giving", STANDARDS / "360giving", standards / "360giving.csv")
    flat = [{name: one[name] for name in one if name not in ("disbursementTransaction", "classifications")}
            for one in package]  # fmt: skip
    for one in flat:
        one["description"] = f"'{one['description']}"  # safe in a spreadsheet

    assert read == flat


@needs_schemas
@pytest.mark.parametrize(
    ("schema", "file"),
    [("iati-activities-schema", "iati-activities"), ("iati-organisations-schema", "iati-organisation")],
)
def test_the_iati_schema_agrees(standards, schema, file):
    judge = etree.XMLSchema(etree.parse(STANDARDS / "iati" / "xsd" / f"{schema}.xsd"))

    judge.validate(etree.parse(standards / f"{file}.xml"))

    assert [fault.message for fault in judge.error_log] == []


@needs_judges
@needs_schemas
def test_shacl_agrees_with_the_catalogue_in_version_3(standards):
    shapes = STANDARDS / "dcat" / "dcat-ap-3.0.1-SHACL.ttl"

    assert verdict("dcat", shapes, standards / "catalogue.ttl") == []


@needs_judges
@needs_schemas
def test_version_2_differs_by_what_version_3_changed_and_nothing_else(standards):
    """Version 2 wants sizes as decimals and digests by SHA-1; version 3 wants whole numbers and allows SHA-256."""
    found = verdict("dcat", STANDARDS / "dcat" / "dcat-ap-2.1.1-shapes.ttl", standards / "catalogue.ttl")

    assert {path for _node, path, _said in found} == {
        "http://www.w3.org/ns/dcat#byteSize",
        "http://spdx.org/rdf/terms#algorithm",
    }


def test_the_three_spellings_of_the_catalogue_say_the_same(standards):
    turtle, others = rdflib.Graph().parse(standards / "catalogue.ttl"), {}
    for suffix, kind in (("jsonld", "json-ld"), ("rdf", "xml")):
        others[suffix] = rdflib.Graph().parse(standards / f"catalogue.{suffix}", format=kind)

    assert len(turtle) > 200
    assert {suffix: set(graph) ^ set(turtle) for suffix, graph in others.items()} == {"jsonld": set(), "rdf": set()}
