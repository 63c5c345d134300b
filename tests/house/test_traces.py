"""No file carries the address of a package index or a path of somebody's machine."""

from __future__ import annotations

import re

import pytest

from tests.support.source import files, name_of

_NOT_TEXT = {".png", ".jpg", ".webp", ".woff2", ".ico", ".gz", ".parquet", ".sqlite", ".pdf", ".mo"}
TRACES = {
    "a package index": re.compile(
        r"https?://[^\s\"']*(?:pypi|/simple\b|registry\.npmjs|artifactory|devpi|nexus)[^\s\"']*"
    ),
    "a machine": re.compile(r"(?<![\w.<{])/(?:root|home/[a-z]\w*|Users/\w+|work)/[\w.-]+"),
}


def texts():
    for path in files():
        if path.suffix not in _NOT_TEXT:
            yield path, path.read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("trace", TRACES)
def test_no_file_carries_a_trace(trace):
    found = [f"{name_of(path)}: {hit[0]}" for path, text in texts() for hit in TRACES[trace].finditer(text)]

    assert found == []


@pytest.mark.parametrize(
    ("trace", "text"),
    [
        ("a package index", "--index-" + "url https://" + "pypi." + "org/simple/"),
        ("a package index", '"resolved": "https://' + "registry." + 'npmjs.org/x/-/x.tgz"'),
        ("a machine", "from /" + "root/.venv/bin"),
        ("a machine", "see /" + "home/jeanne/parvis"),
    ],
)
def test_a_planted_trace_is_found(trace, text):
    assert TRACES[trace].search(text)
