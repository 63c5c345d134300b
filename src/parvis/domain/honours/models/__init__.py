from .commemoration import Commemoration, CommemorationAct
from .honour import Honour, HonourOutcome, HonourStep
from .memorial import Memorial

__all__ = ["Commemoration", "CommemorationAct", "Honour", "HonourOutcome", "HonourStep", "Memorial"]
