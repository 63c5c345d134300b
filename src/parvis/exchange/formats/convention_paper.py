"""A convention or its amendment as PDF, set by typst: accessible (PDF/UA-1), the same bytes from the same facts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import typst

from .paper_marks import inputs, marked

_PAPER = """
#let facts = json(bytes(sys.inputs.facts))
#set document(title: facts.title, date: none)
#set page(paper: "a4", margin: (x: 24mm, y: 26mm), footer: context [
  #set text(size: 8pt, fill: luma(90))
  #facts.number #h(1fr) #facts.version #h(1fr) #counter(page).display("1 / 1", both: true)
])
#set text(lang: facts.language, size: 10.5pt, font: ("Libertinus Serif",))
#set par(leading: 0.7em, spacing: 1.1em, justify: true)
#show heading.where(level: 2): set block(above: 1.5em, below: 0.8em)
#heading(level: 1, facts.title)
#v(3mm)
#let article = counter("article")
#for block in facts.blocks [
  #if block.at(0) == "heading" [
    #article.step()
    #heading(level: 2)[#context article.display(). #block.at(1)]
  ] else if block.at(0) == "table" [
    #table(columns: (auto, auto, 1fr), stroke: none, inset: (x: 4pt, y: 4pt),
      table.header(..facts.heads.map(head => text(size: 8.5pt, fill: luma(80))[#head])),
      ..facts.rows.map(row => ([#row.at(0)], align(right)[#row.at(1)], [#row.at(2)])).flatten())
  ] else [
    #par[#for (at, line) in block.at(1).split("\\n").enumerate() [#if at > 0 [#linebreak()] #line]]
  ]
]
#v(12mm)
#block(breakable: false, grid(columns: (1fr, 1fr), gutter: 12mm,
  ..facts.signatures.map(side => [#side #v(22mm) #line(length: 100%, stroke: 0.4pt)])))
"""


def convention_paper(facts: Mapping[str, Any]) -> bytes:
    """The paper to sign. Every fact is text."""
    made: bytes = typst.compile(
        marked(_PAPER),
        format="pdf",
        sys_inputs=inputs(facts, json.dumps(facts, ensure_ascii=False)),
        pdf_standards="ua-1",
        timestamp=0,
    )
    return made
