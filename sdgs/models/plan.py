"""The city's plans, and the measures (施策) that they consist of."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from kiyose.pages.facts import source_rows
from kiyose.pages.models import KeyedSnippet

FISCAL_YEAR = [MinValueValidator(1950), MaxValueValidator(2100)]


class Plan(KeyedSnippet):
    """A plan of the city that says, or is to say, how it serves the SDGs (proposal 1.3(1)).

    Whether it is in force is a question of the day: ``sdgs.plans``.
    """

    facts = (
        *KeyedSnippet.facts,
        "position",
        "first_fiscal_year",
        "last_fiscal_year",
        "next_starts",
        "rolls_every_year",
    )
    words = ("name",)

    name = models.CharField(_("name"), max_length=200)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    first_fiscal_year = models.PositiveSmallIntegerField(
        _("first fiscal year"), null=True, blank=True, validators=FISCAL_YEAR
    )
    last_fiscal_year = models.PositiveSmallIntegerField(
        _("last fiscal year"), null=True, blank=True, validators=FISCAL_YEAR
    )
    next_starts = models.DateField(
        _("the next plan starts on"),
        null=True,
        blank=True,
        help_text=_("Where the source says this instead of a last year."),
    )
    rolls_every_year = models.BooleanField(
        _("made anew every year"), default=False, help_text=_("A rolling plan has no last year.")
    )

    panels = [
        FieldPanel("key"),
        FieldPanel("name"),
        FieldPanel("position"),
        FieldRowPanel([FieldPanel("first_fiscal_year"), FieldPanel("last_fiscal_year")]),
        FieldRowPanel([FieldPanel("next_starts"), FieldPanel("rolls_every_year")]),
    ]

    class Meta(KeyedSnippet.Meta):
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["position", "key"]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        first, last = self.first_fiscal_year, self.last_fiscal_year
        if first and last and last < first:
            raise ValidationError({"last_fiscal_year": _("The last year is before the first one.")})


class Measure(models.Model):
    """A measure (施策) of a plan, by its number in the plan. The city keeps the list in
    Japanese; an English name may stand beside it."""

    plan = models.ForeignKey(
        Plan,
        verbose_name=_("plan"),
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="measures",
    )
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("plan", widget=forms.Select), FieldPanel("number")]),
        FieldPanel("name"),
        FieldPanel("name_en"),
    ]

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_measure_per_number")
        ]

    def __str__(self):
        return f"{self.number} {self.name}"
