"""The judges that ``make test`` asks can be asked, and can refuse."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from scripts import judge


@pytest.mark.parametrize("name", judge.JUDGES)
def test_a_judge_is_a_program_or_a_module_that_runs(name):
    called = judge.JUDGES[name][0]

    assert (
        (Path(sys.executable).parent / called).exists()
        if called in judge.PROGRAMS
        else find_spec(f"{called}.__main__") is not None
    )


def test_a_judge_of_contracts_that_has_no_contract_refuses(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[tool.importlinter]\nroot_package = "parvis"\n')
    command = judge._spelt("lint-imports", "--no-cache")

    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode != 0


def test_a_judge_of_style_refuses_a_slip(tmp_path):
    (tmp_path / "slip.py").write_text("import os\n")
    command = judge._spelt("ruff", "check", "--isolated", "--quiet", str(tmp_path))

    assert subprocess.run(command, capture_output=True, check=False).returncode == 1
