"""The words the city chooses from: languages, countries, goals, themes, kinds of records, addresses.

The house declares them as data; a city adds to them or changes them in its own ``vocabulary.yaml``.
"""

from .amounts import DoNotAddUp, add_up
from .reading import LANGUAGES, BrokenVocabulary
from .terms import Term, Terms, UnknownCode
from .vocabulary import Vocabulary, load, with_words

__all__ = [
    "LANGUAGES",
    "BrokenVocabulary",
    "DoNotAddUp",
    "Term",
    "Terms",
    "UnknownCode",
    "Vocabulary",
    "add_up",
    "load",
    "with_words",
]
