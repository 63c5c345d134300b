"""Every room has the same plan, a door plate and tests; and only actions write."""

from __future__ import annotations

import ast

import pytest

from tests.support.source import PROJECT, ROOMS, SOURCE, code, name_of, tree

PLAN = {
    "__init__.py", "apps.py", "enums.py", "errors", "errors.py", "models", "models.py", "rules.py", "queries",
    "queries.py", "actions", "actions.py", "published", "published.py", "migrations",
}  # fmt: skip
WRITING = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "acreate", "aupdate", "adelete", "asave",
}  # fmt: skip
#: Packages of code that writes: actions, and jobs that call several of them.
KEEPERS = ("actions", "migrations", "jobs", "keeping", "bake", "releases")
#: Names on which these words mean something else than writing a row.
_OTHERS = {
    "dict",
    "paper",
    "set",
    "digest",
    "digester",
    "hasher",
    "hash",
    "options",
    "context",
    "environment",
    "environ",
    "headers",
    "translation",
}


def rooms():
    return sorted(path for path in ROOMS.iterdir() if (path / "__init__.py").exists())


#: Folders whose name, given by Django, says what they are for.
_NAMED_BY_DJANGO = {"models", "migrations", "management", "templatetags"}
#: Django's own manager of accounts must store what it makes.
_MAY_WRITE = {"src/parvis/foundation/accounts/models.py"}


def packages():
    plates = {path.parent for path in code("src") if path.name == "__init__.py"}
    return sorted(path for path in plates if not _NAMED_BY_DJANGO & set(path.parts))


@pytest.mark.parametrize("package", packages(), ids=name_of)
def test_every_package_has_a_door_plate(package):
    assert (ast.get_docstring(tree(package / "__init__.py")) or "").endswith(".")


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_every_room_has_the_same_plan_and_tests(room):
    held = {path.name for path in room.iterdir() if path.name != "__pycache__"}

    assert held - PLAN == set()
    assert list((PROJECT / "tests" / "domain" / room.name).rglob("test_*.py")) != []


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_door_plate_holds_no_code(room):
    body = tree(room / "__init__.py").body

    assert [type(node).__name__ for node in body] == ["Expr"]


def writes_in(module: ast.Module) -> list[str]:
    """Calls that write rows: on a manager, a queryset or a record."""
    return [
        f"{node.lineno}: {ast.unparse(node.func)}"
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITING
        and _may_be_rows(node)
    ]


def _may_be_rows(call: ast.Call) -> bool:
    """Whether what is written to can be rows: anything of a manager, and what is saved or deleted without more."""
    owner = ast.unparse(call.func.value)
    if ".objects" in owner or ".filter(" in owner or ".select_for_update(" in owner:
        return True
    if owner.split(".")[-1].split("[")[0].lower() in _OTHERS:
        return False
    return call.func.attr not in {"update", "create"} and not owner.startswith("self.")


def modules_outside_actions():
    outside = [path for path in code("src") if not set(KEEPERS) & {*path.parent.parts, path.stem}]
    return [path for path in outside if name_of(path) not in _MAY_WRITE]


@pytest.mark.parametrize("module", modules_outside_actions(), ids=name_of)
def test_nobody_writes_outside_actions(module):
    assert writes_in(tree(module)) == []


@pytest.mark.parametrize(
    "line",
    [
        "Award.objects.create(amount=1)",
        "award.save()",
        "Award.objects.filter(pk=1).update(amount=2)",
        "award.delete()",
        "Award.objects.bulk_create([a])",
        "awards.bulk_update(rows, ['amount'])",
    ],
)
def test_a_planted_write_is_found(line):
    assert len(writes_in(ast.parse(line))) == 1


def test_every_room_is_installed():
    from parvis.config.apps import ROOMS as INSTALLED

    assert {f"parvis.domain.{room.name}" for room in rooms()} == {name for name in INSTALLED if ".domain." in name}
    assert SOURCE.is_dir()
