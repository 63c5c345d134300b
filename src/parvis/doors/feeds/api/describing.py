"""What the description of the interface (OpenAPI 3.1) adds to what the code says: problems, and forms besides JSON."""

from __future__ import annotations

from typing import Any

_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemTold"}}}
_SAID = {
    304: "What the reader holds has not changed.",
    400: "The question cannot be read; the detail says where.",
    404: "There is no such thing, or it is not public.",
    414: "The address is longer than can be read: 8,190 bytes with its verb.",
    429: "Too many questions at once; Retry-After says how long to wait.",
    503: "Nothing is published yet, or a file is being made anew.",
}


def answers(*statuses: int, forms: dict[str, str] | None = None, shape: str = "") -> dict[str, Any]:
    """Answers besides the good one, each a problem told in words.

    ``forms`` are media types with what they hold; ``shape`` is what a GeoJSON answer follows.
    """
    responses: dict[int, Any] = {304: {"description": _SAID[304]}}
    for status in (*statuses, 414, 429, 503):
        responses[status] = {"description": _SAID[status], "content": _PROBLEM}
    if shape:
        content = {"application/geo+json": {"schema": {"$ref": f"#/components/schemas/{shape}"}}}
        responses[200] = {"description": "OK", "content": content}
    if forms:
        content = {kind: {"schema": {"description": said}} for kind, said in forms.items()}
        responses[200] = {"description": "OK", "content": content}
    return {"responses": responses}


DESCRIPTION = """\
Everything the city publishes about its international action. Nothing is asked of you: no key, no account, no cookie.

Each table of a release can be narrowed (`where`), searched (`q`), shown in part (`select`), gathered (`group_by`) and
sorted (`order_by`), in the manner of the open-data portals that speak ODSQL. Add `release=3` to any address for what
release 3 said. An answer changes only with the release: keep its `ETag` and send it back in `If-None-Match`.
"""
