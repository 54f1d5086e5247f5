"""The trainees' door: the page for people who stay for a few months."""

from __future__ import annotations

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from events.models import EventPage
from kiyose.pages.blocks import BodyBlock
from kiyose.pages.facts import source_rows
from kiyose.pages.models import PicturedPage

from ..trainees.panels import HelpLinesPanel
from ..trainees.routes import TraineesRoutes


class TraineesPage(TraineesRoutes, RoutablePageMixin, PicturedPage):
    """``/trainees/``: what the city promises, on one screen; events in English during a stay;
    parties; help; and whatever the body tells. Figures, dates and numbers are none of its
    words: they come from where they are kept."""

    facts = (*PicturedPage.facts, "parties")
    words = (*PicturedPage.words, "promise", "about_parties", "body")

    promise = models.TextField(
        _("what the city promises"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences. The handout begins with them as well."),
    )
    about_parties = models.TextField(
        _("about the parties"),
        max_length=300,
        blank=True,
        help_text=_("Who holds them, and who may come. The dates come from the events below."),
    )
    body = StreamField(BodyBlock(required=False), verbose_name=_("body"), blank=True)

    content_panels = [
        *PicturedPage.content_panels,
        FieldPanel("promise"),
        MultiFieldPanel(
            [
                FieldPanel("about_parties"),
                InlinePanel(
                    "parties",
                    label=_("event"),
                    heading=_("Events that are the parties (the same in every language)"),
                ),
            ],
            heading=_("Parties"),
        ),
        FieldPanel("body"),
        HelpLinesPanel(heading=_("Help and emergency numbers")),
    ]
    search_fields = [
        *PicturedPage.search_fields,
        index.SearchField("promise"),
        index.SearchField("body"),
    ]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "home/trainees_page.html"

    class Meta:
        verbose_name = _("trainees’ door")
        verbose_name_plural = _("trainees’ doors")


class TraineesParty(Orderable):
    """An event that is one of the parties. Its dates, its place and what was decided about it
    stay the event's."""

    page = ParentalKey(TraineesPage, on_delete=models.CASCADE, related_name="parties")
    event = models.ForeignKey(
        EventPage,
        verbose_name=_("event"),
        on_delete=models.CASCADE,
        limit_choices_to=source_rows,
        related_name="+",
    )

    panels = [FieldPanel("event", widget=forms.Select)]

    class Meta(Orderable.Meta):
        verbose_name = _("party")
        verbose_name_plural = _("parties")

    def __str__(self):
        return str(self.event)
