from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from parvis.domain.funding.enums import LETTERS, PaperKind, TextFrom
from parvis.domain.funding.models.selection import SelectionLine
from parvis.register.fields import RefField


class Wording(models.Model):
    """The text of an official paper, one version of it, in each of its languages: never altered.

    It serves one call or one fund (``about``), the grants of one kind, or else the whole city. What the city's file
    says becomes a version on the day a paper is made from it, so that the paper keeps what it was made from.
    """

    paper = models.CharField(max_length=20, choices=PaperKind.choices)
    about = RefField(nouns=("call", "programme"), null=True, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    version = models.PositiveSmallIntegerField()
    texts = models.JSONField()
    written_in = models.CharField(max_length=4, choices=TextFrom.choices, default=TextFrom.DESK)
    digest = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("paper", "pk")
        triggers = [pgtrigger.Protect(name="a_wording_is_never_altered", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(
                name="one_wording_a_version", fields=["paper", "about", "kind", "version"], nulls_distinct=False
            ),
            models.CheckConstraint(name="wording_paper_is_known", condition=Q(paper__in=PaperKind.values)),
            models.CheckConstraint(name="wording_origin_is_known", condition=Q(written_in__in=TextFrom.values)),
            models.CheckConstraint(name="a_wording_serves_one_thing", condition=Q(about__isnull=True) | Q(kind="")),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.version}"


class Letter(models.Model):
    """What the city writes to a body after the council's answer on its file, and the wording it was made from.

    Its words are settled when its email leaves; until then an officer may still mend them.
    """

    line = models.OneToOneField(SelectionLine, on_delete=models.PROTECT, related_name="letter")
    paper = models.CharField(max_length=20, choices=PaperKind.choices)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="letters")
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=20000)
    address = models.TextField(max_length=600)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("line__rank", "pk")
        constraints = [
            models.CheckConstraint(name="a_letter_says_something", condition=~Q(title="") & ~Q(text="")),
            models.CheckConstraint(name="a_letter_is_of_a_known_paper", condition=Q(paper__in=LETTERS)),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"
