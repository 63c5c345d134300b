"""What a place is, how a name was found, and what a contact may be reached by."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlaceLevel(TextChoices):
    COUNTRY = "country", _("Country")
    REGION = "region", _("Region")
    METROPOLIS = "metropolis", _("Metropolis")
    CITY = "city", _("City")
    DISTRICT = "district", _("District")
    SITE = "site", _("Site")


class PersonKind(TextChoices):
    """The two reasons for which a person may appear in public."""

    OFFICE_HOLDER = "office_holder", _("Office holder")
    HONOURED = "honoured", _("Honoured person")


class Channel(TextChoices):
    EMAIL = "email", _("E-mail")
    TELEPHONE = "telephone", _("Telephone")
    POST = "post", _("Post")
    OTHER = "other", _("Other")


class Known(StrEnum):
    """How the house knows a person who is not rightly public, from the least to the most guarded.

    By an account, a signature, a contact; because they ask in their own name; because they may be in danger.
    """

    BY_NAME = "by_name"
    IN_OWN_NAME = "in_own_name"
    SHELTERED = "sheltered"


class Match(StrEnum):
    """How a place answers to a name, from the surest."""

    OWN_NAME = "own_name"
    OTHER_NAME = "other_name"
    NEAR = "near"


class Outcome(StrEnum):
    """What came of looking for a name."""

    ONE = "one"
    SEVERAL = "several"
    NONE = "none"


class Because(StrEnum):
    """Why one place was taken among those that answer to a name."""

    ALONE = "alone"
    OWN_NAME_IN_COUNTRY = "own_name_in_country"
    FAR_LARGER = "far_larger"


class Certainty(StrEnum):
    """How sure it is that an office was held on a day."""

    ATTESTED = "attested"
    LIKELY = "likely"
