"""Files as strangers send them, made on the spot."""

import io
import zipfile

import pytest
import xlsxwriter

from parvis.exchange.formats.tables.reading import open_table

_ODS = (
    '<?xml version="1.0"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Feuille1">%s</table:table></office:spreadsheet></office:body></office:document-content>'
)


@pytest.fixture
def sent(tmp_path):
    """A file with these bytes, as it came."""

    def made(data, name="file.csv"):
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return made


@pytest.fixture
def read(sent):
    """What is read in a file: its columns, then each row's cells and faults."""

    def told(data, name="file.csv", **how):
        table = open_table(sent(data, name), name, **how)
        return table, [
            (row.number, list(row.cells.values()), [str(fault) for fault in row.faults]) for row in table.rows()
        ]

    return told


@pytest.fixture
def workbook():
    """The bytes of an XLSX whose first sheet is filled by a function."""

    def made(fill):
        kept = io.BytesIO()
        book = xlsxwriter.Workbook(kept, {"in_memory": True})
        fill(book, book.add_worksheet("Données"))
        book.close()
        return kept.getvalue()

    return made


@pytest.fixture
def ods():
    """The bytes of an ODS with these rows, written as its XML."""

    def made(rows, *, whole=""):
        kept = io.BytesIO()
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as parcel:
            parcel.writestr("content.xml", whole or _ODS % rows)
        return kept.getvalue()

    return made


@pytest.fixture
def repacked():
    """An XLSX with one of its parts replaced."""

    def made(data, part, change):
        kept = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                text = old.read(name)
                new.writestr(name, change(text) if name == part else text)
        return kept.getvalue()

    return made
