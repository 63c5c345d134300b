"""The words the desk keeps for whoever posted them without a session, as they are told when it gives them back."""

from __future__ import annotations

import re

from parvis.domain.funding import queries
from parvis.domain.funding.models import KeptPage
from parvis.doors.threshold.keeping import Keeping

DOOR = Keeping("desk:today", "desk:given_back", "desk/given_back.html")
#: A key, a code or a number: what a page says by itself, and nobody reads.
_CODE = re.compile(r"[a-z0-9_:./-]*")


def told_of(page: KeptPage) -> list[str]:
    """The words of a kept page that somebody would read, in their order."""
    said = [", ".join(filter(None, values)) for name, values in page.words if queries.is_word(name, values)]
    return [each for each in said if not _CODE.fullmatch(each)]
