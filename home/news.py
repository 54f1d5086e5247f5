"""The list of articles: by kind, newest first, a screenful at a time."""

from __future__ import annotations

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kiyose.pages.languages import source_language
from kiyose.pages.listing import page_of
from kiyose.pages.visibility import public
from sdgs.listing import as_cards

from .models import ArticlePage


class ArticleListing:
    """What the list of articles shows for one request. ``?kind=news`` is repeatable."""

    def __init__(self, request):
        self.request = request
        self.notices: list[str] = []
        asked = [value for value in request.GET.getlist("kind") if value]
        self.chosen = [value for value in dict.fromkeys(asked) if value in ArticlePage.Kind.values]
        if len(self.chosen) < len(set(asked)):
            self.notices.append(_("Some of the conditions are not known here and were ignored."))

    @property
    def kinds(self):
        return ArticlePage.Kind.choices

    @cached_property
    def rows(self):
        articles = public(ArticlePage.objects.filter(locale__language_code=source_language()))
        if self.chosen:
            articles = articles.filter(kind__in=self.chosen)
        return page_of(articles.order_by("-date", "-pk"), self.request, self.notices)

    @cached_property
    def cards(self) -> list[ArticlePage]:
        return as_cards(self.rows, self.request)
