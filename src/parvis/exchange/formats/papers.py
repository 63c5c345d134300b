"""Official papers as PDF, set by typst: tagged, the same bytes from the same facts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import typst

_RECEIPT = """
#let facts = json(bytes(sys.inputs.facts))
#set document(title: facts.title, date: none)
#set page(paper: "a4", margin: (x: 24mm, y: 26mm), footer: context [
  #set text(size: 8pt, fill: luma(90))
  #facts.number #h(1fr) #counter(page).display("1 / 1", both: true)
])
#set text(lang: facts.language, size: 10.5pt, font: ("Libertinus Serif",))
#set par(leading: 0.7em)
#text(size: 9pt, fill: luma(90))[#facts.city]
#v(4mm)
#heading(level: 1, facts.title)
#v(2mm)
#text(size: 12pt)[#facts.sentence]
#v(4mm)
#table(columns: (42mm, 1fr), stroke: none, inset: (x: 0pt, y: 4pt), ..facts.rows.map(row => (
  text(fill: luma(80))[#row.at(0)], [#row.at(1)],
)).flatten())
#v(3mm)
#if facts.documents.len() > 0 [
  #heading(level: 2, facts.documents_title)
  #table(columns: (1fr, auto), stroke: (x, y) => if y > 0 { (top: 0.4pt + luma(200)) }, inset: (x: 0pt, y: 4pt),
    ..facts.documents.map(row => ([#row.at(0)], text(size: 7.5pt, font: "DejaVu Sans Mono")[#row.at(1)])).flatten())
]
#for section in facts.sections [
  #heading(level: 2, section.title)
  #for line in section.lines [
    #block(below: 3mm)[#text(size: 8.5pt, fill: luma(80))[#line.at(0)] #linebreak() #line.at(1)]
  ]
]
#v(4mm)
#line(length: 100%, stroke: 0.5pt)
#text(size: 8.5pt)[#facts.digest_title]
#text(size: 8pt, font: "DejaVu Sans Mono")[#facts.digest]
"""


def receipt(facts: Mapping[str, Any], received_at: datetime) -> bytes:
    """The receipt of a submission. Raises nothing of its own: every fact is text."""
    made: bytes = typst.compile(
        _RECEIPT.encode(),
        format="pdf",
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
        timestamp=int(received_at.timestamp()),
    )
    return made
