"""What the office answers when something gives way under it."""

import errno
import sqlite3

import pytest
from django.db import OperationalError, connection
from django.utils import translation

from parvis.config.failing import failed


def answer_to(fault, rf, language="en"):
    with translation.override(language):
        try:
            raise fault
        except type(fault):
            return failed(rf.post("/guichet/"))


@pytest.mark.parametrize(
    "fault",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        sqlite3.OperationalError("database or disk is full"),
    ],
)
def test_a_full_disk_is_named(rf, fault):
    answer = answer_to(fault, rf)

    assert answer.status_code == 507
    assert "The disk of the office is full." in answer.content.decode()


@pytest.mark.django_db
def test_a_full_disk_of_the_database_is_named_in_the_reader_s_language(rf):
    try:
        with connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE 'could not extend file' USING ERRCODE = 'disk_full'; END $$")
    except OperationalError as fault:
        answer = answer_to(fault, rf, "fr")

    assert answer.status_code == 507
    assert "Le disque du bureau est plein." in answer.content.decode()


@pytest.mark.parametrize("fault", [OSError(errno.EIO, "secret"), sqlite3.OperationalError("secret"), ValueError("x")])
def test_of_any_other_fault_nothing_is_told(rf, fault):
    answer = answer_to(fault, rf)

    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
