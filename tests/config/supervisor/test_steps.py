"""What stopped a step, in one sentence for whoever started Parvis."""

from types import SimpleNamespace

import pytest

from parvis.config.faults import Fault
from parvis.config.supervisor import steps
from parvis.publication.reader.schema import FORMAT

CITY = steps.Step("The city: paris", ("django", "load_city", "paris"), str)
FAULT = "Traceback (most recent call last):\n  File x\n"


@pytest.fixture
def var(tmp_path, monkeypatch):
    monkeypatch.setattr(steps, "VAR", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("errors", "sentence"),
    [
        ("CommandError: no such city", "The city: paris stopped: CommandError: no such city"),
        ("", "The city: paris stopped: no reason was given"),
        (FAULT + "OSError: [Errno 28] No space left on device", "The city: paris: the disk is full."),
        (
            FAULT + "psycopg.OperationalError: server closed the connection unexpectedly\n\tThis probably means",
            "The city: paris: the database stopped in the middle. Start again, nothing is half done.",
        ),
    ],
)
def test_a_step_that_stopped_says_why(var, errors, sentence):
    assert steps._said(CITY, errors) == sentence


def test_a_fault_is_told_by_its_own_line_and_kept_whole(var):
    errors = FAULT + "IntegrityError: key is taken\nDETAIL:  Key (key)=(a) already exists.\n"

    said = steps._said(CITY, errors)

    kept = var / "log" / "start.log"
    assert said == f"The city: paris stopped: IntegrityError: key is taken (all of it is in {kept})"
    assert kept.read_text() == errors


def test_a_step_that_was_killed_says_so(monkeypatch):
    suicide = steps.Step("The city: paris", ("parvis.not_there",), str)
    monkeypatch.setattr(steps.subprocess, "run", lambda *_a, **_k: SimpleNamespace(returncode=-9, stderr=""))
    database = SimpleNamespace(environment=dict)

    with pytest.raises(Fault, match="was killed before it was done"):
        steps._do(suicide, database, lambda _words: None)


@pytest.mark.parametrize(
    ("told", "is_there"),
    [
        (None, False),
        (f'{{"format": {FORMAT}}}', True),
        (f'{{"format": {FORMAT - 1}}}', False),
        ("{damaged", True),
    ],
)
def test_a_release_is_made_at_the_start_when_there_is_none_this_version_reads(tmp_path, monkeypatch, told, is_there):
    monkeypatch.setattr(steps, "RELEASES", tmp_path)
    if told is not None:
        (tmp_path / "current").mkdir()
        (tmp_path / "current" / "release.json").write_text(told)

    assert steps.has_release() is is_there
