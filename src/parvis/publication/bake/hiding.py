"""The texts of earlier releases that name persons, to be covered in each of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from parvis.foundation.values.naming import visible
from parvis.publication.releases.archive import Archive
from parvis.publication.releases.errors import KeyNamesSomebody
from parvis.publication.releases.withdrawals import HiddenText

from .covering import digest_of, titles_in_changes
from .persons import texts_naming


def texts_to_hide(archive: Archive, keys: frozenset[str], also: str) -> tuple[list[HiddenText], set[str]]:
    """The texts of these records that name persons known today, or who is typed, in every release that can be read.

    With them, the names as they are written there.

    Raises KeyNamesSomebody where the key of a record does: it is withdrawn as a whole.
    """
    found: dict[tuple[int, str, str], HiddenText] = {}
    words: set[str] = set()
    for number in archive.numbers:
        try:
            naming = [one for one in texts_naming(archive.content(number), also=also) if one.key in keys]
        except (sqlite3.Error, ValueError, KeyError):  # it is served to nobody
            continue
        for one in naming:
            if one.is_key:
                raise KeyNamesSomebody
            text = HiddenText(number, one.key, digest_of(one.key, one.text), one.places)
            words |= {visible(one.text)[start:end] for start, end in one.places}
            found[number, text.key, text.digest] = text
    for number in archive.numbers:
        for text in _in_changes(archive, number, found.values()):
            found.setdefault((number, text.key, text.digest), text)
    return list(found.values()), words


def _in_changes(archive: Archive, number: int, found: Iterable[HiddenText]) -> list[HiddenText]:
    """Those of these texts that the list of what changed with a release says: a record taken out may be told there."""
    texts = {(text.key, text.digest): text.places for text in found}
    keys = {key for key, _digest in texts}
    said = [(key, digest_of(key, title)) for key, title in titles_in_changes(archive, number) if key in keys]
    return [HiddenText(number, *text, texts[text]) for text in said if text in texts]
