"""The words of documents, with their places, read from real files made here."""

import io
import zipfile

import pytest
import xlsxwriter
from docx import Document
from pypdf import PdfWriter
from pypdf.annotations import Link, Text
from pypdf.generic import NameObject, StreamObject

from parvis.exchange.formats.texts import Passage, Unreadable, passages
from parvis.exchange.inbound.words_of_papers import words_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"


def pdf(text, author=""):
    """A page of PDF that says a text."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", b"<</Author(%s)>>" % author.encode(),
    ]  # fmt: skip
    held, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(held))
        held += b"%d 0 obj%s endobj\n" % (number, one)
    start = len(held)
    held += b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(held) + b"trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF" % start


def test_a_pdf_is_read_page_by_page_with_its_author(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(pdf("Amis des ports", author="A. Lima"))

    assert words_of(path, "application/pdf") == [
        Passage("property", "Author", "A. Lima"), Passage("page", "1", "Amis des ports"),
    ]  # fmt: skip


def test_a_letter_is_read_with_its_header_its_tables_and_who_wrote_it(tmp_path):
    letter = Document()
    letter.core_properties.author = "A. Lima"
    letter.sections[0].header.paragraphs[0].text = "Amis des ports"
    letter.add_paragraph("A quay")
    letter.add_table(1, 1).rows[0].cells[0].text = "W133012345"
    letter.save(tmp_path / "a")

    said = {(one.kind, one.text) for one in passages(tmp_path / "a", DOCX)}

    assert {("property", "A. Lima"), ("part", "Amis des ports"), ("part", "A quay"), ("part", "W133012345")} <= said


def test_a_table_and_an_open_document_are_read(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a")) as book:
        book.add_worksheet().write_string(0, 0, "Amis des ports")
    with zipfile.ZipFile(tmp_path / "b", "w") as held:
        text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
        held.writestr("content.xml", f'<d xmlns:t="{text}"><t:p>Amis <t:span>des</t:span> ports</t:p></d>')

    assert "Amis des ports" in [one.text for one in passages(tmp_path / "a", XLSX)]
    assert list(passages(tmp_path / "b", ODT)) == [Passage("part", "content 1", "Amis des ports")]


@pytest.mark.parametrize(
    ("content", "media_type"), [(b"%PDF-1.4 broken", "application/pdf"), (b"PK", DOCX), (b"x", "image/png")]
)
def test_what_cannot_be_read_says_so(tmp_path, content, media_type):
    (tmp_path / "a").write_bytes(content)

    with pytest.raises(Unreadable):
        list(passages(tmp_path / "a", media_type))


def test_a_page_that_holds_no_word_is_not_taken_for_one_that_names_nobody(tmp_path):
    (tmp_path / "a").write_bytes(pdf(""))

    with pytest.raises(Unreadable):
        words_of(tmp_path / "a", "application/pdf")


def test_no_entity_is_opened_and_no_part_swells(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("a secret", encoding="utf-8")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        xml = f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]><d><p>one &e;</p></d>'
        made.writestr("content.xml", xml)
    (tmp_path / "a").write_bytes(held.getvalue())

    assert "secret" not in "".join(one.text for one in passages(tmp_path / "a", ODT))


def test_who_changed_a_letter_what_is_under_its_pictures_and_where_its_links_lead_are_read(tmp_path):
    letter = Document()
    letter.add_paragraph("A quay")
    letter.part.relate_to("https://umbrafelt.example/", "urn:link", is_external=True)
    letter.add_comment(letter.paragraphs[0].runs, text="Seen", author="Ana Zoprich", initials="AZ")
    letter.save(tmp_path / "a")

    said = {(one.kind, one.place, one.text) for one in passages(tmp_path / "a", DOCX)}

    assert {
        ("property", "author", "Ana Zoprich"), ("part", "document.xml.rels", "https://umbrafelt.example/"),
    } <= said  # fmt: skip


def test_names_of_sheets_who_changed_an_open_document_and_another_document_within_are_read_or_told(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a")) as book:
        book.add_worksheet("Amis des ports").write_string(0, 0, "x")
    with zipfile.ZipFile(tmp_path / "b", "w") as held:
        held.writestr("content.xml", '<d xmlns:c="dc"><info><c:creator>Ana Zoprich</c:creator></info></d>')
        held.writestr("Object 1/content.xml", "<d/>")

    sheets = [one.text for one in passages(tmp_path / "a", XLSX) if one.place == "workbook.xml"]
    told = []
    with pytest.raises(Unreadable):
        told.extend(passages(tmp_path / "b", ODT))
    with pytest.raises(Unreadable) as unread:
        words_of(tmp_path / "b", ODT)

    assert sheets == ["Amis des ports"]
    assert unread.value.found == [Passage("property", "creator", "Ana Zoprich")]


def test_notes_links_and_xmp_of_a_pdf_are_read_and_a_document_it_carries_is_told(tmp_path):
    writer = PdfWriter(io.BytesIO(pdf("A quay")))
    writer.add_annotation(0, Text(rect=(0, 0, 9, 9), text="Seen by Varenquel", title_bar="Ana Zoprich"))
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="mailto:ana@umbrafelt.example"))
    xmp = '<x xmlns:d="dc" xmlns:r="rdf"><d:creator><r:Seq><r:li>A. Zoprich</r:li></r:Seq></d:creator></x>'
    held = StreamObject()
    held.set_data(xmp.encode())
    writer.root_object[NameObject("/Metadata")] = writer._add_object(held)  # pypdf has no other way
    writer.add_attachment("varenquel.txt", b"x")
    writer.write(tmp_path / "a")

    with pytest.raises(Unreadable) as unread:
        words_of(tmp_path / "a", "application/pdf")

    assert [one for one in unread.value.found if one.text.strip()] == [
        Passage("property", "creator", "A. Zoprich"), Passage("page", "1", "A quay"),
        Passage("page", "1", "Seen by Varenquel"), Passage("property", "author", "Ana Zoprich"),
        Passage("page", "1", "mailto:ana@umbrafelt.example"), Passage("part", "attachment", "varenquel.txt"),
    ]  # fmt: skip


def test_what_a_camera_wrote_into_a_picture_is_read_though_the_picture_is_not(tmp_path):
    written = b"Exif\0\0Ana Zoprich\0"
    (tmp_path / "a").write_bytes(b"\xff\xd8\xff\xe1" + (len(written) + 2).to_bytes(2) + written + b"\xff\xda\0\2")
    text = b"Author\0Ana Zoprich"
    png = b"\x89PNG\r\n\x1a\n" + len(text).to_bytes(4) + b"tEXt" + text + b"\0\0\0\0"
    with zipfile.ZipFile(tmp_path / "b", "w") as held:
        held.writestr("word/media/image1.png", png)

    with pytest.raises(Unreadable) as unread:
        words_of(tmp_path / "a", "image/jpeg")

    assert ["Ana Zoprich" in one.text for one in unread.value.found] == [True] * len(unread.value.found)
    assert unread.value.found
    assert "Ana Zoprich" in "".join(one.text for one in passages(tmp_path / "b", DOCX))
