"""The festival: one page for each edition, with its programme below it."""

from __future__ import annotations

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from kiyose.pages.blocks import BodyBlock
from kiyose.pages.facts import source_rows
from kiyose.pages.fields import DayField, PeriodField
from kiyose.pages.models import BasePage
from projects.models import IndicatorPage
from sdgs.models import MarkedPage

from ..committee import EditionPermissions
from ..forms import FestivalPageForm
from ..panels import VisitorsPanel
from ..routes import CalendarRoutes, FestivalRoutes
from .dated_page import DatedPage
from .exhibitor import Exhibitor
from .fields import ClockField
from .snippets import FestivalPart, Venue


class FestivalPage(FestivalRoutes, CalendarRoutes, RoutablePageMixin, DatedPage, MarkedPage):
    """One edition (開催回) of a festival. Its programme is the events below it; whether it
    takes place is decided on the day (``events.models.Decision``)."""

    facts = (
        *MarkedPage.facts,
        *("series", "edition", "days", "parts", "venue_plan"),
        *("visitors_indicator", "visitors_period", "committee", "exhibitors"),
    )
    words = (
        *MarkedPage.words,
        *("theme", "run_by", "body", "access_by_bus", "access_on_foot", "venue_plan_text"),
        *("first_aid", "lost_children", "toilets", "baby_care", "rain_rule"),
    )

    never_by_machine = (
        *MarkedPage.never_by_machine,
        *("first_aid", "lost_children", "rain_rule"),
    )

    series = models.SlugField(
        _("series"),
        default="sdgs-festival",
        help_text=_("The same for all editions of one festival."),
    )
    edition = models.PositiveSmallIntegerField(_("edition"), null=True, blank=True)
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    run_by = models.CharField(_("run by"), max_length=200, blank=True)
    committee = models.ForeignKey(
        Group,
        verbose_name=_("committee"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("May draft the programme below this edition, and decide on the day."),
    )
    body = StreamField(BodyBlock(required=False), verbose_name=_("body"), blank=True)

    access_by_bus = models.TextField(_("by bus"), max_length=500, blank=True)
    access_on_foot = models.TextField(_("on foot"), max_length=500, blank=True)
    venue_plan = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("venue plan"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    venue_plan_text = models.TextField(
        _("venue plan in words"),
        max_length=3000,
        blank=True,
        help_text=_("All that the plan shows, for people who do not see it."),
    )
    first_aid = models.TextField(_("first aid"), max_length=500, blank=True)  # 救護所
    lost_children = models.TextField(_("lost children"), max_length=500, blank=True)  # 迷子
    toilets = models.TextField(_("toilets"), max_length=500, blank=True)
    baby_care = models.TextField(_("nursing and nappies"), max_length=500, blank=True)
    rain_rule = models.TextField(_("if it rains"), max_length=500, blank=True)

    visitors_indicator = models.ForeignKey(
        IndicatorPage,
        verbose_name=_("indicator of visitors"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        limit_choices_to=source_rows,
        related_name="+",
        help_text=_("The visitors counted are a figure of this indicator, entered once."),
    )
    visitors_period = PeriodField(_("period of the figure"), blank=True)

    base_form_class = FestivalPageForm
    content_panels = [
        *MarkedPage.content_panels,
        FieldPanel("theme"),
        FieldPanel("run_by"),
        InlinePanel("days", label=_("day"), heading=_("Days (the same in every language)")),
        InlinePanel("parts", label=_("part"), heading=_("Parts (the same in every language)")),
        *MarkedPage.sdgs_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("series"), FieldPanel("edition")]),
                FieldPanel("committee", widget=forms.Select),
                BasePage.division_panel,
            ],
            heading=_("Facts (the same in every language)"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("access_by_bus"), FieldPanel("access_on_foot")],
            heading=_("Getting there"),
        ),
        MultiFieldPanel(
            [FieldPanel("venue_plan"), FieldPanel("venue_plan_text")], heading=_("Venue plan")
        ),
        MultiFieldPanel(
            [
                FieldPanel("first_aid"),
                FieldPanel("lost_children"),
                FieldPanel("toilets"),
                FieldPanel("baby_care"),
                FieldPanel("rain_rule"),
            ],
            heading=_("On the day"),
        ),
        InlinePanel("exhibitors", label=_("exhibitor"), heading=_("Exhibitors")),
        MultiFieldPanel(
            [
                FieldPanel("visitors_indicator", widget=forms.Select),
                FieldPanel("visitors_period"),
                VisitorsPanel(),
            ],
            heading=_("Visitors counted"),
        ),
    ]
    promote_panels = [
        panel for panel in BasePage.promote_panels if panel is not BasePage.division_panel
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["events.EventIndexPage"]
    subpage_types = ["events.EventPage"]
    template = "events/festival_page.html"
    card_template = "events/festival_card.html"

    class Meta:
        verbose_name = _("festival")
        verbose_name_plural = _("festivals")

    def permissions_for_user(self, user):
        """The committee works on what stands below its edition, not on the edition."""
        return EditionPermissions(user, self)

    def spans(self):
        return ((day.date, day.date) for day in self.days.all() if day.date)


class FestivalDay(Orderable):
    """A day on which the festival is open."""

    page = ParentalKey(FestivalPage, on_delete=models.CASCADE, related_name="days")
    date = DayField(_("day"))
    opens_at = ClockField(_("opens at"), null=True, blank=True)
    closes_at = ClockField(_("closes at"), null=True, blank=True)

    panels = [
        FieldPanel("date"),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("day of the festival")
        verbose_name_plural = _("days of the festival")

    def __str__(self):
        return str(self.date)


class FestivalPartDays(Orderable):
    """When and where a part of the festival is."""

    page = ParentalKey(FestivalPage, on_delete=models.CASCADE, related_name="parts")
    part = models.ForeignKey(
        FestivalPart,
        verbose_name=_("part"),
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="+",
    )
    first_day = DayField(_("first day"))
    last_day = DayField(_("last day"))
    venue = models.ForeignKey(
        Venue,
        verbose_name=_("main venue"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="festival_parts",
    )

    panels = [
        FieldPanel("part", widget=forms.Select),
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
        FieldPanel("venue", widget=forms.Select),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("part of an edition")
        verbose_name_plural = _("parts of an edition")

    def __str__(self):
        return str(self.part)

    def clean(self):
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day is before the first one.")})


class FestivalExhibitor(Exhibitor):
    page = ParentalKey(FestivalPage, on_delete=models.CASCADE, related_name="exhibitors")

    class Meta(Exhibitor.Meta):
        verbose_name = _("exhibitor of the festival")
        verbose_name_plural = _("exhibitors of the festival")
