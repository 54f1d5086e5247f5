"""An event: what it is, when and where, for whom, and how to take part."""

from __future__ import annotations

from django import forms
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.search import index

from certified_orgs.models.fields import PhoneField, ReadingField
from kiyose.pages.blocks import BodyBlock
from kiyose.pages.facts import source_rows
from kiyose.pages.fields import DayField
from kiyose.pages.models import BasePage
from sdgs.models import MarkedPage
from sdgs.rules import MarkPolicy

from ..choices import Accessibility, Allergen, Application, Audience, Diet, Language
from ..forms import EventPageForm
from ..routes import CalendarRoutes, EventRoutes
from ..rules import MOST_SESSIONS
from .dated_page import DatedPage
from .exhibitor import Exhibitor
from .fields import ClockField, CodesField
from .snippets import EventField

OLDEST = 120


class EventPage(EventRoutes, CalendarRoutes, RoutablePageMixin, DatedPage, MarkedPage):
    """One event, in the programme of a festival or on its own.

    Whether it takes place is no field of the page: a duty officer decides that, without
    publishing anything (``events.models.Decision``).
    """

    facts = (
        *MarkedPage.facts,
        *("reading", "field", "no_mark_applies", "sessions"),
        *("audiences", "age_from", "age_to", "languages", "sign_language", "accessibility"),
        *("fee", "capacity", "application", "apply_from", "apply_until", "apply_until_time"),
        *("apply_in_english", "diets", "allergens"),
        *("contact_phone", "contact_extension", "contact_email", "website", "exhibitors"),
    )
    words = (
        *MarkedPage.words,
        *("subtitle", "description", "body", "dates_note", "place", "address", "access"),
        *("audience_note", "fee_note", "how_to_apply", "what_to_bring", "food_note"),
        *("organiser", "partners", "contact_name", "contact_hours", "remarks"),
    )
    never_by_machine = (
        *MarkedPage.never_by_machine,
        *("dates_note", "fee_note", "how_to_apply", "food_note", "contact_hours", "remarks"),
    )
    mark_policy = MarkPolicy.OR_DECLARED_NONE

    subtitle = models.CharField(_("subtitle"), max_length=200, blank=True)
    reading = ReadingField(_("reading of the title"), max_length=255, blank=True)
    field = models.ForeignKey(
        EventField,
        verbose_name=_("field"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="events",
    )
    no_mark_applies = models.BooleanField(_("No SDGs mark applies"), default=False)
    dates_note = models.TextField(
        _("dates in words, or a note about them"), max_length=500, blank=True
    )
    place = models.CharField(
        _("where exactly"),
        max_length=200,
        blank=True,
        help_text=_("Floor, room or meeting point; or the place, if it is no venue of the list."),
    )
    address = models.CharField(
        _("address"),
        max_length=200,
        blank=True,
        help_text=_("Only of a place that is no venue of the list. Without 東京都清瀬市."),
    )
    access = models.TextField(_("how to get there"), max_length=500, blank=True)

    description = models.TextField(
        _("description"),
        max_length=5000,
        blank=True,
        help_text=_("Plain text: it also goes into calendars and open data."),
    )
    body = StreamField(BodyBlock(required=False), verbose_name=_("more about it"), blank=True)

    audiences = CodesField(_("for whom"), codes=Audience)
    age_from = models.PositiveSmallIntegerField(
        _("lowest age"), null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    age_to = models.PositiveSmallIntegerField(
        _("highest age"), null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    audience_note = models.CharField(_("for whom, in words"), max_length=300, blank=True)
    languages = CodesField(_("languages spoken"), codes=Language)
    sign_language = models.BooleanField(_("sign language interpreter"), default=False)  # 手話通訳
    accessibility = CodesField(_("accessibility"), codes=Accessibility)

    fee = models.PositiveIntegerField(
        _("fee in yen"), null=True, blank=True, help_text=_("0: free. Empty: not said.")
    )
    fee_note = models.CharField(_("more about the fee"), max_length=300, blank=True)
    capacity = models.PositiveIntegerField(_("capacity"), null=True, blank=True)
    application = models.CharField(
        pgettext_lazy("to take part in an event", "application"),
        max_length=10,
        choices=Application,
        blank=True,
    )
    apply_from = DayField(_("applications open on"), null=True, blank=True)  # 申込開始
    apply_until = DayField(_("applications close on"), null=True, blank=True)  # 申込締切
    apply_until_time = ClockField(_("at"), null=True, blank=True)
    how_to_apply = models.TextField(_("how to apply"), max_length=2000, blank=True)
    apply_in_english = models.TextField(
        _("how to apply in English"),
        max_length=1000,
        blank=True,
        help_text=_("In English. Shown on the Japanese page as well; trainees read it first."),
    )
    what_to_bring = models.TextField(_("what to bring"), max_length=500, blank=True)  # 持ち物

    diets = CodesField(_("food for"), codes=Diet)
    allergens = CodesField(_("the food contains"), codes=Allergen)
    food_note = models.CharField(_("more about the food"), max_length=300, blank=True)

    organiser = models.CharField(_("organiser"), max_length=200, blank=True)
    partners = models.CharField(_("with"), max_length=300, blank=True)
    contact_name = models.CharField(_("contact"), max_length=100, blank=True)
    contact_phone = PhoneField(_("telephone"), max_length=20, blank=True)
    contact_extension = models.CharField(_("extension"), max_length=10, blank=True)
    contact_hours = models.CharField(_("hours"), max_length=100, blank=True)
    contact_email = models.EmailField(_("email"), blank=True)
    website = models.URLField(_("web page"), max_length=500, blank=True)
    remarks = models.TextField(_("remarks"), max_length=1000, blank=True)

    base_form_class = EventPageForm
    content_panels = [
        *MarkedPage.content_panels,
        FieldRowPanel([FieldPanel("subtitle"), FieldPanel("reading")]),
        InlinePanel(
            "sessions",
            label=_("session"),
            heading=_("When and where (the same in every language)"),
            max_num=MOST_SESSIONS,
        ),
        MultiFieldPanel(
            [
                FieldPanel("dates_note"),
                FieldPanel("place"),
                FieldPanel("address"),
                FieldPanel("access"),
            ],
            heading=_("When and where, in words"),
        ),
        *MarkedPage.sdgs_panels,
        FieldPanel("no_mark_applies"),
        MultiFieldPanel(
            [FieldPanel("field", widget=forms.Select), BasePage.division_panel],
            heading=_("Facts (the same in every language)"),
        ),
        FieldPanel("description"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("audiences"),
                FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to")]),
                FieldPanel("audience_note"),
                FieldPanel("languages"),
                FieldPanel("sign_language"),
                FieldPanel("accessibility"),
            ],
            heading=_("For whom"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("fee"), FieldPanel("capacity")]),
                FieldPanel("fee_note"),
                FieldPanel("application"),
                FieldPanel("apply_from"),
                FieldRowPanel([FieldPanel("apply_until"), FieldPanel("apply_until_time")]),
                FieldPanel("how_to_apply"),
                FieldPanel("apply_in_english"),
                FieldPanel("what_to_bring"),
            ],
            heading=_("Taking part"),
        ),
        MultiFieldPanel(
            [FieldPanel("diets"), FieldPanel("allergens"), FieldPanel("food_note")],
            heading=_("Food"),
        ),
        InlinePanel("exhibitors", label=_("exhibitor"), heading=_("Exhibitors")),
        MultiFieldPanel(
            [
                FieldPanel("organiser"),
                FieldPanel("partners"),
                FieldPanel("contact_name"),
                FieldRowPanel([FieldPanel("contact_phone"), FieldPanel("contact_extension")]),
                FieldPanel("contact_hours"),
                FieldPanel("contact_email"),
                FieldPanel("website"),
                FieldPanel("remarks"),
            ],
            heading=_("Organiser and contact"),
        ),
    ]
    promote_panels = [
        panel for panel in BasePage.promote_panels if panel is not BasePage.division_panel
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("description"),
        index.SearchField("body"),
        index.FilterField("first_day"),
        index.FilterField("last_day"),
    ]
    parent_page_types = ["events.EventIndexPage", "events.FestivalPage"]
    subpage_types: list[str] = []
    template = "events/event_page.html"
    card_template = "events/event_card.html"

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    @classmethod
    def prepare_cards(cls, cards, request) -> None:
        """Give each card its ``times``: when it is next, and what was decided about it."""
        from ..cards import tell_times

        tell_times(cards, request)

    def spans(self):
        sessions = (session for session in self.sessions.all() if session.starts_on)
        return ((session.starts_on, session.pattern.last_day) for session in sessions)


class EventExhibitor(Exhibitor):
    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="exhibitors")

    class Meta(Exhibitor.Meta):
        verbose_name = _("exhibitor")
        verbose_name_plural = _("exhibitors")
