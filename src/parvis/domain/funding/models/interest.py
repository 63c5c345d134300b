from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from parvis.domain.funding.enums import InterestGround, LookOccasion
from parvis.domain.funding.models.application import Application
from parvis.domain.funding.models.call import Call
from parvis.register.fields import RefField
from parvis.register.history import written_again, written_otherwise


class Interest(models.Model):
    """A file concerns a person, who said so or of whom it was found. It is final, and written in the minutes.

    ``person`` has an account and the file is closed to them; ``holder`` is known from the register alone, as a
    member of the body that decides: they leave the room.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="interests")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="interests"
    )
    holder = RefField(nouns=("person",), null=True, blank=True)
    ground = models.CharField(max_length=12, choices=InterestGround.choices)
    words = models.CharField(max_length=1000, blank=True)
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("stated_at", "pk")
        triggers = [
            pgtrigger.Protect(
                name="an_interest_is_never_rewritten",
                operation=written_again(
                    "application_id", "person_id", "holder_id", "ground", "stated_at", "stated_by_id"
                ),
            ),
            pgtrigger.Protect(
                name="words_of_an_interest_are_only_struck_out",
                operation=written_again("words"),
                condition=written_otherwise("words"),
            ),
            pgtrigger.Protect(name="an_interest_is_final", operation=pgtrigger.Delete),
        ]
        constraints = [
            models.UniqueConstraint(name="an_interest_is_stated_once", fields=["application", "person", "ground"]),
            models.UniqueConstraint(name="a_holder_is_named_once_a_file", fields=["application", "holder"]),
            models.CheckConstraint(name="interest_ground_is_known", condition=Q(ground__in=InterestGround.values)),
            models.CheckConstraint(
                name="an_interest_is_of_somebody",
                condition=Q(person__isnull=False, holder__isnull=True) | Q(person__isnull=True, holder__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"interest {self.pk}"

    @property
    def who(self) -> str:
        """The person as the minutes name them: by their account, or as the register does."""
        if self.person is not None:
            return str(self.person)
        titles = {text.language: text.body for text in self.holder.texts.all() if text.field == "title"}
        return titles.get("fr") or next(iter(titles.values()), self.holder.key)

    @property
    def told(self) -> str:
        """What the minutes say of the tie beside its ground. Where a person lives is nobody's business but theirs."""
        return "" if self.ground == InterestGround.ADDRESS else self.words


class InterestLook(models.Model):
    """Files and people were looked at for ties: when, at what occasion, how many, and what was done about it."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="looks")
    occasion = models.CharField(max_length=10, choices=LookOccasion.choices)
    files = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    found = models.PositiveIntegerField(default=0)
    set_aside = models.PositiveIntegerField(default=0)
    put_back = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField()
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("looked_at", "pk")
        triggers = [pgtrigger.Protect(name="a_look_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.CheckConstraint(name="look_occasion_is_known", condition=Q(occasion__in=LookOccasion.values)),
        ]

    def __str__(self) -> str:
        return f"look {self.pk} at {self.call_id}"


class PersonLook(models.Model):
    """All files were looked at for the ties of one person, as their account was known then.

    Whoever comes to the office, or whose account changes, is looked at before they are shown anything.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="looked_at_as")
    known_as = models.CharField(max_length=64)
    looked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"look at {self.person_id}"
