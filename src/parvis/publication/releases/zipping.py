"""The whole release as one file to take away; the same content gives the same bytes."""

from __future__ import annotations

import zipfile
from pathlib import Path

_ALWAYS = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
_BLOCK = 1 << 20


def zip_name(city: str, number: int) -> str:
    return f"parvis-{city}-{number}.zip"


def zip_release(made: Path, name: str) -> None:
    """Pack everything made so far into one file beside it."""
    folder = Path(name).stem
    files = sorted(path for path in made.rglob("*") if path.is_file())
    with zipfile.ZipFile(made / name, "w", compresslevel=6) as packed:
        for path in files:
            entry = zipfile.ZipInfo(f"{folder}/{path.relative_to(made).as_posix()}", _ALWAYS)
            entry.external_attr = _READABLE
            entry.create_system = 3
            squeezed = path.suffix != ".parquet"
            entry.compress_type = zipfile.ZIP_DEFLATED if squeezed else zipfile.ZIP_STORED
            with path.open("rb") as source, packed.open(entry, "w", force_zip64=True) as target:
                while block := source.read(_BLOCK):
                    target.write(block)
