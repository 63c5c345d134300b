from .event import Event, EventOrganiser, EventParticipant
from .mission import Mission, MissionMember

__all__ = ["Event", "EventOrganiser", "EventParticipant", "Mission", "MissionMember"]
