"""Reading what was published: a release on disk and nothing else. No Django, no register, no writing.

``current()`` is the release in force, ``numbered(3)`` an earlier one; both raise nothing worse than
:class:`NoRelease`. Keys withdrawn by the city are hidden from every answer, counts included.
"""

from .filters import Filters, Listing, Results, Row, Sum, UnknownSort
from .place import NoRelease, current, current_or_none, numbered, numbers, root, serve_from, steadied
from .release import BrokenRelease, Release, TooMuch
from .sorts import SORTS

__all__ = [
    "SORTS",
    "BrokenRelease",
    "Filters",
    "Listing",
    "NoRelease",
    "Release",
    "Results",
    "Row",
    "Sum",
    "TooMuch",
    "UnknownSort",
    "current",
    "current_or_none",
    "numbered",
    "numbers",
    "root",
    "serve_from",
    "steadied",
]
