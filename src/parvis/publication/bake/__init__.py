"""Baking: every published table, from one snapshot of the register, becomes the content of a release."""

from .baking import Baked, Pictures, bake
from .faults import BakeFault

__all__ = ["BakeFault", "Baked", "Pictures", "bake"]
