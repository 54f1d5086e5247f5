"""The page that every page of the site is."""

from __future__ import annotations

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from ..facts import SharedFacts, source_rows
from ..forms import BasePageForm
from ..publishing import PublishingRules
from ..versions import OpenableVersions
from ..visibility import restrictions_of
from .division import Division


class CrossLocaleAliasError(Exception):
    """Somebody asked for an alias of a page in another language's tree."""


class BasePage(OpenableVersions, SharedFacts, PublishingRules, Page):
    """A title, a summary, the division that answers for it, and the page furniture.

    Every page type brings its own card for lists (``card_template``), so that a
    goal page can list pages of types that it has never heard of.
    """

    facts = ("division", "page_readings")
    words = ("title", "seo_title", "search_description", "summary")

    summary = models.TextField(
        _("summary"),
        blank=True,
        max_length=200,
        help_text=_("One or two sentences, shown under the title and in lists."),
    )
    division = models.ForeignKey(
        Division,
        verbose_name=_("division"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="+",
        help_text=_("Answers for this page. Empty: the default division of the site."),
    )

    # Set by routing on the page that it serves, for the length of that visit.
    known_to_be_public = False

    base_form_class = BasePageForm
    card_template = "pages/card.html"

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    # A plain list: few rows, one tap, and only those of the source language.
    division_panel = FieldPanel("division", widget=forms.Select)
    promote_panels = [
        division_panel,
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            _("For search engines"),
        ),
        MultiFieldPanel([FieldPanel("show_in_menus")], _("For the menu")),
        InlinePanel(
            "page_readings",
            heading=_("Furigana on this page"),
            label=_("reading"),
            help_text=_(
                "Where a word is read otherwise on this page than in the dictionary of readings."
            ),
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        from ..furniture import Furniture

        context = super().get_context(request, *args, **kwargs)
        context["furniture"] = Furniture(self, request)
        return context

    def get_view_restrictions(self):
        if self.alias_of_id:
            return super().get_view_restrictions()
        # Routing has asked already, within the query that found the page.
        if self.known_to_be_public:
            return PageViewRestriction.objects.none()
        return restrictions_of(self)

    def create_alias(self, *args, update_locale=None, **kwargs):
        """No page of one language is ever put into another language's tree as it is
        (design principle 7): a missing translation is served by the fallback instead."""
        if update_locale is not None and update_locale.pk != self.locale_id:
            raise CrossLocaleAliasError(
                f"{self} must be translated into {update_locale}, not copied there as an alias."
            )
        return super().create_alias(*args, update_locale=update_locale, **kwargs)
