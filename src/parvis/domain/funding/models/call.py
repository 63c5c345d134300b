from __future__ import annotations

from datetime import datetime
from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.funding.enums import AmountRule, Carried, FieldType, ReportKind
from parvis.domain.funding.errors import UnknownCurrency
from parvis.foundation.values.money import smallest_unit
from parvis.register.fields import ChoicesField, MomentField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import Part, Record


def is_a_currency(code: str) -> None:
    """Refuse what is no code of ISO 4217: nobody could be paid in it. Raises ValidationError."""
    try:
        smallest_unit(code)
    except ValueError as fault:
        raise ValidationError(UnknownCurrency.message, params={"currency": code}) from fault


class CallQuerySet(models.QuerySet["Call"]):
    def open_at(self, moment: datetime) -> Self:
        """Dated calls that take applications at that moment: the opening included, the closing excluded."""
        return self.filter(opens_at__lte=moment, closes_at__gt=moment)


@tracked
class Call(Record):
    """An invitation to ask for a grant: for whom, how much, until when, judged how.

    An edition whose moments are not known has none, and is shown as such. The form stands here as its
    officers write it; applicants fill a version frozen from it, which never changes.
    """

    noun = "call"
    parts = ("criteria", "bands", "documents", "sections", "fields")
    texts = ("conditions",)
    longest_title = 300

    programme = RefField(nouns=("programme",), null=True, blank=True)
    edition = models.CharField(max_length=20, blank=True)
    code = models.CharField(max_length=8, blank=True)
    opens_at = MomentField(null=True, blank=True)
    closes_at = MomentField(null=True, blank=True)
    applicants = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    seat = RefField(nouns=("place",), null=True, blank=True)
    least_years = models.PositiveSmallIntegerField(null=True, blank=True)
    amount_rule = models.CharField(max_length=10, choices=AmountRule.choices, default=AmountRule.FREE)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    least_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    most_rate = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="EUR", blank=True, validators=[is_a_currency])
    envelope = RefField(nouns=("envelope",), null=True, blank=True)
    workflow = RefField(nouns=("workflow",), null=True, blank=True)
    follows = RefField(nouns=("call",), null=True, blank=True)
    label_months = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="call_opens_before_it_closes",
                violation_error_message=_("A call opens before it closes."),
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(opens_at__lt=F("closes_at")),
            ),
            models.CheckConstraint(name="call_amount_rule_is_known", condition=Q(amount_rule__in=AmountRule.values)),
            models.CheckConstraint(
                name="call_amounts_are_positive",
                violation_error_message=_("An amount of a call is above zero."),
                condition=(Q(amount__isnull=True) | Q(amount__gt=0))
                & (Q(least_amount__isnull=True) | Q(least_amount__gt=0)),
            ),
            models.CheckConstraint(
                name="call_rule_has_its_amount",
                violation_error_message=_("Say the amount, the two amounts or the share that the rule speaks of."),
                condition=Q(amount_rule=AmountRule.FREE)
                | Q(amount_rule__in=[AmountRule.FLAT, AmountRule.MAXIMUM], amount__isnull=False)
                | Q(amount_rule=AmountRule.RANGE, amount__isnull=False, least_amount__isnull=False)
                | Q(amount_rule=AmountRule.RATE, most_rate__isnull=False),
            ),
            models.CheckConstraint(
                name="call_share_is_a_percentage",
                violation_error_message=_("A share of the cost is between 0 and 100."),
                condition=Q(most_rate__isnull=True) | Q(most_rate__gt=0, most_rate__lte=100),
            ),
            models.UniqueConstraint(
                name="one_call_a_code_and_edition",
                violation_error_message=_("Another call of this edition has this code: numbers of files would mix."),
                fields=["code", "edition"],
                condition=~Q(code="") & ~Q(edition=""),
            ),
        ]


@tracked
class CallCriterion(Part):
    """What a file is judged on, how much it weighs, and whom it puts first, if anyone.

    A weight that no source states is not known.
    """

    owner = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    code = models.SlugField(max_length=40)
    words = WordsField()
    weight = models.PositiveSmallIntegerField(null=True, blank=True)
    groups = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(
                name="a_criterion_has_its_own_code",
                violation_error_message=_("Two criteria have the same code."),
                fields=["owner", "code"],
            ),
        ]


@tracked
class CallBand(Part):
    """A band of the means test: up to what amount, and which share of the call's amount the city then pays.

    A band without an end takes all who are above the others. Without any band, nobody's means are asked.
    """

    owner = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="bands")
    most = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    share = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta(Part.Meta):
        constraints = [
            models.CheckConstraint(
                name="a_band_pays_a_share",
                violation_error_message=_("A share is between 0 and 100."),
                condition=Q(share__gt=0, share__lte=100) & (Q(most__isnull=True) | Q(most__gte=0)),
            ),
            models.UniqueConstraint(
                name="a_band_ends_once",
                violation_error_message=_("Two bands end at the same amount."),
                fields=["owner", "most"],
                nulls_distinct=False,
            ),
        ]


@tracked
class CallDocument(Part):
    """A document a file must hold. Reviewers are given it only where it is asked for without any name in it."""

    owner = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="documents")
    code = models.SlugField(max_length=40)
    words = WordsField()
    required = models.BooleanField(default=True)
    nameless = models.BooleanField(default=False)

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(
                name="a_call_document_has_its_own_code",
                violation_error_message=_("Two documents have the same code."),
                fields=["owner", "code"],
            ),
        ]


@tracked
class FormSection(Part):
    """A page of the form, or of one of the reports of its grants where the call has reports of its own."""

    owner = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="sections")
    report = models.CharField(max_length=10, choices=ReportKind.choices, blank=True)
    code = models.SlugField(max_length=40)
    words = WordsField()
    help = WordsField()

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(
                name="a_section_has_its_own_code",
                violation_error_message=_("Two sections have the same code."),
                fields=["owner", "report", "code"],
            ),
            models.CheckConstraint(
                name="section_report_is_known", condition=Q(report="") | Q(report__in=ReportKind.values)
            ),
        ]


@tracked
class FormField(Part):
    """A question of the form. ``within`` puts it in each line of a repeated one.

    ``shown_if`` names a question it depends on, ``shown_value`` the answers it waits for. ``carries`` says that its
    answer is the theme, the country or the discipline by which files are shared out in a selection; ``names_asker``
    that it tells who asks, so that reviewers are not given it.
    """

    owner = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="fields")
    report = models.CharField(max_length=10, choices=ReportKind.choices, blank=True)
    code = models.SlugField(max_length=40)
    section = models.SlugField(max_length=40)
    type = models.CharField(max_length=10, choices=FieldType.choices, default=FieldType.TEXT)
    words = WordsField()
    help = WordsField()
    required = models.BooleanField(default=False)
    least = models.PositiveIntegerField(null=True, blank=True)
    most = models.PositiveIntegerField(null=True, blank=True)
    options = ChoicesField(default=dict, blank=True)
    within = models.SlugField(max_length=40, blank=True)
    shown_if = models.SlugField(max_length=40, blank=True)
    shown_value = models.CharField(max_length=4000, blank=True)
    carries = models.CharField(max_length=10, choices=Carried.choices, blank=True)
    names_asker = models.BooleanField(default=False)

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(
                name="a_question_has_its_own_code",
                violation_error_message=_("Two questions have the same code."),
                fields=["owner", "report", "code"],
            ),
            models.CheckConstraint(
                name="field_report_is_known", condition=Q(report="") | Q(report__in=ReportKind.values)
            ),
            models.CheckConstraint(name="form_field_type_is_known", condition=Q(type__in=FieldType.values)),
            models.CheckConstraint(
                name="field_carries_something_known", condition=Q(carries="") | Q(carries__in=Carried.values)
            ),
            models.UniqueConstraint(
                name="one_question_carries_each",
                violation_error_message=_(
                    "Two questions say the same: one alone carries the theme, one the country, one the discipline."
                ),
                fields=["owner", "carries"],
                condition=~Q(carries=""),
            ),
        ]


class CallForm(models.Model):
    """A form as it was on the day it was opened: sections, questions, documents, criteria and workflow, frozen.

    Applications keep the version they began with. A change of the call makes another version.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="forms")
    version = models.PositiveSmallIntegerField()
    definition = models.JSONField()
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("call", "version")
        triggers = [
            pgtrigger.Protect(name="a_frozen_form_is_never_altered", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
        constraints = [
            models.UniqueConstraint(name="one_form_a_version", fields=["call", "version"]),
            models.CheckConstraint(name="form_versions_count_from_one", condition=Q(version__gte=1)),
        ]

    def __str__(self) -> str:
        return f"form {self.version} of {self.call_id}"
