"""The rules of the scheme that change from year to year: settings, never code."""

from __future__ import annotations

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel

from kiyose.japanese.dates import format_fiscal_year
from kiyose.pages.facts import source_rows
from kiyose.pages.fields import DayField
from kiyose.pages.models import Division, KeyedSnippet, TranslatedSnippet

from ..kinds import OrgKind
from .fields import DaysField, MarkArtworkField

REMINDER_DAYS = RegexValidator(
    r"^\s*-?\d{1,3}(\s*[,、]\s*-?\d{1,3})*\s*$",
    _("Whole numbers of days with commas between, for example 30, 7, -1, -14."),
)


class District(KeyedSnippet):
    """A part of the city (町名), by which the register can be narrowed."""

    facts = (*KeyedSnippet.facts, "reading", "position")
    words = ("name",)

    name = models.CharField(_("name"), max_length=50)
    reading = models.CharField(_("reading"), max_length=50, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("reading")]),
        FieldRowPanel([FieldPanel("key"), FieldPanel("position")]),
    ]

    class Meta(KeyedSnippet.Meta):
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["position", "key"]

    def __str__(self):
        return self.name


class SchemeYear(models.Model):
    """The scheme of one fiscal year (April to March).

    A year without settings of its own follows the latest one before it
    (``certified_orgs.scheme``). What the proposal does not settle is marked
    案（要綱制定前） in public until ``adopted_on`` is filled in.
    """

    class Counting(models.TextChoices):
        SEPARATE = "separate", _("Companies and groups separately")
        TOGETHER = "together", _("Companies and groups together")

    class Deciding(models.TextChoices):
        ROUND = "round", _("A whole round at once, with a waiting list")
        SINGLE = "single", _("One application at a time")

    fiscal_year = models.PositiveSmallIntegerField(
        _("fiscal year"),
        unique=True,
        validators=[MinValueValidator(2023), MaxValueValidator(2100)],
    )
    adopted_on = DayField(
        _("rules adopted on"),
        null=True,
        blank=True,
        help_text=_(
            "The day of the 要綱. Until it is filled in, every open point is shown as "
            "案（要綱制定前）."
        ),
    )
    certificate_name = models.CharField(
        _("name of the certificate"), max_length=60, default="清瀬市SDGs認定証"
    )
    certificate_name_en = models.CharField(
        _("English name"), max_length=80, default="Kiyose City SDGs Certificate"
    )
    issuer = models.CharField(
        _("in whose name decisions and certificates are issued"),
        max_length=60,
        default="清瀬市長",
        help_text=_("The office as it stands on the certificate, without the name of a person."),
    )
    issuer_en = models.CharField(_("English name"), max_length=60, default="Mayor of Kiyose City")
    mark_name = models.CharField(_("name of the mark"), max_length=60, default="SDGs認定マーク")
    mark_name_en = models.CharField(_("English name"), max_length=80, default="SDGs Certified mark")
    mark_artwork = MarkArtworkField(
        _("artwork of the mark"),
        upload_to="certification_mark",
        blank=True,
        help_text=_(
            "PNG, square, 600 pixels or more. One upload changes the mark everywhere; empty: "
            "the provisional mark of this site."
        ),
    )
    number_prefix = models.CharField(
        _("beginning of certificate numbers"),
        max_length=6,
        default="KSC",
        validators=[RegexValidator(r"^[A-Z]{2,6}\Z", _("Two to six capital letters A–Z."))],
    )
    opens_on = DayField(_("applications from"))
    closes_on = DayField(_("applications until"), help_text=_("The last day included."))
    counting = models.CharField(
        _("places are counted"), max_length=8, choices=Counting, default=Counting.SEPARATE
    )
    company_cap = models.PositiveSmallIntegerField(_("places for companies"), default=30)
    group_cap = models.PositiveSmallIntegerField(_("places for groups"), default=20)
    shared_cap = models.PositiveSmallIntegerField(_("places for both together"), default=50)
    validity_years = models.PositiveSmallIntegerField(
        _("years of validity"), default=3, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    renewal_months = models.PositiveSmallIntegerField(
        _("renewal from this many months before the end"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
    )
    report_due_on = DayField(
        _("yearly report due on"),
        help_text=_("For the activities of the fiscal year before this one."),
    )
    report_grace_days = models.PositiveSmallIntegerField(_("days of grace"), default=30)
    reminder_days = DaysField(
        _("reminders"),
        max_length=60,
        default="30, 7, -1, -14",
        validators=[REMINDER_DAYS],
        help_text=_("Days before the due date; with a minus, days after it."),
    )
    suspend_after_days = models.PositiveSmallIntegerField(
        _("propose suspension this many days after the grace period"), default=30
    )
    revoke_after_days = models.PositiveSmallIntegerField(
        _("propose revocation this many days after a suspension"), default=180
    )
    statement_days = models.PositiveSmallIntegerField(
        _("days for a statement (弁明)"), default=14, validators=[MinValueValidator(1)]
    )
    link_days = models.PositiveSmallIntegerField(
        _("days that a private link is good for"), default=60, validators=[MinValueValidator(1)]
    )
    deciding = models.CharField(
        _("decisions are made"), max_length=6, choices=Deciding, default=Deciding.ROUND
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark"),
        default=60,
        validators=[MaxValueValidator(100)],
        help_text=_("Of 100 weighted points."),
    )
    event_preference = models.BooleanField(
        _("holders are preferred at events"),
        default=False,
        help_text=_("The proposal only considers it."),
    )
    company_window = models.ForeignKey(
        Division,
        verbose_name=_("window for companies"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="+",
    )
    group_window = models.ForeignKey(
        Division,
        verbose_name=_("window for groups"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="+",
    )

    panels = [
        HelpPanel(template="certified_orgs/admin/scheme_help.html"),
        FieldRowPanel([FieldPanel("fiscal_year"), FieldPanel("adopted_on")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
                FieldRowPanel(
                    [
                        FieldPanel("company_window", widget=forms.Select),
                        FieldPanel("group_window", widget=forms.Select),
                    ]
                ),
            ],
            _("Applications"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("counting"),
                FieldRowPanel(
                    [FieldPanel("company_cap"), FieldPanel("group_cap"), FieldPanel("shared_cap")]
                ),
            ],
            _("Places"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("deciding"), FieldPanel("pass_mark")])], _("Screening")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("validity_years"), FieldPanel("renewal_months")]),
                FieldPanel("number_prefix"),
            ],
            _("Certificates"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("report_due_on"), FieldPanel("report_grace_days")]),
                FieldPanel("reminder_days"),
                FieldRowPanel([FieldPanel("suspend_after_days"), FieldPanel("revoke_after_days")]),
                FieldRowPanel([FieldPanel("statement_days"), FieldPanel("link_days")]),
            ],
            _("Yearly report"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("certificate_name"), FieldPanel("certificate_name_en")]),
                FieldRowPanel([FieldPanel("issuer"), FieldPanel("issuer_en")]),
                FieldRowPanel([FieldPanel("mark_name"), FieldPanel("mark_name_en")]),
                FieldPanel("mark_artwork"),
                FieldPanel("event_preference"),
            ],
            _("Name and mark"),
        ),
    ]

    class Meta:
        verbose_name = _("year of the certificate scheme")
        verbose_name_plural = _("years of the certificate scheme")
        ordering = ["-fiscal_year"]

    def __str__(self):
        return format_fiscal_year(self.fiscal_year, "ja")

    def clean(self):
        super().clean()
        errors = {}
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            errors["closes_on"] = _("The last day is before the first one.")
        if self.fiscal_year and self.report_due_on:
            first = datetime.date(self.fiscal_year, 4, 1)
            if not first <= self.report_due_on < first.replace(year=self.fiscal_year + 1):
                errors["report_due_on"] = _("This day is not in the fiscal year.")
        if self._is_another_year() and (self.applications.exists() or self.rounds.exists()):
            errors["fiscal_year"] = _(
                "Applications were made under these settings, so their year stays. Add a new year "
                "instead."
            )
        if errors:
            raise ValidationError(errors)

    def _is_another_year(self) -> bool:
        saved = SchemeYear.objects.filter(pk=self.pk).values_list("fiscal_year", flat=True)
        return self.pk is not None and self.fiscal_year not in saved

    @property
    def is_draft(self) -> bool:
        """Whether the open points are still 案（要綱制定前）."""
        return self.adopted_on is None

    def accepts_applications(self, today: datetime.date) -> bool:
        return self.opens_on <= today <= self.closes_on

    def window(self, kind: str) -> Division | None:
        """The division that answers for organisations of a kind."""
        return self.company_window if kind == OrgKind.COMPANY else self.group_window

    @property
    def reminders(self) -> list[int]:
        """Days before the due date, the earliest reminder first; after it they are negative."""
        days = {int(day) for day in self.reminder_days.replace("、", ",").split(",")}
        return sorted(days, reverse=True)


class Criterion(TranslatedSnippet):
    """What reviewers score, with its weight. Asked of the applicant as the self-check."""

    facts = ("scheme", "weight", "position")
    words = ("name", "description", "question")

    MOST_POINTS = 5

    scheme = models.ForeignKey(
        SchemeYear,
        verbose_name=_("year of the certificate scheme"),
        on_delete=models.CASCADE,
        related_name="criteria",
    )
    name = models.CharField(_("name"), max_length=80)
    description = models.TextField(
        _("description"), max_length=500, help_text=_("What earns few points, and what many.")
    )
    question = models.CharField(
        _("question to the applicant"),
        max_length=200,
        help_text=_("The self-check asks this."),
    )
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=20, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    panels = [
        FieldPanel("scheme", widget=forms.Select),
        FieldPanel("name"),
        FieldPanel("description"),
        FieldPanel("question"),
        FieldRowPanel([FieldPanel("weight"), FieldPanel("position")]),
    ]

    class Meta(TranslatedSnippet.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["scheme", "position", "pk"]

    def __str__(self):
        return self.name

    def clean(self):
        """Once reviewers have scored, what they scored stays comparable: the year keeps its
        criteria and their weights. Words may be corrected."""
        super().clean()
        if self.scheme_id is None:
            return
        saved = Criterion.objects.filter(pk=self.pk).first()
        if saved and (saved.scheme_id, saved.weight) == (self.scheme_id, self.weight):
            return
        schemes = {self.scheme_id} | ({saved.scheme_id} if saved else set())
        if Criterion.any_scored(scheme__in=schemes):
            raise ValidationError(
                {
                    "scheme" if saved is None or saved.scheme_id != self.scheme_id else "weight": _(
                        "Applications of that year have been scored by its criteria, so these and "
                        "their weights stay as they are. Change them for the next year."
                    )
                }
            )

    @staticmethod
    def any_scored(**conditions) -> bool:
        """Whether there is a score for one of the criteria that meet the conditions."""
        from .application import Score

        return Score.objects.filter(
            **{f"criterion__{name}": value for name, value in conditions.items()}
        ).exists()
