"""A file is what its content says, and what can act by itself is refused."""

import io
import zipfile

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
