"""Files made to hurt, in a moment and in little memory."""

from __future__ import annotations

import io
import zipfile
from functools import cache

_MEGABYTE = b" " * 1_000_000


@cache
def zip_bomb(megabytes: int) -> bytes:
    """A workbook of a few kilobytes that unpacks to this many megabytes."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for part in ("[Content_Types].xml", "xl/workbook.xml"):
            packed.writestr(part, "<x/>")
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as file:
            for _megabyte in range(megabytes):
                file.write(_MEGABYTE)
    return kept.getvalue()
