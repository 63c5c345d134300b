"""A convention as PDF, set by typst: tagged, the same bytes from the same facts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import typst

_PAPER = """
#let facts = json(bytes(sys.inputs.facts))
#set document(title: facts.title, date: none)
#set page(paper: "a4", margin: (x: 24mm, y: 26mm), footer: context [
  #set text(size: 8pt, fill: luma(90))
  #facts.number #h(1fr) #counter(page).display("1 / 1", both: true)
])
#set text(lang: facts.language, size: 10.5pt, font: ("Libertinus Serif",))
#set par(leading: 0.7em, justify: true)
#heading(level: 1, facts.title)
#v(2mm)
#text(size: 12pt)[#facts.between]
#v(4mm)
#for (place, article) in facts.articles.enumerate() [
  #heading(level: 2, [#(place + 1). #article.at(0)])
  #article.at(1)
  #v(2mm)
]
#if facts.instalments.len() > 0 [
  #heading(level: 2, facts.instalments_title)
  #table(columns: (auto, auto, 1fr), stroke: none, inset: (x: 4pt, y: 4pt),
    ..facts.instalments.map(row => ([#row.at(0)], align(right)[#row.at(1)], [#row.at(2)])).flatten())
]
#v(12mm)
#grid(columns: (1fr, 1fr), gutter: 12mm,
  ..facts.signatures.map(side => [#side #v(22mm) #line(length: 100%, stroke: 0.4pt)]))
"""


def convention_paper(facts: Mapping[str, Any]) -> bytes:
    """The paper to sign. Every fact is text."""
    made: bytes = typst.compile(
        _PAPER.encode(),
        format="pdf",
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
        timestamp=0,
    )
    return made
