"""Official judges, asked in their own environment; and the official schemas, where they stand beside the checkout."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PYTHON = PROJECT / ".official" / "bin" / "python"
STANDARDS = PROJECT.parent / "shared" / "standards"

needs_judges = pytest.mark.skipif(not PYTHON.exists(), reason="SKIPPED: the official judges are not here (make test)")
needs_schemas = pytest.mark.skipif(
    not STANDARDS.exists(), reason="SKIPPED: the official schemas do not stand beside this checkout"
)


def verdict(judge: str, *asked: object) -> Any:
    """What a judge answers."""
    command = [str(PYTHON), str(PROJECT / "scripts" / "official.py"), judge, *map(str, asked)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)
