"""What is said of aid in the words of the DAC, as a sentence anybody reads with its code at the end: “Untied (5)”."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .reading import codes

#: What may be said of a grant or a project -> the list it is said from.
LISTS = {
    "aid_sector": "sector", "aid_channel": "channel", "flow_type": "flow", "finance_type": "finance",
    "aid_type": "aid", "tied_status": "tied",
}  # fmt: skip
_CODE = re.compile(r"\(([A-Z]?\d{1,5})\)$")


def words_of(said: str, code: str) -> dict[str, str]:
    """A code of a list in words, with the code; nothing for one that is in no list of ours."""
    row = codes().get((LISTS[said], code))
    return {language: f"{row[language]} ({code})" for language in ("fr", "en")} if row else {}


def code_in(said: str, words: Mapping[str, str]) -> str:
    """The code at the end of what was said, where its list has it."""
    for text in words.values():
        found = _CODE.search(text.strip())
        if found and (LISTS[said], found[1]) in codes():
            return found[1]
    return ""
