from .body import Body
from .contact import Contact
from .gazetteer import GazetteerName, GazetteerPlace, GazetteerState
from .office import Holding, Office, OfficeResult
from .person import Person
from .place import Place
from .standing_name import StandingName

__all__ = [
    "Body",
    "Contact",
    "GazetteerName",
    "GazetteerPlace",
    "GazetteerState",
    "Holding",
    "Office",
    "OfficeResult",
    "Person",
    "Place",
    "StandingName",
]
