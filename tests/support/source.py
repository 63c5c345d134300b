"""The repository as house tests read it."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SOURCE = PROJECT / "src" / "parvis"
ROOMS = SOURCE / "domain"


@cache
def files() -> tuple[Path, ...]:
    """Every file of the repository that git keeps or is about to keep."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    return tuple(path for name in listed.split("\0") if name and (path := PROJECT / name).is_file())


def code(*parts: str) -> list[Path]:
    """Python files of the repository, or of some of its folders."""
    folders = [PROJECT / part for part in parts] or [PROJECT]
    return [path for path in files() if path.suffix == ".py" and any(path.is_relative_to(one) for one in folders)]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    """A path as it is said in a message."""
    return str(path.relative_to(PROJECT))
