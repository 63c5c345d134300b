"""Rows of one file that speak of one record: the years of a figure, the holders of an office, the steps of a promise.

Each joins the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from parvis.exchange.inbound.comparing import merged, same
from parvis.exchange.inbound.meaning import Draft
from parvis.exchange.inbound.targets import Target
from parvis.foundation.values.text import squeeze

#: Kept beside a record, or about it: a row that adds nothing else leaves the record as it is.
_BESIDE = frozenset({"statements", "cites"})


class Met:
    """The rows of a file met so far, by the record each speaks of and by what it adds to it."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self._alike: dict[tuple[str, ...], int] = {}
        self._first: dict[str, tuple[int, Mapping[str, Any]]] = {}
        self._once = [one.name for one in target.wanted if not one.many and one.name not in target.several]

    def problems(self, token: str, draft: Draft, named_by: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
        """Why this row cannot be taken beside those before it, each with its field."""
        number = self._alike.get(self._says(token, draft))
        first = self._first.get(token)
        if first and number is None and not any(self._says(token, draft)[1:]):
            number = first[0]  # it adds no line of its own
        if number is not None:
            yield "", _("Row %(row)s of this file says the same thing already.") % {"row": number}
        elif first:
            for name in self._once:
                if name not in named_by and _differ(first[1].get(name), draft.values.get(name)):
                    yield name, _("Row %(row)s of this file says otherwise of the same record.") % {"row": first[0]}

    def take(self, token: str, draft: Draft) -> None:
        """Remember a row that is taken."""
        self._alike[self._says(token, draft)] = draft.number
        if self.target.several:
            self._first.setdefault(token, (draft.number, draft.values))

    def _says(self, token: str, draft: Draft) -> tuple[str, ...]:
        return token, *(str(draft.values.get(name) or "") for name in self.target.several)


def joined(before: Mapping[str, Any] | None, content: Mapping[str, Any]) -> dict[str, Any]:
    """What a record holds after a row, beside what the rows before it left. It is called as the first row calls it."""
    if before is None:
        return dict(content)
    content = {**content, "title": before.get("title", {})}
    cites = before.get("cites", [])
    own = [one for one in content.get("cites", []) if one not in cites]
    return merged(before, content) | ({"cites": [*cites, *own]} if own else {})


def adds_no_line(before: Mapping[str, Any], content: Mapping[str, Any]) -> bool:
    """Whether a row says something about the record only, and nothing that the record itself holds."""
    return same(_less(before), _less(content))


def _less(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in _BESIDE}


def _differ(one: Any, other: Any) -> bool:
    told = one not in (None, "") and other not in (None, "")
    return told and squeeze(str(one)) != squeeze(str(other))
