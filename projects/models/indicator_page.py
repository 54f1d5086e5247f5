"""An indicator (指標, KPI): what is counted, from where, to which goals, and by when."""

from __future__ import annotations

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from kiyose.japanese.periods import Period
from kiyose.pages.facts import source_rows
from kiyose.pages.fields import DayField, NumberField, PeriodField
from kiyose.pages.models import BasePage
from sdgs.models import MarkedPage

from ..forms import IndicatorPageForm
from ..panels import FiguresPanel
from .project_page import ProjectPage
from .snippets import Pillar, Source


class Better(models.TextChoices):
    """Which way is good."""

    HIGHER = "higher", _("The higher the better")
    LOWER = "lower", _("The lower the better")


class PathKind(models.TextChoices):
    """What a goal asks for."""

    TARGET = "target", _("To reach: the goal is to be arrived at")
    FLOOR = "floor", _("To keep: change for the worse is allowed, but not beyond the goal")


class BaselineKind(models.TextChoices):
    """Where the way to the goals begins. Without a beginning there is no progress word."""

    NONE = "none", _("The source gives no value")
    MEASURED = "measured", _("Measured")
    ZERO = "zero", _("A running total whose zero staff have confirmed")


class IndicatorPage(MarkedPage):
    """One indicator. Its measurements are rows of a table of their own (``Measurement``),
    its state follows from a formula (``projects.progress``); neither is written here."""

    facts = (
        *MarkedPage.facts,
        "pillar",
        "better",
        "path_kind",
        "cumulative",
        "rhythm_months",
        "source",
        "section",
        "baseline_kind",
        "baseline_period",
        "baseline_value",
        "baseline_source",
        "baseline_section",
        "response_on",
        "goals",
        "projects",
    )
    words = (*MarkedPage.words, "unit", "explanation", "method", "limits", "response")

    unit = models.CharField(_("unit"), max_length=30)
    explanation = models.TextField(
        _("explanation"),
        blank=True,
        max_length=600,
        help_text=_("What is counted, and why it matters, in words anyone can read."),
    )
    method = models.TextField(
        _("method"), blank=True, max_length=600, help_text=_("How the figure is made.")
    )
    limits = models.TextField(
        _("limits"), blank=True, max_length=600, help_text=_("What the figure does not say.")
    )
    response = models.TextField(
        _("reason and what comes next"),
        blank=True,
        max_length=600,
        help_text=_("Asked for when a figure is behind or missing (理由と今後の対応)."),
    )
    response_on = DayField(_("written on"), null=True, blank=True)

    pillar = models.ForeignKey(
        Pillar,
        verbose_name=_("pillar"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="+",
    )
    better = models.CharField(_("which way is good"), max_length=6, choices=Better)
    path_kind = models.CharField(
        _("what the goals ask for"), max_length=6, choices=PathKind, default=PathKind.TARGET
    )
    cumulative = models.BooleanField(_("running total (累計)"), default=False)
    rhythm_months = models.PositiveSmallIntegerField(
        _("months between figures"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("A newest figure that is older than this is marked as old."),
    )
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="+",
        help_text=_("The document that defines the indicator."),
    )
    section = models.CharField(_("section"), max_length=30, blank=True)

    baseline_kind = models.CharField(
        _("beginning"), max_length=8, choices=BaselineKind, default=BaselineKind.NONE
    )
    baseline_period = PeriodField(_("as of"), blank=True)
    baseline_value = NumberField(_("value"), null=True, blank=True)
    baseline_source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="+",
    )
    baseline_section = models.CharField(_("section"), max_length=30, blank=True)

    base_form_class = IndicatorPageForm
    content_panels = [
        *BasePage.content_panels,
        FiguresPanel(heading=_("Figures of this indicator")),
        MultiFieldPanel(
            [
                FieldPanel("unit"),
                FieldPanel("explanation"),
                FieldPanel("method"),
                FieldPanel("limits"),
            ],
            heading=_("In words"),
        ),
        *MarkedPage.sdgs_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("better"), FieldPanel("path_kind")]),
                FieldRowPanel([FieldPanel("cumulative"), FieldPanel("rhythm_months")]),
                FieldRowPanel([FieldPanel("pillar", widget=forms.Select), BasePage.division_panel]),
                FieldRowPanel([FieldPanel("source", widget=forms.Select), FieldPanel("section")]),
            ],
            heading=_("Facts (the same in every language)"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("baseline_kind"),
                FieldRowPanel([FieldPanel("baseline_period"), FieldPanel("baseline_value")]),
                FieldRowPanel(
                    [
                        FieldPanel("baseline_source", widget=forms.Select),
                        FieldPanel("baseline_section"),
                    ]
                ),
            ],
            heading=_("Baseline (the same in every language)"),
        ),
        InlinePanel(
            "goals",
            label=pgettext_lazy("of an indicator", "goal"),
            heading=_("Goals (the same in every language)"),
        ),
        InlinePanel("projects", label=_("project"), heading=_("Projects that it measures")),
        MultiFieldPanel(
            [FieldPanel("response"), FieldPanel("response_on")],
            heading=_("Reason and what comes next"),
        ),
        MultiFieldPanel(
            [FieldPanel("picture"), FieldPanel("picture_alt")],
            heading=_("Picture"),
            classname="collapsed",
        ),
    ]
    promote_panels = [
        panel for panel in BasePage.promote_panels if panel is not BasePage.division_panel
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("explanation")]

    parent_page_types = ["projects.IndicatorIndexPage"]
    subpage_types: list[str] = []
    template = "projects/indicator_page.html"
    card_template = "projects/indicator_card.html"

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def get_context(self, request, *args, **kwargs):
        from ..indicators import IndicatorFacts

        context = super().get_context(request, *args, **kwargs)
        context["indicator"] = IndicatorFacts(self)
        return context

    @classmethod
    def prepare_cards(cls, cards, request) -> None:
        """Give each card ``series``, from which its state and its small chart are made, and
        the ``sources`` of what it says."""
        from ..presentation import sources_for
        from ..progress import Standing
        from ..series import series_for

        series, sources = series_for(request), sources_for(request)
        for card in cards:
            card.series = series.get(card.translation_key)
            shown = Standing(card.series, timezone.localdate()) if card.series else None
            card.sources = [sources[key] for key in shown.source_ids] if shown else []


class IndicatorGoal(Orderable):
    """A value that the city wants to see by a day. Where a later plan sets another goal,
    the old one stays, with the day on which it was replaced."""

    page = ParentalKey(IndicatorPage, on_delete=models.CASCADE, related_name="goals")
    period = PeriodField(_("for"))
    due = DayField(
        _("due date"),
        null=True,
        blank=True,
        help_text=_("Empty: the last day of the period; of a fiscal year that is 31 March."),
    )
    value = NumberField(_("value"))
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="+",
    )
    section = models.CharField(_("section"), max_length=30, blank=True)
    replaced_on = DayField(
        _("replaced on"),
        null=True,
        blank=True,
        help_text=_("The day on which another goal took its place. It stays visible."),
    )

    panels = [
        # Not even a draft is kept without it: everything else follows from the period.
        FieldRowPanel([FieldPanel("period", required_on_save=True), FieldPanel("value")]),
        FieldRowPanel([FieldPanel("due"), FieldPanel("replaced_on")]),
        FieldRowPanel([FieldPanel("source", widget=forms.Select), FieldPanel("section")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("goal of an indicator")
        verbose_name_plural = _("goals of indicators")

    def __str__(self):
        return f"{self.period}: {self.value}"

    @property
    def due_date(self):
        """The day by which the goal is to be reached."""
        return self.due or Period.from_code(self.period).end


class IndicatorProject(Orderable):
    """A project that an indicator measures."""

    page = ParentalKey(IndicatorPage, on_delete=models.CASCADE, related_name="projects")
    project = models.ForeignKey(
        ProjectPage,
        verbose_name=_("project"),
        on_delete=models.CASCADE,
        limit_choices_to=source_rows,
        related_name="indicator_links",
    )

    panels = [FieldPanel("project", widget=forms.Select)]

    class Meta(Orderable.Meta):
        verbose_name = _("project that an indicator measures")
        verbose_name_plural = _("projects that an indicator measures")

    def __str__(self):
        return str(self.project)


class IndicatorIndexPage(BasePage):
    """``/indicators/``: every indicator by pillar and goal, with its state."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.IndicatorPage"]
    max_count_per_parent = 1
    template = "projects/indicator_index_page.html"

    class Meta:
        verbose_name = _("list of indicators")

    def get_context(self, request, *args, **kwargs):
        from ..dashboard import Dashboard

        context = super().get_context(request, *args, **kwargs)
        context["dashboard"] = Dashboard(request)
        return context
