"""Run the tests that touch the database on the oldest PostgreSQL that Parvis promises: Debian's 15.

``python -m tests.support.oldest prepare`` makes its server and its tables beforehand, where a processor is idle.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from parvis.config.places import places
from parvis.config.supervisor.embedded import ADMIN, Embedded
from tests.support.databases import QUICK

PROJECT = Path(__file__).resolve().parents[2]
BINARIES = Path("/usr/lib/postgresql/15/bin")


def main(arguments: list[str]) -> int:
    """Start the server, run pytest on it or lay down its tables, stop it."""
    where = replace(places(PROJECT / "var", "postgres-tests-15"), binaries=BINARIES)
    with Embedded(where, QUICK, locale=("--locale=C.UTF-8",)).used():
        environment = {**os.environ, "PARVIS_TEST_DATABASE_URL": where.address(ADMIN, "postgres")}
        command = [sys.executable, "-m", "pytest", "--only-database", *arguments]
        if arguments == ["prepare"]:
            command = [sys.executable, "-m", "tests.support.databases"]
        return subprocess.run(command, env=environment, cwd=PROJECT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
