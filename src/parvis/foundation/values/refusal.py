"""What the house says when it refuses: a sentence, never a code."""

from typing import Any, ClassVar


class Refusal(Exception):  # it is no error: it is an answer
    """The one exception a view catches. Its text is shown to the person as it is."""

    message: ClassVar[Any] = "Refused."

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__()

    def __str__(self) -> str:
        return str(self.message) % self.facts
