"""Words as they were typed: kept whole, or not at all."""

from parvis.domain.funding.errors import WordsTooMany
from parvis.domain.funding.queries.forms import signs_over

#: Signs of a reason that is read beside what it explains.
MOST_WHY = 1000


def not_too_long(words: str, most: int = MOST_WHY) -> str:
    """The words without the blanks around them. Raises WordsTooMany: nothing is ever cut."""
    kept = words.replace("\r\n", "\n").strip()
    if len(kept) > most:
        raise WordsTooMany(**signs_over(len(kept), most))
    return kept
