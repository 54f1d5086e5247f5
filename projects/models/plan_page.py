"""The plans of the city, and what the model programme was to cost (proposal 1.3(1), 2.1(7))."""

from __future__ import annotations

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable

from kiyose.pages.blocks import BodyBlock
from kiyose.pages.facts import source_rows
from kiyose.pages.models import BasePage
from sdgs.models.plan import FISCAL_YEAR

from .snippets import Pillar, Source


class PlanIndexPage(BasePage):
    """``/plans/``: the plans with their years, the projects in them, and the money planned."""

    facts = (*BasePage.facts, "costs")
    words = (*BasePage.words, "body")

    body = StreamField(BodyBlock(required=False), verbose_name=_("body"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        InlinePanel(
            "costs",
            label=_("planned cost"),
            heading=_("Planned cost of the model programme (the same in every language)"),
        ),
        FieldPanel("body"),
    ]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "projects/plan_index_page.html"

    class Meta:
        verbose_name = _("page of plans and money")

    def get_context(self, request, *args, **kwargs):
        from ..plans import PlansAndMoney

        context = super().get_context(request, *args, **kwargs)
        context["shown"] = PlansAndMoney(self)
        return context


class PlannedCost(Orderable):
    """What one pillar of the model programme was to cost in one fiscal year, when it was
    proposed: neither a budget nor a settlement."""

    page = ParentalKey(PlanIndexPage, on_delete=models.CASCADE, related_name="costs")
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"), validators=FISCAL_YEAR)
    pillar = models.ForeignKey(
        Pillar,
        verbose_name=_("pillar"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="+",
        help_text=_("Empty: what joins the three pillars (三側面をつなぐ統合的取組)."),
    )
    amount = models.PositiveIntegerField(_("amount in thousand yen"))
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="+",
    )
    section = models.CharField(_("section"), max_length=30, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("fiscal_year"), FieldPanel("pillar", widget=forms.Select)]),
        FieldPanel("amount"),
        FieldRowPanel([FieldPanel("source", widget=forms.Select), FieldPanel("section")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("planned cost")
        verbose_name_plural = _("planned costs")

    def __str__(self):
        return f"{self.fiscal_year}: {self.amount}"
