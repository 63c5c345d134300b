"""Official papers as PDF, set by typst: tagged, the same bytes from the same facts.

The report to the council keeps the standard of accessible PDF (PDF/UA-1), which typst refuses to write where a paper
falls short of it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from heapq import nlargest
from typing import Any

import docx
import typst
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from .paper_marks import inputs, marked

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
        marked(_RECEIPT),
        format="pdf",
        sys_inputs=inputs(facts, json.dumps(facts, ensure_ascii=False)),
        timestamp=int(received_at.timestamp()),
    )
    return made


_REPORT = """
#let facts = json(bytes(sys.inputs.facts))
#set document(title: facts.title, date: none)
#set page(paper: "a4", flipped: true, margin: (x: 18mm, y: 18mm), footer: context [
  #set text(size: 8pt, fill: luma(90))
  #facts.number #h(1fr) #counter(page).display("1 / 1", both: true)
])
#set text(lang: facts.language, size: 9.5pt, font: ("Libertinus Serif",))
#text(size: 9pt, fill: luma(90))[#facts.city]
#heading(level: 1, facts.title)
#for sentence in facts.sentences [#par(sentence)]
#v(3mm)
#let heads = facts.heads.map(head => text(size: 8pt, fill: luma(80))[#head])
#context {
  let words(place) = (heads.at(place), ..facts.longest.at(place, default: ()))
  let room(place) = 9pt + calc.max(..words(place).map(one => measure([#one]).width))
  table(columns: (room(0), room(1), 2.4fr, room(3), room(4), room(5), 26mm, 2fr), inset: (x: 4pt, y: 4pt),
    align: (right, left, left, right, right, right, right, left),
    stroke: (x: none, top: none, bottom: 0.4pt + luma(200)),
    table.header(..heads),
    ..facts.rows.flatten().map(cell => [#cell]))
}
#let answer = facts.at("answer", default: ())
#let otherwise = facts.at("otherwise", default: ())
#if answer.len() > 0 [
  #heading(level: 2, facts.answer_title)
  #for sentence in answer [#par(sentence)]
]
#if otherwise.len() > 0 [
  #table(columns: (auto, 2fr, auto, auto, 2fr), inset: (x: 4pt, y: 4pt),
    align: (left, left, right, right, left),
    stroke: (x, y) => if y > 0 { (top: 0.4pt + luma(200)) },
    table.header(..facts.otherwise_heads.map(head => text(size: 8pt, fill: luma(80))[#head])),
    ..otherwise.flatten().map(cell => [#cell]))
]
#heading(level: 2, facts.interests_title)
#if facts.interests.len() == 0 [#par(facts.no_interest)] else [
  #table(columns: (auto, auto, auto, 1fr), inset: (x: 4pt, y: 4pt),
    stroke: (x, y) => if y > 0 { (top: 0.4pt + luma(200)) }, ..facts.interests.flatten().map(cell => [#cell]))
]
#for sentence in facts.looks [#par(text(size: 8.5pt)[#sentence])]
"""


def council_report(facts: Mapping[str, Any], closed_at: datetime) -> bytes:
    """A selection as it is put before the council: a tagged PDF, one line a file, conflicts of interest at the end."""
    facts = {**facts, "longest": _longest(facts["rows"])}
    made: bytes = typst.compile(
        marked(_REPORT),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs=inputs(facts, json.dumps(facts, ensure_ascii=False)),
        pdf_standards="ua-1",
        timestamp=int(closed_at.timestamp()),
    )
    return made


def _longest(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The longest words of each column, to be measured: typst lays every line out twice to find a width by itself."""
    return [nlargest(3, dict.fromkeys(column), key=len) for column in zip(*rows, strict=True)]


@cache
def _fonts() -> typst.Fonts:
    """The fonts of this machine, looked for once a process."""
    return typst.Fonts()


def council_text(facts: Mapping[str, Any]) -> bytes:
    """The same report as a text that the council's office can edit (.docx)."""
    paper = docx.Document()
    paper.core_properties.title, paper.core_properties.author = facts["title"], facts["city"]
    _in_language(paper, facts["language"])
    _on_a4(paper.sections[0], facts["number"])
    if mark := facts.get("mark"):
        paper.sections[0].header.paragraphs[0].add_run(mark).bold = True
    paper.add_heading(facts["title"], level=1)
    for sentence in facts["sentences"]:
        paper.add_paragraph(sentence)
    _tabled(paper, [facts["heads"], *facts["rows"]])
    if facts.get("answer"):
        paper.add_heading(facts["answer_title"], level=2)
    for sentence in facts.get("answer", ()):
        paper.add_paragraph(sentence)
    if facts.get("otherwise"):
        _tabled(paper, [facts["otherwise_heads"], *facts["otherwise"]])
    paper.add_heading(facts["interests_title"], level=2)
    if facts["interests"]:
        _tabled(paper, facts["interests"], headed=False)
    else:
        paper.add_paragraph(facts["no_interest"])
    for sentence in facts["looks"]:
        paper.add_paragraph(sentence)
    made = io.BytesIO()
    paper.save(made)
    return made.getvalue()


def _in_language(paper: Any, language: str) -> None:
    """What is spelt and read aloud is spelt and read in this language; the template says American English."""
    paper.core_properties.language = language
    for said in paper.styles.element.iter(qn("w:lang")):
        said.set(qn("w:val"), language)


def _on_a4(section: Any, number: str) -> None:
    """A4 on its side, as the paper of the same report; at its foot the number of the report and of the page."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(18)
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{number} · ")
    for code in ("PAGE", "NUMPAGES"):
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), code)
        foot._p.append(field)  # noqa: SLF001  # docx has no word for it
        if code == "PAGE":
            foot.add_run(" / ")


def _tabled(paper: Any, rows: list[list[str]], *, headed: bool = True) -> None:
    """A table; its first row names the columns on every page, to readers and to what reads aloud."""
    table = paper.add_table(rows=0, cols=len(rows[0]), style="Light Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    if headed:
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  # docx has no word for it
