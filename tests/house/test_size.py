"""Files and functions stay short enough to be read at once."""

from __future__ import annotations

import ast

from tests.support.source import code, name_of, tree

#: Longer than the house allows, for a while. This list may only shrink.
LONG_FILES: set[str] = set()
LONG_FUNCTIONS: set[str] = set()


def hand_written():
    return [path for path in code() if "migrations" not in path.parts]


def length(node):
    """Lines of a function, its docstring left out."""
    first = node.body[0]
    said = ast.get_docstring(node, clean=False)
    return node.end_lineno - node.lineno + 1 - (first.end_lineno - first.lineno + 1 if said else 0)


def test_no_file_is_longer_than_500_lines():
    long = {name_of(path) for path in hand_written() if len(path.read_text(encoding="utf-8").splitlines()) > 500}

    assert long == LONG_FILES


def test_no_function_is_longer_than_60_lines():
    long = {
        f"{name_of(path)}:{node.name}"
        for path in hand_written()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) > 60
    }

    assert long == LONG_FUNCTIONS
