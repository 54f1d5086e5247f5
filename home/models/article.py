"""Articles (news, reports, notices), and the page that lists them."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from kiyose.pages.blocks import BodyBlock
from kiyose.pages.models import BasePage
from sdgs.models import MarkedPage
from sdgs.rules import MarkPolicy


def today() -> datetime.date:
    return timezone.localdate()


class ArticlePage(MarkedPage):
    """One article. It carries marks, or says that none applies: a forced mark on an
    apology would be SDGs-washing."""

    class Kind(models.TextChoices):
        NEWS = "news", _("News")
        REPORT = "report", _("Report")
        NOTICE = "notice", _("Notice")

    facts = (*MarkedPage.facts, "kind", "date", "no_mark_applies")
    words = (*MarkedPage.words, "body")
    mark_policy = MarkPolicy.OR_DECLARED_NONE

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.NEWS)
    date = models.DateField(_("date"), default=today)
    no_mark_applies = models.BooleanField(
        _("No SDGs mark applies"),
        default=False,
        help_text=_("For articles that serve no goal, such as an apology or a closure."),
    )
    body = StreamField(BodyBlock(required=False), verbose_name=_("body"), blank=True)

    content_panels = [
        *MarkedPage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("kind"), FieldPanel("date")]), BasePage.division_panel],
            heading=_("Facts (the same in every language)"),
        ),
        *MarkedPage.sdgs_panels,
        FieldPanel("no_mark_applies"),
        FieldPanel("body"),
    ]
    promote_panels = [
        panel for panel in BasePage.promote_panels if panel is not BasePage.division_panel
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.FilterField("date")]
    parent_page_types = ["home.ArticleIndexPage"]
    subpage_types: list[str] = []
    template = "home/article_page.html"
    card_template = "home/article_card.html"

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    @property
    def is_announcement(self) -> bool:
        """News and reports look back; a notice tells people what to do."""
        return self.kind == self.Kind.NOTICE


class ArticleIndexPage(BasePage):
    """``/news/``: every article, the newest first."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.ArticlePage"]
    max_count_per_parent = 1
    template = "home/article_index_page.html"

    class Meta:
        verbose_name = _("list of articles")

    def get_context(self, request, *args, **kwargs):
        from ..news import ArticleListing

        context = super().get_context(request, *args, **kwargs)
        context["listing"] = ArticleListing(request)
        return context
