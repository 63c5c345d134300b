"""Columns of the tables and lists this house publishes, when they come back: each is known by its very name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from parvis.exchange.inbound.targets import Target

_WORDED = re.compile(r"^([a-z_]+)_(fr|en|es|pt)$")
#: What a list of the portal is known by.
_OF_A_LIST = frozenset({"key", "noun", "title_lang", "updated", "address"})
#: What it tells for the reader's ease: the register works these out itself.
_WORKED_OUT = frozenset({"noun", "title_lang", "updated", "address", "from_day", "to_day"})
#: The table of memberships tells in two columns what the register holds as statuses over time.
_OF_MEMBERSHIPS = frozenset({"key", "network", "member", "state", "joined"})
_FOLDED = frozenset({"state", "joined"})


def worded(target: Target, columns: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Columns of words in one language each, ``scope_fr``: the field they fill, and the language."""
    found = {}
    for name in columns:
        hit = _WORDED.match(name.strip().lower())
        wanted = target.take(hit[1]) if hit else None
        if hit and wanted and wanted.into.endswith(".*"):
            found[name] = (wanted.name, hit[2])
    return found


def worked_out(columns: Iterable[str]) -> frozenset[str]:
    """Columns of a list of ours that nobody brings back."""
    names = set(columns)
    if names == _OF_MEMBERSHIPS:
        return _FOLDED
    return frozenset(names & _WORKED_OUT) if names >= _OF_A_LIST else frozenset()


def language_of_titles(columns: Iterable[str], cells: Mapping[str, Sequence[str]]) -> str:
    """The one language the titles of a list of ours are in; nothing where they are in several, or not ours."""
    said = set(cells.get("title_lang", ())) if worked_out(columns) else set()
    return said.pop() if len(said) == 1 else ""
