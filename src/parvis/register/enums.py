"""The states of the register's own things."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may read a record. Only what is public can pass the gate."""

    DRAFT = "draft", _("Draft")
    INTERNAL = "internal", _("Internal")
    RESTRICTED = "restricted", _("Restricted")
    PUBLIC = "public", _("Public")


class NameKind(models.TextChoices):
    USUAL = "usual", _("Usual name")
    OFFICIAL = "official", _("Official name")
    ALIAS = "alias", _("Other name")
    FORMER = "former", _("Former name")
    ACRONYM = "acronym", _("Acronym")
    MISSPELT = "misspelt", _("Misspelling found in a source")


class Rank(models.TextChoices):
    """How the register stands to a statement."""

    PREFERRED = "preferred", _("Shown first")
    NORMAL = "normal", _("Held")
    DOUBTFUL = "doubtful", _("Doubtful")


class AsOfBasis(models.TextChoices):
    """How the date a statement holds for is known."""

    TEXT = "text", _("The text dates it")
    PAGE = "page", _("Only the page is dated")
    INFERRED = "inferred", _("Inferred from other dates")


class Speaker(models.TextChoices):
    """Who speaks in a source."""

    SELF = "self_reported", _("The city on itself")
    PARTNER = "partner", _("A partner")
    INDEPENDENT = "independent", _("Independent")


class TextState(models.TextChoices):
    """Where a public text stands in its language."""

    ORIGINAL = "original", _("Original")
    TRANSLATED = "translated", _("Translated")
    TO_REVIEW = "to_review", _("Translation to review")


class Verdict(models.TextChoices):
    """Whether two records are one real thing."""

    SAME = "same", _("The same")
    DIFFERENT = "different", _("Two different things")


class ProposalState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")


class AmountKind(models.TextChoices):
    """What an amount of money is. Two kinds never add up."""

    YEARLY = "yearly", _("a year")
    CUMULATIVE = "cumulative", _("in all")
    CEILING = "ceiling", _("ceiling")
    PER_GRANT = "per_grant", _("a grant")
    ESTIMATE = "estimate", _("estimate")
    ACTUAL = "actual", _("paid")
    TARGET = "target", _("target")
    YEARLY_TARGET = "yearly_target", _("a year, target")
    PROGRAMME_TOTAL = "programme_total", _("for the whole programme")
    PER_HOUSEHOLD = "per_household", _("a household, a year")


class Qualifier(models.TextChoices):
    """The word a source puts before its number. It is never dropped."""

    EXACT = "exact", _("exactly")
    MORE_THAN = "more_than", _("more than")
    AT_LEAST = "at_least", _("at least")
    NEARLY = "nearly", _("nearly")
    ABOUT = "about", _("about")
    AVERAGE = "average", _("on average")
    UP_TO = "up_to", _("up to")
