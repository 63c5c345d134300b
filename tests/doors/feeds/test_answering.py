"""A long answer ends well, or says that it did not."""

import shutil
import sqlite3
import threading
from decimal import Decimal

import pytest

from parvis.doors.feeds import lists
from parvis.doors.feeds.answering import CUT_SHORT, CutShort, as_json, unbroken
from parvis.doors.feeds.api import exports
from parvis.publication import reader
from tests.doors.feeds.conftest import body_of

PATHS = ("/fr/accords.csv", "/en/agreements.geojson", "/api/v1/datasets/agreements/exports/csv",
         "/api/v1/datasets/agreements/exports/json")  # fmt: skip


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("1234.50", "1234.5"),
        ("1E+3", "1000"),
        ("100", "100"),
        ("0.00", "0"),
        ("-0.10", "-0.1"),
        ("1E-9", "0.000000001"),
    ],
)
def test_a_number_is_written_to_its_last_digit(number, told):
    assert as_json(Decimal(number)).content == told.encode()


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_is_whole_though_its_release_goes_while_it_is_sent(own_site, path, monkeypatch):
    _hand, folder, site = own_site
    monkeypatch.setattr(lists, "_AT_ONCE", 1)
    monkeypatch.setattr(exports, "_AT_ONCE", 1)
    whole = body_of(site.get(path))
    told, failed = [], []

    def ask():
        """In a thread that never read this release, as a fresh worker would."""
        try:
            parts = iter(site.get(path).streaming_content)
            shutil.rmtree(folder / "releases" / "1")
            told.extend(parts)
        except Exception as fault:  # noqa: BLE001  # told below
            failed.append(fault)

    asking = threading.Thread(target=ask)
    asking.start()
    asking.join()

    assert (failed, b"".join(told)) == ([], whole)


def test_an_answer_that_cannot_go_on_says_so_and_breaks_off(own_site, caplog):
    release = reader.current()

    def parts():
        yield b"key\r\none\r\n"
        raise sqlite3.DatabaseError("disk image is malformed")

    sent, told = unbroken(release, parts(), last=f"{CUT_SHORT}\r\n".encode()), []
    with pytest.raises(CutShort):
        told.extend(iter(lambda: next(sent), None))

    assert told == [b"key\r\none\r\n", b"INTERRUPTED: this file is not whole, ask for it again\r\n"]
    assert caplog.messages == ["an answer from release 1 was cut short: disk image is malformed"]
