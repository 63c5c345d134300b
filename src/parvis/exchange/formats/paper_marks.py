"""What every paper set by typst has in common: a mark across the head of each page, and what never breaks in two.

The mark says, for instance, that a paper belongs to a rehearsal and binds nobody. A number such as 2025-REP-0155 stays
on one line: read in two halves it is no number. So does an address of an email, whose hyphen would be taken for
that of a word cut in two; one too long for the narrowest column may break all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PRELUDE = """
#show regex("[0-9A-Z]+([-/][0-9A-Z]+){1,4}"): number => box(number)
#show regex("[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+"): address => if address.text.len() <= 45 { box(address) } else { address }
#set page(header: if sys.inputs.mark != "" [
  #set text(size: 9pt, weight: "bold", fill: rgb("#9b1c1c"))
  #align(center, sys.inputs.mark)
])
"""


def marked(source: str) -> bytes:
    """The source of a paper with what all have in common."""
    return (_PRELUDE + source).encode()


def inputs(facts: Mapping[str, Any], told: str) -> dict[str, str]:
    """What a paper is set from: its facts as text, and the mark that some of these carry."""
    return {"facts": told, "mark": str(facts.get("mark", ""))}
