"""The members of a list in a JSON file, each built as it streams, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ijson

from .broken import NOT_JSON, not_json
from .rows import refuse
from .watched import Watched

_ = str  # marks a sentence for translation

_DEEPEST = 40
#: Values in one member: more than that is no record.
_MOST_IN_ONE = 400_000


def members(path: Path, name: str, of: str, *, skip: int = 0) -> Iterator[Any]:
    """The members of the list that ``of`` names (none: the outermost). Raises Unreadable with a sentence."""
    wanted = f"{of}.item" if of else "item"
    builder, depth, held = None, 0, 0
    try:
        with path.open("rb") as file:
            file.seek(skip)
            for prefix, event, value in ijson.parse(Watched(file, name, _DEEPEST)):
                if builder is None:
                    if of and prefix == of and event not in ("start_array", "end_array"):
                        raise refuse(name, _("“%(name)s” is a list; this file has something else there."), name=of)
                    if prefix != wanted or event in ("end_map", "end_array"):
                        continue
                    builder, held = ijson.ObjectBuilder(), 0
                builder.event(event, value)
                depth += (event in ("start_map", "start_array")) - (event in ("end_map", "end_array"))
                held += 1
                if held > _MOST_IN_ONE:
                    raise refuse(name, _("One record holds more than %(most)s elements."), most=_MOST_IN_ONE)
                if depth == 0:
                    yield builder.value
                    builder = None
    except NOT_JSON as fault:
        raise not_json(path, name, skip=skip) from fault
