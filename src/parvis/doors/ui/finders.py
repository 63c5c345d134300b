"""Static files that come from npm: the fonts' latin cuts, the map's two modules, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

_FONTS = "@fontsource-variable/{}/files"
_MAPLIBRE = "maplibre-gl/dist"
#: Address of a file, and the folder of its package it lies in.
_FILES = {
    "fonts/public-sans-latin-wght-normal.woff2": _FONTS.format("public-sans"),
    "fonts/public-sans-latin-ext-wght-normal.woff2": _FONTS.format("public-sans"),
    "fonts/source-serif-4-latin-wght-normal.woff2": _FONTS.format("source-serif-4"),
    "fonts/source-serif-4-latin-ext-wght-normal.woff2": _FONTS.format("source-serif-4"),
    "vendor/maplibre-gl.mjs": _MAPLIBRE,
    "vendor/maplibre-gl-worker.mjs": _MAPLIBRE,
}


def packages_folder() -> Path:
    """``node_modules`` beside the code, or in a folder above it."""
    for folder in Path(__file__).resolve().parents:
        if (found := folder / "node_modules").is_dir():
            return found
    return Path("node_modules")


class _OneFolder(FileSystemStorage):
    """A folder of a package, shown under another name. ``prefix`` is what Django's collector asks for."""

    def __init__(self, folder: str, prefix: str) -> None:
        super().__init__(packages_folder() / folder)
        self.prefix = prefix


class PackageFinder(BaseFinder):
    """Finds exactly the files named above: a package may weigh a hundred times what is used of it."""

    def check(self, **_kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:  # noqa: FBT001, FBT002  # Django's call
        folder = _FILES.get(path)
        if not folder:
            return []
        found = _OneFolder(folder, Path(path).parent.name).path(Path(path).name)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, _OneFolder]]:  # noqa: ARG002
        for path, folder in _FILES.items():
            yield Path(path).name, _OneFolder(folder, Path(path).parent.name)
