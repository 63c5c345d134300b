"""The report to the council as a paper."""

import io
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from parvis.exchange.formats import papers
from parvis.exchange.formats.letter_paper import letters_paper

CLOSED = datetime(2027, 6, 1, 12, tzinfo=UTC)
_REASON = "Le budget compte deux fois les mêmes billets : la somme est ramenée à ce que le projet coûte."


def facts(lines):
    return {
        "language": "fr", "number": "call-1", "city": "Riviera", "title": "Rapport au conseil : Petits ports 2027",
        "sentences": ["200 dossiers ont été classés."],
        "heads": ["Rang", "Dossier", "Organisme", "Note", "Montant demandé", "Proposé", "Total de l’année", "Motif"],
        "rows": [[str(n), f"2027-MAR-{n:04}", f"Association {n}", "78,50", "15 000,00 €", *["12 500,00 €"] * 2, _REASON]
                 for n in range(1, lines + 1)],
        "interests_title": "Conflits d’intérêts", "no_interest": "Aucun.",
        "interests": [["2027-MAR-0007", "R. Lima", "Mandat", "Membre du bureau"]],
        "looks": ["12 avril 2027, classement : 200 dossiers regardés, 1 lien trouvé."],
    }  # fmt: skip


@pytest.fixture(scope="module")
def paper():
    return PdfReader(io.BytesIO(papers.council_report(facts(200), CLOSED)))


def _kinds(node, found):
    node = node.get_object()
    if "/S" in node:
        found.append(node["/S"])
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if hasattr(kid.get_object() if hasattr(kid, "get_object") else kid, "keys"):
            _kinds(kid, found)
    return found


def test_two_hundred_lines_are_read_aloud_as_a_table_with_heads(paper):
    root = paper.trailer["/Root"]

    kinds = _kinds(root["/StructTreeRoot"], [])
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"], kinds.count("/Table"), kinds.count("/H1")) == (
        True, "fr", 2, 1,
    )  # fmt: skip
    assert (kinds.count("/TR"), kinds.count("/TH")) == (202, 8)


def test_every_line_stands_in_the_paper(paper):
    text = "".join(page.extract_text() for page in paper.pages)

    assert [n for n in range(1, 201) if f"2027-MAR-{n:04}" not in text] == []


def test_the_longest_number_and_amount_of_a_column_stand_each_on_one_line():
    told = facts(40)
    told["rows"][30][1], told["rows"][30][4] = "2027-SOLIDAE-EAU-0031", "1 115 000,00 €"

    pages = PdfReader(io.BytesIO(papers.council_report(told, CLOSED))).pages
    lines = [line for page in pages for line in page.extract_text().splitlines()]

    [line] = [line for line in lines if "Association 31" in line]
    assert ("2027-SOLIDAE-EAU-0031" in line, "1 115 000,00" in line) == (True, True)


def test_the_paper_says_that_it_keeps_the_standard_of_accessible_pdf(paper):
    assert b"pdfuaid:part" in paper.trailer["/Root"]["/Metadata"].get_object().get_data()


def test_the_same_facts_give_the_same_bytes():
    assert papers.council_report(facts(3), CLOSED) == papers.council_report(facts(3), CLOSED)


def _letter(words):
    return {"language": "fr", "address": ["A"], "number": "N", "day": "D", "title": "T", "paragraphs": [[words]]}


def test_a_files_number_stays_on_one_line_wherever_it_falls():
    facts = {"language": "fr", "title": "Lettres", "city": "Porto", "sender": []}
    pages = PdfReader(io.BytesIO(letters_paper(facts, [
        _letter(f"{'m' * before} {'mmm ' * 8}2025-REP-0155 {'mot ' * 9}") for before in range(1, 24)
    ]))).pages  # fmt: skip

    assert [page.extract_text().count("2025-REP-0155") for page in pages] == [1] * 23


def test_an_address_of_an_email_never_breaks_at_its_hyphen_and_one_too_long_for_the_column_may():
    facts = {"language": "fr", "title": "Lettres", "city": "Porto", "sender": [f"sg-{'relations-' * 6}@porto.example"]}
    address = "sg-relationsinternationales@porto.example"
    pages = PdfReader(io.BytesIO(letters_paper(facts, [
        _letter(f"{'m' * before} {'mmm ' * 6}{address} {'mot ' * 9}") for before in range(1, 24)
    ]))).pages  # fmt: skip

    assert [page.extract_text().count(address) for page in pages] == [1] * 23
    assert [page.extract_text().count("@porto.example") for page in pages] == [2] * 23


def test_a_paper_of_a_rehearsal_says_so_on_each_page_and_others_say_nothing():
    facts = {"language": "fr", "title": "Lettres", "city": "Porto", "sender": []}
    played = PdfReader(io.BytesIO(letters_paper({**facts, "mark": "Ne vaut rien"}, [_letter("A"), _letter("B")])))
    plain = letters_paper(facts, [_letter("A")])

    assert ["Ne vaut rien" in page.extract_text() for page in played.pages] == [True, True]
    assert plain == letters_paper({**facts, "mark": ""}, [_letter("A")])


def test_the_text_to_edit_is_the_same_paper_on_a4_in_its_own_language_with_heads_and_pages_numbered():
    text = docx.Document(io.BytesIO(papers.council_text(facts(3) | {"language": "es"})))

    sheet, table = text.sections[0], text.tables[0]
    assert (round(sheet.page_width.mm), round(sheet.page_height.mm)) == (297, 210)
    assert {said.get(qn("w:val")) for said in text.styles.element.iter(qn("w:lang"))} == {"es"}
    assert [field.get(qn("w:instr")) for field in sheet.footer._element.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert [cell.text for cell in table.rows[0].cells] == facts(3)["heads"]
    assert [len(table.rows), len(table._tbl.xpath("./w:tr/w:trPr/w:tblHeader"))] == [4, 1]
    assert [cell.text for cell in text.tables[1].rows[0].cells] == facts(3)["interests"][0]
