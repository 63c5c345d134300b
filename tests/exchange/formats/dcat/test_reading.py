"""Catalogues in the three dresses of RDF, and what a stranger may hide in them."""

import pytest
from rdflib import Graph

from parvis.exchange.formats.dcat.reading import read_catalogue
from parvis.exchange.formats.tables.faults import Unreadable

TURTLE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
<https://x.example/d1> a dcat:Dataset ; dct:title "Subventions"@fr, "Grants"@en ; dct:description "Tout"@fr ;
  dct:publisher [ foaf:name "Ville" ] ; dcat:keyword "aide"@fr ; dct:issued "2024-07-10" ;
  dct:spatial <https://x.example/p> ;
  dcat:distribution <https://x.example/f1> .
<https://x.example/f1> a dcat:Distribution ; dcat:downloadURL <https://x.example/f1.csv> ; dcat:mediaType "text/csv" ;
  dct:license <https://x.example/licence> .
<https://x.example/d2> a dcat:Dataset .
"""


@pytest.mark.parametrize("kind", ["turtle", "xml", "json-ld"])
def test_a_catalogue_is_read_alike_in_its_three_dresses(kind, tmp_path):
    path = tmp_path / "catalogue"
    path.write_text(Graph().parse(data=TURTLE, format="turtle").serialize(format=kind))

    first, second = read_catalogue(path, "c")

    assert (first.title, first.publisher, first.issued) == (
        {"fr": "Subventions", "en": "Grants"},
        "Ville",
        "2024-07-10",
    )
    assert [(file.download, file.media_type) for file in first.distributions] == [
        ("https://x.example/f1.csv", "text/csv")
    ]
    assert (first.licences, first.left_over) == (("https://x.example/licence",), ("http://purl.org/dc/terms/spatial",))
    assert [fault.told() for fault in second.faults] == [
        "This dataset has no title.",
        "This dataset has no description.",
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ('{"@context": "https://elsewhere.example/context.jsonld", "@type": "dcat:Catalog"}', "nothing is fetched"),
        ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "declares entities"),
        ("<?xml version='1.0'?>" + "<a>\n" * 10_000 + "</a>" * 10_000, r"row 61: .*nested more than 60 levels deep"),
        ("<?xml version='1.0'?>\n<a>\n</b>", r"row 3: .*no catalogue that can be read"),
        ('{"a":\n[' * 10_000 + "1" + "]}" * 10_000, r"row 31: .*nested more than 60 levels deep"),
        ("<a> <b> .", "no catalogue that can be read"),
        ("@prefix a: <https://x.example/> .", "holds no dataset"),
    ],
    ids=["far context", "entities", "deep xml", "broken xml", "deep json", "broken turtle", "empty"],
)
def test_what_is_no_catalogue_is_refused_with_a_sentence(data, said, tmp_path):
    (tmp_path / "x").write_text(data)

    with pytest.raises(Unreadable, match=said):
        list(read_catalogue(tmp_path / "x", "x"))
