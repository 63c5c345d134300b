"""A reason as it is kept: said, and whole."""

from parvis.register.errors import ReasonMissing, ReasonTooLong
from parvis.register.reading import number_said

LONGEST = 300


def reason_given(typed: str, most: int = LONGEST) -> str:
    """The reason. Raises ReasonMissing, and ReasonTooLong: nothing is ever cut."""
    if not (said := typed.strip()):
        raise ReasonMissing
    if len(said) > most:
        numbers = {"over": len(said) - most, "most": most, "now": len(said)}
        raise ReasonTooLong(**{name: number_said(number) for name, number in numbers.items()})
    return said
