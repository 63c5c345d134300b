"""What the directory refuses, in words."""

from django.utils.translation import gettext_lazy as _

from parvis.foundation.values.refusal import Refusal


class PlaceNotFound(Refusal):
    """No city of the gazetteer answers to this name."""

    message = _("No city of over 1,000 inhabitants in %(country)s is called “%(name)s”. Give its GeoNames number.")


class PlaceAmbiguous(Refusal):
    """Several cities answer to this name; a person chooses."""

    message = _("Several places are called “%(name)s”: %(candidates)s. Give the GeoNames number of one.")


class PlaceNearby(Refusal):
    """No city answers to this name, and some bear a name one slip away; a person says whether it is one of them."""

    message = _(
        "No city of over 1,000 inhabitants in %(country)s is called “%(name)s”. Is it %(candidates)s? "
        "Write it that way, or give its GeoNames number."
    )


class NotThatPlace(Refusal):
    """The GeoNames number and the country do not agree."""

    message = _("GeoNames %(geoname)s is %(name)s (%(found)s), not a place in %(country)s.")


class GeonameUnknown(Refusal):
    """The gazetteer has no such place, and nothing else says where it is."""

    message = _("The gazetteer has no city numbered %(geoname)s: check it, or give its coordinates.")


class CountryUnknown(Refusal):
    message = _("“%(country)s” is not a country of ISO 3166: write FR, MX or SN.")


class InsideItself(Refusal):
    """A place within itself, a body part of itself, however far."""

    message = _("“%(key)s” would be inside itself: %(chain)s.")


class IdentifierRefused(Refusal):
    """An identifier fails the check of its own scheme."""

    message = _("%(fault)s.")


class NotAPublicPerson(Refusal):
    """Persons appear as office holders or honoured persons, or not at all."""

    message = _("A person is recorded as an office holder or as an honoured person: “%(kind)s” is neither.")


class ActsForThemself(Refusal):
    message = _("Nobody acts for themself: leave “acting for” empty, or name the person represented.")


class AlreadyExpired(Refusal):
    """A contact is kept until a day to come."""

    message = _("A contact is kept until a day to come: %(expires_on)s has passed.")


class WhyItMayStand(Refusal):
    """A name stands in a public text for a reason, typed."""

    message = _("Say in a sentence why the name may stand in public.")


class ReasonNamesThem(Refusal):
    """The reason is kept for good: it names nobody."""

    message = _("The reason is kept for good: write it without the person’s name.")


class NameNeverStands(Refusal):
    """A person who may be in danger is named in no public text, whatever the reason."""

    message = _("This name is never published: correct the text.")


class PersonIsNoBody(Refusal):
    """Who asks in their own name is known at the counter alone."""

    message = _("A person who asks in their own name is no body, and has no record.")
