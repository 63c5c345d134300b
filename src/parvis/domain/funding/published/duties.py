"""What will be asked of those whose request under a call is granted: told to everybody before they ask."""

from parvis.domain.funding.queries.asked_of_bodies import duties_to_share
from parvis.foundation.publishing import Audience, PublishedTable
from parvis.register.sharing import column

DUTIES = PublishedTable(
    name="call_duties",
    title={"fr": "Ce qui est demandé à qui reçoit", "en": "What is asked of who receives"},
    grain={"fr": "une ligne par règle et par appel", "en": "one row per rule and call"},
    audience=Audience.PUBLIC,
    columns=(
        column("call", "ref", "Clé de l'appel", "Key of the call"),
        column("place", "int", "Rang dans la liste", "Place in the list"),
        column("duty", "words", "Ce qui sera demandé", "What will be asked"),
        column("said_in", "text", "Texte qui le dit", "Text that says so"),
        column(
            "law",
            "bool",
            "Relu dans le texte ; sinon, règle telle que la ville l'applique",
            "Read again in the text; otherwise the rule as the city applies it",
        ),
    ),
    rows=duties_to_share,
)
