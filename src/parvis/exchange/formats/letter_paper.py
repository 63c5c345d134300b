"""Letters to post as one PDF, set by typst: accessible (PDF/UA-1), each on pages of its own, its address in the window.

The address stands where the window of a French envelope (DL, window on the right) shows it: 110 mm from the left, 45 mm
from the top.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import typst

from .paper_marks import inputs, marked

_LETTERS = """
#let facts = json(bytes(sys.inputs.facts))
#set document(title: facts.title, date: none)
#set text(lang: facts.language, size: 11pt, font: ("Libertinus Serif",))
#set par(leading: 0.7em, spacing: 1.2em, justify: false)
#show heading: set text(size: 12pt)
#set page(paper: "a4", margin: (x: 25mm, top: 20mm, bottom: 24mm))
#for (place, letter) in facts.letters.enumerate() [
  #if place > 0 [#pagebreak()]
  #set text(lang: letter.language)
  #block(height: 25mm, width: 75mm)[
    #strong(facts.city) #linebreak()
    #text(size: 9pt, fill: luma(70))[#for (at, line) in facts.sender.enumerate() [#if at > 0 [#linebreak()] #line]]
  ]
  #block(height: 42mm, inset: (left: 85mm))[
    #for (at, line) in letter.address.enumerate() [#if at > 0 [#linebreak()] #line]
  ]
  #text(size: 9.5pt, fill: luma(70))[#letter.number #h(1fr) #letter.day]
  #heading(level: 1, letter.title)
  #v(3mm)
  #for paragraph in letter.paragraphs [#par[#for (at, line) in paragraph.enumerate() [#if at > 0 [#linebreak()] #line]]]
]
"""


@cache
def _fonts() -> typst.Fonts:
    """The fonts of this machine, looked for once a process."""
    return typst.Fonts()


def letters_paper(facts: Mapping[str, Any], letters: Sequence[Mapping[str, Any]]) -> bytes:
    """The letters in their order. Every fact is text."""
    made: bytes = typst.compile(
        marked(_LETTERS),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs=inputs(facts, json.dumps({**facts, "letters": list(letters)}, ensure_ascii=False)),
        pdf_standards="ua-1",
        timestamp=0,
    )
    return made
