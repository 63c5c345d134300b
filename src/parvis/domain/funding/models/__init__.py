from .crisis import Crisis, CrisisPlace
from .envelope import Envelope
from .grant import Grant
from .levy import Levy, LevyPlan, LevyRule, LevyYear

__all__ = ["Crisis", "CrisisPlace", "Envelope", "Grant", "Levy", "LevyPlan", "LevyRule", "LevyYear"]
