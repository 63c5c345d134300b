from __future__ import annotations

from parvis.register.history import tracked
from parvis.register.models import Record


@tracked
class Person(Record):
    """Someone named in public as the holder of an office, or because the city honours them. No one else is.

    What is said of them is in their summary; what they do, in the offices they hold.
    """

    noun = "person"

    class Meta:
        verbose_name_plural = "people"
