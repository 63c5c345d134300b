"""A file is what its content says, and what can act by itself is refused."""

import io
import zipfile
import zlib

import pytest

from parvis.exchange.formats import uploads
from parvis.exchange.formats.uploads import NotTaken, Why, inspect

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


def archive(entries, method=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return made.getvalue()


def docx(**more):
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>", **more})


@pytest.fixture
def look(tmp_path):
    def at(content, name):
        path = tmp_path / "upload"
        path.write_bytes(content)
        return inspect(path, name)

    return at


@pytest.mark.parametrize(("content", "name"), [(PDF, "statutes.pdf"), (PNG, "logo.PNG"), (docx(), "letter.docx")])
def test_a_document_is_taken_with_its_size_and_its_hash(look, content, name):
    seen = look(content, name)

    assert seen.size == len(content)
    assert len(seen.sha256) == 64


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "empty.pdf", Why.EMPTY),
        (b"MZ\x90\x00" + b"\0" * 200, "statutes.pdf", Why.PROGRAM),
        (b"\x7fELF" + b"\0" * 200, "statutes.pdf", Why.PROGRAM),
        (b"#!/bin/sh\n", "statutes.pdf", Why.PROGRAM),
        (PNG, "statutes.pdf", Why.NOT_WHAT_IT_SAYS),
        (b"<html><script>", "statutes.pdf", Why.NOT_WHAT_IT_SAYS),
        (PDF, "statutes.exe", Why.NAME),
        (PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</JavaScript(x)>>"), "statutes.pdf", Why.ACTS),
        (b"%PDF-1.7 cut short", "statutes.pdf", Why.BROKEN),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old.docx", Why.OLD_FORMAT),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old.doc", Why.OLD_FORMAT),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "closed.docx", Why.LOCKED),
        (PDF.replace(b"/Root", b"/Encrypt 2 0 R/Root"), "closed.pdf", Why.LOCKED),
        (b"%PDF-1.4\n<script>alert(1)</script>\n%%EOF", "page.pdf", Why.BROKEN),
        (docx(), "letter.docm", Why.MACRO),
        (docx(**{"word/vbaProject.bin": "x"}), "letter.docx", Why.MACRO),
        (docx(**{"word/embeddings/more.zip": "x"}), "letter.docx", Why.HOLDS_ARCHIVE),
        (docx(**{"word/media/zeros": "0" * 30_000_000}), "letter.docx", Why.SWELLS),
        (archive({"anything.txt": "x"}), "letter.docx", Why.NOT_WHAT_IT_SAYS),
        (docx()[:-30], "letter.docx", Why.BROKEN),
    ],
)
def test_what_is_not_what_it_says_or_can_act_is_refused_with_its_reason(look, content, name, why):
    with pytest.raises(NotTaken) as refused:
        look(content, name)

    assert refused.value.why == why


def pdf(body, packed=b""):
    return b"%PDF-1.7\n" + body + packed + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def objects(content, said=b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode", pack=zlib.compress):
    packed = pack(content)
    return b"5 0 obj<<%s/Length %d>>\nstream\n%s\nendstream endobj" % (said, len(packed), packed)


ACTING = b"<</S/JavaScript/JS(app.alert(1))>>"


@pytest.mark.parametrize(
    "content",
    [
        pdf(b"1 0 obj<</OpenAction<</S/J#61vaScript/J#53(x)>>>>endobj"),
        pdf(b"1 0 obj<</Open#41ction<</S/Launc#68/F(cmd.exe)>>>>endobj"),
        pdf(b"1 0 obj<</Names<</Embedded#46iles 3 0 R>>>>endobj"),
        pdf(b"1 0 obj<</OpenAction<</S/Rendition/JS(x)>>>>endobj"),
        pdf(b"", objects(b"1 0 " + ACTING)),
        pdf(b"", objects(b"1 0 <</S/J#61v#61Script>>")),
        pdf(b"", objects(b"1 0 " + ACTING, b"/Type/Obj#53tm/N 1/First 4/Filter/Fl#61teDecode")),
        pdf(b"% a remark with stream\n", objects(b"1 0 " + ACTING)),
        pdf(b"", objects(b"1 0 " + ACTING, b"/Filter/FlateDecode/Kind(no objects here)")),
        pdf(b"", objects(b"1 0 " + ACTING, b"/Type/ObjStm/N 1/First 4", bytes)),
        pdf(b"", objects(b"1 0 x", b"/Type/ObjStm/N 1/First 4/Filter[/ASCIIHexDecode/FlateDecode]")),
        pdf(b"", objects(b"1 0 x", b"/Type/ObjStm/N 1/First 4/Filter 9 0 R")),
        pdf(b"", objects(b"1 0 x", b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode/DecodeParms<</Predictor 12>>")),
    ],
)
def test_a_pdf_that_acts_is_refused_however_its_names_are_written_and_packed(look, content):
    with pytest.raises(NotTaken) as refused:
        look(content, "statutes.pdf")

    assert refused.value.why == Why.ACTS


@pytest.mark.parametrize(
    "content",
    [
        pdf(b"1 0 obj<</OpenAction[3 0 R/Fit]/Title(Caf#C3#A9 JavaScript and JS)>>endobj"),
        pdf(b"1 0 obj<</BaseFont/ABCDEF#2BPublic#20Sans>>endobj"),
        pdf(b"", objects(b"1 0 <</Type/Page/JSX 1>>")),
        pdf(b"", objects(b"BT (page) Tj ET", b"/Filter/FlateDecode")),
        pdf(b"1 0 obj<</Filter/DCTDecode/Length 9>>\nstream\n\xff\xd8 /JS \xff\nendstream endobj"),
    ],
)
def test_a_plain_pdf_is_taken(look, content):
    assert look(content, "statutes.pdf").media_type == "application/pdf"


def test_a_pdf_whose_objects_swell_and_one_that_is_locked_are_refused_with_their_reasons(look):
    told = []
    for content in (
        pdf(b"", objects(b"0" * 40_000_000)),
        pdf(b"", objects(b"1 0 x", pack=lambda _content: b"\x9c\x01sealed") + b" trailer<</Encrypt 7 0 R>>"),
    ):
        with pytest.raises(NotTaken) as refused:
            look(content, "statutes.pdf")
        told.append(refused.value.why)

    assert told == [Why.SWELLS, Why.LOCKED]


def test_scripts_of_an_open_document_and_a_program_under_another_name_are_refused(look):
    odt = archive({"mimetype": "application/vnd.oasis.opendocument.text", "Basic/Standard/Module1.xml": "<m/>"})

    with pytest.raises(NotTaken) as scripted:
        look(odt, "letter.odt")
    with pytest.raises(NotTaken) as program:
        look(b"MZ\x90\x00" + PDF, "statutes.pdf")

    assert (scripted.value.why, program.value.why) == (Why.MACRO, Why.PROGRAM)


def test_an_archive_that_lies_about_its_size_is_left_the_moment_it_is_too_much(look, monkeypatch):
    monkeypatch.setattr(uploads, "_SWOLLEN", 10_000)
    monkeypatch.setattr(uploads, "_weigh", lambda _entries, _size: None)

    with pytest.raises(NotTaken) as refused:
        look(docx(**{"word/more.xml": "0" * 20_000}), "letter.docx")

    assert refused.value.why == Why.SWELLS


def test_a_file_larger_than_any_document_is_not_opened(look, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 10)

    with pytest.raises(NotTaken) as refused:
        look(PDF, "statutes.pdf")

    assert refused.value.why == Why.TOO_LARGE
