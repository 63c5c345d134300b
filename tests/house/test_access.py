"""No address of the office without a rule: whatever a door adds, it says who may open it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from parvis.foundation.accounts.models import Role

#: Doors of ours, by the beginning of their addresses, and how each address there says who may open it.
DOORS = {
    "bureau/": lambda view: view.role in Role.values and view.to_write in Role.values,
    "guichet/": lambda view: view.asks in {"account", "script", "nothing"},
}
#: Addresses that stand outside: each open to whoever comes, or guarded by the package it belongs to.
OUTSIDE = ("", "entree/<str:token>", "compte/", "langue/")


def addresses(patterns: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            yield path, pattern.callback


def without_rule(found: Iterator[tuple[str, Any]]) -> list[str]:
    return [path for path, view in found if (asks := _door(path)) is not None and not _ruled(asks, view)]


def _door(path: str) -> Any:
    return next((asks for begins, asks in DOORS.items() if path.startswith(begins)), None)


def _ruled(asks: Any, view: Any) -> bool:
    try:
        return bool(asks(view))
    except AttributeError:
        return False


def test_every_address_of_a_door_says_who_may_open_it():
    assert without_rule(addresses(get_resolver("parvis.config.urls_office").url_patterns)) == []


def test_every_door_of_the_office_is_known_here():
    """A door added to the office joins the table above, or this fails."""
    roots = [str(pattern.pattern) for pattern in get_resolver("parvis.config.urls_office").url_patterns]

    assert [root for root in roots if root not in DOORS and root not in OUTSIDE] == []


def test_an_address_without_a_rule_is_found():
    def forgotten(_request: object) -> None:
        """A view that nobody guards."""

    assert without_rule(iter([("bureau/neuf/", forgotten), ("guichet/neuf/", forgotten)])) == [
        "bureau/neuf/",
        "guichet/neuf/",
    ]
