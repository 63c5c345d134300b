"""The words of a document, each with the place it stands in, and what the document says of itself.

PDF is read by pypdf. Office documents are read as the XML they are, so that headers, footnotes, comments and text boxes
are met, which a library of paragraphs passes over. A picture of words is not
read: a document without any word says so. Run as a program, it reads within bounds of time and memory.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import orjson
from lxml import etree
from pypdf import PdfReader
from pypdf.errors import PyPdfError

#: Beyond these, a document is not read further, and says so.
MOST_PAGES = 400
MOST_SIGNS = 3_000_000
_LARGEST_PART = 60_000_000
_SECONDS, _BYTES = 20, 1_500_000_000
_PARTS = (
    "word/",
    "xl/sharedStrings",
    "xl/worksheets/",
    "xl/comments",
    "docProps/",
    "content.xml",
    "meta.xml",
    "styles.xml",
)
#: Elements that begin another line of text.
_LINES = frozenset({"p", "si", "h", "row", "comment", "tr"})
#: What a document says of itself, and what says nothing of anybody.
_PLAIN = frozenset({"template", "application", "appversion", "generator", "producer", "creator-tool", "doctype"})


class Unreadable(Exception):
    """Nothing can be read in the document."""


class Passage(NamedTuple):
    """Some words: on a page, in a part of an office document, or in its properties."""

    kind: str
    place: str
    text: str


def passages(path: Path, media_type: str) -> Iterator[Passage]:
    """Everything a document says, in order. Raises Unreadable."""
    if media_type.startswith("image/"):
        raise Unreadable
    read = _of_pdf if media_type == "application/pdf" else _of_office
    left = MOST_SIGNS
    try:
        for one in read(path):
            yield one
            left -= len(one.text)
            if left < 0:
                raise Unreadable
    except (
        PyPdfError,
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        OSError,
        ValueError,
        KeyError,
        RecursionError,
    ) as fault:
        raise Unreadable from fault


def _of_pdf(path: Path) -> Iterator[Passage]:
    reader = PdfReader(path)
    for name, value in (reader.metadata or {}).items():
        if name.strip("/").casefold() not in _PLAIN and isinstance(value, str):
            yield Passage("property", name.strip("/"), value)
    if len(reader.pages) > MOST_PAGES:
        raise Unreadable
    for number, page in enumerate(reader.pages, 1):
        yield Passage("page", str(number), page.extract_text())


def _of_office(path: Path) -> Iterator[Passage]:
    with zipfile.ZipFile(path) as held:
        for entry in held.infolist():
            if not (entry.filename.startswith(_PARTS) and entry.filename.endswith(".xml")):
                continue
            if entry.file_size > _LARGEST_PART:
                raise Unreadable
            root = etree.fromstring(held.read(entry), etree.XMLParser(resolve_entities=False, no_network=True))
            if entry.filename.startswith("docProps/") or entry.filename == "meta.xml":
                yield from _properties(root)
            else:
                yield from _lines(root, entry.filename.rpartition("/")[2].removesuffix(".xml"))


def _properties(root: etree._Element) -> Iterator[Passage]:
    for one in root.iter():
        name = etree.QName(one).localname if isinstance(one.tag, str) else ""
        if name and one.text and one.text.strip() and name.casefold() not in _PLAIN:
            yield Passage("property", name, one.text.strip())


def _lines(root: etree._Element, part: str) -> Iterator[Passage]:
    number = 0
    for one in root.iter():
        if not isinstance(one.tag, str) or etree.QName(one).localname not in _LINES:
            continue
        text = "".join(str(words) for words in one.itertext()).strip()
        if text:
            number += 1
            yield Passage("part", f"{part} {number}", text)


def main(arguments: list[str]) -> int:
    """Write the passages of a file, one JSON a line, within bounds of time and memory."""
    import resource  # noqa: PLC0415  # only where a document is read on its own

    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    try:
        for one in passages(Path(arguments[0]), arguments[1]):
            sys.stdout.buffer.write(orjson.dumps(list(one)) + b"\n")
    except (Unreadable, MemoryError):
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
