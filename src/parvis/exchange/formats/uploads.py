"""What a file really is, whatever its name says: read from its content, and refused with a reason.

A document is a PDF, a picture, or a text or table of an office suite. Anything that can act by itself is refused:
programs, macros, scripts in a PDF, archives in archives, and archives that swell when they are opened.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import puremagic

from parvis.exchange.formats.pdf_acts import Sealed, Swells, acts, is_locked

#: The largest document that is taken.
LARGEST = 20 * 1024 * 1024
_SWOLLEN = 200 * 1024 * 1024
_SWELLS = 120
_MOST_ENTRIES = 3000
_CHUNK = 1 << 20
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ODT = "application/vnd.oasis.opendocument.text"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
#: What is taken, by the ending its name must have.
TAKEN: Mapping[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "docx": _DOCX,
    "xlsx": _XLSX,
    "odt": _ODT,
    "ods": _ODS,
}
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa", b"#!", b"\x00asm", b"dex\n")
#: The old office formats; today's too, where a password closes them: this is what stands in them then.
_COMPOUND, _ENCRYPTED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
_OBJECT = re.compile(rb"\d+\s+\d+\s+obj\b")
_MACROS = re.compile(r"(^|/)(vbaproject\.bin|basic/|scripts/|macros/)|\.(bin\.macro|bas|vba)$", re.IGNORECASE)
_ARCHIVES = re.compile(r"\.(zip|7z|rar|gz|tar|xz|bz2|jar|exe|dll|js|vbs|bat|cmd|ps1|scr|com)$", re.IGNORECASE)


class Why(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NAME = "name"
    PROGRAM = "program"
    NOT_WHAT_IT_SAYS = "not_what_it_says"
    OLD_FORMAT = "old_format"
    MACRO = "macro"
    ACTS = "acts"
    LOCKED = "locked"
    SWELLS = "swells"
    HOLDS_ARCHIVE = "holds_archive"
    BROKEN = "broken"


class NotTaken(ValueError):
    """The file is refused, and why. The door says it in the reader's language."""

    def __init__(self, why: Why, **facts: object) -> None:
        self.why, self.facts = why, facts
        super().__init__(f"not taken: {why}")


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that may be kept."""

    media_type: str
    size: int
    sha256: str


def inspect(path: Path, name: str) -> Inspected:
    """Look into a file. Raises NotTaken."""
    size = path.stat().st_size
    if not size:
        raise NotTaken(Why.EMPTY)
    if size > LARGEST:
        raise NotTaken(Why.TOO_LARGE, most=LARGEST // (1024 * 1024))
    ending = name.rpartition(".")[2].lower()
    with path.open("rb") as file:
        head = file.read(8192)
    if head.startswith(_PROGRAMS):
        raise NotTaken(Why.PROGRAM)
    if head.startswith(_COMPOUND):
        raise NotTaken(Why.LOCKED if ending in TAKEN and _ENCRYPTED in path.read_bytes() else Why.OLD_FORMAT)
    if ending not in TAKEN:
        if ending in ("docm", "xlsm", "dotm", "xlsb", "pptm"):
            raise NotTaken(Why.MACRO)
        raise NotTaken(Why.NAME, known=", ".join(sorted(TAKEN)))
    media_type = TAKEN[ending]
    if _family(path, head) != _kin(media_type):
        raise NotTaken(Why.NOT_WHAT_IT_SAYS, said=ending)
    if media_type == "application/pdf":
        _look_into_pdf(path)
    elif not media_type.startswith("image/"):
        _look_into_archive(path, media_type)
    return Inspected(media_type, size, _sha256(path))


def _kin(media_type: str) -> str:
    if media_type in (_DOCX, _XLSX, _ODT, _ODS):
        return "zip"
    return media_type


def _family(path: Path, head: bytes) -> str:
    """What the content is, by its own first signs."""
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    try:
        found = puremagic.magic_file(str(path))
    except (puremagic.PureError, ValueError, OSError):
        return ""
    return found[0].mime_type if found else ""


def _look_into_pdf(path: Path) -> None:
    content = path.read_bytes()
    if b"%%EOF" not in content[-2048:] or not _OBJECT.search(content):
        raise NotTaken(Why.BROKEN)
    if is_locked(content):
        raise NotTaken(Why.LOCKED)
    try:
        acting = acts(content)
    except Swells as fault:
        raise NotTaken(Why.SWELLS) from fault
    except Sealed as fault:
        raise NotTaken(Why.ACTS) from fault
    if acting:
        raise NotTaken(Why.ACTS)


def _look_into_archive(path: Path, media_type: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _weigh(entries, path.stat().st_size)
            for entry in entries:
                _look_at(entry)
            _is_suite(archive, media_type)
            _swells_truly(archive)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, KeyError, EOFError) as fault:
        raise NotTaken(Why.BROKEN) from fault


def _weigh(entries: list[zipfile.ZipInfo], size: int) -> None:
    told = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or told > _SWOLLEN or told > size * _SWELLS:
        raise NotTaken(Why.SWELLS)


def _look_at(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 1:
        raise NotTaken(Why.LOCKED)
    if _MACROS.search(entry.filename):
        raise NotTaken(Why.MACRO)
    if _ARCHIVES.search(entry.filename):
        raise NotTaken(Why.HOLDS_ARCHIVE)


def _is_suite(archive: zipfile.ZipFile, media_type: str) -> None:
    names = set(archive.namelist())
    if media_type in (_ODT, _ODS):
        said = archive.read("mimetype")[:120].decode("ascii", "replace").strip() if "mimetype" in names else ""
        if said != media_type:
            raise NotTaken(Why.NOT_WHAT_IT_SAYS, said=media_type.rpartition(".")[2])
        return
    wanted = "word/document.xml" if media_type == _DOCX else "xl/workbook.xml"
    if not {"[Content_Types].xml", wanted} <= names:
        raise NotTaken(Why.NOT_WHAT_IT_SAYS, said="docx" if media_type == _DOCX else "xlsx")
    if b"macroEnabled" in archive.read("[Content_Types].xml")[:200_000]:
        raise NotTaken(Why.MACRO)


def _swells_truly(archive: zipfile.ZipFile) -> None:
    """An archive may lie about its sizes: what comes out is counted, and left the moment it is too much."""
    out = 0
    for entry in archive.infolist():
        with archive.open(entry) as inside:
            while part := inside.read(_CHUNK):
                out += len(part)
                if out > _SWOLLEN:
                    raise NotTaken(Why.SWELLS)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
