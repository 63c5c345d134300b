"""A file spoilt on disk is found by the clock, and told at the desk."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from parvis.publication.releases.archive import Archive
from parvis.publication.releases.checking import check_all, damaged

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def flip(path):
    """One bit, in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def test_a_bit_flipped_in_any_kind_of_file_is_found_and_told_until_it_is_mended(hand, tmp_path):
    made, house = hand.publish(tmp_path), Archive(tmp_path)
    for kind in ("site.sqlite", "*.csv", "*.parquet", "*.zip"):
        spoilt = next(made.folder.rglob(kind))
        whole = spoilt.read_bytes()
        flip(spoilt)

        found = check_all(house, at=NOON)

        assert list(found) == [1], kind
        assert spoilt.name in found[1]
        assert damaged(house) == found
        spoilt.write_bytes(whole)
    assert check_all(house, at=NOON) == {}
    assert damaged(house) == {}


def test_the_command_says_which_release_and_fails(hand, tmp_path, settings):
    settings.VAR_DIR = tmp_path
    made, out = hand.publish(tmp_path), StringIO()
    call_command("check_releases", stdout=out)
    assert out.getvalue() == "Every release is as it was published: 1 checked.\n"

    flip(made.folder / "content" / "site.sqlite")

    with pytest.raises(CommandError, match="Release 1 is damaged"):
        call_command("check_releases")


def test_a_release_taken_away_or_notes_cut_short_trouble_nobody(tmp_path):
    house = Archive(tmp_path)
    assert damaged(house) == {}

    (tmp_path / "releases-checked.json").write_bytes(b'{"faults": {"4": "gone"}}')
    assert damaged(house) == {}

    (tmp_path / "releases-checked.json").write_bytes(b'{"faul')
    assert damaged(house) == {}
