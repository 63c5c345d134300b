from pathlib import Path

from parvis.doors.ui.finders import PackageFinder


def test_only_the_files_the_pages_use_are_taken_from_npm():
    listed = sorted(f"{storage.prefix}/{name}" for name, storage in PackageFinder().list(None))

    assert listed == [
        "fonts/public-sans-latin-ext-wght-normal.woff2",
        "fonts/public-sans-latin-wght-normal.woff2",
        "fonts/source-serif-4-latin-ext-wght-normal.woff2",
        "fonts/source-serif-4-latin-wght-normal.woff2",
        "vendor/maplibre-gl-worker.mjs",
        "vendor/maplibre-gl.mjs",
    ]


def test_each_is_found_where_npm_put_it():
    assert [name for name, _ in PackageFinder().list(None) if not _found(name)] == []


def test_nothing_else_of_a_package_is_found():
    assert PackageFinder().find("vendor/maplibre-gl-dev.mjs") == []


def _found(name):
    folder = "vendor" if name.endswith(".mjs") else "fonts"
    return Path(PackageFinder().find(f"{folder}/{name}")).is_file()
