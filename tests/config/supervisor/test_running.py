"""What is asked by variables and cannot be is refused before anything long begins."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"PARVIS_PUBLIC_PORT": "abc"}, "PARVIS_PUBLIC_PORT is a whole number from 1 to 65535, and “abc” is not."),
        ({"PARVIS_OFFICE_PORT": "99999"}, "PARVIS_OFFICE_PORT is a whole number from 1 to 65535, and “99999” is not."),
        (
            {"PARVIS_PUBLIC_PORT": "8123", "PARVIS_OFFICE_PORT": "8123"},
            "PARVIS_PUBLIC_PORT and PARVIS_OFFICE_PORT are both 8123: give each site its own.",
        ),
        ({"PARVIS_CITY": "nowhere"}, "PARVIS_CITY names “nowhere”"),
        ({"PARVIS_PUBLIC_WORKERS": "-1"}, "PARVIS_PUBLIC_WORKERS is a whole number from 1 to 64, and “-1” is not."),
        ({"PARVIS_VAR": __file__}, "which is a file: name a folder."),
    ],
    ids=["no number", "no port", "one port twice", "no city", "no workers", "no folder"],
)
def test_what_cannot_be_is_one_sentence_and_one(said, sentence, tmp_path):
    command = [sys.executable, "-m", "parvis.config.supervisor", "run"]
    environment = os.environ | {"PARVIS_VAR": str(tmp_path)} | said

    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)

    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_start_that_is_refused_leaves_word_for_make_and_then_ends_well(tmp_path):
    """Make answers any failure with a 2 of its own: it is told by a file, and ends with 1."""
    words = [sys.executable, "-m", "parvis.config.supervisor", "run"]
    asked = {**os.environ, "PARVIS_CITY": "nowhere", "PARVIS_VAR": str(tmp_path / "var")}

    plain = subprocess.run(words, env=asked, capture_output=True, text=True, check=False)
    undone = tmp_path / "undone"
    made = subprocess.run(words, env={**asked, "PARVIS_UNDONE": str(undone)}, capture_output=True, check=False)

    assert (plain.returncode, made.returncode, undone.read_text()) == (1, 0, "1\n")
    assert plain.stderr.startswith("PARVIS_CITY names “nowhere”, and there is no ")
