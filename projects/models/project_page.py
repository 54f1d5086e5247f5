"""A project (取組) of the city, and the page that lists them all."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from kiyose.pages.blocks import BodyBlock
from kiyose.pages.facts import source_rows
from kiyose.pages.models import BasePage
from sdgs.models import MarkedPage, Plan
from sdgs.models.plan import FISCAL_YEAR

from .snippets import FigureLabel, Pillar, Source


class Stage(models.TextChoices):
    """How certain a project is. A plan is not an achievement (design principle 9)."""

    RUNNING = "running", _("Running")
    PLANNED = "planned", _("Planned")
    CONSIDERED = "considered", _("Under consideration")


class ProjectPage(MarkedPage):
    """One project: what it is, for which goals, how far it has come, in which figures."""

    facts = (
        *MarkedPage.facts,
        "stage",
        "pillar",
        "start_fiscal_year",
        "end_fiscal_year",
        "figures",
        "plans",
    )
    words = (*MarkedPage.words, "body")

    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.CONSIDERED)
    pillar = models.ForeignKey(
        Pillar,
        verbose_name=_("pillar"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="+",
    )
    start_fiscal_year = models.PositiveSmallIntegerField(
        _("first fiscal year"), null=True, blank=True, validators=FISCAL_YEAR
    )
    end_fiscal_year = models.PositiveSmallIntegerField(
        _("last fiscal year"), null=True, blank=True, validators=FISCAL_YEAR
    )
    body = StreamField(BodyBlock(required=False), verbose_name=_("body"), blank=True)

    content_panels = [
        *MarkedPage.content_panels,
        *MarkedPage.sdgs_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("stage"), FieldPanel("pillar", widget=forms.Select)]),
                FieldRowPanel([FieldPanel("start_fiscal_year"), FieldPanel("end_fiscal_year")]),
                BasePage.division_panel,
            ],
            heading=_("Facts (the same in every language)"),
        ),
        FieldPanel("body"),
        InlinePanel(
            "figures", label=_("figure"), heading=_("Figures (the same in every language)")
        ),
        InlinePanel(
            "plans",
            label=_("plan"),
            heading=_("Plans (the same in every language)"),
        ),
    ]
    promote_panels = [
        panel for panel in BasePage.promote_panels if panel is not BasePage.division_panel
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.FilterField("stage")]

    parent_page_types = ["projects.ProjectIndexPage"]
    subpage_types: list[str] = []
    template = "projects/project_page.html"
    card_template = "projects/project_card.html"

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def clean(self):
        super().clean()
        start, end = self.start_fiscal_year, self.end_fiscal_year
        if start and end and end < start:
            raise ValidationError({"end_fiscal_year": _("The last year is before the first one.")})

    def get_context(self, request, *args, **kwargs):
        from ..indicators import indicators_of_project
        from ..presentation import ProjectFacts, sections_of_project

        context = super().get_context(request, *args, **kwargs)
        context["project"] = ProjectFacts(self, request)
        context["indicators"] = indicators_of_project(self, request)
        context["sections"] = sections_of_project(self, request)
        return context


class ProjectFigure(Orderable):
    """A figure of a project: a number, when it was or is to be true, and who says so."""

    class Kind(models.TextChoices):
        MEASURED = "measured", _("Measured")
        GOAL = "goal", pgettext_lazy("kind of figure", "Goal")
        PLANNED_COST = "planned_cost", _("Planned cost")
        PLANNED_GRANT = "planned_grant", _("Planned grant")

    class Qualifier(models.TextChoices):
        EXACTLY = "exactly", _("exactly")
        ABOUT = "about", _("about")
        MORE_THAN = "more_than", _("more than")
        NEARLY = "nearly", _("nearly")

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="figures")
    label = models.ForeignKey(
        FigureLabel,
        verbose_name=_("what it counts"),
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="+",
    )
    kind = models.CharField(_("kind"), max_length=13, choices=Kind, default=Kind.MEASURED)
    qualifier = models.CharField(
        _("how exact"), max_length=10, choices=Qualifier, default=Qualifier.EXACTLY
    )
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=FISCAL_YEAR,
        help_text=_("Empty when the source does not say."),
    )
    month = models.PositiveSmallIntegerField(
        _("month"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="+",
    )
    section = models.CharField(
        _("section"),
        max_length=30,
        blank=True,
        help_text=_("Where in the source, for example 1.1(1)."),
    )

    panels = [
        FieldRowPanel([FieldPanel("label", widget=forms.Select), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("qualifier"), FieldPanel("value")]),
        FieldRowPanel([FieldPanel("year"), FieldPanel("month")]),
        FieldRowPanel([FieldPanel("source", widget=forms.Select), FieldPanel("section")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("figure")
        verbose_name_plural = _("figures")

    def __str__(self):
        return f"{self.label}: {self.value}"


class ProjectPlan(Orderable):
    """A plan of the city that a project belongs to."""

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="plans")
    plan = models.ForeignKey(
        Plan,
        verbose_name=_("plan"),
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="project_links",
    )

    panels = [FieldPanel("plan", widget=forms.Select)]

    class Meta(Orderable.Meta):
        verbose_name = _("plan of a project")
        verbose_name_plural = _("plans of projects")

    def __str__(self):
        return str(self.plan)


class ProjectIndexPage(BasePage):
    """``/projects/``: every project, with filters that work without JavaScript."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.ProjectPage"]
    max_count_per_parent = 1
    template = "projects/project_index_page.html"

    class Meta:
        verbose_name = _("list of projects")

    def get_context(self, request, *args, **kwargs):
        from ..listing import ProjectListing

        context = super().get_context(request, *args, **kwargs)
        context["listing"] = ProjectListing(request)
        return context
