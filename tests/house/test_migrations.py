"""Migrations are named for what they do, follow one another, and say all that the models say."""

from __future__ import annotations

import io
import re

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from parvis.config.apps import ROOMS

_LABELS = {name.rpartition(".")[2] for name in ROOMS}


def ours():
    return [migration for migration in MigrationLoader(None).disk_migrations.values() if migration.app_label in _LABELS]


def test_every_migration_has_a_name_of_words():
    named = re.compile(r"\d{4}_(?!auto_|initial$|alter_.+_more)[a-z][a-z0-9_]+")

    assert [str(migration) for migration in ours() if not named.fullmatch(migration.name)] == []


def test_migrations_of_a_room_form_one_line():
    assert MigrationLoader(None).detect_conflicts() == {}


@pytest.mark.django_db
def test_models_say_nothing_that_migrations_do_not():
    said = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())
