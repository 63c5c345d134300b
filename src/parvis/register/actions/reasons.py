"""A reason as it is kept: said, and whole."""

from parvis.register.errors import ReasonMissing, ReasonTooLong
from parvis.register.reading import number_said

LONGEST = 300


def reason_given(typed: str) -> str:
    """The reason. Raises ReasonMissing, and ReasonTooLong: nothing is ever cut."""
    if not (said := typed.strip()):
        raise ReasonMissing
    if len(said) > LONGEST:
        numbers = {"over": len(said) - LONGEST, "most": LONGEST, "now": len(said)}
        raise ReasonTooLong(**{name: number_said(number) for name, number in numbers.items()})
    return said
