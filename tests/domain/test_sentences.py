"""What funding refuses is said by titles: a key is an address, not a name."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import parvis.domain.funding
from parvis.foundation.values.refusal import Refusal

ROOM = Path(parvis.domain.funding.__file__).parent


def _refusals() -> set[str]:
    """Every refusal there is, by its name."""
    found, waiting = set(), [Refusal]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            found.add(kind.__name__)
            waiting.append(kind)
    return found


def _says_a_key(node: ast.AST, named: frozenset[str] = frozenset()) -> bool:
    """Whether a key is put somewhere, save where nothing else is known: ``called(body) or body.key``."""
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
        return _says_a_key(node.values[0], named)
    if isinstance(node, ast.Attribute) and node.attr == "key":
        return True
    if isinstance(node, ast.Name) and node.id in named:
        return True
    return any(_says_a_key(child, named) for child in ast.iter_child_nodes(node))


def keys_said(code: str, refusals: set[str]) -> Iterator[int]:
    """Lines where a key goes into a refusal, or into a sentence with its holes filled."""
    for function in ast.walk(ast.parse(code)):
        if not isinstance(function, ast.FunctionDef):
            continue
        given = [node for node in ast.walk(function) if isinstance(node, ast.Assign) and _says_a_key(node.value)]
        named = frozenset(one.id for node in given for one in node.targets if isinstance(one, ast.Name))
        for node in ast.walk(function):
            filled = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)
            refused = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in refusals
            parts = [node.right] if filled else [one.value for one in node.keywords] if refused else []
            if any(_says_a_key(part, named) for part in parts):
                yield node.lineno


def test_no_sentence_of_funding_names_a_record_by_its_key():
    files = sorted(ROOM.rglob("*.py"))

    found = [f"{path.relative_to(ROOM)}:{line}" for path in files for line in keys_said(path.read_text(), _refusals())]

    assert len(files) > 100
    assert found == []


@pytest.mark.parametrize(
    "body",
    [
        "raise YearNotOpen(levy=levy.key)",
        'said = {"levy": levy.key}\n    raise YearNotOpen(**said)',
        'return _("of %(levy)s") % {"levy": levy.key}',
        'said = {"levy": levy.key, "year": 1}\n    return _("of %(levy)s") % said',
    ],
)
def test_a_key_in_a_sentence_is_found_whichever_way_it_came(body):
    assert list(keys_said(f"def f(levy):\n    {body}\n", {"YearNotOpen"}))


def test_a_key_for_want_of_a_name_is_let_through():
    assert not list(keys_said("def f(levy):\n    raise YearNotOpen(levy=levy.file or levy.key)\n", {"YearNotOpen"}))
