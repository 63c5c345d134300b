"""The words of a document, each with the place it stands in, and what the document says of itself.

PDF is read by pypdf, with its notes, links and XMP. Office documents are read as the XML they are, so that headers,
footnotes, comments, text boxes, links and who changed what are met, which a library of paragraphs passes over. A
picture of words is not read, what its camera or its author wrote into it is: a document without any word says so, and
so does one that carries another. Run as a program, it reads within bounds of time and memory.
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

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
    "xl/threadedComments/",
    "xl/persons/",
    "xl/drawings/",
    "xl/charts/",
    "xl/workbook.xml",
    "docProps/",
    "customXml/",
    "content.xml",
    "meta.xml",
    "styles.xml",
)
#: Elements that begin another line of text.
_LINES = frozenset({"p", "si", "h", "row", "comment", "tr"})
#: What a document says of itself, and what says nothing of anybody.
_PLAIN = frozenset(
    {"creatortool", "template", "application", "appversion", "generator", "producer", "creator-tool", "doctype"}
)


#: Attributes of an office document that hold somebody's words or name.
_SAYS = frozenset({"descr", "alt", "title", "url"})
_NAMED = frozenset({("sheet", "name"), ("table", "name"), ("docPr", "name")})
_WHO = frozenset({"author", "creator", "initial-creator"})
#: What a PDF says of itself in XMP about persons and in words.
_XMP = frozenset(
    {"creator", "author", "title", "description", "subject", "rights", "keywords", "publisher", "contributor", "owner"}
)
_PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".gif")
_LARGEST_HEAD = 1_000_000
_RUN = re.compile(r"[^\W_][^\x00-\x1f\x7f\ufffd]{3,}")


class Unreadable(Exception):
    """Not all can be read in the document; ``found`` is what could."""

    def __init__(self, found: Sequence[Passage] = ()) -> None:
        super().__init__()
        self.found = found


class Passage(NamedTuple):
    """Some words: on a page, in a part of an office document, or in its properties."""

    kind: str
    place: str
    text: str


def passages(path: Path, media_type: str) -> Iterator[Passage]:
    """Everything a document says, in order. Raises Unreadable."""
    if media_type.startswith("image/"):
        with path.open("rb") as held:
            yield from _of_picture(held.read(_LARGEST_HEAD), "picture")
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
        AttributeError,
        TypeError,
        RecursionError,
    ) as fault:
        raise Unreadable from fault


def _of_pdf(path: Path) -> Iterator[Passage]:
    reader = PdfReader(path)
    for name, value in (reader.metadata or {}).items():
        place = name.strip("/").replace("Creator", "CreatorTool")  # the program, where an office document has a person
        if place.casefold() not in _PLAIN and isinstance(value, str):
            yield Passage("property", place, value)
    yield from _of_xmp(reader)
    if len(reader.pages) > MOST_PAGES:
        raise Unreadable
    for number, page in enumerate(reader.pages, 1):
        yield Passage("page", str(number), page.extract_text())
        for note in page.get("/Annots") or ():
            yield from _of_note(note.get_object(), str(number))
    if names := list(reader.attachments):
        yield from (Passage("part", "attachment", name) for name in names)
        raise Unreadable


def _of_xmp(reader: PdfReader) -> Iterator[Passage]:
    held = reader.root_object.get("/Metadata")
    if held is None:
        return
    root = etree.fromstring(held.get_object().get_data(), etree.XMLParser(resolve_entities=False, no_network=True))
    for one in root.iter("{*}*"):
        for name, value in one.attrib.items():
            if etree.QName(name).localname.casefold() in _XMP:
                yield Passage("property", etree.QName(name).localname, str(value))
        above = (etree.QName(kin).localname for kin in (one, *one.iterancestors("{*}*")))
        place = next((name for name in above if name.casefold() in _XMP), "")
        if place and one.text and one.text.strip():
            yield Passage("property", place, one.text.strip())


def _of_note(note: Any, page: str) -> Iterator[Passage]:
    """A comment with who wrote it, a field with what is written in it, a link with where it leads."""
    is_field = note.get("/Subtype") == "/Widget"
    told = [note.get("/Contents"), note.get("/V"), (note.get("/A") or {}).get("/URI")]
    yield from (Passage("page", page, said) for said in told if isinstance(said, str) and said.strip())
    if not is_field and isinstance(note.get("/T"), str):
        yield Passage("property", "author", note["/T"])


def _of_office(path: Path) -> Iterator[Passage]:
    carries = False
    with zipfile.ZipFile(path) as held:
        for entry in held.infolist():
            if entry.filename.casefold().endswith(_PICTURES):
                with held.open(entry) as picture:
                    yield from _of_picture(picture.read(_LARGEST_HEAD), entry.filename.rpartition("/")[2])
            carries |= "/embeddings/" in entry.filename or entry.filename.startswith("Object ")
            if not entry.filename.startswith(_PARTS) or not entry.filename.endswith((".xml", ".rels")):
                continue
            if entry.file_size > _LARGEST_PART:
                raise Unreadable
            root = etree.fromstring(held.read(entry), etree.XMLParser(resolve_entities=False, no_network=True))
            if entry.filename.startswith("docProps/") or entry.filename == "meta.xml":
                yield from _properties(root)
            else:
                yield from _lines(root, entry.filename.rpartition("/")[2].removesuffix(".xml"))
                yield from _asides(root, entry.filename.rpartition("/")[2])
    if carries:  # another document within it
        raise Unreadable


def _asides(root: etree._Element, part: str) -> Iterator[Passage]:
    """What no line of text holds: who wrote or changed it, words under pictures, names of sheets, where links lead."""
    for one in root.iter("{*}*"):
        element = etree.QName(one).localname
        if element in _WHO and one.text and one.text.strip():
            yield Passage("property", element, one.text.strip())
        if element in {"title", "desc"} and one.text and one.text.strip():
            yield Passage("part", part, one.text.strip())
        for attribute, held in one.attrib.items():
            name, value = etree.QName(attribute).localname, str(held).strip()
            if not value:
                continue
            if name in _WHO or (element, name) == ("person", "displayName"):
                yield Passage("property", "author", value)
            elif name in _SAYS or (element, name) in _NAMED or _leads_out(one, name, value):
                yield Passage("part", part, value)


def _leads_out(one: etree._Element, name: str, value: str) -> bool:
    return (name == "href" and ":" in value) or (name == "Target" and one.get("TargetMode") == "External")


def _of_picture(head: bytes, place: str) -> Iterator[Passage]:
    """What a camera or an author wrote into a picture: EXIF, IPTC, XMP, comments."""
    for block in _blocks(head):
        for text in (block.decode("utf-8", "replace"), block.replace(b"\0", b"").decode("utf-8", "replace")):
            if said := "\n".join(dict.fromkeys(_RUN.findall(text))):
                yield Passage("property", place, said)


def _blocks(head: bytes) -> Iterator[bytes]:
    if head.startswith(b"\xff\xd8"):
        at = 2
        while at + 4 <= len(head) and head[at] == 0xFF and head[at + 1] != 0xDA:  # the picture begins
            size = int.from_bytes(head[at + 2 : at + 4])
            if head[at + 1] >= 0xE1:  # what programs add, and comments
                yield head[at + 4 : at + 2 + size]
            at += 2 + size
    elif head.startswith(b"\x89PNG"):
        at = 8
        while at + 8 <= len(head):
            size, kind = int.from_bytes(head[at : at + 4]), head[at + 4 : at + 8]
            if kind in (b"tEXt", b"iTXt", b"eXIf"):
                yield head[at + 8 : at + 8 + size]
            at += 12 + size
    else:
        yield head


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
