"""Static files that come from npm: the fonts' latin cuts and nothing else of their packages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

_FONTS = {
    "fonts/public-sans-latin-wght-normal.woff2": "public-sans",
    "fonts/public-sans-latin-ext-wght-normal.woff2": "public-sans",
    "fonts/source-serif-4-latin-wght-normal.woff2": "source-serif-4",
    "fonts/source-serif-4-latin-ext-wght-normal.woff2": "source-serif-4",
}


def packages_folder() -> Path:
    """``node_modules`` beside the code, or in a folder above it."""
    for folder in Path(__file__).resolve().parents:
        if (found := folder / "node_modules").is_dir():
            return found
    return Path("node_modules")


class _OneFolder(FileSystemStorage):
    """A folder of a package, shown under another name. ``prefix`` is what Django's collector asks for."""

    prefix = "fonts"


class PackageFinder(BaseFinder):
    """Finds exactly the files named above: a package may weigh a hundred times what is used of it."""

    def _storage(self, package: str) -> _OneFolder:
        return _OneFolder(packages_folder() / "@fontsource-variable" / package / "files")

    def check(self, **_kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:  # noqa: FBT001, FBT002  # Django's call
        package = _FONTS.get(path)
        if not package:
            return []
        found = self._storage(package).path(Path(path).name)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, _OneFolder]]:  # noqa: ARG002
        for path, package in _FONTS.items():
            yield Path(path).name, self._storage(package)
