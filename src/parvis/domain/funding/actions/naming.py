"""How the journal names a file."""

from __future__ import annotations

from parvis.domain.funding.models import Application


def name_of(file: Application) -> str:
    """A file as the journal names it: its own identifier, which names nobody."""
    return f"application:{file.pk}"
