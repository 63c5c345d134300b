"""What stands in the way of a start is one sentence, and an exit that is not nought."""

import os
import shutil
import subprocess
import sys

import pytest

from parvis.config.settings.paths import PROJECT
from scripts import bootstrap


def ended(*command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.strip().splitlines()


def test_an_environment_that_cannot_be_made_ends_with_1(tmp_path):
    (tmp_path / "scripts").mkdir()
    program = shutil.copy(PROJECT / "scripts" / "bootstrap.py", tmp_path / "scripts")

    code, said = ended(sys.executable, program, "run", folder=tmp_path)

    assert code == 1
    assert len(said) == 1
    assert said[0].startswith("The environment could not be made: ")


@pytest.mark.skipif(not shutil.which("make"), reason="make is not on this machine")
@pytest.mark.parametrize("goal", ["run", "rehearsal"])
def test_a_start_that_is_refused_ends_with_1_and_says_nothing_more(goal):
    code, said = ended("make", "PYTHON=", goal, folder=PROJECT)

    assert (code, said) == (1, ["Parvis needs Python 3.11 or later, and none was found on this machine."])


@pytest.mark.skipif(not shutil.which("make"), reason="make is not on this machine")
def test_anything_else_that_fails_says_the_same_sentence_and_ends_with_make_s_own_2():
    code, said = ended("make", "--silent", "PYTHON=", "environment", folder=PROJECT)

    assert code == 2
    assert said[0] == "Parvis needs Python 3.11 or later, and none was found on this machine."


@pytest.fixture
def folder_with_npm(tmp_path, monkeypatch):
    """A folder that wants packages, and a machine whose npm is this script."""

    def made(script):
        (tmp_path / "package-lock.json").write_text("{}")
        (tmp_path / "npm").write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "npm").chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        return tmp_path

    return made


def test_packages_the_machine_s_npm_brought_are_not_fetched_again(folder_with_npm):
    folder = folder_with_npm("echo x >> called; mkdir -p node_modules")

    left = [bootstrap.fetch_by_machine([folder]), bootstrap.fetch_by_machine([folder])]

    assert left == [[], []]
    assert (folder / "called").read_text() == "x\n"


def test_a_broken_npm_leaves_its_folder_to_that_of_the_wheel(folder_with_npm):
    folder = folder_with_npm("exit 1")

    assert bootstrap.fetch_by_machine([folder]) == [folder]
