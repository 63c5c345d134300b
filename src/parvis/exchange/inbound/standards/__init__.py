"""Files in the formats of others, recognised by what is in them and read under columns an officer can look at."""

from .projected import Projected
from .recognising import STANDARDS, projected, recognise, source_of
from .set_aside import aside

__all__ = ["STANDARDS", "Projected", "aside", "projected", "recognise", "source_of"]
