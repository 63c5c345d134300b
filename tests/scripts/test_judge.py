"""Who sees only the last lines of a long run sees which judge refused, and why."""

from __future__ import annotations

import sys

import pytest

from scripts import judge


@pytest.fixture
def spoken_by_python(monkeypatch):
    monkeypatch.setattr(judge, "_SAID", {})
    monkeypatch.setattr(judge, "_spelt", lambda *command: [sys.executable, "-c", *command])


@pytest.mark.usefixtures("spoken_by_python")
def test_a_judge_that_agrees_is_heard_and_not_kept(capfd):
    assert judge._ask("weights", "print('light')") is True
    assert capfd.readouterr().out.splitlines()[:2] == ["== weights", "light"]
    assert "weights" not in judge._SAID


@pytest.mark.usefixtures("spoken_by_python")
def test_the_last_words_of_a_judge_that_refuses_are_said_again_above_the_closing_line(monkeypatch):
    asked = {}
    monkeypatch.setattr(judge, "_runs", lambda *_command, **more: bool(asked.update(more)))
    many = "import sys\nfor n in range(40): print(n)\nprint('too heavy', file=sys.stderr)\nsys.exit(3)"

    assert judge._ask("weights", many) is False
    judge._ask_the_tests(["weights", "the site to be judged"])

    numbers = "".join(f"{n}\n" for n in range(40 - judge.LINES_SAID_AGAIN + 1, 40))
    assert asked["PARVIS_REFUSED"] == (
        f"== REFUSED BY weights:\n{numbers}too heavy\n== REFUSED BY the site to be judged:\n"
    )


@pytest.mark.usefixtures("spoken_by_python")
def test_what_a_judge_leaves_running_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(judge, "WORDS_LEFT", 0.1)
    left = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(5)'])"

    assert judge._ask("servers", left) is True
